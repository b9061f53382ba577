from __future__ import annotations

import io
import pickle
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from limner.errors import InvalidImage
from limner.media.finish import FinishPlan, finish
from limner.media.metadata import Facts, read_facts
from limner.media.watermark import mark_box
from limner.types import Encoded, OutputFormat, Size
from limner.workers import Workers

FACTS = Facts("Limner 0.1.0", "seedream", 11, {"scene": "{}"})


def picture() -> NDArray[np.uint8]:
    return np.full((400, 600, 3), (40, 90, 160), np.uint8)


def pixels_of(encoded: Encoded) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(encoded.data))).astype(np.int16)


@pytest.mark.parametrize("output_format", ["jpeg", "png"])
@pytest.mark.parametrize("mark_text", [None, "AI生成"])
def test_pixels_become_a_file_with_its_facts(output_format: OutputFormat, mark_text: str | None) -> None:
    done = finish(picture(), FinishPlan(output_format, mark_text, FACTS))
    assert (done.media_type, done.width, done.height) == (f"image/{output_format}", 600, 400)
    assert read_facts(done.data) == FACTS


def test_the_mark_is_where_it_belongs_and_nowhere_else() -> None:
    bare = pixels_of(finish(picture(), FinishPlan("png", None, FACTS)))
    marked = pixels_of(finish(picture(), FinishPlan("png", "AI Generated", FACTS)))
    box = mark_box(Size(600, 400), "AI Generated")
    differs = (bare != marked).any(axis=-1)
    assert differs.any()
    differs[box.top : box.bottom, box.left : box.right] = False
    assert not differs.any()


def test_a_file_that_is_right_already_is_passed_through() -> None:
    file = Encoded(b"not looked at", "image/jpeg", 600, 400)
    assert finish(file, FinishPlan("jpeg", None, FACTS)) is file


@pytest.mark.parametrize("mark_text", [None, "AI Generated"])
def test_a_file_of_the_other_format_is_converted(mark_text: str | None) -> None:
    file = finish(picture(), FinishPlan("png", None, FACTS))
    done = finish(file, FinishPlan("jpeg", mark_text, FACTS))
    assert done.media_type == "image/jpeg"
    assert np.abs(pixels_of(done)[:300] - pixels_of(file)[:300]).max() <= 3


def test_a_file_of_the_right_format_is_marked_when_it_must_be() -> None:
    file = finish(picture(), FinishPlan("png", None, FACTS))
    done = finish(file, FinishPlan("png", "AI Generated", FACTS))
    assert not np.array_equal(pixels_of(done), pixels_of(file))
    assert np.array_equal(pixels_of(done)[:300], pixels_of(file)[:300])


def test_a_read_only_array_is_not_drawn_into() -> None:
    pixels = picture()
    pixels.flags.writeable = False
    finish(pixels, FinishPlan("jpeg", "AI Generated", FACTS))
    assert (pixels == (40, 90, 160)).all()


def test_a_broken_file_that_must_be_marked_is_an_error() -> None:
    with pytest.raises(InvalidImage):
        finish(Encoded(b"junk", "image/jpeg", 1, 1), FinishPlan("jpeg", "AI Generated", FACTS))


def test_plans_and_files_can_be_pickled() -> None:
    plan = FinishPlan("jpeg", "AI Generated", FACTS)
    assert pickle.loads(pickle.dumps(plan)) == plan


async def test_a_worker_process_finishes_the_same() -> None:
    plan = FinishPlan("jpeg", "AI Generated", FACTS)
    workers = Workers(1, preload=("limner.media.finish",))
    try:
        await workers.start()
        assert await workers.call(finish, picture(), plan) == finish(picture(), plan)
    finally:
        await workers.close()


def test_naming_finish_and_probing_need_no_pixel_libraries() -> None:
    heavy = "{'numpy', 'cv2', 'PIL', 'simplejpeg', 'pi_heif'}"
    modules = "limner.media.finish, limner.media.decode, limner.media.metadata"
    out = io.BytesIO()
    Image.new("RGB", (9, 8)).save(out, "PNG")
    probing = f"limner.media.decode.probe({out.getvalue()!r})"
    program = f"import sys, {modules}; {probing}; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
