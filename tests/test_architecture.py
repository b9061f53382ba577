"""Imports point one way, and a light start stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
LAYERS = (
    {"errors", "types"},
    {"catalog", "config", "listings", "prompts", "routes", "setting_types", "settings_table"},
    {"channel", "workers"},
    {"keys", "ledger", "limits", "media", "rates", "safety", "storage"},
    {"engines"},
    {
        "assembly",
        "checks",
        "closing",
        "delivery",
        "identity",
        "jobs",
        "lanes",
        "making",
        "metrics",
        "recovery",
        "references",
        "retention",
        "service",
        "webhooks",
    },
    {"api", "cli", "conformance", "mcp", "testing", "web", "__main__"},
)
"""The parts of the package, the lowest first; each may import its own layer and those below."""

FORBIDDEN = {("api", "engines"), ("api", "cli")}
"""Pairs that the layers would allow."""

HEAVY = {"torch", "ray", "numpy", "cv2", "PIL", "fastapi", "httpx", "uvicorn"}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted((SOURCE / "limner").rglob("*.py"))}


def imports(name: str) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = [target if target in MODULES else str(node.module) for target in inner]
        else:
            continue
        yield from (target for target in targets if target in MODULES and target != name)


def foreign_imports(name: str) -> Iterator[str]:
    """The top-level packages of others that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]


def part(name: str) -> str | None:
    """The part of the package that a module belongs to; None for the package itself."""
    pieces = name.split(".")
    return pieces[1] if len(pieces) > 1 else None


def level(name: str) -> int:
    own = part(name)
    return -1 if own is None else next(i for i, layer in enumerate(LAYERS) if own in layer)


def test_every_module_has_its_layer() -> None:
    known = set[str | None]({None}).union(*LAYERS)
    assert [name for name in MODULES if part(name) not in known] == []


def test_nothing_imports_upward() -> None:
    upward = [f"{a} -> {b}" for a in MODULES for b in imports(a) if level(b) > level(a)]
    assert upward == []


def test_parts_that_must_not_meet_do_not() -> None:
    met = [f"{a} -> {b}" for a in MODULES for b in imports(a) if (part(a), part(b)) in FORBIDDEN]
    assert met == []


def test_in_the_illustrator_words_know_no_paint_and_paint_knows_no_words() -> None:
    house = "limner.engines.sketch"
    apart = {
        "words": ("scene", "paint", "rework"),
        "paint": ("words", "scene", "rework"),
        "scene": ("rework",),
    }
    met = [
        f"{a} -> {b}"
        for room, others in apart.items()
        for a in MODULES
        if a.startswith(f"{house}.{room}")
        for b in imports(a)
        if b.startswith(tuple(f"{house}.{other}" for other in others))
    ]
    assert met == []


def test_torch_is_known_to_device_processes_only() -> None:
    """Their parent imports nothing of theirs but the function that they begin with."""
    house, room = "limner.engines.diffusers", "limner.engines.diffusers.worker"
    inside = {name for name in MODULES if name.startswith(room)}
    outside = [name for name in MODULES if name not in inside]
    named = {name: set(foreign_imports(name)) for name in outside}
    assert [
        name for name, packages in named.items() if packages & {"torch", "diffusers", "transformers"}
    ] == []
    entered = {(a, b) for a in outside for b in imports(a) if b in inside}
    assert entered == {(f"{house}.device", f"{room}.main")}


def test_the_conformance_suite_knows_nothing_of_this_server() -> None:
    suite = [name for name in MODULES if part(name) == "conformance"]
    assert {part(target) for name in suite for target in imports(name)} == {"conformance"}


def test_imports_have_no_cycle() -> None:
    TopologicalSorter({name: set(imports(name)) for name in MODULES}).prepare()


def test_the_pieces_that_know_no_pixels_import_none() -> None:
    light = ("types", "errors", "config", "catalog", "jobs.job")
    assert loaded_by("; ".join(f"import limner.{name}" for name in light)) & HEAVY == set()


def test_importing_limner_loads_nothing_heavy() -> None:
    assert loaded_by("import limner") & HEAVY == set()


def loaded_by(code: str) -> set[str]:
    """The top-level modules that an interpreter holds after it ran code."""
    script = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())
