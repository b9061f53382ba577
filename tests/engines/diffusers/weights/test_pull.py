"""`limner models pull` against a hub on this machine that speaks what the hub's own client asks for."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from limner.engines.diffusers.pulling import wanted_files
from limner.engines.diffusers.weights import missing_files, snapshot_of

pytestmark = pytest.mark.needs_more

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "hf_of_a_friend"
UNWANTED = (
    "README.md",
    "z-image-fp8.safetensors",
    "assets/picture.png",
    "other/config.json",
    "text_encoder/model.fp16.safetensors",
    "text_encoder/openvino_model.bin",
    "text_encoder/pytorch_model.bin",
    "transformer/diffusion_pytorch_model.onnx",
    "transformer/diffusion_pytorch_model.safetensors.index.fp16.json",
    "vae/diffusion_pytorch_model.bin",
    "vae/diffusion_pytorch_model.non_ema.safetensors",
)


class Hub:
    """Repositories as files by path.

    gated: those that need the token. stalled: a file that never ends. claimed_bytes: of files that claim more
    than they have.
    """

    def __init__(self) -> None:
        self.repositories: dict[str, dict[str, bytes]] = {}
        self.gated: set[str] = set()
        self.stalled = ""
        self.claimed_bytes: dict[str, int] = {}
        self.has_stalled = Event()
        self.fetched: list[str] = []
        self.requests = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            hub = self

            def do_HEAD(self) -> None:
                answer(self, with_body=False)

            def do_GET(self) -> None:
                answer(self, with_body=True)

            def log_message(self, *_: object) -> None:
                pass

        def answer(request: Handler, *, with_body: bool) -> None:
            self.requests += 1
            path = request.path.partition("?")[0].removeprefix("/")
            is_api = path.startswith("api/models/")
            owner, name, kind, revision, file = (path.removeprefix("api/models/") + "////").split("/", 4)
            hub_id, file = f"{owner}/{name}", file.strip("/")
            error = self._refusal(hub_id, revision, request.headers.get("Authorization"))
            if error is not None:
                _reply(request, error[0], b"{}", {"X-Error-Code": error[1]}, with_body)
            elif is_api:
                _reply(request, 200, self._described(hub_id, kind), {}, with_body)
            elif file not in self.repositories[hub_id]:
                _reply(request, 404, b"", {"X-Error-Code": "EntryNotFound"}, with_body)
            else:
                self._give(request, file, self.repositories[hub_id][file], with_body)

        return Handler

    def _refusal(self, hub_id: str, revision: str, credentials: str | None) -> tuple[int, str] | None:
        if hub_id not in self.repositories:
            return 404, "RepoNotFound"
        if hub_id in self.gated and credentials != f"Bearer {TOKEN}":
            return 403, "GatedRepo"
        return None if revision in ("main", COMMIT) else (404, "RevisionNotFound")

    def _described(self, hub_id: str, kind: str) -> bytes:
        files = self.repositories[hub_id]
        if kind == "tree":
            sizes = {**{path: len(files[path]) for path in files}, **self.claimed_bytes}
            rows = [{"type": "file", "path": path, "size": sizes[path], "oid": "0" * 40} for path in files]
            return json.dumps(rows).encode()
        siblings = [{"rfilename": path} for path in files]
        return json.dumps({"id": hub_id, "sha": COMMIT, "siblings": siblings}).encode()

    def _give(self, request: BaseHTTPRequestHandler, file: str, content: bytes, with_body: bool) -> None:
        headers = {"ETag": f'"{hashlib.sha1(content).hexdigest()}"', "X-Repo-Commit": COMMIT}
        if with_body and file == self.stalled:
            request.send_response(200)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(content[:100])
            request.wfile.flush()
            self.has_stalled.set()
            request.rfile.read(1)
            return
        if with_body:
            self.fetched.append(file)
        _reply(request, 200, content, headers, with_body)


def _reply(
    request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str], with_body: bool
) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        request.send_header(name, value)
    request.end_headers()
    if with_body:
        request.wfile.write(body)


@pytest.fixture
def hub(checkpoint_folder: Callable[[str], Path]) -> Iterator[Hub]:
    """A hub that has Z-Image-Turbo, tiny, among files that nobody needs."""
    folder = checkpoint_folder("z-image")
    files = {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()
    }
    hub = Hub()
    hub.repositories["Tongyi-MAI/Z-Image-Turbo"] = {**files, **dict.fromkeys(UNWANTED, b"unwanted")}
    yield hub
    hub.close()


def start(hub: Hub, folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """`limner models pull` in a process of its own, whose weights and settings lie in the folder."""
    own = {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(folder),
        "HF_HUB_OFFLINE": "0",
        "HF_TOKEN": "",
        "COLUMNS": "100",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "LIMNER_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "limner", "models", "pull", *arguments],
        cwd=folder,
        env={**inherited, **own, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def pull(hub: Hub, folder: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Its exit code, what it printed, and what it complained of."""
    process = start(hub, folder, *arguments, **environment)
    shown, told = process.communicate(timeout=120)
    return process.returncode, shown, told


