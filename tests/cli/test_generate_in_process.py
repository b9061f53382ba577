"""`limner generate` without a server, on the fake engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from limner.cli.main import app


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner(env={"LIMNER_ENGINE": "fake"}).invoke(app, ["generate", *args])


def facts(path: str) -> tuple[str | None, tuple[int, int]]:
    with Image.open(path) as picture:
        return picture.format, picture.size


def test_a_prompt_becomes_a_jpeg_of_the_model_s_usual_size() -> None:
    result = run("a red fox")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "a-red-fox.jpeg\n", "")
    assert facts("a-red-fox.jpeg") == ("JPEG", (2048, 2048))


def test_a_png_name_asks_for_a_png() -> None:
    assert run("a fox", "-o", "fox.png").exit_code == 0
    assert facts("fox.png") == ("PNG", (2048, 2048))


def test_model_and_size_are_obeyed() -> None:
    assert (
        run("a fox", "-o", "fox.jpg", "--model", "seedream-4-0-250828", "--size", "1200x800").exit_code == 0
    )
    assert facts("fox.jpg") == ("JPEG", (1200, 800))


def test_the_same_seed_draws_the_same_file() -> None:
    for name in ("a.jpeg", "b.jpeg"):
        run("a fox", "-o", name, "--seed", "7")
    assert Path("a.jpeg").read_bytes() == Path("b.jpeg").read_bytes()


def test_a_series_writes_one_file_a_picture() -> None:
    result = run("a fox", "-o", "fox.jpeg", "--series", "3", "--size", "2K")
    assert result.stdout == "fox-0.jpeg\nfox-1.jpeg\nfox-2.jpeg\n"


def test_a_picture_can_be_edited() -> None:
    Image.new("RGB", (90, 60), "white").save("page.png")
    model = "doubao-seededit-3-0-i2i-250628"
    assert run("make it winter", "--image", "page.png", "--model", model, "-o", "winter.jpeg").exit_code == 0
    assert facts("winter.jpeg") == ("JPEG", (1248, 832))


def test_nothing_but_the_picture_is_left_behind() -> None:
    run("a fox", "-o", "fox.jpeg")
    assert [path.name for path in Path().iterdir()] == ["fox.jpeg"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--model", "no-such-model"], "InvalidEndpointOrModel.NotFound"),
        (["--size", "1x1"], "InvalidParameter"),
        (["--model", "doubao-seedream-4-0-250828", "-o", "fox.png"], "InvalidParameter"),
        (["--image", "data:image/png;base64,%"], "InvalidImageURL.InvalidFormat"),
    ],
)
def test_a_refused_request_is_one_line_that_a_script_can_read(args: list[str], code: str) -> None:
    result = run("a fox", *args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"error: {code}: ")
    assert result.stderr.count("\n") == 1


def test_an_engine_that_does_not_exist_is_a_usage_error() -> None:
    result = run("a fox", "--engine", "no-such-engine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no-such-engine" in result.stderr
