"""From a scene to pixels: the place, its cast, its weather. It knows specs and paint; it knows no words."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import Ink, from_rgb
from limner.engines.sketch.paint.medium import GOUACHE
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, PALETTES_PER_TIME, WHITE, Palette, lch, mix, to_lab
from limner.engines.sketch.paint.raster import Pixels, Rgb
from limner.engines.sketch.paint.styles import MEDIUMS
from limner.engines.sketch.scene import weather
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.layout import Actor, Stand, arrange
from limner.engines.sketch.scene.places import FLAT_PLACES, INDOORS, OPEN_PLACES, layouts_of
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.placing import place
from limner.engines.sketch.words.spec import SceneSpec

_MAX_COUNT = 20
_MAX_PAINTED = 2
_IN_PLACE = {"mountains": ("mountain",), "lake": ("mountain",), "snowfield": ("mountain",)}


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a body was painted: x0, y0, x1, y1 in shares of the picture; subject: its index in the spec."""

    subject: int
    noun: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """pixels: (h, w, 3) uint8, before style and lettering. figures: far ones first."""

    pixels: Pixels
    figures: tuple[Figure, ...]


def compose(spec: SceneSpec, width: int, height: int, layout: int | None = None) -> Composition:
    """The scene, before style and lettering; layout: which of the place's layouts, None for the seed's."""
    home = place_of(spec)
    canvas = Canvas(width, height, Streams(spec.layout_seed))
    palette = palette_of(spec, home)
    ground = _ground(canvas, palette, spec, home, layout)
    figures = add_cast(canvas, ground, palette, spec, _IN_PLACE.get(home, ()))
    if spec.weather and home not in (*FLAT_PLACES, *INDOORS):
        weather.WEATHERS[spec.weather](canvas, palette)
    if home not in FLAT_PLACES:
        canvas.bloom(0.30)
        canvas.vignette(0.20)
    return Composition(canvas.pixels, figures)


def place_of(spec: SceneSpec) -> str:
    """Where the scene is set: as asked, else where its first subject lives, else anywhere open."""
    if spec.place:
        return spec.place
    homes = [role_of(s.noun).home for s in spec.subjects]
    if homes:
        outdoors = [h for h in homes if h not in ("plain", "table")]
        return outdoors[0] if outdoors and len(set(homes)) > 1 else homes[0]
    return OPEN_PLACES[int(Streams(spec.seed)("place").integers(len(OPEN_PLACES)))]


def palette_of(spec: SceneSpec, home: str) -> Palette:
    """The palette of the scene's hour and season; its mood comes from the seed alone."""
    variant = int(Streams(spec.seed)("palette").integers(PALETTES_PER_TIME))
    season = "winter" if home == "snowfield" else spec.season or "summer"
    shown = spec.weather == "rain" or any(s.noun in ("sun", "moon") for s in spec.subjects)
    return Palette(spec.time or _usual_time(spec, home), season, variant, disc=not shown)


def _usual_time(spec: SceneSpec, home: str) -> str:
    at_night = any(s.noun == "moon" or (s.noun == "star" and home != "plain") for s in spec.subjects)
    return "night" if at_night and home != "plain" else "day"


def _ground(canvas: Canvas, palette: Palette, spec: SceneSpec, home: str, layout: int | None) -> Ground:
    layouts = layouts_of(home, spec.style)
    chosen = int(canvas.stream("layout-choice").integers(len(layouts))) if layout is None else layout
    return layouts[chosen % len(layouts)](canvas, setting_of(spec, palette))


def setting_of(spec: SceneSpec, palette: Palette) -> Setting:
    """What the place may know of the scene."""
    return Setting(
        palette=palette,
        background=_background(spec),
        camera=spec.camera,
        mood=spec.mood,
        weather=spec.weather,
        figures=sum(s.count for s in spec.subjects),
        nouns=frozenset(s.noun for s in spec.subjects),
        titled=any(text.role == "title" for text in spec.texts),
        freedom=spec.freedom,
    )


