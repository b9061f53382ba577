from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from limner.catalog import load_catalog
from limner.cli.main import app
from limner.engines.diffusers.mapping import built_in


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, without settings and without weights."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    return tmp_path


def models(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["models", *arguments])


def rows(*arguments: str) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(models("list", "--json", *arguments).stdout)}


def write_tiny_checkpoint(folder: Path) -> int:
    """A checkpoint of one component without tensors; how many bytes it takes."""
    header = b"{}"
    files = {
        "model_index.json": b'{"_class_name": "ZImagePipeline", "vae": ["diffusers", "AutoencoderKL"]}',
        "vae/config.json": b'{"latent_channels": 16}',
        "vae/diffusion_pytorch_model.safetensors": len(header).to_bytes(8, "little") + header,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return sum(map(len, files.values()))


def test_the_table_has_every_model_on_a_line_of_its_own() -> None:
    lines = models().stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [card.id for card in load_catalog().cards]


def test_json_has_every_card_with_its_limits() -> None:
    cards = json.loads(models("--json").stdout)
    by_id = {card["id"]: card for card in cards}
    assert by_id["doubao-seedream-4-5-251128"]["min_pixels"] == 3686400
    assert list(by_id) == [card.id for card in load_catalog().cards]


def test_every_checkpoint_is_listed_with_its_size_and_its_licence(empty_cache: Path) -> None:
    lines = [line for line in models("list").stdout.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in lines] == list(built_in()[1])
    assert lines[0].split() == ["z-image-turbo", "missing", "19.1", "GiB", "Apache-2.0"]


def test_licences_that_do_not_allow_every_use_are_marked(empty_cache: Path) -> None:
    listed = rows()
    marked = [line.split()[0] for line in models("list").stdout.splitlines() if " ! " in line]
    assert marked == [name for name, row in listed.items() if not row["permissive"]]
    assert "flux.2-klein-9b" in marked
    assert "flux.2-klein-4b" not in marked


def test_what_a_checkpoint_answers_is_that_of_the_profile_in_force(empty_cache: Path) -> None:
    assert rows()["z-image-turbo"]["answers"] == ["seedream-3.0 (0)"]
    assert rows("--profile", "quality")["z-image-turbo"]["answers"] == []
    (empty_cache / "limner.toml").write_text('[engines.diffusers]\nprofile = "quality"')
    assert rows()["z-image"]["answers"] == ["seedream-3.0 (0)", "seedream-4.0 (0)"]
    assert rows("--profile", "fast")["z-image"]["answers"] == []


def test_where_routes_name_the_engine_only_their_models_are_answered(empty_cache: Path) -> None:
    (empty_cache / "limner.toml").write_text('routes = { "*seededit*" = "diffusers" }')
    answers = {name: row["answers"] for name, row in rows().items() if row["answers"]}
    assert answers == {"flux.2-klein-4b": ["seededit-3.0 (1)"]}


def test_a_folder_of_one_s_own_is_listed_as_local_with_its_size(empty_cache: Path) -> None:
    size = write_tiny_checkpoint(empty_cache / "mine")
    (empty_cache / "limner.toml").write_text(
        f'[engines.diffusers.checkpoints.mine]\nsource = "{empty_cache}/mine"\nnote = "ours"'
    )
    mine = rows()["mine"]
    assert (mine["state"], mine["bytes"], mine["licence"]) == ("local", size, "not stated")
    assert "  ours" in models("list").stdout.splitlines()


def test_weights_are_here_incomplete_or_missing(empty_cache: Path) -> None:
    home = empty_cache / "cache" / "models--Tongyi-MAI--Z-Image-Turbo"
    snapshot = home / "snapshots" / ("a" * 40)
    write_tiny_checkpoint(snapshot)
    (home / "refs").mkdir()
    (home / "refs" / "main").write_text("a" * 40)
    assert rows()["z-image-turbo"]["state"] == "here"
    (snapshot / "vae" / "config.json").unlink()
    assert rows()["z-image-turbo"]["state"] == "incomplete"
    assert rows()["z-image"]["state"] == "missing"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name checkpoints of `limner models list`, or a --profile"),
        (("z-imagine",), "there is no checkpoint 'z-imagine'; there are: z-image-turbo, "),
    ],
)
def test_a_pull_of_nothing_known_is_a_usage_error(
    empty_cache: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = models("pull", *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_a_pull_without_the_extra_names_it(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    result = models("pull", "z-image")
    assert result.exit_code == 2
    assert "needs huggingface_hub: pip install 'limner[diffusers]'" in result.stderr


def test_a_pull_of_what_is_here_says_where(empty_cache: Path) -> None:
    write_tiny_checkpoint(empty_cache / "mine")
    (empty_cache / "limner.toml").write_text(
        f'[engines.diffusers.checkpoints.mine]\nsource = "{empty_cache}/mine"'
    )
    result = models("pull", "mine")
    assert (result.exit_code, result.stdout) == (0, f"mine: {empty_cache}/mine\n")


def test_settings_that_could_not_be_served_are_told(empty_cache: Path) -> None:
    (empty_cache / "limner.toml").write_text('[engines.diffusers.models]\n"*" = ["z-imagine"]')
    for command in ("list", "pull"):
        result = models(command, *(["z-image"] if command == "pull" else []))
        assert result.exit_code == 2
        assert "engines.diffusers.models.*: there is no checkpoint 'z-imagine'" in result.stderr
