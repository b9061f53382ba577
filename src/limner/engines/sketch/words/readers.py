"""What one clause of an edit says, by the rule that matched it: each reader gives a step, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from limner.engines.sketch.words import verbs
from limner.engines.sketch.words.clauses import Clauses
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec
from limner.engines.sketch.words.steps import Step, Where

Reader: TypeAlias = Callable[[re.Match[str], Clauses], "Step | None"]


def filters_of(clause: str) -> list[Step]:
    """The filters of a clause, each for the picture, its background or the subject that is named."""
    names = verbs.meanings("filter", clause)
    if not names:
        return []
    bare = verbs.without("filter", clause)
    targets = _subjects(bare)
    where: Where = "background" if _is_background(bare) else "subject" if targets else "all"
    region = None if targets or where == "background" else _region(bare)
    amount = verbs.strength_of(clause)
    return [Step("filter", targets, region=region, value=name, amount=amount, where=where) for name in names]


def _is_background(text: str) -> bool:
    return "background" in text or "backdrop" in text or "背景" in text


def _subjects(phrase: str) -> tuple[SubjectSpec, ...]:
    return parse(phrase, 0).subjects


def _region(phrase: str) -> str | None:
    region = verbs.meaning("region", phrase)
    return None if region == "text" else region


def _colors(phrase: str) -> list[str]:
    """The colours of a phrase in order; the last is marked when the phrase ends in it."""
    return [token.meanings["color"] for token in lexicon().tokens(phrase) if "color" in token.meanings]


def _ends_in_color(phrase: str) -> bool:
    kinds = [token.meanings for token in lexicon().tokens(phrase)]
    telling = [m for m in kinds if "color" in m or "noun" in m]
    return bool(telling) and "color" in telling[-1] and not re.search(r"black[- ]and[- ]white|黑白", phrase)


def _recolored(match: re.Match[str], clauses: Clauses) -> Step | None:
    """A colour at the end is the new one; one before the noun is the old one."""
    phrase = match["rest"]
    if not _ends_in_color(phrase):
        return None
    colors = _colors(phrase)
    now = colors[-2] if len(colors) > 1 else None
    # "the sky orange": the colour is a fruit too
    subjects = [s for s in _subjects(phrase) if s.noun != colors[-1]]
    targets = tuple(replace(s, color=now) for s in subjects[:1])
    region = None if targets else _region(phrase)
    if targets and (part := _region(phrase)) in ("clothes", "hair", "roof"):
        region = part
    if _is_background(phrase):
        return Step("background", scene=SceneSpec(place="plain", background=colors[-1]))
    return Step("recolor", targets, region=region, value=colors[-1])


def _background(match: re.Match[str], clauses: Clauses) -> Step | None:
    """A background of a colour, or a place with its hour, season and weather."""
    scene = parse(clauses.restored(match["value"]), 0)
    colors = _colors(match["value"])
    if scene.place in (None, "plain") and colors:
        return Step("background", scene=SceneSpec(place="plain", background=colors[0]))
    told = (scene.place, scene.time, scene.season, scene.weather, scene.subjects)
    return Step("background", scene=scene) if any(told) else None


def _into_place(match: re.Match[str], clauses: Clauses) -> Step | None:
    scene = parse(clauses.restored(match["value"]), 0)
    place = scene.place is not None and scene.place not in ("plain", "poster", "card", "icon", "banner")
    return Step("background", scene=replace(scene, subjects=())) if place else None


def _cut_out(match: re.Match[str], clauses: Clauses) -> Step | None:
    colors = _colors(match.string[match.end() :])
    return Step("cut_out", value=colors[0] if colors else "white")


def _blurred_background(match: re.Match[str], clauses: Clauses) -> Step | None:
    return Step("filter", value="blur", amount=verbs.strength_of(match.string), where="background")


def _unletter(match: re.Match[str], clauses: Clauses) -> Step | None:
    texts = parse(clauses.restored(match.string), 0).texts
    said = texts or verbs.meaning("region", match["what"]) == "text"
    return Step("unletter", texts=texts) if said else None


def _letter(match: re.Match[str], clauses: Clauses) -> Step | None:
    """Quoted text is set; where text is changed, the last is the new one and the first the old."""
    scene = parse(clauses.restored(match.string), 0)
    if not scene.texts:
        return None
    changes = re.search(r"\b(?:replace|change|instead|swap)\b|改成|换成|改为|换为|替换", match.string)
    if changes:
        return Step("letter", value="instead", texts=scene.texts[-2:])
    bearers = tuple(s for k, s in enumerate(scene.subjects) if any(t.target == k for t in scene.texts))
    return Step("letter", things=bearers, texts=scene.texts)


def _removed(match: re.Match[str], clauses: Clauses) -> Step | None:
    phrase = match["what"]
    scene = parse(phrase, 0)
    aspect = next((k for k in ("weather", "season", "style") if getattr(scene, k)), None)
    if scene.subjects and not (aspect and len(scene.subjects) == 1 and "snow" in scene.subjects[0].noun):
        return Step("remove", scene.subjects)
    if aspect:
        return Step("lift", value=aspect)
    if region := _region(phrase):
        return Step("remove", region=region)
    return (
        Step("remove") if re.search(r"\b(?:it|him|her|them|object|thing)\b|它|他|她|物体", phrase) else None
    )


def _replaced(match: re.Match[str], clauses: Clauses) -> Step | None:
    """One subject for another; the same noun again tells only how many and of what colour."""
    thing = parse(clauses.restored(match["thing"]), 0)
    targets = _subjects(match["what"])
    whole = re.search(r"\b(?:it|this|picture|photo|image|scene)\b|这|图|照片|画面", match["what"])
    if not thing.subjects or thing.style or (whole and not targets and (thing.time or thing.place)):
        return None
    region = _region(match["what"]) if not targets else None
    return Step("replace", targets[:1], thing.subjects, region=region)


def _added(match: re.Match[str], clauses: Clauses) -> Step | None:
    return add_of(match["thing"], clauses)


def add_of(phrase: str, clauses: Clauses) -> Step | None:
    scene = parse(clauses.restored(phrase), 0)
    if not scene.subjects:
        return None
    side = next((s for s in verbs.meanings("side", phrase) if s in ("left", "right", "center")), None)
    things = scene.subjects
    if side and len(things) == 1 and things[0].side is None:
        things = (replace(things[0], side=side),)  # type: ignore[arg-type]
    return Step("add", things=things, texts=scene.texts)


def _given(match: re.Match[str], clauses: Clauses) -> Step | None:
    """ "give the cat a hat": what the words make of a cat with a hat."""
    whom, what = match["what"], match["thing"]
    said = parse(f"{whom} wearing {what}", 0).subjects
    if said and said[0].traits and len(said) == 1:
        return Step("alter", (SubjectSpec(said[0].noun),), (replace(said[0], color=None),))
    return add_of(f"{what} beside {whom}" if not said else what, clauses)


def _moved(match: re.Match[str], clauses: Clauses) -> Step | None:
    side = verbs.meaning("side", match["side"])
    targets = _subjects(match["what"])
    return Step("move", targets, value=side) if side else None


def _resized(match: re.Match[str], clauses: Clauses) -> Step | None:
    size = verbs.meaning("size", match["size"])
    targets = _subjects(match["what"])
    if size is None or (not targets and not _means_subject(match["what"])):
        return None
    factor = {"large": 1.4, "small": 0.66}[size]
    return Step("resize", tuple(replace(t, scale=1.0) for t in targets), amount=factor)


def _means_subject(phrase: str) -> bool:
    return re.search(r"\b(?:it|him|her|them)\b|它|他|她", phrase) is not None


def _acting(match: re.Match[str], clauses: Clauses) -> Step | None:
    """ "make the cat sleep", "the old man smiles": what is new about a subject that is named."""
    said = parse(match["rest"], 0).subjects
    if said and (said[0].action or said[0].traits) and said[0].relation is None:
        return Step("alter", (SubjectSpec(said[0].noun),), said[:1])
    return None


def _counted(match: re.Match[str], clauses: Clauses) -> Step | None:
    said = _subjects(match["thing"])
    return Step("alter", (SubjectSpec(said[0].noun),), said[:1]) if said else None


def _recounted(match: re.Match[str], clauses: Clauses) -> Step | None:
    said = _subjects(f"{match['number']}{match['what']}")
    return Step("alter", (SubjectSpec(said[0].noun),), said[:1]) if said else None


def _turned(match: re.Match[str], clauses: Clauses) -> Step | None:
    number = re.search(r"(\d{1,3})", match.string)
    degrees = float(number[1]) if number else 90.0
    left = re.search(r"counter|anti|\bleft\b|逆时针|左", match.string)
    return Step("turn", amount=-degrees if left else degrees)


def _zoomed(match: re.Match[str], clauses: Clauses) -> Step | None:
    out = re.search(r"\bout\b|缩小|拉远|远景", match.string)
    targets = _subjects(match.string)
    return Step("zoom", targets, amount=0.66 if out else 1.6 * verbs.strength_of(match.string) ** 0.5)


def _cropped(match: re.Match[str], clauses: Clauses) -> Step | None:
    side = verbs.meaning("side", match.string)
    return Step("crop", _subjects(match.string), value=side)


def _extended(match: re.Match[str], clauses: Clauses) -> Step | None:
    return Step("extend", value=verbs.meaning("side", match.string))


READERS: dict[str, Reader] = {
    "unletter": _unletter,
    "letter": _letter,
    "cut_out": _cut_out,
    "blurred_background": _blurred_background,
    "background": _background,
    "into_place": _into_place,
    "turned": _turned,
    "zoomed": _zoomed,
    "cropped": _cropped,
    "extended": _extended,
    "recolored": _recolored,
    "removed": _removed,
    "moved": _moved,
    "replaced": _replaced,
    "resized": _resized,
    "given": _given,
    "counted": _counted,
    "recounted": _recounted,
    "acting": _acting,
    "added": _added,
}
"""By the name that rules of the grammar have."""
