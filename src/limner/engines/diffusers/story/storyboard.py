"""A storyboard: one prompt for a series as a prompt for each of its pictures, without a model.

It knows how prompts list, number and enumerate, English and Chinese; it does not know what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from limner.engines.diffusers.story.count_phrases import without_count
from limner.engines.diffusers.story.enumerations import enumerates, run_through
from limner.engines.diffusers.story.scenes import listed_scenes
from limner.listings import trimmed
from limner.prompts import asked_count

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|《[^》\n]*》')
_FIRST_MASK = 0xE000
_MASK = re.compile("[\ue000-\uf8ff]")
_SPACES, _LINES = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")

_SET = re.compile(
    r"\b(?:icons?|stickers?|logos?|posters?|cards?|variations?|versions?|emojis?|wallpapers?|product|patterns?)\b|"
    r"图标|贴纸|海报|卡片|壁纸|头像|标志|表情包|产品|商品|图案",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 4000
"""More than any of the models reads; lists are not looked for in longer prompts."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is added, in one language. views: one each for pictures that nothing is told of."""

    comma: str
    stop: str
    moment: str
    later: str
    of_set: str
    views: tuple[str, ...]
    as_in: str

    def view(self, at: int) -> str:
        """One view after the other, from the first again after the last."""
        return self.views[at % len(self.views)]


_ENGLISH = _Words(
    ", ",
    ". ",
    "another moment of the same story",
    "a moment later in the same story",
    "a different one of the same set, in the same style",
    (
        "seen from further away",
        "seen up close",
        "from a low angle",
        "from the other side",
        "from above",
        "at another place",
    ),
    "Keep the characters and the style of image {number}.",
)
_CHINESE = _Words(
    "，",
    "。",
    "同一个故事的另一个瞬间",
    "同一个故事稍后的瞬间",
    "同一系列中不同的另一个，风格一致",
    ("远景", "近景特写", "低角度", "从另一侧看", "俯视", "换一个地点"),
    "人物和画风与图{number}保持一致。",
)


def storyboard(prompt: str, count: int) -> tuple[str, ...]:
    """count prompts: what the prompt lists, each with what it says of all; else what it runs through, such
    as seasons; else moments of one story. Where it tells of fewer pictures, the rest go on from there.

    None of them says that there are several pictures: models that read it draw them all into one.
    """
    masked, quotes = _masked(_LINES.sub("\n", _SPACES.sub(" ", prompt)).strip())
    words = _words(masked)
    if len(prompt) > _MOST_CHARACTERS or not masked:
        return _moments(prompt, count, words)
    told = without_count(masked)
    announced = asked_count(masked) is not None and not enumerates(told)
    made = _listed(told, count, announced, words)
    if not made:
        told = trimmed(told) or masked
        made = _varied(told, count, words) or _moments(told, count, words)
    return tuple(_unmasked(text, quotes) for text in made)


def like_image(prompt: str, number: int) -> str:
    """The prompt with the wish to look like reference number, counted from 1."""
    words = _words(prompt)
    return _joined((prompt, words.as_in.format(number=number)), words)


def _words(text: str) -> _Words:
    return _CHINESE if len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text)) else _ENGLISH


def _masked(prompt: str) -> tuple[str, list[str]]:
    """The prompt with a private character for each quoted text, whose commas and numbers are no list."""
    quotes: list[str] = []

    def mask(match: re.Match[str]) -> str:
        quotes.append(match.group())
        return chr(_FIRST_MASK + len(quotes) - 1)

    room = 0xF8FF - _FIRST_MASK
    return _QUOTED.sub(mask, _MASK.sub("", prompt), count=room), quotes


def _unmasked(text: str, quotes: Sequence[str]) -> str:
    return _MASK.sub(lambda match: quotes[ord(match.group()) - _FIRST_MASK], text)


def _listed(told: str, count: int, said_count: bool, words: _Words) -> tuple[str, ...]:
    """A prompt for each scene that is listed, and for what may come after the last; () for none."""
    scenes = listed_scenes(told, count, said_count=said_count)
    if scenes is None:
        return ()
    made = [_joined((scenes.common, scene, scenes.after), words) for scene in scenes.each]
    later = words.of_set if _SET.search(told) else words.later
    more = (_joined((made[-1], later, words.view(at)), words) for at in range(count - len(made)))
    return (*made, *more)


def _varied(told: str, count: int, words: _Words) -> tuple[str, ...]:
    """The scene in each season, hour or the like that it runs through, then from other views."""
    found = run_through(told, count)
    rounds = (divmod(at, len(found)) for at in range(count)) if found else ()
    return tuple(
        _joined((trimmed(found[at]), words.view(turn - 1) if turn else ""), words) for turn, at in rounds
    )


def _moments(told: str, count: int, words: _Words) -> tuple[str, ...]:
    """The scene itself, then other moments of its story, or others of its set."""
    if _SET.search(told):
        return (told, *(_joined((told, words.of_set), words) for _ in range(count - 1)))
    return (told, *(_joined((told, words.moment, words.view(at)), words) for at in range(count - 1)))


def _joined(parts: Sequence[str], words: _Words) -> str:
    """The parts that say something: sentences stand on their own, phrases behind a comma."""
    told = ""
    for part in parts:
        if not part:
            continue
        if told:
            is_sentence = part[0].isupper() or told[-1] in ".!?。！？"
            told = told.rstrip(".。 ") if is_sentence else told
            told += words.stop if is_sentence else words.comma
        told += part
    return told
