"""References: editing one picture, fusing several, and every limit at it and just over it."""

from __future__ import annotations

from limner.conformance.answers import one_picture, pictures_of
from limner.conformance.case import Area
from limner.conformance.expect import answer_of, assert_error, check, ignored_fields
from limner.conformance.pictures import (
    MIB,
    blank_png,
    data_uri,
    encode,
    padded_png,
    plain,
    png_header_only,
    reference,
)
from limner.conformance.target import Target
from limner.conformance.wire import generate

area = Area("references")

ONE_K = "1280x720"
NEW_FORMATS = tuple((family, name) for family in ("4.0", "5.0") for name in ("webp", "bmp", "tiff", "gif"))
MODES = (("L", "png"), ("LA", "png"), ("RGBA", "png"), ("P", "png"), ("I;16", "png"), ("CMYK", "jpeg"))

SIDES_ACCEPTED = (("4.0", 15, 15), ("4.0", 16, 256), ("4.0", 256, 16), ("4.0", 6000, 6000))
SIDES_REFUSED = (
    ("4.0", 14, 100, "a side of 14"),
    ("4.0", 100, 14, "a side of 14"),
    ("4.0", 16, 257, "a ratio over 16"),
    ("4.0", 257, 16, "a ratio over 16"),
    ("4.0", 6000, 6001, "over 36 million pixels"),
    ("seededit", 14, 40, "a side of 14"),
    ("seededit", 301, 100, "a ratio over 3"),
    ("seededit", 100, 301, "a ratio over 3"),
    ("seededit", 6000, 6001, "over 36 million pixels"),
)

NOT_URLS = (
    (
        "bare base64",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    ),
    ("an asset", "asset://asset-20260101000000-abcde"),
    ("a bare id", "image_1"),
    ("ftp", "ftp://example.com/a.png"),
    ("a file", "file:///etc/passwd"),
    ("no host", "http://"),
)
NOT_FETCHED = tuple(
    (url,)
    for url in (
        "http://127.0.0.1:9/a.png",
        "http://localhost:9/a.png",
        "http://[::1]:9/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/a.png",
        "http://0x7f000001/a.png",
        "http://2130706433/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
    )
)

UNREADABLE = (
    ("broken base64", "data:image/png;base64,****"),
    ("cut base64", "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAA"),
    ("text", data_uri(b"this is no picture")),
    ("the first half of a PNG", data_uri(encode(plain(320, 240))[:60])),
    ("a header that lies", data_uri(png_header_only(320, 240))),
)
EMPTY = (("an empty text", ""), ("an empty data URI", "data:image/png;base64,"))


@area.rows(
    "{0} edits a picture given as a text and as a list of one",
    "6.8",
    (("4.0",), ("4.5",), ("5.0",)),
    pictures=2,
)
def edit(target: Target, family: str) -> None:
    fields = {"size": "2K", "sequential_image_generation": "disabled", "stream": False, "watermark": True}
    for image in (reference(), [reference()]):
        one_picture(target, generate(target, family, image=image, **fields), family)


@area.case("SeedEdit's documented body works", "6.7")
def seededit(target: Target) -> None:
    fields = {"response_format": "url", "size": "adaptive", "seed": 21, "guidance_scale": 5.5}
    image = reference(1280, 720)
    response = generate(target, "seededit", prompt="make it snow", image=image, watermark=True, **fields)
    check(one_picture(target, response, "seededit").size == "1312x736", "3772 tokens", response)


@area.rows("SeedEdit needs a picture: image {0!r}", "1.2", ((None,), ([],)), own_choice=True, pictures=0)
def seededit_without(target: Target, image: object) -> None:
    assert_error(generate(target, "seededit", image=image), 400, "MissingParameter", "image")


@area.case("an empty list of pictures means none", "6.22")
def empty_list(target: Target) -> None:
    one_picture(target, generate(target, "4.0", image=[], size=ONE_K), "4.0")


@area.case("3.0 ignores a picture, and says so", "8", own_choice=True)
def ignored_by_text_model(target: Target) -> None:
    response = generate(target, "3.0", image=reference())
    one_picture(target, response, "3.0")
    check("image" in ignored_fields(response), "X-Limner-Ignored names image", response)


@area.rows("{0} fuses two pictures", "6.10", (("4.0",), ("4.5",), ("5.0",)))
def fusion(target: Target, family: str) -> None:
    images = [reference(colour="navy"), reference(300, 400, "jpeg", "maroon")]
    prompt = "put the clothes of image 1 on image 2"
    response = generate(
        target, family, prompt=prompt, image=images, size="2K", sequential_image_generation="disabled"
    )
    one_picture(target, response, family)


@area.case("14 pictures are accepted, 15 are one too many", "1.3")
def count(target: Target) -> None:
    images = [reference(32, 32)] * 15
    one_picture(target, generate(target, "4.0", image=images[:14], size=ONE_K), "4.0")
    refusal = generate(target, "4.0", image=images, size=ONE_K)
    assert_error(refusal, 400, "InvalidParameter", "image", "number of reference images cannot exceed 14")


