"""Draws the README's picture with the sketch engine: six prompts on one sheet.

python tools/build_readme_picture.py
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask

TARGET = Path(__file__).parent.parent / "docs" / "images" / "readme.jpg"
COLUMNS, SIDE, GAP = 3, 480, 12
PROMPTS = (
    ("two hot air balloons over a castle in the mountains", 12),
    ("an old woman and a dog in front of a house in snow at night, snowing", 4),
    ("a fox by a lake in autumn", 5),
    ("a bear in a forest, autumn, watercolor", 3),
    ('poster "夏日音乐节" with a red umbrella and a ball on the beach, sunset', 3),
    ("a wolf under the northern lights at night", 3),
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
    cv2.imwrite(str(TARGET), sheet[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
