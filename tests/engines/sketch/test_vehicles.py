"""Vehicles, landmarks and plants built by hand: they paint, take their colour and stand on the ground."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.light import LIGHTS, from_rgb
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.scene.cast import aircraft, boats, greenery, landmarks, role_of, transport
from limner.engines.sketch.scene.cast.look import Look

ROLES = {**transport.ROLES, **aircraft.ROLES, **boats.ROLES, **landmarks.ROLES, **greenery.ROLES}
PAINTED = (
    "bus",
    "truck",
    "train",
    "tractor",
    "bicycle",
    "motorcycle",
    "helicopter",
    "ufo",
    "barn",
    "tent",
)
"""Those whose body takes the colour asked for, rather than a part of them."""


def painted(noun: str, color: str | None = None, season: str = "summer", night: bool = False) -> Sprite:
    rng = Streams(5)(noun)
    ink = None if color is None else from_rgb(NAMED[color])
    return paint(role_of(noun).build(Look(ink, rng, season, night)), 140, LIGHTS["day"], rng)


def hues(sprite: Sprite) -> NDArray[np.floating]:
    """(n, 2) OKLab a and b of the opaque pixels that have any colour."""
    solid = sprite.pixels[sprite.pixels[..., 3] > 0.95][:, :3] * 255
    lab = to_lab(solid.astype(np.uint8)).reshape(-1, 3)
    return lab[np.hypot(lab[:, 1], lab[:, 2]) > 0.05, 1:]


@pytest.mark.parametrize("noun", ROLES)
def test_it_is_one_thing_and_not_empty(noun: str) -> None:
    solid = (painted(noun).pixels[..., 3] > 0.4).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid)
    assert count > 1
    assert stats[1:, cv2.CC_STAT_AREA].max() > 0.6 * solid.sum()
    assert solid.sum() > 800


@pytest.mark.parametrize("noun", PAINTED)
@pytest.mark.parametrize(("color", "toward"), [("red", (1, 0.4)), ("blue", (-0.1, -1))])
def test_it_takes_the_colour_asked_for(noun: str, color: str, toward: tuple[float, float]) -> None:
    share = float(((hues(painted(noun, color)) @ np.array(toward)) > 0.04).mean())
    assert share > 0.45


@pytest.mark.parametrize("noun", [n for n, role in ROLES.items() if role.zone not in ("high", "sky")])
def test_what_stands_has_feet_and_reaches_the_ground(noun: str) -> None:
    sprite = painted(noun)
    assert sprite.feet and not sprite.floats
    rows = np.nonzero(sprite.pixels[..., 3].max(1) > 0.3)[0]
    assert abs(rows.max() - sprite.y) < 12


@pytest.mark.parametrize("noun", aircraft.ROLES)
def test_what_flies_floats(noun: str) -> None:
    assert painted(noun).floats


@pytest.mark.parametrize("noun", ["church", "windmill"])
def test_winter_lies_on_roofs(noun: str) -> None:
    summer, winter = (painted(noun, season=season).pixels for season in ("summer", "winter"))
    assert winter[..., :3].sum() > summer[..., :3].sum() * 1.01


def test_windows_shine_at_night() -> None:
    day, night = (painted("bus", night=night).pixels for night in (False, True))
    changed = np.abs(day - night)[..., :3].max(2) > 0.15
    assert changed.mean() > 0.01
    assert night[changed][:, 0].mean() > night[changed][:, 2].mean()
