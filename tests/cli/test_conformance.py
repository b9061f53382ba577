"""`limner conformance` against a server of ours and against small ones that are wrong on purpose."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from limner.cli.main import app
from limner.conformance.suite import CASES
from limner.testing import RunningServer, running_server

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
KEY = "a-key-that-nobody-may-see"
MODELS = ("3.0=m30", "seededit=edit", "4.0=m40", "4.5=m45", "5.0=m50")
ENVELOPE = {"error": {"code": "InvalidParameter", "message": "no", "param": "size", "type": "BadRequest"}}


def limner(*args: str, **environment: str) -> Result:
    unset = dict.fromkeys(("LIMNER_API_KEY", "ARK_API_KEY"))
    runner = CliRunner(env={"COLUMNS": "80", **unset, **environment})
    return runner.invoke(app, ["conformance", *args])


@pytest.fixture(scope="module")
def ours() -> Iterator[RunningServer]:
    with running_server(api_key=KEY) as server:
        yield server


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a small server."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@contextmanager
def small_server(answer: Callable[[str, bytes], Said]) -> Iterator[str]:
    """The base URL of a server on loopback that gives what answer says to a path and a body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(said.status)
            for name, value in (("Content-Type", "application/json"), *said.headers):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refuses_all(path: str, body: bytes) -> Said:
    return Said(404 if path.endswith("/models") else 400, json.dumps(ENVELOPE).encode())


