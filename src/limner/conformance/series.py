"""Series: how many pictures come, their limits, and what a model without series says."""

from __future__ import annotations

import re

from limner.conformance.answers import one_picture, pictures_of
from limner.conformance.case import Area
from limner.conformance.expect import answer_of, assert_error, check
from limner.conformance.pictures import reference
from limner.conformance.target import Target
from limner.conformance.wire import generate

area = Area("series")

ONE_K = "1280x720"
OPTIONS = "sequential_image_generation_options"

COUNTS = (
    ("a set of 3 pictures of a harbour", 15, 3),
    ("画4张橘猫的图", 15, 4),
    ("一组图，2幅山水", 15, 2),
    ("6 panels of a comic", 15, 6),
    ("2 frames, 2 illustrations", 1, 1),
    ("a tree in four seasons", 15, 4),
    ("a street in the morning, noon and night", 15, 3),
    ("a red fox", 15, 4),
    ("a red fox", 2, 2),
    ("20 images of a fox", 3, 3),
)

REFERENCE_CAPS = ((2, 15, 13), (14, 15, 1), (1, 15, 14))


def _auto(max_images: int | None = None) -> dict[str, object]:
    options = {} if max_images is None else {OPTIONS: {"max_images": max_images}}
    return {"sequential_image_generation": "auto", "size": ONE_K, **options}


@area.rows("{0} makes a series of at most max_images", "6.11", (("4.0",), ("4.5",), ("5.0",)), pictures=2)
def at_most(target: Target, family: str) -> None:
    fields = {**_auto(2), "size": "2K"}
    response = generate(target, family, prompt="a tree in four seasons", **fields)
    seen = pictures_of(target, response, family, count=None)
    check(1 <= len(seen) <= 2, "at most two pictures", response)


@area.rows("{0!r} with max_images {1} makes {2}", "8", COUNTS, own_choice=True, pictures=6)
def count(target: Target, prompt: str, max_images: int, expected: int) -> None:
    response = generate(target, "4.0", prompt=prompt, **_auto(max_images))
    pictures_of(target, response, "4.0", count=expected)


@area.case("max_images is 15 unless it is given", "1.2", own_choice=True, pictures=15)
def default_cap(target: Target) -> None:
    response = generate(target, "4.0", prompt="16 pictures of a fox", **_auto())
    pictures_of(target, response, "4.0", count=15)


@area.rows("{0} references and max_images {1} make at most {2}", "1.2", REFERENCE_CAPS, pictures=14)
def with_references(target: Target, references: int, max_images: int, cap: int) -> None:
    images = [reference(32, 32)] * references
    prompt = "15 pictures of this one in other seasons"
    response = generate(target, "4.0", prompt=prompt, image=images, **_auto(max_images))
    seen = pictures_of(target, response, "4.0", count=None)
    check(len(seen) <= cap, f"at most {cap} pictures", response)


@area.case("a series from several references has pictures of one size", "6.13", pictures=3)
def fused(target: Target) -> None:
    images = [reference(colour="navy"), reference(colour="maroon")]
    fields = {**_auto(3), "size": "1728x2304", "stream": False}
    response = generate(target, "4.0", prompt="3 pictures of both", image=images, **fields)
    sizes = {seen.size for seen in pictures_of(target, response, "4.0", count=None)}
    check(sizes == {"1728x2304"}, "all have the size that was asked for", response)


@area.case("a series can be had as base64", "1.2", pictures=3)
def as_base64(target: Target) -> None:
    fields = {**_auto(3), "response_format": "b64_json"}
    response = generate(target, "4.0", prompt="3 pictures of a fox", **fields)
    pictures_of(target, response, "4.0", count=None, delivery="b64_json")


@area.rows(
    "max_images {0} is refused with auto, ignored without",
    "8",
    ((0,), (16,), (-1,)),
    own_choice=True,
    pictures=2,
)
def max_images_range(target: Target, max_images: int) -> None:
    refusal = generate(target, "4.0", **_auto(max_images))
    assert_error(refusal, 400, "InvalidParameter", f"{OPTIONS}.max_images")
    for mode in ("disabled", None):
        fields = {**_auto(max_images), "sequential_image_generation": mode}
        one_picture(target, generate(target, "4.0", **fields), "4.0")


@area.rows("max_images {0} is accepted with auto", "1.2", ((1,), (15,)), pictures=15)
def max_images_limits(target: Target, max_images: int) -> None:
    response = generate(target, "4.0", prompt="2 pictures of a fox", **_auto(max_images))
    seen = pictures_of(target, response, "4.0", count=None)
    check(len(seen) <= max_images, f"at most {max_images}", response)


@area.case("disabled makes one picture whatever the prompt says", "1.2")
def disabled(target: Target) -> None:
    fields = {**_auto(4), "sequential_image_generation": "disabled"}
    one_picture(target, generate(target, "4.0", prompt="4 pictures of a fox", **fields), "4.0")


@area.rows("{0!r} is no mode of series", "1.2", (("on",), ("",), ("AUTO",)), pictures=0)
def unknown_mode(target: Target, mode: str) -> None:
    refusal = generate(target, "4.0", sequential_image_generation=mode)
    assert_error(refusal, 400, "InvalidParameter", "sequential_image_generation")


@area.rows(
    "{0} has no series: auto is refused, disabled accepted", "8", (("3.0",), ("seededit",)), own_choice=True
)
def unsupported(target: Target, family: str) -> None:
    image = {"image": reference()} if family == "seededit" else {}
    refusal = generate(target, family, sequential_image_generation="auto", **image)
    message = "not supported by the current model"
    assert_error(refusal, 400, "InvalidParameter", "sequential_image_generation", message)
    accepted = generate(target, family, sequential_image_generation="disabled", **image)
    one_picture(target, accepted, family)


@area.case(
    "the files of a series are named by the request id and the index", "1.5", own_choice=True, pictures=3
)
def file_names(target: Target) -> None:
    response = generate(target, "4.0", prompt="3 pictures of a fox", **_auto(3))
    entries = answer_of(response)["data"]
    urls = [entry["url"] for entry in entries] if isinstance(entries, list) else []
    request_id = response.headers["x-request-id"]
    for index, url in enumerate(urls):
        named = re.search(rf"/{request_id}_{index}\.jpe?g(\?|$)", url)
        check(named is not None, f"picture {index} is named {request_id}_{index}", response)


@area.case("each picture of a series has a seed of its own", "8", own_choice=True, pictures=3)
def seeds(target: Target) -> None:
    response = generate(target, "4.0", prompt="3 pictures of a fox", seed=7, **_auto(3))
    entries = answer_of(response)["data"]
    found = [entry.get("seed") for entry in entries] if isinstance(entries, list) else []
    check(len(set(found)) == 3 and found[0] == 7, "three seeds, the first as sent", response)
