"""Sizes: presets, width x height with its limits, at each limit and just over it, and adaptive."""

from __future__ import annotations

from limner.conformance.answers import one_picture
from limner.conformance.case import Area
from limner.conformance.expect import assert_error, check
from limner.conformance.pictures import data_uri, encode, plain
from limner.conformance.target import Target
from limner.conformance.wire import generate

area = Area("sizes")

ACCEPTED = (
    ("3.0", "512x512"),
    ("3.0", "2048x2048"),
    ("3.0", "1512x648"),
    ("4.0", "1280x720"),
    ("4.0", "1600x600"),
    ("4.0", "1500x1500"),
    ("4.0", "4096x4096"),
    ("4.0", "960x960"),
    ("4.0", "3840x240"),
    ("4.0", "240x3840"),
    ("4.5", "2560x1440"),
    ("4.5", "3750x1250"),
    ("4.5", "7680x480"),
    ("5.0", "2560x1440"),
    ("5.0", "3750x1250"),
    ("5.0", "1439x2562"),
    ("5.0", "2731x1501"),
)

REFUSED = (
    ("3.0", "512x511", ""),
    ("3.0", "2048x2049", ""),
    ("3.0", "2K", ""),
    ("4.0", "1280x719", "image size must be at least 921600 pixels"),
    ("4.0", "800x800", "image size must be at least 921600 pixels"),
    ("4.0", "1x1", "image size must be at least 921600 pixels"),
    ("4.0", "4096x4097", "image size must be at most 16777216 pixels"),
    ("4.0", "3856x240", ""),
    ("4.0", "240x3856", ""),
    ("4.0", "3K", "the specified size is not supported"),
    ("4.5", "1500x1500", "image size must be at least 3686400 pixels"),
    ("4.5", "2560x1439", "image size must be at least 3686400 pixels"),
    ("4.5", "1K", "the specified size is not supported"),
    ("4.5", "3K", "the specified size is not supported"),
    ("4.5", "adaptive", "the specified size is not supported"),
    ("5.0", "1500x1500", "image size must be at least 3686400 pixels"),
    ("5.0", "1K", "the specified size is not supported"),
    ("5.0", "4097x4096", "image size must be at most 16777216 pixels"),
)

MALFORMED = (
    "",
    " ",
    "2048",
    "2048x",
    "x2048",
    "2048*2048",
    "2048x2048x3",
    "-2048x-2048",
    "2048.0x2048",
    "0x2048",
    "1e4x1e4",
    "２０４８x２０４８",
    "auto",
    "9" * 5000 + "x1",
)

PRESETS = (
    ("4.0", "1K", "1:1", "1024x1024"),
    ("4.0", "1K", "4:3", "1152x864"),
    ("4.0", "1K", "3:4", "864x1152"),
    ("4.0", "1K", "16:9", "1280x720"),
    ("4.0", "1K", "9:16", "720x1280"),
    ("4.0", "1K", "3:2", "1248x832"),
    ("4.0", "1K", "2:3", "832x1248"),
    ("4.0", "1K", "21:9", "1512x648"),
    ("4.5", "2K", "4:3", "2304x1728"),
    ("4.5", "2K", "3:4", "1728x2304"),
    ("4.5", "2K", "16:9", "2848x1600"),
    ("4.5", "2K", "9:16", "1600x2848"),
    ("5.0", "2K", "3:2", "2496x1664"),
    ("5.0", "2K", "2:3", "1664x2496"),
    ("5.0", "2K", "21:9", "3136x1344"),
    ("5.0", "3K", "1:1", "3072x3072"),
    ("5.0", "3K", "16:9", "4096x2304"),
    ("4.5", "4K", "1:1", "4096x4096"),
    ("4.0", "4K", "9:16", "3040x5504"),
)

RATIO_WORDS = (
    ("竖版海报", "864x1152"),
    ("a fox, portrait orientation", "864x1152"),
    ("横版插画", "1152x864"),
    ("a fox, landscape orientation", "1152x864"),
    ("手机壁纸，星空", "720x1280"),
    ("a phone wallpaper of stars", "720x1280"),
    ("宽屏电影画面", "1280x720"),
    ("a widescreen film still", "1280x720"),
    ("方形头像", "1024x1024"),
    ("a portrait of a woman", "1024x1024"),
    ("a landscape with hills", "1024x1024"),
)