def found(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_our_own_server_holds_and_the_key_may_come_from_the_environment(ours: RunningServer) -> None:
    result = limner("--base-url", ours.base_url, "--only", "errors,openai_sdk.bad_size", LIMNER_API_KEY=KEY)
    assert result.exit_code == 0, result.output
    assert "errors " in result.stdout
    assert "all 17 held; 5 pictures were made" in result.stdout
    assert "5 left out: the contract leaves this open" in result.stdout


def test_json_tells_of_every_case(ours: RunningServer) -> None:
    url = f"{ours.base_url}/api/v3/"
    result = limner("--base-url", url, "--only", "models_list,fields.missing", "--json", ARK_API_KEY=KEY)
    report = found(result)
    assert result.exit_code == 0
    assert report["base_url"] == f"{ours.base_url}/api/v3"
    assert report["models"]["4.0"] == "doubao-seedream-4-0-250828"
    assert report["counts"] == {"held": 2, "broken": 0, "left_out": 3}
    assert {case["id"]: case["requests"] for case in report["cases"]} == {
        "fields.missing[0]": 2,
        "fields.missing[1]": 2,
        "models_list.listed": 0,
        "models_list.cards": 0,
        "models_list.needs_key": 0,
    }


def test_own_choices_are_held_when_they_are_asked_for(ours: RunningServer) -> None:
    result = limner("--base-url", ours.base_url, "--only", "models_list", "--own-choices", ARK_API_KEY=KEY)
    assert (result.exit_code, "all 3 held" in result.stdout) == (0, True)


def test_a_broken_case_is_shown_with_its_request_and_the_exit_code_is_1() -> None:
    with small_server(refuses_all) as url:
        result = limner("--base-url", url, "--api-key", KEY, "--only", "sizes.refused,text_to_image.seed")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = lines.index("text_to_image.seed[1]  seed -1 is accepted by 4.0")
    assert lines[at + 1] == "  section 1.2: expected status 200"
    assert shlex.split(lines[at + 2]) == [
        *("curl", "-sS", f"{url}/images/generations"),
        *("-H", "authorization: Bearer $ARK_API_KEY"),
        *("-H", "content-type: application/json", "--data-raw"),
        '{"model":"doubao-seedream-4-0-250828","prompt":"a lighthouse at dusk","seed":-1,"size":"1280x720"}',
    ]
    assert lines[at + 3].startswith('  answered 400 {"error"')
    assert "0 held, 24 broken; 0 pictures were made" in result.stdout


@pytest.mark.parametrize("is_saved", [False, True], ids=["on one line", "with files"])
def test_the_command_that_is_shown_sends_the_very_body_again(tmp_path: Path, is_saved: bool) -> None:
    def tells_the_body(path: str, body: bytes) -> Said:
        seen = f"{path} {hashlib.sha256(body).hexdigest()}"
        return Said(404 if path.endswith("/models") else 418, seen.encode())

    environment = {"ARK_API_KEY": KEY, "NO_PROXY": "127.0.0.1", "PATH": "/usr/bin:/bin"}
    only = ["text_to_image.any_prompt[3]", "openai_sdk.plain_url", "openai_sdk.edit_upload", "ark_sdk.edits"]
    if is_saved:  # a prompt of 9000 characters
        only.append("text_to_image.any_prompt[5]")
    with small_server(tells_the_body) as url:
        args = ["--base-url", url, "--api-key", KEY, "--only", ",".join(only), "--own-choices", "--json"]
        result = limner(*args, *(["--save", str(tmp_path)] if is_saved else []))
        shown = [each for case in found(result)["cases"] for each in case["evidence"]]
        for each in shown:
            command = ["bash", "-c", each["curl"]]
            again = subprocess.run(command, env=environment, capture_output=True, text=True)
            assert again.stdout == each["answer"], again.stderr
    assert len(shown) == len(only)
    assert any("base64 -d" in each["curl"] for each in shown) != is_saved


@pytest.mark.parametrize("only", ["openai_sdk.wrong_key", "ark_sdk.wrong_key", "errors.bad_key[0]"])
def test_another_key_is_shown_as_it_was_sent(only: str) -> None:
    with small_server(refuses_all) as url:
        (case,) = found(limner("--base-url", url, "--api-key", KEY, "--only", only, "--json"))["cases"]
    assert "Bearer wrong" in case["evidence"][0]["curl"]


def test_the_key_is_struck_out_wherever_the_server_repeats_it() -> None:
    def repeats(path: str, body: bytes) -> Said:
        return Said(404 if path.endswith("/models") else 400, f"you sent {KEY} \x1b[2J".encode())

    with small_server(repeats) as url:
        for shape in ((), ("--json",)):
            result = limner("--base-url", url, "--api-key", KEY, "--only", "*_sdk,fields.missing", *shape)
            assert result.exit_code == 1
            assert KEY not in result.output
            assert "\x1b[2J" not in result.output


def test_a_picture_s_link_is_shown_after_the_request_that_made_it(ours: RunningServer) -> None:
    def serves_no_file(path: str, body: bytes) -> Said:
        if path.startswith("/gone"):
            return Said(410, b"\xff\xd8 gone")
        entry = {"url": f"http://127.0.0.1:{port[0]}/gone.jpeg", "size": "2048x2048"}
        answer = {"model": "m40", "created": 1_700_000_000, "data": [entry], "usage": {"generated_images": 1}}
        return Said(200, json.dumps(answer).encode(), (("X-Request-Id", f"021763700000000{'a' * 38}"),))

    port: list[str] = []
    with small_server(serves_no_file) as url:
        port.append(url.split(":")[2].removesuffix("/v1"))
        only = "text_to_image.minimal[1],ark_sdk.shortest[1]"
        args = ("--base-url", url, "--api-key", KEY, "--models", ",".join(MODELS), "--only", only, "--json")
        report = found(limner(*args))
    assert report["pictures"] == 2
    for case in report["cases"]:
        made, fetched = case["evidence"]
        assert (made["status"], fetched["status"]) == (200, 410)
        assert "m40" in made["curl"]
        assert fetched["curl"] == f"curl -sS http://127.0.0.1:{port[0]}/gone.jpeg"
        assert fetched["answer"] == "(7 bytes)"


def test_a_body_that_is_too_long_is_cut_or_kept_in_the_folder(tmp_path: Path) -> None:
    with small_server(refuses_all) as url:
        args = ("--base-url", url, "--api-key", KEY, "--only", "references.file_format[0]")
        small = limner(*args)
        large = limner(*args[:-1], "references.side_accepted[3]")
        kept = limner(*args[:-1], "references.side_accepted[3]", "--save", str(tmp_path / "bodies"))
    assert "characters)" not in small.stdout and "--save" not in small.stdout
    assert "characters)" in large.stdout and "--save FOLDER" in large.stdout
    file = tmp_path / "bodies" / "references.side_accepted-3.0.body"
    assert f"--data-binary @{file}" in kept.stdout
    assert json.loads(file.read_bytes())["model"] == "doubao-seedream-4-0-250828"


def test_a_server_that_was_too_busy_is_asked_again() -> None:
    asked: list[bytes] = []

    def busy_at_first(path: str, body: bytes) -> Said:
        if path.endswith("/models"):
            return Said(404, b"")
        asked.append(body)
        busy = Said(429, b"{}", (("Retry-After", "0"),))
        return busy if len(asked) == 1 else Said(400, b"{}")

    with small_server(busy_at_first) as url:
        only = ("--only", "sizes.refused[0]", "--json")
        (case,) = found(limner("--base-url", url, "--api-key", KEY, *only))["cases"]
    assert len(asked) == 2
    assert case["evidence"][0]["status"] == 400


def test_a_run_that_left_all_out_does_not_pass(ours: RunningServer) -> None:
    result = limner("--base-url", ours.base_url, "--api-key", KEY, "--only", "models_list")
    assert (result.exit_code, "nothing was asked" in result.stdout) == (2, True)


def test_ctrl_c_tells_what_was_found_by_then() -> None:
    second, done = Event(), Event()

    def hangs_at_last(path: str, body: bytes) -> Said:
        if b"2048x2049" in body:
            second.set()
            done.wait(30)
        return refuses_all(path, body)

    with small_server(hangs_at_last) as url:
        options = ("--base-url", url, "--api-key", KEY, "--only", "sizes.refused", "--json")
        command = [sys.executable, "-m", "limner", "conformance", *options]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            assert second.wait(30)
            run.send_signal(signal.SIGINT)
            report = json.loads(run.communicate(timeout=20)[0])
        finally:
            run.kill()
            done.set()
    assert (run.returncode, report["interrupted"]) == (130, True)
    assert [case["id"] for case in report["cases"]] == ["sizes.refused[0]"]


def test_models_are_those_that_the_server_lists() -> None:
    def lists_two(path: str, body: bytes) -> Said:
        ids = ("seedream-4-5-251128", "seedream-5-0-lite-260128", "another")
        listed = {"object": "list", "data": [{"id": each} for each in ids]}
        return Said(200 if path.endswith("/models") else 400, json.dumps(listed).encode())

    with small_server(lists_two) as url:
        args = ("--base-url", url, "--api-key", KEY, "--only", "text_to_image.minimal", "--json")
        listed = found(limner(*args))
        given = found(limner(*args, "--models", "4.0=mine, 5.0="))
    assert listed["models"] == {"4.5": "seedream-4-5-251128", "5.0": "seedream-5-0-lite-260128"}
    assert given["models"] == {"4.0": "mine", "4.5": "seedream-4-5-251128"}
    assert Counter(case["result"] for case in given["cases"]) == {"broken": 2, "left_out": 2}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (401, b'{"error": "who are you"}', "it refuses the key"),
        (200, b'{"data": [{"id": "another"}]}', "name them with --models"),
    ],
)
def test_a_server_that_cannot_be_tested_is_told_in_one_line(status: int, body: bytes, why: str) -> None:
    with small_server(lambda path, _: Said(status, body)) as url:
        result = limner("--base-url", url, "--api-key", KEY)
    assert result.exit_code == 1
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    result = limner("--base-url", "http://127.0.0.1:9/v1", "--api-key", KEY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ServerUnusable: http://127.0.0.1:9/v1: ")


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--base-url", "http://127.0.0.1:9"), "--api-key"),
        (("--api-key", KEY), "--base-url"),
        (("--base-url", "127.0.0.1:8000", "--api-key", KEY), "--base-url"),
        (("--base-url", "http://127.0.0.1:9", "--api-key", KEY, "--models", "6.0=x"), "--models 6.0=x"),
        (("--base-url", "http://127.0.0.1:9", "--api-key", KEY, "--models", "4.0"), "--models 4.0"),
        (("--only", "nothing.at.all"), "--only nothing.at.all"),
        (("--timeout-s", "0"), "timeout-s"),
    ],
)
def test_a_wrong_command_is_told_and_its_exit_code_is_2(args: tuple[str, ...], why: str) -> None:
    result = limner(*args)
    assert (result.exit_code, why in result.stderr) == (2, True), result.output


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    result = limner("--list")
    assert result.exit_code == 2
    assert "pip install 'limner[conformance]'" in result.stderr


