"""Draws the README's picture with the sketch engine: twelve prompts on one sheet.

python tools/build_readme_picture.py
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask

TARGET = Path(__file__).parent.parent / "docs" / "images" / "readme.jpg"
COLUMNS, SIDE, GAP = 4, 380, 10
QUALITY = 84
PROMPTS = (
    ("a knight riding a white horse in front of a castle", 1),
    ("a girl holding a red umbrella in the rain, city street", 1),
    ("a lighthouse on the coast at sunset, oil painting", 1),
    ("an astronaut riding a horse on the moon", 1),
    ("three cats sitting on a blue sofa in a living room", 1),
    ("山水，水墨画", 2),
    ("a cat with a blue umbrella on a city street at night, neon cyberpunk", 1),
    ('a poster that says "SUMMER SALE" with a palm tree and a surfboard', 1),
    ("a red fox in a snowy forest at night", 1),
    ("一只熊猫坐在竹林里，水彩", 1),
    ("a small house with trees, isometric", 1),
    ("a coral reef with a turtle and three fish", 2),
)


def main() -> None:
    rows = len(PROMPTS) // COLUMNS
    sheet = np.full((rows * (SIDE + GAP) - GAP, COLUMNS * (SIDE + GAP) - GAP, 3), 255, np.uint8)
    for number, (prompt, seed) in enumerate(PROMPTS):
        pixels = render(RenderTask(prompt, 1024, 1024, seed)).pixels
        top, left = (number // COLUMNS) * (SIDE + GAP), (number % COLUMNS) * (SIDE + GAP)
        sheet[top : top + SIDE, left : left + SIDE] = cv2.resize(
            pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA
        )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(TARGET), sheet[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
