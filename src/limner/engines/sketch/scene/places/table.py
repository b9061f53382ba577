"""A table top, the ground of a still life: before a soft room, under a cloth, from above, outdoors."""

from __future__ import annotations

from limner.engines.sketch.paint import crockery, homeware, houseplants, storage, windows
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.indoors import LAMPLIGHT, SCHEMES, Scheme, lamp_glow, light_in, tones_of
from limner.engines.sketch.paint.light import Light
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, shift
from limner.engines.sketch.paint.parts import Piece, assemble, moved
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.shell import mottle
from limner.engines.sketch.paint.surfaces import Weave, drape, linen, planks, soft_garden, soft_room
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_side, vary

_SIZE = 1.15
_CLOTHS: tuple[tuple[Weave, Rgb, Rgb], ...] = (
    ("linen", lch(0.94, 0.014, 85), WHITE),
    ("gingham", lch(0.96, 0.008, 85), lch(0.58, 0.17, 25)),
    ("stripes", lch(0.95, 0.012, 90), lch(0.60, 0.09, 245)),
    ("gingham", lch(0.96, 0.010, 95), lch(0.66, 0.10, 150)),
)


def before_a_room(canvas: Canvas, setting: Setting) -> Ground:
    """Boards in front of a room out of focus."""
    scheme = _scheme(canvas)
    tones = tones_of(setting.palette, scheme)
    edge = canvas.height * vary(canvas, 0.50, 0.57)
    soft_room(canvas, setting.palette, edge, _wall(setting, tones), sun_side(canvas))
    planks(canvas, edge, tones["wood"], "planks")
    _front_light(canvas, setting.palette, edge)
    return _ground(canvas, setting, edge, tones["wall"])


def by_the_window(canvas: Canvas, setting: Setting) -> Ground:
    """A cloth on the table, a real window beside it."""
    palette, scheme = setting.palette, _scheme(canvas)
    tones = tones_of(palette, scheme)
    short, edge = canvas.short, canvas.height * vary(canvas, 0.54, 0.60)
    wall = _wall(setting, tones)
    canvas.fill(box(0, 0, canvas.width, edge), shift(wall, 0.03), shift(wall, -0.04), 30)
    x = canvas.width * (0.5 + sun_side(canvas) * 0.22)
    area = (x - short * 0.25, edge - short * 0.50, x + short * 0.25, edge - short * 0.10)
    seen = windows.view(canvas, palette, short * 0.5, short * 0.4, False, setting.weather)
    windows.window(canvas, tones, area, seen, (2, 2))
    windows.curtains(canvas, tones, area, edge - short * 0.04, "cream", 0.11)
    mottle(canvas, "wall", 0.035, 0, edge)
    _lay_cloth(canvas, setting, edge)
    _front_light(canvas, palette, edge)
    return _ground(canvas, setting, edge, tones["wall"])


def from_above(canvas: Canvas, setting: Setting) -> Ground:
    """Old boards seen from so high that the table fills the picture."""
    tones = tones_of(setting.palette, _scheme(canvas))
    planks(canvas, 0, shift(tones["wood"], 0.02), "boards")
    side = sun_side(canvas)
    canvas.glow(canvas.width * (0.5 + side * 0.4), 0, canvas.short * 0.95, setting.palette.sun, 0.30, 1.6)
    light = _light(canvas, setting, tones["wood"])
    height = canvas.height
    return Ground("floor", -height * 0.9, (height * 0.42, height * 0.88), light, size=_SIZE, shadow=0.9)


def in_the_dark(canvas: Canvas, setting: Setting) -> Ground:
    """An old master's still life: a dark wall, a drape, light from one side."""
    side, short = sun_side(canvas), canvas.short
    hue = float(canvas.stream("dark").choice([60.0, 145.0, 35.0, 90.0]))
    wall, edge = lch(0.32, 0.045, hue), canvas.height * vary(canvas, 0.56, 0.62)
    canvas.fill(
        box(0, 0, canvas.width, edge + 2), shift(wall, 0.08), shift(wall, -0.12), 0 if side < 0 else 180
    )
    canvas.glow(
        canvas.width * (0.5 + side * 0.30), edge * 0.42, short * 0.85, lch(0.70, 0.085, 72), 0.62, 1.6
    )
    mottle(canvas, "plaster", 0.10, 0, edge)
    cloth = lch(0.34, 0.11, float(canvas.stream("drape").choice([25.0, 300.0, 150.0, 260.0])))
    reach = min(canvas.width * 0.30, short * 0.42)
    start = canvas.width - reach if side < 0 else -short * 0.04
    drape(canvas, start, start + reach + short * 0.04, edge, cloth, "drape-folds")
    planks(canvas, edge, lch(0.38, 0.065, 50), "planks")
    canvas.glow(
        canvas.width * (0.5 + side * 0.12),
        edge + (canvas.height - edge) * 0.4,
        short * 0.6,
        lch(0.75, 0.09, 70),
        0.28,
        1.6,
    )
    light = LAMPLIGHT.from_side(side)
    stand = (edge + (canvas.height - edge) * 0.35, canvas.height * 0.90)
    return Ground("floor", edge, stand, light, size=_SIZE, shadow=1.0)


