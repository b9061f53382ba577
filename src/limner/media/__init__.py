"""Pixels and files: pictures are decoded, marked, encoded and described here.

Importing finish, decode, metadata or headers brings in no numpy, OpenCV or Pillow: the server process needs
them by name only, the workers run them.
"""

from __future__ import annotations

from limner.types import OutputFormat

MEDIA_TYPES: dict[OutputFormat, str] = {"jpeg": "image/jpeg", "png": "image/png"}
