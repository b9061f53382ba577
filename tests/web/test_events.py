"""A job's events in the browser: parsed piece by piece, and heard on after the connection was lost."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from limner.engines.fake import FakeEngine
from limner.testing import running_server

pytestmark = pytest.mark.needs_more
PARSED = """async ([text, cut]) => {
    const { serverEvents } = await import("/static/js/sse.js");
    const bytes = new TextEncoder().encode(text);
    const stream = new ReadableStream({ start(controller) {
        for (let at = 0; at < bytes.length; at += cut) controller.enqueue(bytes.slice(at, at + cut));
        controller.close();
    } });
    const events = [];
    for await (const event of serverEvents(stream)) events.push([event.id, event.name, event.data]);
    return events;
}"""
FRAMES = (
    "id: 0.1\nevent: job.queued\ndata: {}\n\n: keep-alive\n\n"
    "event: job.picture\r\ndata:一\r\ndata: 二\r\n\r\ndata\n\nevent: none\n\ndata: cut off"
)


@pytest.mark.parametrize("cut", [1, 2, 3, 1000])
def test_events_are_read_however_the_stream_is_cut(evaluate: Callable[..., Any], cut: int) -> None:
    assert evaluate(PARSED, [FRAMES, cut]) == [
        ["0.1", "job.queued", "{}"],
        ["", "job.picture", "一\n二"],
        ["", "message", ""],
    ]


def test_a_picture_of_many_megabytes_is_one_line_and_read_in_time(evaluate: Callable[..., Any]) -> None:
    seconds = evaluate(
        """async () => {
            const { serverEvents } = await import("/static/js/sse.js");
            const piece = new TextEncoder().encode("A".repeat(16384));
            let left = 2048;
            const stream = new ReadableStream({ pull(controller) {
                controller.enqueue(left === 2048 ? new TextEncoder().encode("data: ") : piece);
                if (--left === 0) { controller.enqueue(new Uint8Array([10, 10])); controller.close(); }
            } });
            const begun = performance.now();
            for await (const event of serverEvents(stream))
                if (event.data.length !== 2047 * 16384) throw new Error(String(event.data.length));
            return (performance.now() - begun) / 1000;
        }"""
    )
    assert seconds < 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_a_job_is_followed_over_a_restart_of_the_server(
    visit: Any, play: Callable[..., Any], tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"port": free_port(), "data_dir": tmp_path / "data"}
    steps = asyncio.Semaphore(1)
    with running_server(engines={"fake": FakeEngine(steps=steps)}, **settings) as server:
        page = play(server)
        page.choose("Seedream 4.0")
        page.form.get_by_role("switch", name="Series").check()
        page.form.get_by_label("At most").fill("3")
        page.ask("3 pictures of a harbour")
        page.wait_for_picture()
    expect(page.newest).to_contain_text("Connection lost")
    with running_server(engines={"fake": FakeEngine()}, **settings):
        expect(page.newest).to_have_attribute("data-state", "done")
        expect(page.newest).to_contain_text("3 of 3 pictures")
        expect(page.pictures).to_have_count(3)
    visit.faults[:] = [fault for fault in visit.faults if "net::ERR_" not in fault]


def test_a_server_that_is_gone_is_said_so_and_the_request_may_be_sent_again(
    visit: Any, play: Callable[..., Any], tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"port": free_port(), "data_dir": tmp_path / "data"}
    with running_server(**settings) as server:
        page = play(server)
        page.choose("Seedream 4.0")
    page.ask("a fox")
    expect(page.newest).to_have_attribute("data-state", "failed")
    expect(page.newest).to_contain_text("The server cannot be reached.")
    with running_server(**settings):
        page.make("a fox")
    visit.faults[:] = [fault for fault in visit.faults if "net::ERR_" not in fault]
