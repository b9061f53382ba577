"""Rebuild src/limner/assets/icons and src/limner/assets/emoji from named upstream packages.

Needs npm on the path, and in the Python that runs it numpy, opencv-python-headless and picosvg 0.23.0:
`python tools/build_icons.py`. What it writes is committed; nothing at run time needs picosvg.
tools/icons.toml says what is taken; icon_svg.py and icon_art.py beside it make art of SVG.

Sources:
    @iconify-json/noto 1.2.9 (npm, Apache-2.0): Noto Emoji, the art
    emojibase-data 17.0.0 (npm, MIT): names and keywords in English and Chinese
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
import tomllib
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from icon_art import Packed, pack

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent / "src/limner/assets"
ICONS, EMOJI = ASSETS / "icons", ASSETS / "emoji"
NOTO_PACKAGE = "@iconify-json/noto@1.2.9"
WORDS_PACKAGE = "emojibase-data@17.0.0"
MAX_BYTES = 4_000_000
NOTO_NOTICE = (
    "icons.bin, index.bin: Noto Emoji, copyright Google Inc.\n"
    "Licensed under the Apache License, Version 2.0, which follows.\n"
    "Changed by Limner: taken from the npm package @iconify-json/noto, flattened to polygons, simplified.\n\n"
)
WORDS_NOTICE = (
    "words.bin: names and keywords of emoji, chosen by Limner from the npm package emojibase-data.\n\n"
)
HAN = re.compile(r"^[\u3400-\u9fff]{2,}$")


@dataclass(frozen=True)
class Emoji:
    """One emoji: its English label in lower case, where it belongs, and its names."""

    code: str
    label: str
    subgroup: str
    tags: tuple[str, ...]
    chinese: str
    chinese_tags: tuple[str, ...]


def main() -> None:
    choice = tomllib.loads((HERE / "icons.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        noto, words = (
            npm_pack(NOTO_PACKAGE, Path(folder) / "noto"),
            npm_pack(WORDS_PACKAGE, Path(folder) / "w"),
        )
        every, bodies = emojis(words), art(noto)
        chosen = [e for e in every if wanted(e, choice["art"]) and e.code in bodies]
        drawn = {e.label: bodies[e.code] for e in chosen}
        licence = (words / "LICENSE").read_text()
    for folder in (ICONS, EMOJI):
        folder.mkdir(parents=True, exist_ok=True)
    write_icons(drawn, {e.label: e.subgroup for e in every}, choice["art"]["unframed"])
    write_words(chosen, every, choice)
    apache = Path("/usr/share/common-licenses/Apache-2.0").read_text()
    (ICONS / "NotoEmoji-LICENSE.txt").write_text(NOTO_NOTICE + apache)
    (EMOJI / "emojibase-LICENSE.txt").write_text(WORDS_NOTICE + licence)
    report()


def npm_pack(package: str, into: Path) -> Path:
    into.mkdir()
    subprocess.run(["npm", "pack", "--silent", package], cwd=into, check=True)
    (name,) = into.glob("*.tgz")
    with tarfile.open(name) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def art(noto: Path) -> dict[str, str]:
    """SVG bodies by code points, without variation selectors."""
    icons = json.loads((noto / "icons.json").read_text("utf-8"))["icons"]
    names = json.loads((noto / "chars.json").read_text("utf-8"))
    return {
        code.lower().replace("-fe0f", ""): icons[name]["body"]
        for code, name in names.items()
        if name in icons
    }


def emojis(package: Path) -> list[Emoji]:
    names = json.loads((package / "meta/groups.json").read_text("utf-8"))["subgroups"]
    chinese = {e["hexcode"]: e for e in json.loads((package / "zh/data.json").read_text("utf-8"))}
    every = []
    for e in json.loads((package / "en/data.json").read_text("utf-8")):
        if e.get("subgroup") is None:
            continue
        zh = chinese.get(e["hexcode"], {})
        tags, chinese_tags = tuple(t.lower() for t in e.get("tags", ())), tuple(zh.get("tags", ()))
        code = e["hexcode"].lower().replace("-fe0f", "")
        subgroup = names[str(e["subgroup"])]
        every.append(Emoji(code, e["label"].lower(), subgroup, tags, zh.get("label", ""), chinese_tags))
    return every


def wanted(emoji: Emoji, choice: dict[str, list[str]]) -> bool:
    also = {label.lower() for label in choice["also"]}
    return emoji.label not in choice["omit"] and (
        emoji.subgroup in choice["subgroups"] or emoji.label in also
    )


def write_icons(drawn: dict[str, str], subgroups: dict[str, str], unframed: list[str]) -> None:
    """All icons one after another, each compressed by itself, and an index of where they lie."""
    labels = sorted(drawn)
    bare = [label in unframed for label in labels]
    with ProcessPoolExecutor() as pool:
        packed: list[Packed] = list(pool.map(pack, [drawn[label] for label in labels], bare, chunksize=8))
    blob, index = bytearray(), {}
    for label, icon in zip(labels, packed, strict=True):
        index[label] = [len(blob), len(icon.data), subgroups[label], round(icon.tallness, 3)]
        blob += icon.data
    (ICONS / "icons.bin").write_bytes(bytes(blob))
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (ICONS / "index.bin").write_bytes(zlib.compress(text.encode(), 9))
    print(len(labels), "icons")


def write_words(drawn: list[Emoji], every: list[Emoji], choice: dict[str, dict[str, list[str]]]) -> None:
    """Lines of a spelling, a tab and a label; labels first, then keywords, then our own plainer names."""
    words, aliases = choice["words"], choice["aliases"]
    found: dict[str, str] = {}
    for e in drawn:
        if e.label not in words["ambiguous"]:
            found.setdefault(e.label.replace("’", "'"), e.label)
        if HAN.match(e.chinese) and e.chinese not in words["ambiguous_chinese"]:
            found.setdefault(e.chinese, e.label)
    labels = {e.label for e in drawn}
    for language, kept in (("tags", words["english"]), ("chinese_tags", words["chinese"])):
        for word in kept:
            owners = [e.label for e in every if word in getattr(e, language)]
            if len(owners) == 1 and owners[0] in labels:
                found.setdefault(word, owners[0])
    for word, label in aliases.items():
        if str(label).lower() in labels:
            found[word] = str(label).lower()
        else:
            print("no art for", label)
    lines = "\n".join(f"{word}\t{label}" for word, label in sorted(found.items()))
    (EMOJI / "words.bin").write_bytes(zlib.compress(lines.encode(), 9))
    print(len(found), "words")


def report() -> None:
    files = sorted([*ICONS.iterdir(), *EMOJI.iterdir()])
    for path in files:
        print(f"{path.stat().st_size:>9} {path.name}")
    assert sum(path.stat().st_size for path in files) <= MAX_BYTES


if __name__ == "__main__":
    main()
