"""The registry: engines by name, found through entry points and imported only when they are used.

Ours use the same door as anybody's: the entry point group `limner.engines`, each an EngineFactory.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from limner.engines.base import Engine, EngineContext, EngineFactory
from limner.errors import ConfigError

GROUP = "limner.engines"


def engine_names() -> tuple[str, ...]:
    """Every engine that is installed, whether or not it can run here."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def make_engine(name: str, context: EngineContext) -> Engine:
    """A new engine. Raises ConfigError for a name that nothing installed has."""
    point: EntryPoint | None = next(iter(entry_points(group=GROUP, name=name)), None)
    if point is None:
        raise ConfigError(f"engine {name!r} is not installed; there are: {', '.join(engine_names())}")
    try:
        factory: EngineFactory = point.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"engine {name!r} cannot be loaded: {error}") from error
    return factory(context)
