"""`limner generate --url`, against small servers on loopback that answer as the API does."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner, Result

from limner.cli.main import app

JPEG = b"\xff\xd8\xff\xe0 a picture"
PNG = b"\x89PNG\r\n\x1a\n a picture"


@dataclass
class Answer:
    """What the server says to every request, and what it was asked."""

    content: bytes
    content_type: str = "application/json"
    status: int = 200
    url: str = ""
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    bodies: list[dict[str, object]] = field(default_factory=list)


@contextmanager
def serving(answer: Answer, before: Callable[[], None] = lambda: None) -> Iterator[str]:
    """A server on loopback that gives every request this answer, after it has called before."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer.paths.append(self.path)
            answer.keys.append(self.headers["Authorization"])
            answer.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            before()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def stream(*events: Mapping[str, object], ended: bool = True) -> Answer:
    lines = [f"event: {event.get('type', 'error')}\ndata: {json.dumps(event)}\n\n" for event in events]
    tail = ": still at work\n\ndata: [DONE]\n\n" if ended else ""
    return Answer(("".join(lines) + tail).encode(), "text/event-stream")


def succeeded(index: int, data: bytes = JPEG) -> dict[str, object]:
    b64 = base64.b64encode(data).decode()
    return {"type": "image_generation.partial_succeeded", "image_index": index, "b64_json": b64}


REFUSED = {"code": "OutputImageSensitiveContentDetected", "message": "may contain sensitive information."}
FAILED = {"type": "image_generation.partial_failed", "image_index": 1, "error": REFUSED}
COMPLETED = {"type": "image_generation.completed", "usage": {"generated_images": 1}}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, key: str | None = "a-key") -> Result:
    environment = {"LIMNER_API_KEY": key, "NO_PROXY": "127.0.0.1"}
    return CliRunner(env=environment).invoke(app, ["generate", *args])


def test_a_picture_is_written_and_its_path_printed() -> None:
    answer = stream(succeeded(0), COMPLETED)
    with serving(answer) as url:
        result = run("A red fox!", "--url", url)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "A-red-fox.jpeg\n", "")
    assert Path("A-red-fox.jpeg").read_bytes() == JPEG
    assert (answer.paths, answer.keys) == (["/v1/images/generations"], ["Bearer a-key"])


def test_only_what_was_given_is_sent() -> None:
    answer = stream(succeeded(0), COMPLETED)
    with serving(answer) as url:
        run("a fox", "--model", "some-model", "--url", url)
    sent = {"model": "some-model", "prompt": "a fox", "response_format": "b64_json", "stream": True}
    assert answer.bodies == [sent]


def test_every_option_reaches_the_wire(empty_folder: Path) -> None:
    (empty_folder / "a.png").write_bytes(PNG)
    answer = stream(succeeded(0, PNG), COMPLETED)
    with serving(answer) as url:
        run(
            "a fox", "-o", "fox.png", "--size", "2K", "--seed", "0", "--series", "3", "--no-watermark",
            "--image", "a.png", "--image", "https://pictures.example/b.jpg", "--url", f"{url}/api/v3/",
        )  # fmt: skip
    assert answer.paths == ["/api/v3/images/generations"]
    data_uri = "data:image/png;base64," + base64.b64encode(PNG).decode()
    assert answer.bodies[0] == {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "a fox",
        "image": [data_uri, "https://pictures.example/b.jpg"],
        "size": "2K",
        "seed": 0,
        "watermark": False,
        "output_format": "png",
        "response_format": "b64_json",
        "stream": True,
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 3},
    }


@pytest.mark.parametrize(
    ("output", "paths"),
    [
        ("fox.jpg", "fox-0.jpg\nfox-1.jpg\n"),
        ("{index}_fox.jpeg", "0_fox.jpeg\n1_fox.jpeg\n"),
        ("fox", "fox-0.jpeg\nfox-1.jpeg\n"),
    ],
)
def test_pictures_of_a_series_are_numbered(output: str, paths: str) -> None:
    with serving(stream(succeeded(0), succeeded(1), COMPLETED)) as url:
        assert run("a fox", "--series", "2", "-o", output, "--url", url).stdout == paths


