"""The registry: engines are found by name, loaded only when used, and anybody's stand beside ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from limner.config import Settings
from limner.engines import engine_names, make_engine
from limner.engines.base import EngineContext
from limner.engines.fake import FakeEngine
from limner.errors import ConfigError
from limner.workers import Workers

CONTEXT = EngineContext(Settings(), Workers(0))


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, entry_points: str, module: str = "") -> None:
    """Another distribution beside Limner, as pip would leave it."""
    facts = folder / "other_engine-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: other-engine\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(f"[limner.engines]\n{entry_points}\n")
    (folder / "other_engine_of_test.py").write_text(module)
    monkeypatch.syspath_prepend(folder)


def test_our_own_engines_are_listed_by_name() -> None:
    assert {"fake", "sketch"} <= set(engine_names())
    assert list(engine_names()) == sorted(engine_names())


def test_an_engine_is_made_by_its_name_and_each_time_anew() -> None:
    engine = make_engine("fake", CONTEXT)
    assert isinstance(engine, FakeEngine)
    assert make_engine("fake", CONTEXT) is not engine


def test_an_engine_that_is_not_installed_stops_the_start_and_says_what_is() -> None:
    with pytest.raises(ConfigError, match=r"engine 'flux' is not installed; there are: .*fake.*sketch"):
        make_engine("flux", CONTEXT)


def test_another_distribution_s_engine_is_found_through_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = (
        "from limner.engines.fake import FakeEngine\n"
        "def make(context):\n"
        "    return FakeEngine(max_in_flight=context.settings.port)\n"
    )
    install(tmp_path, monkeypatch, "other = other_engine_of_test:make", module)
    assert "other" in engine_names()
    assert make_engine("other", CONTEXT).capabilities().max_in_flight == CONTEXT.settings.port


@pytest.mark.parametrize(
    "target", ["no_such_module_of_test:make", "limner.engines.fake:no_such_factory", "limner.no_such:make"]
)
def test_an_engine_that_cannot_be_loaded_stops_the_start_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    install(tmp_path, monkeypatch, f"broken = {target}")
    assert "broken" in engine_names()
    with pytest.raises(ConfigError, match="engine 'broken' cannot be loaded: "):
        make_engine("broken", CONTEXT)


def test_the_names_are_known_without_loading_an_engine() -> None:
    code = (
        "import sys, limner.engines; limner.engines.engine_names(); "
        "print([m for m in sys.modules if m.startswith(('limner.engines.', 'numpy', 'cv2'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['limner.engines.base']"
