"""Write tiny checkpoints, each into a folder of its name.

cd tools && python -m tiny_checkpoints FOLDER [NAME ...]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

# The hub's client reads this when it is imported.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from transformers.utils.logging import disable_progress_bar

from tiny_checkpoints.pipelines import NAMES, save


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="tiny_checkpoints", description="Write tiny random checkpoints.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; default: all")
    arguments = parser.parse_args(given)
    for name in arguments.names:
        if name not in NAMES:
            parser.error(f"{name!r} is none of {', '.join(NAMES)}")
    disable_progress_bar()
    for name in arguments.names or NAMES:
        print(save(name, arguments.folder))


if __name__ == "__main__":
    main()