@area.case("SeedEdit takes one picture, two are refused", "1.3", pictures=0)
def seededit_count(target: Target) -> None:
    refusal = generate(target, "seededit", image=[reference(), reference()])
    assert_error(refusal, 400, "InvalidParameter", "image")


@area.rows("{0} accepts {1}", "1.3", (*NEW_FORMATS, ("seededit", "jpeg"), ("seededit", "png")))
def file_format(target: Target, family: str, name: str) -> None:
    size = {} if family == "seededit" else {"size": "2K"}
    response = generate(target, family, image=reference(file_format=name), **size)
    one_picture(target, response, family)


@area.rows("SeedEdit refuses {0}", "1.3", (("webp",), ("bmp",), ("tiff",), ("gif",)), pictures=0)
def seededit_format(target: Target, name: str) -> None:
    refusal = generate(target, "seededit", image=reference(file_format=name))
    assert_error(refusal, 400, "InvalidImageURL.InvalidFormat", "image")


@area.rows("pixels of mode {0} in a {1} are accepted", "1.3", MODES)
def pixel_mode(target: Target, mode: str, name: str) -> None:
    image = plain(320, 240).convert("L").convert("I;16") if mode == "I;16" else plain(320, 240, mode=mode)
    response = generate(target, "4.0", image=data_uri(encode(image, name), name), size=ONE_K)
    one_picture(target, response, "4.0")


@area.rows("{0} accepts a picture of {1}x{2}", "1.3", SIDES_ACCEPTED)
def side_accepted(target: Target, family: str, width: int, height: int) -> None:
    response = generate(target, family, image=data_uri(blank_png(width, height)), size=ONE_K)
    one_picture(target, response, family)


@area.rows("{0} refuses a picture of {1}x{2}: {3}", "1.3", SIDES_REFUSED, pictures=0)
def side_refused(target: Target, family: str, width: int, height: int, _why: str) -> None:
    refusal = generate(target, family, image=data_uri(blank_png(width, height)))
    assert_error(refusal, 400, "InvalidParameter", "image")


@area.rows("{0} accepts {1} MiB in one picture, and not a byte more", "1.3", (("4.0", 30), ("seededit", 10)))
def byte_limit(target: Target, family: str, limit_mib: int) -> None:
    size = {} if family == "seededit" else {"size": ONE_K}
    at_it = generate(target, family, image=data_uri(padded_png(limit_mib * MIB)), **size)
    one_picture(target, at_it, family)
    over = generate(target, family, image=data_uri(padded_png(limit_mib * MIB + 1)), **size)
    assert_error(over, 400, "InvalidParameter", "image")


@area.rows("what is neither a URL nor a data URI is refused: {0}", "1.3", NOT_URLS, pictures=0)
def not_a_url(target: Target, _name: str, image: str) -> None:
    refusal = generate(target, "4.0", image=image)
    assert_error(refusal, 400, "InvalidParameter", "image", "invalid url specified")


@area.rows(
    "an address that is not public is refused without a reason: {0}",
    "8",
    NOT_FETCHED,
    own_choice=True,
    pictures=0,
)
def not_fetched(target: Target, url: str) -> None:
    refusal = generate(target, "4.0", image=url)
    assert_error(refusal, 400, "InvalidParameter", "image", "invalid url specified")


@area.rows("a picture that cannot be read is refused: {0}", "4", UNREADABLE, pictures=0)
def unreadable(target: Target, _name: str, image: str) -> None:
    refusal = generate(target, "4.0", image=image)
    assert_error(refusal, 400, "InvalidImageURL.InvalidFormat", "image")


@area.rows("an empty picture is refused: {0}", "4", EMPTY, own_choice=True, pictures=0)
def empty(target: Target, _name: str, image: str) -> None:
    assert_error(generate(target, "4.0", image=image), 400, "InvalidImageURL.EmptyURL", "image")


@area.case("one bad picture among good ones is refused", "4", pictures=0)
def one_bad(target: Target) -> None:
    refusal = generate(target, "4.0", image=[reference(), data_uri(b"no picture"), reference()])
    assert_error(refusal, 400, "InvalidImageURL.InvalidFormat", "image")


@area.case("a picture that was made here can be edited by its url", "8", own_choice=True, pictures=3)
def edit_by_own_url(target: Target) -> None:
    made = answer_of(generate(target, "4.0", size=ONE_K))["data"]
    url = made[0]["url"] if isinstance(made, list) else None
    edited = generate(target, "4.0", prompt="make it night", image=url, size=ONE_K)
    one_picture(target, edited, "4.0")
    both = generate(target, "4.0", prompt="side by side", image=[url, reference()], size=ONE_K)
    pictures_of(target, both, "4.0")
