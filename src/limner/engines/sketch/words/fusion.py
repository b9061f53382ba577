"""What the prompt of several references asks to be made of them, and which picture plays which part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.sketch.words.grammar import compiled, grammar
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import SceneSpec

Mode: TypeAlias = Literal["place", "gather", "style", "clothes", "compare", "storyboard", "grid", "collage"]
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHINESE = "一二三四五六七八九十"
_PICTURE = r"(?:image|picture|photo|figure|pic|img|reference|ref)"
_NUMBERS = rf"1[0-4]|[1-9]|{'|'.join(_CARDINALS)}"
_PLACES = rf"{'|'.join(_ORDINALS)}|last|1st|2nd|3rd|[4-9]th|1[0-4]th"
_MENTIONS = (
    rf"(?:the )?{_PICTURE}s?\s*(?:no\.?|#|number)?\s*(?P<number>{_NUMBERS})(?![\w%])",
    rf"(?:the )?(?P<ordinal>{_PLACES})(?: (?:{_PICTURE}|one)\b)",
    r"图\s*(?:片|像)?\s*(?P<tu>1[0-4]|[1-9]|[一二三四五六七八九十])",
    r"(?:第|最后)(?P<di>1[0-4]|[1-9]|[一二三四五六七八九十]|)[一]?(?:张|幅|个)(?:图片|照片|图像|图)?",
)
_MENTION = re.compile("|".join(_MENTIONS))
_MARK = re.compile(r"@(\d+)")
_WORDED: tuple[Mode, ...] = ("compare", "storyboard", "grid", "collage")
_OWN_KINDS = ("poster", "card", "banner", "pattern", "icon", "plain")


@dataclass(frozen=True, slots=True)
class Fusion:
    """base: the picture that is the scene, or that takes the style or the clothes; sources: the others.

    Pictures are numbered from 0. scene: what is said of a scene of our own, for gather.
    """

    mode: Mode
    base: int
    sources: tuple[int, ...]
    scene: SceneSpec | None = None


def fusion_of(prompt: str, count: int) -> Fusion:
    """The fusion that a prompt in English or Chinese asks for of count references; a collage if none."""
    text = marked(prompt, count)
    named = tuple(dict.fromkeys(int(n) for n in _MARK.findall(text) if int(n) < count))
    if (donor := _number_in("style_of", text, count)) is not None or _says("style", text):
        donor = named[-1] if donor is None and len(named) > 1 else donor
        if donor is not None:
            return Fusion("style", _other(donor, named), (donor,))
    if len(named) > 1 and (donor := _number_in("clothes_of", text, count)) is not None:
        return Fusion("clothes", _other(donor, named), (donor,))
    for mode in _WORDED:
        if _says(mode, text):
            return Fusion(mode, 0, tuple(range(count)))
    base = _number_in("swap", text, count)
    base = _number_in("into", text, count, last=False) if base is None else base
    if base is not None and (
        len(named) > 1 or _says("placing", text) or "背景" in text or "background" in text
    ):
        sources = named if len(named) > 1 else range(count)
        return Fusion("place", base, tuple(n for n in sources if n != base))
    return _together(text, named or tuple(range(count)), count)


def _says(name: str, text: str) -> bool:
    return compiled(grammar().fusion[name]).search(text) is not None


def _number_in(name: str, text: str, count: int, last: bool = True) -> int | None:
    """The picture that a pattern is named for; where it stands several times, the last or the first."""
    matches = list(compiled(grammar().fusion[name]).finditer(text))
    if not matches:
        return None
    number = int(next(filter(None, matches[-1 if last else 0].groups())))
    return number if number < count else None


def _other(donor: int, named: tuple[int, ...]) -> int:
    return next((n for n in named if n != donor), 0 if donor else 1)


def _together(text: str, named: tuple[int, ...], count: int) -> Fusion:
    """All in one scene: one of ours that is described, else the first picture; without a word a collage."""
    scene = parse(_MARK.sub(" ", text), 0)
    if _says("together", text) or (scene.place and _says("placing", text)):
        if scene.place and scene.place not in _OWN_KINDS:
            return Fusion("gather", 0, named, scene)
        rest = named[1:] or tuple(n for n in range(count) if n != named[0])
        return Fusion("place", named[0], rest)
    return Fusion("collage", 0, tuple(range(count)))


def marked(prompt: str, count: int) -> str:
    """The prompt in lower case with every mention of a picture as @ and its number from 0."""
    return _MENTION.sub(lambda match: f"@{_number(match, count)}", prompt.casefold()[:2000])


def _number(match: re.Match[str], count: int) -> int:
    said = next((g for g in match.groups() if g), None)
    if said is None or said == "last":
        return count - 1
    for words in (_ORDINALS, _CARDINALS, tuple(_CHINESE)):
        if said in words:
            return words.index(said)
    digits = re.match(r"\d+", said)
    return int(digits[0]) - 1 if digits else 0
