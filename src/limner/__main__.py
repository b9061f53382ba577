"""`python -m limner` is the command `limner`."""

from __future__ import annotations

from limner.cli.main import main

main()
