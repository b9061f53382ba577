"""Pixels and files: pictures are decoded, marked, encoded and described here."""
