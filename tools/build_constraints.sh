#!/usr/bin/env bash
# Resolves pyproject.toml's ranges anew in an empty environment and writes constraints.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PIP_CONSTRAINT
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
${PYTHON:-python3} -m venv "$folder"
"$folder/bin/python" -m pip install --quiet 'setuptools>=77'
"$folder/bin/python" -m pip install --quiet --editable '.[dev]'
{
    echo '# Every package that an install brings, pinned: the set that the tests run with. Made by tools/build_constraints.sh.'
    "$folder/bin/python" -m pip freeze --all --exclude-editable --exclude pip | LC_ALL=C sort -f
} > constraints.txt
