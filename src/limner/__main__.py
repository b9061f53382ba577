"""The command `limner`, also as `python -m limner`.

Worker processes import the script that started the server, so that nothing is imported here until it runs.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its code."""
    from limner.cli.main import app

    app()


if __name__ == "__main__":
    main()
