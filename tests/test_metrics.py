"""What an operator sees: names, values read at the time of asking, and the board that shows them."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from limner.metrics import LaneFacts, Metrics

ROOT = Path(__file__).parent.parent
BOARD = ROOT / "deploy" / "grafana" / "limner.json"
SAMPLE_SUFFIX = re.compile(r"_(?:bucket|sum|count)$")
CARD = "doubao-seedream-4-0-250828"
IDLE = LaneFacts("sketch", ready=True, waiting=0, running=0, oldest_wait_s=0.0)


def values(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, in the order of the labels' names."""
    page = metrics.render()[0].decode()
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def names(metrics: Metrics) -> set[str]:
    return set(re.findall(r"^# TYPE (\S+)", metrics.render()[0].decode(), re.MULTILINE))


def end(metrics: Metrics, outcome: str = "done", *, stored: int = 0, refused: int = 0) -> None:
    stages = {"fetch": 0.004, "generate": 2.0}
    metrics.job_ended(
        CARD, "sketch", outcome, stored=stored, refused=refused, stages=stages, stored_bytes=stored * 1000
    )


def test_requests_and_pictures_are_counted_by_model_engine_and_outcome() -> None:
    metrics = Metrics(lambda: ())
    end(metrics, stored=3, refused=1)
    end(metrics, stored=1)
    end(metrics, "cancelled")
    seen = values(metrics)
    assert seen["limner_requests_total", "sketch", CARD, "done"] == 2
    assert seen["limner_requests_total", "sketch", CARD, "cancelled"] == 1
    assert seen["limner_pictures_total", "sketch", CARD, "stored"] == 4
    assert seen["limner_pictures_total", "sketch", CARD, "refused"] == 1
    assert seen["limner_stored_bytes_total",] == 4000


def test_refusals_are_counted_by_code() -> None:
    metrics = Metrics(lambda: ())
    for code in ("QuotaExceeded", "InvalidParameter", "QuotaExceeded"):
        metrics.refused(code)
    assert values(metrics)["limner_refusals_total", "QuotaExceeded"] == 2


def test_stages_fall_into_their_buckets() -> None:
    metrics = Metrics(lambda: ())
    end(metrics)
    metrics.stage("authorise", 0.001)
    metrics.stage("authorise", 0.0011)
    seen = values(metrics)
    assert seen["limner_stage_seconds_sum", "generate"] == 2.0
    assert seen["limner_stage_seconds_bucket", "0.001", "fetch"] == 0
    assert seen["limner_stage_seconds_bucket", "0.005", "fetch"] == 1
    assert seen["limner_stage_seconds_bucket", "0.001", "authorise"] == 1
    assert seen["limner_stage_seconds_count", "authorise"] == 2


def test_the_queues_are_read_when_somebody_looks() -> None:
    lanes = [IDLE]
    metrics = Metrics(lambda: lanes)
    assert values(metrics)["limner_queue_depth", "sketch"] == 0
    lanes[:] = [LaneFacts("sketch", ready=False, waiting=7, running=2, oldest_wait_s=41.5)]
    seen = values(metrics)
    assert [
        seen[name, "sketch"]
        for name in (
            "limner_queue_depth",
            "limner_queue_oldest_age_seconds",
            "limner_jobs_running",
            "limner_engine_ready",
        )
    ] == [7, 41.5, 2, 0]


def test_two_servers_in_a_process_count_apart() -> None:
    first, second = Metrics(lambda: [IDLE]), Metrics(lambda: [IDLE])
    end(first)
    assert ("limner_requests_total", "sketch", CARD, "done") not in values(second)


def test_a_page_says_nothing_twice() -> None:
    metrics = Metrics(lambda: [IDLE])
    end(metrics, stored=1)
    body, content_type = metrics.render()
    assert content_type.startswith("text/plain; version=0.0.4")
    assert b"_created" not in body
    lines = [line for line in body.decode().splitlines() if not line.startswith("#")]
    assert len({line.rpartition(" ")[0] for line in lines}) == len(lines)


def test_to_count_a_job_takes_microseconds() -> None:
    metrics = Metrics(lambda: ())
    rounds = 2000
    began = time.perf_counter()
    for _ in range(rounds):
        end(metrics, stored=1)
    assert (time.perf_counter() - began) / rounds < 200e-6


def expressions(board: object) -> list[str]:
    """Every query of a board, wherever in it it stands."""
    if isinstance(board, list):
        return [text for each in board for text in expressions(each)]
    if not isinstance(board, dict):
        return []
    own = [str(board[name]) for name in ("expr", "definition") if name in board]
    return own + [text for each in board.values() for text in expressions(each)]


def test_the_board_shows_what_is_there_and_all_of_it() -> None:
    text = " ".join(expressions(json.loads(BOARD.read_text(encoding="utf-8"))))
    named = {SAMPLE_SUFFIX.sub("", name) for name in re.findall(r"\b(?:limner|process)_[a-z_]+\b", text)}
    exposed = names(Metrics(lambda: [IDLE]))
    assert named - exposed == set()
    assert {name for name in exposed if name.startswith("limner_")} - named == set()


def test_the_board_asks_which_prometheus_it_shall_read() -> None:
    board = json.loads(BOARD.read_text(encoding="utf-8"))
    (source,) = [each for each in board["templating"]["list"] if each["type"] == "datasource"]
    graphs = [panel for panel in board["panels"] if panel["type"] != "row"]
    assert {panel["datasource"]["uid"] for panel in graphs} == {f"${{{source['name']}}}"}
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_no_two_panels_of_the_board_overlap() -> None:
    cells: set[tuple[int, int]] = set()
    for panel in json.loads(BOARD.read_text(encoding="utf-8"))["panels"]:
        at = panel["gridPos"]
        own = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not own & cells and at["x"] + at["w"] <= 24, panel["title"]
        cells |= own


def test_the_documentation_names_every_metric_and_no_other() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    exposed = {name for name in names(Metrics(lambda: [IDLE])) if name.startswith("limner_")}
    assert set(re.findall(r"\blimner_[a-z_]+", page)) == exposed
