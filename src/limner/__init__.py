"""Limner: a self-hosted image generation service that speaks the Seedream image API."""

__version__ = "0.1.0"