def test_what_a_pipeline_loads_is_fetched_and_nothing_else(
    hub: Hub, tmp_path: Path, checkpoint_folder: Callable[[str], Path]
) -> None:
    code, shown, told = pull(hub, tmp_path, "z-image-turbo")
    assert code == 0, told
    snapshot = snapshot_of("Tongyi-MAI/Z-Image-Turbo", None, tmp_path / "hub")
    assert snapshot is not None
    assert shown == f"z-image-turbo: {snapshot}\n"
    assert missing_files(snapshot) == ()
    there = {str(path.relative_to(snapshot)): path.read_bytes() for path in snapshot.rglob("*.*")}
    original = checkpoint_folder("z-image")
    assert there == {str(path.relative_to(original)): path.read_bytes() for path in original.rglob("*.*")}
    assert "Fetching z-image-turbo (19.1 GiB, licence: Apache-2.0)" in told


def test_weights_dir_takes_the_place_of_the_hub_s_cache(hub: Hub, tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    code, shown, _ = pull(hub, tmp_path, "z-image-turbo", LIMNER_ENGINES_DIFFUSERS_WEIGHTS_DIR=folder)
    assert (code, shown.startswith(f"z-image-turbo: {folder}/models--Tongyi-MAI--Z-Image-Turbo/")) == (
        0,
        True,
    )


def test_a_second_pull_does_not_ask_the_hub(hub: Hub, tmp_path: Path) -> None:
    assert pull(hub, tmp_path, "z-image-turbo")[0] == 0
    asked = hub.requests
    assert pull(hub, tmp_path, "z-image-turbo")[0] == 0
    assert hub.requests == asked


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_pull_that_was_ended_is_completed_by_the_next(
    hub: Hub, tmp_path: Path, end: signal.Signals
) -> None:
    weights = "transformer/diffusion_pytorch_model.safetensors"
    hub.stalled = weights
    process = start(hub, tmp_path, "z-image-turbo")
    assert hub.has_stalled.wait(60)
    wait_until(lambda: "vae/diffusion_pytorch_model.safetensors" in hub.fetched)
    process.send_signal(end)
    process.communicate(timeout=5)
    assert process.returncode == -end
    snapshot = snapshot_of("Tongyi-MAI/Z-Image-Turbo", None, tmp_path / "hub")
    assert snapshot is not None
    assert "transformer/*.safetensors" in missing_files(snapshot)
    hub.stalled = ""
    hub.fetched.clear()
    assert pull(hub, tmp_path, "z-image-turbo")[0] == 0
    assert missing_files(snapshot) == ()
    assert weights in hub.fetched
    assert "model_index.json" not in hub.fetched


def test_a_lora_from_the_hub_comes_with_its_checkpoint(hub: Hub, tmp_path: Path) -> None:
    hub.repositories["someone/style"] = {
        "README.md": b"",
        "style.safetensors": b"a",
        "more.safetensors": b"b",
    }
    table = '[engines.diffusers.checkpoints.z-image-turbo]\nloras = [{ source = "someone/style"%s }]'
    (tmp_path / "limner.toml").write_text(table % "")
    code, _, told = pull(hub, tmp_path, "z-image-turbo")
    assert code == 2
    assert (
        "the LoRA someone/style needs its file named; there are: style.safetensors, more.safetensors" in told
    )
    (tmp_path / "limner.toml").write_text(table % ', file = "style.safetensors"')
    assert pull(hub, tmp_path, "z-image-turbo")[0] == 0
    lora = snapshot_of("someone/style", None, tmp_path / "hub")
    assert lora is not None
    assert [path.name for path in lora.iterdir()] == ["style.safetensors"]


def test_a_gated_checkpoint_names_its_licence_until_there_is_a_token(hub: Hub, tmp_path: Path) -> None:
    hub.gated.add("Tongyi-MAI/Z-Image-Turbo")
    code, _, told = pull(hub, tmp_path, "z-image-turbo")
    assert code == 2
    assert "only to those who have accepted its licence" in told
    assert "HF_TOKEN" in told
    assert pull(hub, tmp_path, "z-image-turbo", HF_TOKEN=TOKEN)[0] == 0


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('source = "nobody/nothing"', "has no nobody/nothing, or not for everybody"),
        ('source = "Tongyi-MAI/Z-Image-Turbo"\nrevision = "v9"', "has no revision v9"),
        ('source = "someone/style"', "someone/style is no checkpoint that diffusers reads"),
    ],
)
def test_what_the_hub_has_not_is_said(hub: Hub, tmp_path: Path, table: str, told: str) -> None:
    hub.repositories["someone/style"] = {"style.safetensors": b"a"}
    (tmp_path / "limner.toml").write_text(f"[engines.diffusers.checkpoints.mine]\n{table}")
    code, _, complaint = pull(hub, tmp_path, "mine")
    assert (code, told in complaint) == (2, True), complaint
    assert "Traceback" not in complaint


