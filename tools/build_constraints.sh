#!/usr/bin/env bash
# Resolves pyproject.toml's ranges anew in an empty environment and writes constraints.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PIP_CONSTRAINT
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
${PYTHON:-python3} -m venv "$folder"
"$folder/bin/python" -m pip install --quiet 'setuptools>=77'
"$folder/bin/python" -m pip install --quiet torch==2.13.0
"$folder/bin/python" -m pip install --quiet --editable '.[dev,diffusers,diffusers-fp8]'
# It can be had for GPUs only, and is not imported here.
"$folder/bin/python" -m pip install --quiet --no-deps 'torchvision==0.28.*'
{
    echo '# Every package that an install brings, pinned: the set that the tests run with. Made by tools/build_constraints.sh.'
    "$folder/bin/python" -m pip freeze --all --exclude-editable --exclude pip \
        | sed -e 's/+cpu$//' -e '/^nvidia-/d' -e '/^cuda-/d' -e '/^triton==/d' | LC_ALL=C sort -f
} > constraints.txt