def _background(spec: SceneSpec) -> Rgb | None:
    """The colour of a plain ground, kept apart in lightness from what is shown on it."""
    if spec.background:
        return NAMED[spec.background]
    light = [s.color for s in spec.subjects if s.color and float(to_lab(NAMED[s.color])[0]) > 0.88]
    return lch(0.62, 0.05, 235) if light and spec.time is None else None


def add_cast(
    canvas: Canvas, ground: Ground, palette: Palette, spec: SceneSpec, already: tuple[str, ...] = ()
) -> tuple[Figure, ...]:
    """Paint each subject once or a few times, and put them where the layout says; already: what is there."""
    actors: list[Actor] = []
    variants: list[list[Sprite]] = []
    for index, subject in enumerate(spec.subjects):
        if subject.noun in already:
            variants.append([])
            continue
        role, count = role_of(subject.noun), max(1, min(subject.count, _MAX_COUNT))
        height = role.height * canvas.short * ground.size * subject.scale * _crowding(spec)
        sprites = _sprites(canvas, ground, palette, spec, index, role, height, min(count, _MAX_PAINTED))
        variants.append(sprites)
        for k in range(count):
            sprite = sprites[k % len(sprites)]
            aspect = sprite.pixels.shape[1] / max(1.0, sprite.y)
            actors.append(Actor(index, subject, role.zone, aspect, height))
    rng = canvas.stream("cast-layout")
    stands = arrange(actors, ground, canvas.width, canvas.height, rng)
    for number, stand in enumerate(stands):
        _put(canvas, ground, stand, variants[stand.actor.subject], number)
    return tuple(_figure(stand, canvas) for stand in stands)


def _figure(stand: Stand, canvas: Canvas) -> Figure:
    x, y, half = stand.spot.x, stand.spot.y, stand.height * stand.actor.aspect / 2
    box = ((x - half) / canvas.width, (y - stand.height) / canvas.height)
    return Figure(
        stand.actor.subject, stand.actor.spec.noun, (*box, (x + half) / canvas.width, y / canvas.height)
    )


def _crowding(spec: SceneSpec) -> float:
    """Smaller figures when there are many."""
    total = sum(s.count for s in spec.subjects)
    return 1.12 if total == 1 else 1.0 if total <= 3 else 0.86 if total <= 6 else 0.74


def _sprites(
    canvas: Canvas,
    ground: Ground,
    palette: Palette,
    spec: SceneSpec,
    index: int,
    role: Role,
    height: float,
    count: int,
) -> list[Sprite]:
    """count bodies of one subject; they depend on the seed and their number, not on the layout."""
    subject = spec.subjects[index]
    sprites, medium = [], MEDIUMS.get(spec.style or "", GOUACHE)
    for k in range(count):
        rng = Streams(spec.seed)(f"body-{subject.noun}-{index}-{k}")
        look = Look(
            _ink(subject.color), rng, palette.season, palette.night, subject.action, frozenset(subject.traits)
        )
        sprites.append(paint(role.build(look), max(24.0, height), ground.light, rng, medium))
    return sprites


def _ink(color: str | None) -> Ink | None:
    return None if color is None else from_rgb(NAMED[color])


def _put(canvas: Canvas, ground: Ground, stand: Stand, sprites: list[Sprite], number: int) -> None:
    rng = canvas.stream(f"put{number}")
    sprite = sprites[int(rng.integers(len(sprites)))]
    facing = stand.spot.x > canvas.width * 0.5
    flip = bool(facing if rng.random() < 0.8 else not facing) and stand.actor.spec.noun not in (
        "rainbow",
        "book",
    )
    sized = sprite.scaled(max(4.0, stand.height) / max(1.0, sprite.y), flip)
    if stand.actor.spec.noun in ("moon", "sun") and ground.surface != "none":
        glow = mix((255, 240, 200), WHITE, 0.3)
        canvas.glow(stand.spot.x, stand.spot.y - stand.height / 2, stand.height * 1.4, glow, 0.45)
    place(canvas, ground, sized, stand.spot, rng)