def outdoors(canvas: Canvas, setting: Setting) -> Ground:
    """A table in the garden, the leaves behind it out of focus."""
    edge = canvas.height * vary(canvas, 0.48, 0.55)
    soft_garden(canvas, setting.palette, edge)
    if canvas.stream("bare").random() < 0.4:
        planks(canvas, edge, setting.palette.lit(lch(0.66, 0.07, 65), 0.8), "planks")
    else:
        _lay_cloth(canvas, setting, edge)
    _front_light(canvas, setting.palette, edge)
    stand = (edge + (canvas.height - edge) * 0.35, canvas.height * 0.90)
    return Ground("floor", edge, stand, light_of(canvas, setting.palette), size=_SIZE, shadow=0.9)


def desk_top(canvas: Canvas, setting: Setting) -> Ground:
    """A desk from the front: books and a lamp at its ends, pictures on the wall."""
    palette, scheme = setting.palette, _scheme(canvas)
    tones = tones_of(palette, scheme)
    short, width, edge = canvas.short, canvas.width, canvas.height * 0.64
    wall = _wall(setting, tones)
    canvas.fill(box(0, 0, width, edge), shift(wall, 0.03), shift(wall, -0.05), 30)
    mottle(canvas, "wall", 0.04, 0, edge)
    half = min(width / 2 / short, 0.72)

    def set_on(piece: Piece, x: float, y: float, size: float = 1.0) -> None:
        assemble(canvas, tones, moved(piece, x, y), width / 2, edge, short * size)

    rng = canvas.stream("desk")
    first = int(rng.integers(4))
    for k, x in enumerate((-0.22, 0.03)):
        set_on(homeware.picture(0.20, 0.24 - 0.05 * k, min(first + k, 3)), x * min(1.0, half * 2), 0.31)
    planks(canvas, edge, tones["wood"], "planks")
    back = -0.055
    set_on(storage.books(0.26, 0.20, rng), -half + 0.03, back, 1.0)
    if not setting.nouns & {"lamp"}:
        set_on(moved(homeware.table_lamp(), 0, 0), half / 1.7 - 0.10, back / 1.7, 1.7)
        if palette.time in ("dusk", "night"):
            lamp_glow(canvas, width / 2 + (half - 0.17) * short, edge - 0.15 * short, short * 0.9, 0.8)
    if not setting.nouns & {"plant"}:
        set_on(houseplants.plant(3, 0.24, canvas.stream("trail"), "pot"), half - 0.05, back)
    if not setting.figures:
        set_on(storage.stack(rng, 3, 0.22), -0.06, -0.20, 1.0)
        set_on(crockery.mug("accent", 2.2), 0.20, -0.22)
    _front_light(canvas, palette, edge)
    return _ground(canvas, setting, edge, tones["wall"], 1.0)


def _scheme(canvas: Canvas) -> Scheme:
    return SCHEMES[int(canvas.stream("scheme").integers(len(SCHEMES)))]


def _wall(setting: Setting, tones: dict[str, Rgb]) -> Rgb:
    return setting.background or tones["wall"]


def _lay_cloth(canvas: Canvas, setting: Setting, edge: float) -> None:
    weave, color, second = _CLOTHS[int(canvas.stream("cloth").integers(len(_CLOTHS)))]
    palette = setting.palette
    linen(canvas, edge, palette.lit(color, 0.8), weave, "folds", palette.lit(second, 0.8))


def _front_light(canvas: Canvas, palette: Palette, edge: float) -> None:
    """A lip of light on the far edge, and shade below what stands behind it."""
    short = canvas.short
    canvas.fill(
        box(0, edge - short * 0.004, canvas.width, edge + short * 0.003),
        mix(palette.sun, WHITE, 0.4),
        alpha=0.35,
        blur=short * 0.003,
    )
    canvas.fill(
        box(0, edge + short * 0.004, canvas.width, edge + short * 0.05),
        palette.dark,
        alpha=0.16,
        blur=short * 0.02,
    )


def _light(canvas: Canvas, setting: Setting, wall: Rgb) -> Light:
    return light_in(setting.palette, sun_side(canvas), wall)


def _ground(canvas: Canvas, setting: Setting, edge: float, wall: Rgb, size: float = _SIZE) -> Ground:
    stand = (edge + (canvas.height - edge) * 0.35, canvas.height * 0.90)
    return Ground(
        "floor", edge - canvas.height * 0.1, stand, _light(canvas, setting, wall), size=size, shadow=0.9
    )


LAYOUTS = (before_a_room, by_the_window, from_above, in_the_dark, outdoors)
