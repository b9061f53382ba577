"""What an operator watches: counters, stage times and the state of the queues, for Prometheus.

Owns the metrics' names and how they look on the wire; knows neither jobs nor HTTP. Labels are card ids,
engine names and codes of our own, never what a client typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.process_collector import ProcessCollector

STAGE_BUCKETS_S = (0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """One engine and its queue at this moment. oldest_wait_s: 0 when none waits."""

    engine: str
    ready: bool
    waiting: int
    running: int
    oldest_wait_s: float


GAUGES: tuple[tuple[str, str, Callable[[LaneFacts], float]], ...] = (
    ("limner_queue_depth", "Jobs that wait for the engine.", lambda lane: lane.waiting),
    (
        "limner_queue_oldest_age_seconds",
        "Time since the oldest waiting job was admitted.",
        lambda lane: lane.oldest_wait_s,
    ),
    ("limner_jobs_running", "Jobs that the engine works on.", lambda lane: lane.running),
    ("limner_engine_ready", "1 when the engine can work.", lambda lane: lane.ready),
)
"""Read from the lanes when somebody looks: name, help, value."""


class Metrics:
    """The metrics of one server. lanes: asked at every render, in the event loop's thread."""

    def __init__(self, lanes: Callable[[], Iterable[LaneFacts]]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "limner_requests",
            "Requests that became jobs, by how they ended: done, failed, cancelled.",
            ("model", "engine", "outcome"),
            registry=self._registry,
        )
        self._pictures = Counter(
            "limner_pictures",
            "Pictures that were tried: stored (delivered and billed) or refused.",
            ("model", "engine", "outcome"),
            registry=self._registry,
        )
        self._refusals = Counter(
            "limner_refusals",
            "Requests and pictures that ended in an error, by its code.",
            ("code",),
            registry=self._registry,
        )
        self._stages = Histogram(
            "limner_stage_seconds",
            "Seconds of a job by stage.",
            ("stage",),
            buckets=STAGE_BUCKETS_S,
            registry=self._registry,
        )
        self._stage = lru_cache(maxsize=32)(self._stages.labels)
        self._stored_bytes = Counter(
            "limner_stored_bytes", "Bytes of pictures that were stored.", registry=self._registry
        )
        self._registry.register(_LaneGauges(lanes))
        ProcessCollector(registry=self._registry)

    def job_ended(
        self,
        card: str,
        engine: str,
        outcome: str,
        *,
        stored: int,
        refused: int,
        stages: Mapping[str, float],
        stored_bytes: int,
    ) -> None:
        """Count one job, its pictures and its stages. card: the model's card id."""
        self._requests.labels(card, engine, outcome).inc()
        if stored:
            self._pictures.labels(card, engine, "stored").inc(stored)
            self._stored_bytes.inc(stored_bytes)
        if refused:
            self._pictures.labels(card, engine, "refused").inc(refused)
        for name, seconds in stages.items():
            self.stage(name, seconds)

    def refused(self, code: str) -> None:
        """Count one request or picture that ended in the error with this code."""
        self._refusals.labels(code).inc()

    def stage(self, name: str, seconds: float) -> None:
        """Count one stage that is not a job's, such as authorise."""
        self._stage(name).observe(seconds)

    def render(self) -> tuple[bytes, str]:
        """All metrics in Prometheus' text format, and its content type."""
        return generate_latest(_WithoutCreated(self._registry)), CONTENT_TYPE_PLAIN_0_0_4


class _LaneGauges:
    def __init__(self, lanes: Callable[[], Iterable[LaneFacts]]) -> None:
        self._lanes = lanes

    def describe(self) -> Iterator[Metric]:
        """The names alone, so that to register this asks no lane."""
        for name, text, _ in GAUGES:
            yield GaugeMetricFamily(name, text, labels=("engine",))

    def collect(self) -> Iterator[Metric]:
        lanes = tuple(self._lanes())
        for name, text, value in GAUGES:
            family = GaugeMetricFamily(name, text, labels=("engine",))
            for lane in lanes:
                family.add_metric((lane.engine,), float(value(lane)))
            yield family


@dataclass(frozen=True, slots=True)
class _WithoutCreated:
    """Leaves out the time at which each series was made: it doubles the page, and nobody reads it."""

    registry: CollectorRegistry

    def collect(self) -> Iterator[Metric]:
        for family in self.registry.collect():
            family.samples = [each for each in family.samples if not each.name.endswith("_created")]
            yield family