def test_a_list_names_what_would_be_asked_and_what_it_costs() -> None:
    whole, cheap = limner("--list").stdout, limner("--list", "--cheap").stdout
    assert "series.with_references[0]             14  2 references" in whole
    assert whole.splitlines()[-1].startswith(f"{sum(not case.own_choice for case in CASES)} cases, at most ")
    assert "sizes.accepted[1]" not in cheap
    assert "sizes.accepted[0]" in cheap


@pytest.mark.parametrize("flag", ["all", "`--cheap`", "`--own-choices`"])
def test_the_page_says_what_a_run_costs(flag: str) -> None:
    flags = [] if flag == "all" else [flag.strip("`")]
    cost = re.search(r"(\d+) cases, at most (\d+) pictures", limner("--list", *flags).stdout)
    assert cost
    assert f"| {flag} | {cost[1]} | {cost[2]} |" in PAGE.read_text(encoding="utf-8")


def test_the_page_shows_what_is_printed() -> None:
    block = PAGE.read_text(encoding="utf-8").split("```\n")[2]
    answer = re.search(r"answered 200 (.*)", block)
    assert answer
    with small_server(
        lambda path, _: Said(404 if path.endswith("/models") else 200, answer[1].encode())
    ) as url:
        printed = limner("--base-url", url, "--api-key", KEY, "--only", "sizes.refused[3]").stdout
    assert block in printed.replace(url, "https://images.example/api/v3")


def test_the_page_s_options_exist() -> None:
    known = CliRunner().invoke(app, ["conformance", "--help"], terminal_width=120).output
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE.read_text(encoding="utf-8"))) - {"--data-raw"}
    assert [option for option in named if option not in known] == []
