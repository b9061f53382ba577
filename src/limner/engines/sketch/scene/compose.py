"""From a scene to pixels: the place, its cast, its weather. It knows specs and paint; it knows no words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.looseness import loosely
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import NAMED, PALETTES_PER_TIME, Palette, lch, to_lab
from limner.engines.sketch.paint.raster import Pixels, Rgb
from limner.engines.sketch.scene import weather
from limner.engines.sketch.scene.camera import framed, soften
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.facing import lives
from limner.engines.sketch.scene.features import drawn_by, suited
from limner.engines.sketch.scene.freedom import drift_of, looseness
from limner.engines.sketch.scene.laid import laid
from limner.engines.sketch.scene.places import FLAT_PLACES, INDOORS, OPEN_PLACES, PAINTED_IN_STYLE, layouts_of
from limner.engines.sketch.scene.places.ground import Layout, Setting
from limner.engines.sketch.scene.repeat import repeated
from limner.engines.sketch.scene.staging import Figure, add_cast
from limner.engines.sketch.words.spec import Relation, SceneSpec, SubjectSpec

_IN_PLACE = {"mountains": ("mountain",), "lake": ("mountain",), "snowfield": ("mountain",)}
_DIVERS = ("turtle", "penguin", "frog", "child", "boy", "woman", "man")
"""Those that swim where there is only water."""
_ROOMS = ("room", "kitchen", "bedroom", "desk", "cafe")
_ANYBODYS = ("meadow", "table", *FLAT_PLACES)
"""Homes that give way to those of other subjects."""
_ALSO_AT_HOME = {
    "anywhere": OPEN_PLACES,
    "meadow": ("meadow", "park", "meadow", "flowers", "garden"),
}
"""Where those may be met who are at home in a place, or anywhere."""
_HOURS_OF_MOOD = {
    "romantic": "dusk",
    "epic": "dusk",
    "dramatic": "dusk",
    "nostalgic": "dusk",
    "dreamy": "dawn",
    "mysterious": "night",
    "spooky": "night",
}
"""The hour that a mood suggests where none is said."""


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
    spec = _as_staged(spec, home, width, height)
    chosen = layout_of(spec, home, layout)
    ground = chosen(canvas, setting_of(spec, palette))
    soften(canvas, spec, home)
    already = (*_IN_PLACE.get(home, ()), *drawn_by(chosen))
    figures = add_cast(canvas, ground, palette, spec, already, home)
    if home not in (*FLAT_PLACES, *INDOORS):
        _weather(canvas, palette, spec)
    if home not in FLAT_PLACES:
        _in_the_air(canvas, spec, home)
    return Composition(canvas.pixels, figures)


def _as_staged(spec: SceneSpec, home: str, width: int, height: int) -> SceneSpec:
    """The scene with what its place adds: a table, repeats of a pattern, a close camera's frame, swimmers."""
    spec = furnished(laid(spec, home), home)
    if home == "pattern":
        return repeated(spec, width, height)
    if home == "underwater":
        idle = [s.action is None and s.relation is None and s.noun in _DIVERS for s in spec.subjects]
        cast = (replace(s, action="swim") if i else s for s, i in zip(spec.subjects, idle, strict=True))
        spec = replace(spec, subjects=tuple(cast))
    return framed(spec, home, width, height)


def _weather(canvas: Canvas, palette: Palette, spec: SceneSpec) -> None:
    """What falls or drifts: as asked, else petals or leaves of a season that was asked for."""
    if spec.weather in weather.WEATHERS:
        weather.WEATHERS[spec.weather](canvas, palette)
    elif spec.season:
        weather.season(canvas, palette)


def _in_the_air(canvas: Canvas, spec: SceneSpec, home: str) -> None:
    """Loose brushwork where it was asked for, and the light of a room of air; bare paper has none."""
    if loose := looseness(spec):
        canvas.pixels = loosely(canvas.pixels, loose, canvas.stream("loose"))
    if spec.style != "inkwash" or home not in PAINTED_IN_STYLE["inkwash"]:
        canvas.bloom(0.30)
        canvas.vignette(0.20)