def test_a_made_up_name_never_replaces_a_file_and_a_given_one_does() -> None:
    Path("a-fox.jpeg").write_bytes(b"mine")
    with serving(stream(succeeded(0), COMPLETED)) as url:
        assert run("a fox", "--url", url).stdout == "a-fox-2.jpeg\n"
        assert run("a fox", "--url", url, "-o", "a-fox.jpeg").stdout == "a-fox.jpeg\n"
    assert Path("a-fox.jpeg").read_bytes() == JPEG


def test_a_chinese_prompt_names_its_file() -> None:
    with serving(stream(succeeded(0), COMPLETED)) as url:
        assert run("湖边的红狐狸，日落", "--url", url).stdout == "湖边的红狐狸-日落.jpeg\n"


def test_a_refused_picture_fails_the_command_and_the_others_are_kept() -> None:
    with serving(stream(succeeded(0), FAILED, succeeded(2), COMPLETED)) as url:
        result = run("a fox", "--series", "3", "--url", url)
    assert (result.exit_code, result.stdout) == (1, "a-fox-0.jpeg\na-fox-2.jpeg\n")
    assert result.stderr == f"error: {REFUSED['code']}: picture 1: {REFUSED['message']}\n"


def test_an_error_answer_is_one_line_that_a_script_can_read() -> None:
    error = {
        "code": "InvalidParameter",
        "message": "The parameter `size` is not valid.\nRequest id: 02",
        "type": "BadRequest",
    }
    with serving(Answer(json.dumps({"error": error}).encode(), status=400)) as url:
        result = run("a fox", "--url", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: InvalidParameter: The parameter `size` is not valid. Request id: 02\n"


def test_an_error_in_the_stream_fails_the_command() -> None:
    with serving(stream(succeeded(0), {"error": {"code": "InternalServiceError", "message": "oh"}})) as url:
        result = run("a fox", "--url", url)
    assert (result.exit_code, result.stderr) == (1, "error: InternalServiceError: oh\n")


def test_a_stream_that_breaks_off_fails_the_command() -> None:
    with serving(stream(succeeded(0), ended=False)) as url:
        result = run("a fox", "--url", url)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: StreamEnded: ")


def test_a_server_that_does_not_stream_is_understood_too() -> None:
    data = [{"b64_json": base64.b64encode(PNG).decode()}, {"error": REFUSED}]
    with serving(Answer(json.dumps({"data": data}).encode())) as url:
        result = run("a fox", "-o", "fox.png", "--url", url)
    assert (result.exit_code, result.stdout) == (1, "fox.png\n")
    assert Path("fox.png").read_bytes() == PNG


@pytest.mark.parametrize("content", [b"<html>", b"[]", b'{"data": [{"b64_json": "%"}]}', b'{"data": [{}]}'])
def test_an_answer_that_is_not_the_api_s_fails_the_command(content: bytes) -> None:
    with serving(Answer(content)) as url:
        result = run("a fox", "--url", url)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: UnreadableAnswer: ")


def test_a_server_that_is_not_there_fails_the_command() -> None:
    with serving(Answer(b"")) as url:
        pass
    result = run("a fox", "--url", url)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ServerUnreachable: ")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["-o", "fox.webp"], "fox.webp"),
        (["-o", "nowhere/fox.png"], "nowhere"),
        (["--image", "missing.png"], "missing.png"),
        (["--series", "0"], "--series"),
    ],
)
def test_what_cannot_work_is_a_usage_error_before_anything_is_sent(args: list[str], named: str) -> None:
    answer = stream(succeeded(0), COMPLETED)
    with serving(answer) as url:
        result = run("a fox", "--url", url, *args)
    assert (result.exit_code, answer.bodies) == (2, [])
    assert named in result.stderr


def test_an_interrupt_ends_the_command_with_130() -> None:
    asked, released = Event(), Event()
    answer = stream(succeeded(0), COMPLETED)

    def hold() -> None:
        asked.set()
        released.wait()

    with serving(answer, before=hold) as url:
        command = [sys.executable, "-m", "limner", "generate", "a fox", "--url", url, "--api-key", "a-key"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            asked.wait()
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate()
        released.set()
    assert (process.returncode, "Traceback" in stderr) == (130, False)
    assert list(Path().iterdir()) == []


def test_a_server_without_a_key_is_a_usage_error() -> None:
    result = run("a fox", "--url", "http://127.0.0.1:1", key=None)
    assert result.exit_code == 2
    assert "--api-key" in result.stderr
