"""Checkpoints of random weights, a few MB each, of every pipeline family that the diffusers engine knows.

They are made on the spot, without any download, the same bits each time. Their pictures are noise, made by
the real code of every family: enough to try the engine, and to test it.
"""

from __future__ import annotations

from tiny_checkpoints.pipelines import NAMES, build, save

__all__ = ["NAMES", "build", "save"]