# fmt: off
ADAPTIVE = (
    (0.35, "544x1536"), (0.38, "576x1536"), (0.4, "608x1536"), (0.42, "640x1536"), (0.47, "640x1376"),
    (0.51, "672x1312"), (0.55, "704x1280"), (0.56, "736x1312"), (0.6, "768x1280"), (0.63, "768x1216"),
    (0.66, "800x1216"), (0.67, "832x1248"), (0.7, "832x1184"), (0.72, "832x1152"), (0.75, "864x1152"),
    (0.78, "896x1152"), (0.82, "896x1088"), (0.85, "928x1088"), (0.88, "960x1088"), (0.91, "992x1088"),
    (0.94, "1024x1088"), (0.97, "1024x1056"), (1.0, "1024x1024"), (1.06, "1056x992"), (1.1, "1088x992"),
    (1.17, "1120x960"), (1.24, "1152x928"), (1.29, "1152x896"), (1.33, "1152x864"), (1.42, "1184x832"),
    (1.46, "1216x832"), (1.5, "1248x832"), (1.56, "1248x800"), (1.62, "1248x768"), (1.67, "1280x768"),
    (1.74, "1280x736"), (1.82, "1280x704"), (1.78, "1312x736"), (1.86, "1312x704"), (1.95, "1312x672"),
    (2.0, "1344x672"), (2.05, "1376x672"), (2.1, "1408x672"), (2.2, "1408x640"), (2.25, "1440x640"),
    (2.3, "1472x640"), (2.35, "1504x640"), (2.4, "1536x640"), (2.53, "1536x608"), (2.67, "1536x576"),
    (2.82, "1536x544"), (3.0, "1536x512"),
)
# fmt: on

ADAPTIVE_EDGES = (
    (67, 200, "512x1536", "the narrowest row"),
    (340, 1000, "512x1536", "a tie, which the first row wins"),
    (365, 1000, "544x1536", "a tie in exact decimals"),
    (1280, 720, "1312x736", "16:9, as in the documented answer"),
)


@area.rows("{0} makes a picture of exactly {1}", "1.4", ACCEPTED)
def accepted(target: Target, family: str, size: str) -> None:
    response = generate(target, family, size=size)
    check(one_picture(target, response, family).size == size, f"expected {size}", response)


@area.rows("{0} refuses size {1}", "1.4", REFUSED, pictures=0)
def refused(target: Target, family: str, size: str, message: str) -> None:
    response = generate(target, family, size=size)
    assert_error(response, 400, "InvalidParameter", "size", message)


@area.rows("a size that is none is refused: {0!r:.20}", "1.4", [(text,) for text in MALFORMED], pictures=0)
def malformed(target: Target, size: str) -> None:
    assert_error(generate(target, "4.0", size=size), 400, "InvalidParameter", "size")


@area.rows("presets are accepted in either case, sizes with either x: {0}", "1.4", [("1k",), ("1024X1024",)])
def spelled(target: Target, size: str) -> None:
    response = generate(target, "4.0", size=size)
    check(one_picture(target, response, "4.0").size == "1024x1024", "expected 1024x1024", response)


@area.rows("{1} on {0} with {2} in the prompt makes {3}", "1.4", PRESETS, own_choice=True)
def preset(target: Target, family: str, name: str, ratio: str, size: str) -> None:
    response = generate(target, family, prompt=f"a harbour at noon, {ratio}", size=name)
    check(one_picture(target, response, family).size == size, f"expected {size}", response)


@area.rows("1K with {0!r} makes {1}", "8", RATIO_WORDS, own_choice=True)
def ratio_words(target: Target, prompt: str, size: str) -> None:
    response = generate(target, "4.0", prompt=prompt, size="1K")
    check(one_picture(target, response, "4.0").size == size, f"expected {size}", response)


@area.case("a preset takes the row nearest to the first reference", "8", own_choice=True)
def preset_by_reference(target: Target) -> None:
    wide, tall = _reference(640, 360), _reference(360, 640)
    response = generate(target, "4.0", prompt="make it night", size="1K", image=[wide, tall])
    check(one_picture(target, response, "4.0").size == "1280x720", "expected 16:9", response)


@area.rows("SeedEdit's adaptive size for a ratio of {0} is {1}", "1.4", ADAPTIVE)
def adaptive(target: Target, ratio: float, size: str) -> None:
    _edited(target, round(ratio * 100), 100, size)


@area.rows("SeedEdit's adaptive size for {0}x{1} is {2}: {3}", "8", ADAPTIVE_EDGES, own_choice=True)
def adaptive_edge(target: Target, width: int, height: int, size: str, _why: str) -> None:
    _edited(target, width, height, size)


@area.case("SeedEdit needs no size, and accepts no other than adaptive", "1.4")
def only_adaptive(target: Target) -> None:
    image = _reference(300, 300)
    response = generate(target, "seededit", image=image)
    check(one_picture(target, response, "seededit").size == "1024x1024", "adaptive is meant", response)
    for size in ("1024x1024", "1K", "2K"):
        refusal = generate(target, "seededit", image=image, size=size)
        assert_error(refusal, 400, "InvalidParameter", "size")


@area.case("the adaptive size is that of the upright picture", "1.4")
def upright(target: Target) -> None:
    lying = data_uri(encode(plain(600, 300), "jpeg", orientation=6), "jpeg")
    response = generate(target, "seededit", image=lying, size="adaptive")
    check(one_picture(target, response, "seededit").size == "672x1312", "0.5 is nearest to 0.51", response)


def _edited(target: Target, width: int, height: int, size: str) -> None:
    image = _reference(width, height)
    response = generate(target, "seededit", prompt="make it night", image=image, size="adaptive")
    check(one_picture(target, response, "seededit").size == size, f"expected {size}", response)


def _reference(width: int, height: int) -> str:
    return data_uri(encode(plain(width, height)))
