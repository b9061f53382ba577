"""How freely words are taken: to the letter in the middle and exact, or with wandering places and hues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from limner.engines.sketch.paint.noise import Rng, Streams
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.stands import Stand
from limner.engines.sketch.words.spec import SceneSpec

_USUAL, _FREEST, _LITERAL = 0.9, 1.6, 0.45
_DRIFT_DEGREES = (16.0, 34.0)
_TINT = 0.26


def looseness(spec: SceneSpec) -> float:
    """0 for usual guidance and above, 1 for the lowest."""
    return max(0.0, min(1.0, (spec.freedom - _USUAL) / (_FREEST - _USUAL)))


def drift_of(spec: SceneSpec) -> float:
    """Degrees by which the hues of sky and light turn."""
    rng = Streams(spec.seed)("drift")
    return looseness(spec) * float(rng.uniform(*_DRIFT_DEGREES)) * float(rng.choice([-1, 1]))


def tinted(color: Rgb, palette: Palette, spec: SceneSpec) -> Rgb:
    """A named colour, drawn to the light where words are taken freely."""
    return mix(color, palette.middle, _TINT * looseness(spec))


def loosened(stands: Sequence[Stand], spec: SceneSpec, size: tuple[int, int], rng: Rng) -> list[Stand]:
    """The stands: to the letter, a lone figure in the middle; freely, everybody a little astray."""
    low = [s for s in stands if s.actor.zone not in ("sky", "high") and not s.actor.spec.side]
    pull = max(0.0, 1 - spec.freedom / _LITERAL) if len(low) == 1 else 0.0
    return [_moved(s, pull if s in low else 0.0, looseness(spec), size, rng) for s in stands]


def _moved(stand: Stand, pull: float, loose: float, size: tuple[int, int], rng: Rng) -> Stand:
    width, height = size
    astray, nearer, larger = (float(v) for v in rng.uniform(-1, 1, 3))
    x = stand.spot.x + (width / 2 - stand.spot.x) * pull
    if not loose or stand.actor.spec.side:
        return replace(stand, spot=replace(stand.spot, x=x))
    tall = stand.height * (1 + (0.14 * larger - 0.06) * loose)
    half = min(width / 2, tall * stand.actor.aspect / 2)
    x = min(width - half, max(half, x + astray * 0.09 * width * loose))
    y = min(height * 0.97, stand.spot.y + nearer * 0.02 * height * loose)
    return replace(stand, spot=replace(stand.spot, x=x, y=y), height=tall)
