"""Scenes: places, cast and layout; from a spec to a painted composition. Between words and paint."""
