"""Prompts to scenes: quoted text is cut out, words are read from left to right, and the scene is settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from limner.engines.sketch.words.acting import DEEDS
from limner.engines.sketch.words.describing import ADJECTIVES, PLACES, SETTING
from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.features import features_of
from limner.engines.sketch.words.lexicon import Token
from limner.engines.sketch.words.linking import LINKS
from limner.engines.sketch.words.naming import NOUNS
from limner.engines.sketch.words.pausing import PAUSES, end
from limner.engines.sketch.words.quotes import BOARDS, cut
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading
from limner.engines.sketch.words.senses import understood
from limner.engines.sketch.words.settling import PRINTS, settle
from limner.engines.sketch.words.spec import Relation, SceneSpec, SubjectSpec, TextSpec

_UNWANTED = re.compile(
    r"negative prompt\s*:.*|(?:负面提示词?|反向提示词?)\s*[:：].*", re.IGNORECASE | re.DOTALL
)
_READERS: dict[str, Reader] = {**PAUSES, **ADJECTIVES, **SETTING, **DEEDS, **LINKS, **PLACES, **NOUNS}
"""Who takes in which kind of word, in the order in which the kinds of one word are taken."""
_TIMES = re.compile(
    r"([a-z]+(?= x)|[a-z]+(?=\s?×)|[\u3400-\u9fff]+)\s*[x×*]\s?(\d{1,2})(?!\d)", re.IGNORECASE
)
"""How many after what: "apples x3"."""
_UNSHOWN = ("part", "noun", "garment")
_MAX_READ_CHARS = 4000
_MAX_COLORS = 4
_MAX_TEXTS = 4
_MAX_SUBJECTS = 12


def parse(prompt: str, seed: int) -> SceneSpec:
    """The scene that a prompt in English or Chinese asks for; any text gives one."""
    bare, texts = cut(_UNWANTED.sub("", prompt[:_MAX_READ_CHARS]))
    bare = _TIMES.sub(r"\2 \1", bare)
    tokens = understood(bare)
    spec = _scene(_read(tokens), texts, seed)
    return replace(spec, features=features_of(bare), colors=_loose_colors(tokens, spec))


def _loose_colors(tokens: Sequence[Token], spec: SceneSpec) -> tuple[str, ...]:
    """The colours that no subject and no ground has taken, and that are of no eyes, clothes and the like."""
    taken = {spec.background, *(subject.color for subject in spec.subjects)}
    after = [*tokens[1:], Token({})]
    named = [
        token.meanings["color"]
        for token, following in zip(tokens, after, strict=False)
        if "color" in token.meanings and not following.meanings.keys() & set(_UNSHOWN)
    ]
    return tuple(dict.fromkeys(color for color in named if color not in taken))[:_MAX_COLORS]


def read(prompt: str) -> Reading:
    """What the words of a prompt say, before it is a scene; quoted text is left out."""
    return _read(understood(cut(prompt[:_MAX_READ_CHARS])[0]))


def _read(tokens: Sequence[Token]) -> Reading:
    reading = Reading()
    for number, token in enumerate(tokens):
        before, after = (tokens[i] if 0 <= i < len(tokens) else None for i in (number - 1, number + 1))
        _take(reading, Neighbours(token, before, after))
    end(reading)
    settle(reading)
    return reading


def _take(reading: Reading, near: Neighbours) -> None:
    """One word may mean several things at once, e.g. snow a season and a weather."""
    for kind, reader in _READERS.items():
        if kind in near.token.meanings:
            reader(reading, near.token.meanings[kind], near)
    reading.strange = reading.strange or not near.token.meanings


def _scene(reading: Reading, texts: Sequence[str], seed: int) -> SceneSpec:
    scene, drafts = reading.scene, _kept(reading.drafts)
    return SceneSpec(
        seed=seed,
        layout_seed=seed,
        place=scene.get("place"),
        time=scene.get("time"),
        season=scene.get("season"),
        weather=scene.get("weather"),
        style=scene.get("style"),
        mood=scene.get("mood"),
        camera=scene.get("camera"),
        background=reading.background,
        subjects=tuple(_subject(draft, drafts) for draft in drafts),
        texts=_texts(reading, texts, drafts),
    )


def _kept(drafts: Sequence[Draft]) -> list[Draft]:
    """Each subject once: one that says nothing that another of its noun does not say is the same one."""
    targets = {id(draft.target) for draft in drafts if draft.target}
    kept: dict[object, Draft] = {}
    for number, draft in enumerate(drafts):
        key = (_subject(draft, ()), id(draft.target))
        kept.setdefault((key, number if id(draft) in targets else 0), draft)
    return list(kept.values())[:_MAX_SUBJECTS]


def _subject(draft: Draft, drafts: Sequence[Draft]) -> SubjectSpec:
    related = draft.relation and draft.target in drafts
    return SubjectSpec(
        draft.noun,
        draft.count,
        draft.color,
        draft.scale,
        draft.side,
        draft.above,
        draft.action,
        Relation(draft.relation, drafts.index(draft.target))
        if related and draft.relation and draft.target
        else None,
        tuple(draft.traits),
    )


def _texts(reading: Reading, texts: Sequence[str], drafts: Sequence[Draft]) -> tuple[TextSpec, ...]:
    found = {quote.number: quote for quote in reading.quotes}
    written = []
    for number, text in enumerate(texts[:_MAX_TEXTS]):
        quote = found.get(number)
        borne = quote is not None and quote.bearer in drafts
        target = drafts.index(quote.bearer) if quote and quote.bearer and borne else None
        if len(texts) == 1 and not borne and reading.scene.get("place") not in PRINTS:
            board = next((n for n, d in enumerate(drafts) if d.noun in BOARDS and d.count == 1), None)
            if board is not None:
                return (TextSpec(text, "sign", board),)
        written.append(TextSpec(text, quote.role if quote and borne else "title", target))
    return tuple(written)