def furnished(spec: SceneSpec, home: str) -> SceneSpec:
    """The scene with a table under what belongs on one, in a room where nothing else bears it.

    At a desk where nobody is, its top is shown from near by.
    """
    if home == "desk" and spec.subjects and not any(lives(s.noun) for s in spec.subjects):
        return replace(spec, features=("top", *spec.features))
    loose = [i for i, s in enumerate(spec.subjects) if role_of(s.noun).home == "table" and s.relation is None]
    if home not in _ROOMS or not loose:
        return spec
    nouns = [s.noun for s in spec.subjects]
    table = nouns.index("table") if "table" in nouns else len(nouns)
    subjects = [
        replace(s, relation=Relation("on", table)) if i in loose and i != table else s
        for i, s in enumerate(spec.subjects)
    ]
    return replace(spec, subjects=(*subjects, *(() if "table" in nouns else (SubjectSpec("table"),))))


def place_of(spec: SceneSpec) -> str:
    """Where the scene is set: as asked, else where its first subject lives, else anywhere open."""
    if spec.place:
        return spec.place
    homes = [role_of(s.noun).home for i, s in enumerate(spec.subjects) if not _is_kept(i, spec)]
    telling = [h for h in homes if h not in _ANYBODYS] or [h for h in homes if h not in FLAT_PLACES] or homes
    home = telling[0] if telling else "anywhere"
    choices = _ALSO_AT_HOME.get(home, (home,))
    return choices[Streams(spec.seed).turn("place", len(choices))]


def _is_kept(index: int, spec: SceneSpec) -> bool:
    """Whether it swims in a bowl or is held, and is at home where that is."""
    subject = spec.subjects[index]
    held = any(s.relation == Relation("holding", index) for s in spec.subjects)
    bowled = subject.relation is not None and subject.relation.kind == "in"
    return (held or bowled) and role_of(subject.noun).zone == "swim"


def palette_of(spec: SceneSpec, home: str) -> Palette:
    """The palette of the scene's hour and season; its mood comes from the seed alone."""
    variant = Streams(spec.seed).turn("palette", PALETTES_PER_TIME)
    wintry = home == "snowfield" or (spec.weather == "snow" and spec.season is None)
    season = "winter" if wintry else spec.season or "summer"
    shown = spec.weather == "rain" or any(s.noun in ("sun", "moon") for s in spec.subjects)
    hour = spec.time or _usual_time(spec, home)
    return Palette(hour, season, variant, not shown, spec.weather, spec.mood, drift_of(spec))


def _usual_time(spec: SceneSpec, home: str) -> str:
    at_night = any(s.noun in ("moon", "star") for s in spec.subjects)
    if home in FLAT_PLACES:
        return "day"
    return "night" if at_night or "aurora" in spec.features else _HOURS_OF_MOOD.get(spec.mood or "", "day")


def layout_of(spec: SceneSpec, home: str, number: int | None = None) -> Layout:
    """The layout of the place: the one of that number, else the seed's among those that suit the words."""
    layouts = layouts_of(home, spec.style)
    if number is not None:
        return layouts[number % len(layouts)]
    fitting = suited(layouts, home, spec.features)
    return fitting[Streams(spec.layout_seed).turn("layout-choice", len(fitting))]


def setting_of(spec: SceneSpec, palette: Palette) -> Setting:
    """What the place may know of the scene."""
    return Setting(
        palette=palette,
        background=_background(spec),
        camera=spec.camera,
        mood=spec.mood,
        weather=spec.weather,
        figures=sum(s.count for s in spec.subjects),
        nouns=frozenset(s.noun for s in spec.subjects if s.count),
        titled=any(text.role == "title" for text in spec.texts),
        freedom=spec.freedom,
        features=spec.features,
        colors=tuple(NAMED[color] for color in spec.colors if color in NAMED),
    )


def _background(spec: SceneSpec) -> Rgb | None:
    """The colour of a plain ground, kept apart in lightness from what is shown on it."""
    if spec.background:
        return NAMED[spec.background]
    light = [s.color for s in spec.subjects if s.color and float(to_lab(NAMED[s.color])[0]) > 0.88]
    return lch(0.62, 0.05, 235) if light and spec.time is None else None