def test_a_repository_that_is_not_whole_is_not_taken_for_whole(hub: Hub, tmp_path: Path) -> None:
    del hub.repositories["Tongyi-MAI/Z-Image-Turbo"]["vae/diffusion_pytorch_model.safetensors"]
    del hub.repositories["Tongyi-MAI/Z-Image-Turbo"]["vae/diffusion_pytorch_model.bin"]
    code, _, told = pull(hub, tmp_path, "z-image-turbo")
    assert (code, "lacks vae/*.safetensors" in told) == (2, True), told


def test_more_than_the_disk_holds_is_not_begun(hub: Hub, tmp_path: Path) -> None:
    hub.claimed_bytes["transformer/diffusion_pytorch_model.safetensors"] = 2**60
    code, _, told = pull(hub, tmp_path, "z-image-turbo")
    assert code == 2
    assert "Tongyi-MAI/Z-Image-Turbo needs 1073741824.0 GiB more, of " in told
    assert hub.fetched == ["model_index.json"]


def test_nothing_is_fetched_where_the_hub_s_client_is_offline(hub: Hub, tmp_path: Path) -> None:
    code, _, told = pull(hub, tmp_path, "z-image-turbo", HF_HUB_OFFLINE="1")
    assert (code, hub.requests) == (2, 0)
    assert "HF_HUB_OFFLINE is set" in told


def test_a_whole_profile_can_be_fetched_and_its_parts_that_are_here_stay(hub: Hub, tmp_path: Path) -> None:
    klein = "black-forest-labs/FLUX.2-klein-4B"
    hub.repositories[klein] = hub.repositories["Tongyi-MAI/Z-Image-Turbo"]
    assert pull(hub, tmp_path, "z-image-turbo")[0] == 0
    code, shown, told = pull(hub, tmp_path, "--profile", "fast")
    assert code == 0
    assert [line.partition(":")[0] for line in shown.splitlines()] == ["z-image-turbo", "flux.2-klein-4b"]
    assert "Fetching z-image-turbo" not in told


def test_older_weights_are_fetched_where_a_component_has_no_others() -> None:
    index = {"vae": ["diffusers", "AutoencoderKL"], "unet": ["diffusers", "UNet2DConditionModel"]}
    files = (
        "vae/config.json",
        "vae/diffusion_pytorch_model.bin",
        "unet/config.json",
        "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
        "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
        "unet/diffusion_pytorch_model.safetensors.index.json",
        "unet/diffusion_pytorch_model.bin",
    )
    assert set(wanted_files(files, index)) == {"model_index.json", *files[:6]}


def wait_until(holds: Callable[[], bool], timeout_s: float = 30) -> None:
    ends = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)
