"""The engine protocol: order, seeds, notes, references, and nothing heavy in the server."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from limner.config import load_settings
from limner.engines.base import Engine, EngineContext
from limner.engines.sketch import make
from limner.errors import InvalidImage
from limner.types import Event, ImageRequest, Picture, Progress, Reference, Size
from limner.workers import Workers


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    """A sketch engine that draws in threads of this process."""
    workers = Workers(0)
    await workers.start()
    engine = make(EngineContext(settings=load_settings({"data_dir": str(tmp_path)}), workers=workers))
    await engine.start()
    yield engine
    await engine.close()
    await workers.close()


async def _events(engine: Engine, request: ImageRequest, *references: Reference) -> list[Event]:
    return [event async for event in engine.generate(request, references)]


def _request(prompt: str, **more: object) -> ImageRequest:
    size = Size(96, 64)
    return ImageRequest("r", "m", "m", prompt, size, 40, **more)  # type: ignore[arg-type]


async def test_pictures_come_in_order_each_with_its_seed(engine: Engine) -> None:
    events = await _events(engine, _request("a cat", count=3))
    assert [(type(e), e.index) for e in events] == [
        (kind, i) for i in range(3) for kind in (Progress, Picture)
    ]
    pictures = [e for e in events if isinstance(e, Picture)]
    assert [p.seed for p in pictures] == [40, 41, 42]
    for picture in pictures:
        assert isinstance(picture.image, np.ndarray) and picture.image.shape == (64, 96, 3)
        assert picture.notes["illustrator"].startswith("Limner sketch")


async def test_a_picture_can_be_made_again_from_its_own_seed(engine: Engine) -> None:
    third = [e for e in await _events(engine, _request("a cat", count=3)) if isinstance(e, Picture)][2]
    again = ImageRequest("r", "m", "m", "a cat", Size(96, 64), third.seed)
    [picture] = [e for e in await _events(engine, again) if isinstance(e, Picture)]
    assert np.array_equal(np.asarray(picture.image), np.asarray(third.image))


async def test_a_broken_reference_ends_the_request_as_the_clients_error(engine: Engine) -> None:
    with pytest.raises(InvalidImage):
        await _events(engine, _request("night"), Reference(b"broken", "png", 8, 8))


async def test_a_reference_is_edited(engine: Engine) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (96, 64), (180, 180, 180)).save(stream, "PNG")
    events = await _events(engine, _request("night"), Reference(stream.getvalue(), "png", 96, 64))
    [picture] = [e for e in events if isinstance(e, Picture)]
    assert np.asarray(picture.image).mean() < 120


async def test_it_can_do_every_mode_and_draws_as_many_at_a_time_as_it_has_workers(engine: Engine) -> None:
    able = engine.capabilities()
    assert able.modes == {"text_to_image", "edit", "fusion", "series"}
    assert able.max_in_flight == 1
    assert engine.ready()


def test_the_server_process_imports_no_pixels() -> None:
    code = (
        "import sys, limner.engines.sketch, limner.engines.sketch.engine;"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'cv2', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
