"""Rebuild src/limner/assets from named upstream packages: the fonts here, the icons by build_icons.py.

Needs npm, apt-get and dpkg-deb on the path, and in the Python that runs it fonttools 4.68.0 and brotli 1.2.1:
`python tools/build_assets.py`. What it writes is committed; nothing at run time needs fonttools.

Sources, and what is done to each:
    @fontsource/noto-sans-sc 5.3.0 (npm, OFL-1.1): the bold slices, merged into one face
    @fontsource/noto-sans-kr 5.3.0 (npm, OFL-1.1): the same, of which only the hangul is kept
    fonts-lato 2.0-2.1 (Debian, OFL-1.1): Bold and Black, unchanged, for "Lato" is a Reserved Font Name
    fonts-droid-fallback 1:6.0.1r16-1.1 (Debian, Apache-2.0): cut down to what the other faces lack
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "src/limner/assets/fonts"
SC_PACKAGE = "@fontsource/noto-sans-sc@5.3.0"
KR_PACKAGE = "@fontsource/noto-sans-kr@5.3.0"
LATO_PACKAGE = "fonts-lato=2.0-2.1"
DROID_PACKAGE = "fonts-droid-fallback=1:6.0.1r16-1.1"
FACES = ("Lato-Bold.ttf", "NotoSansSC-Bold.ttf", "NotoSansKR-Hangul-Bold.ttf", "DroidSansFallback-Rest.ttf")
"""In order of preference; media/fonts.py has the same order."""
TABLE_SIZE = 0x30000
MAX_BYTES = 12_000_000
HANGUL = {*range(0x1100, 0x1200), *range(0x3131, 0x318F), *range(0xAC00, 0xD7A4)}
LAYOUT_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"]
"""Pillow's basic layout, which media/fonts.py asks for, reads none of them."""
NOTO_NOTICE = (
    "NotoSansSC-Bold.ttf, NotoSansKR-Hangul-Bold.ttf:\n"
    "(c) 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.\n"
    "Merged by Limner from the npm packages @fontsource/noto-sans-sc and @fontsource/noto-sans-kr.\n\n"
)
LATO_NOTICE = (
    "Lato-Bold.ttf, Lato-Black.ttf: Copyright (c) 2010-2014 by tyPoland Lukasz Dziedzic\n"
    'with Reserved Font Name "Lato". Shipped unchanged.\n\n'
)
DROID_NOTICE = (
    "DroidSansFallback-Rest.ttf: Digitized data copyright Google Corporation (c) 2006.\n"
    "Licensed under the Apache License, Version 2.0, which follows.\n"
    "Changed by Limner: glyphs that the other packaged faces have, hints and layout tables were removed.\n\n"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        chinese = npm_pack(SC_PACKAGE, work / "sc")
        korean = npm_pack(KR_PACKAGE, work / "kr")
        lato = debian_unpack(LATO_PACKAGE, work / "lato")
        droid = debian_unpack(DROID_PACKAGE, work / "droid")
        FONTS.mkdir(parents=True, exist_ok=True)
        build_chinese(chinese)
        build_korean(korean)
        copy_lato(lato)
        build_droid(droid)
        licence = (chinese / "LICENSE").read_text().split("\n", 2)[2]
    (FONTS / "NotoSans-LICENSE.txt").write_text(NOTO_NOTICE + licence)
    (FONTS / "Lato-LICENSE.txt").write_text(LATO_NOTICE + licence)
    apache = Path("/usr/share/common-licenses/Apache-2.0").read_text()
    (FONTS / "DroidSansFallback-LICENSE.txt").write_text(DROID_NOTICE + apache)
    write_coverage()
    report()
    subprocess.run([sys.executable, Path(__file__).with_name("build_icons.py")], check=True)


def npm_pack(package: str, into: Path) -> Path:
    into.mkdir()
    subprocess.run(["npm", "pack", package], cwd=into, check=True)
    (name,) = into.glob("*.tgz")
    with tarfile.open(name) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def debian_unpack(package: str, into: Path) -> Path:
    into.mkdir()
    subprocess.run(["apt-get", "download", package], cwd=into, check=True)
    (archive,) = into.glob("*.deb")
    subprocess.run(["dpkg-deb", "-x", str(archive), str(into)], check=True)
    return into / "usr/share/fonts/truetype"


def build_chinese(package: Path) -> None:
    """Every bold slice with a number; a few characters are only in the older slice of the whole script."""
    numbered = sorted(package.glob("files/noto-sans-sc-[0-9]*-700-normal.woff2"))
    whole = package / "files/noto-sans-sc-chinese-simplified-700-normal.woff2"
    latin = package / "files/noto-sans-sc-latin-700-normal.woff2"
    save(merged([latin, *numbered, whole]), "NotoSansSC-Bold.ttf")


def build_korean(package: Path) -> None:
    font = merged(sorted(package.glob("files/noto-sans-kr-[0-9]*-700-normal.woff2")))
    keep_only(font, HANGUL)
    save(font, "NotoSansKR-Hangul-Bold.ttf")


def merged(slices: list[Path]) -> TTFont:
    """One face of many slices; of a character that several have, the first slice's glyph."""
    with tempfile.TemporaryDirectory() as folder:
        parts, seen = [], set[int]()
        for number, path in enumerate(slices):
            font = TTFont(path, recalcTimestamp=False)
            keep_only(font, set(font.getBestCmap()) - seen)
            seen |= set(font.getBestCmap() or ())
            font.flavor = None
            parts.append(str(Path(folder) / f"{number}.ttf"))
            font.save(parts[-1])
        whole = merge.Merger().merge(parts)
    # The merger writes the time of day, so that no two builds would be alike.
    whole["head"].created = TTFont(slices[0])["head"].created
    return whole


def keep_only(font: TTFont, codes: set[int]) -> None:
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += [*LAYOUT_TABLES, "STAT", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def copy_lato(folder: Path) -> None:
    for name in ("Lato-Bold.ttf", "Lato-Black.ttf"):
        shutil.copyfile(folder / "lato" / name, FONTS / name)
    assert characters("Lato-Bold.ttf") == characters("Lato-Black.ttf")


def build_droid(folder: Path) -> None:
    font = TTFont(folder / "droid/DroidSansFallbackFull.ttf", recalcTimestamp=False)
    keep_only(font, set(font.getBestCmap()) - set().union(*(characters(name) for name in FACES[:-1])))
    save(font, FACES[-1])


def save(font: TTFont, name: str) -> None:
    font.recalcTimestamp = False
    font["head"].modified = font["head"].created
    font["post"].formatType = 3.0  # glyph names would be a sixth of the file, and nothing reads them
    font.save(FONTS / name)


def characters(name: str) -> set[int]:
    return set(TTFont(FONTS / name, lazy=True).getBestCmap())


def write_coverage() -> None:
    """One byte a code point: 0, or 1 + the place in FACES of the first face that has it."""
    table = bytearray(TABLE_SIZE)
    for number, name in reversed(list(enumerate(FACES, start=1))):
        for code in characters(name):
            if code < TABLE_SIZE:
                table[code] = number
    (FONTS / "coverage.bin").write_bytes(zlib.compress(bytes(table), 9))


def report() -> None:
    files = sorted(FONTS.iterdir())
    for path in files:
        data = path.read_bytes()
        print(f"{len(data):>9} {hashlib.sha256(data).hexdigest()[:16]} {path.name}")
    total = sum(path.stat().st_size for path in files)
    print(f"{total:>9} in all, at most {MAX_BYTES}")
    assert total <= MAX_BYTES


if __name__ == "__main__":
    main()
