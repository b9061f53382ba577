"""One picture three ways, in turn: by a bare pipeline call, by the engine's loop in process, by a server.

The pipeline is whole: Z-Image's denoiser and VAE and a text encoder of Qwen3-4B's dimensions, saved once and
read by the engine's own loader. Every picture has a prompt of its own, so that none is in the server's cache.
The bare call ends with a PIL image; the server's answer comes when the picture's file is on the disk.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import diffusers
import torch
import transformers
from _gates import Row

from _diffusers.architectures import Z_IMAGE, build_module, denoiser_of
from _diffusers.options import Options, Result
from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import Call, DeviceConfig, Load, Made, Part
from limner.engines.diffusers.worker import denoise, loading
from limner.engines.diffusers.worker.embeddings import PromptCache
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.testing import RunningServer, running_server
from limner.types import Size

sys.path.append(str(Path(__file__).parents[2] / "tools"))

NAME = "random"
MODEL = "doubao-seedream-3-0-t2i-250415"
ADDED_PERCENT = 3.0
CLIENTS, CLIENTS_PX, CLIENTS_GAIN = 8, 512, 2.5
TINY_PX = 512
"""The smallest that the model's card allows."""
STEPS, TINY_STEPS = Z_IMAGE.steps, 2
READY_TIMEOUT_S = 300.0
ANSWER_TIMEOUT_S = 300.0
VAE = {
    "block_out_channels": (128, 256, 512, 512),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "layers_per_block": 2,
    "latent_channels": 16,
    "use_quant_conv": False,
    "use_post_quant_conv": False,
    "scaling_factor": 0.3611,
    "shift_factor": 0.1159,
}
QWEN3_4B = {
    "hidden_size": 2560,
    "intermediate_size": 9728,
    "num_hidden_layers": 36,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "vocab_size": 151936,
    "tie_word_embeddings": True,
}


@contextmanager
def saved_weights(device: torch.device, folder: Path | None, *, tiny: bool) -> Iterator[Path]:
    """A folder with the whole pipeline; one that is given keeps it for the next time."""
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as temporary:
        place = folder or Path(temporary)
        target = place / "z-image"
        if not (target / "model_index.json").is_file():
            save(device, place, tiny=tiny)
        yield target


def save(device: torch.device, place: Path, *, tiny: bool) -> None:
    import tiny_checkpoints
    from tiny_checkpoints import words

    if tiny:
        tiny_checkpoints.save("z-image", place)
        return
    with device:
        encoder = transformers.Qwen3Model._from_config(
            transformers.Qwen3Config(**QWEN3_4B), dtype=torch.bfloat16
        )
    pipeline = diffusers.ZImagePipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(**Z_IMAGE.scheduler),
        vae=build_module("AutoencoderKL", VAE, device, torch.bfloat16),
        text_encoder=encoder.eval(),
        tokenizer=words.qwen(),
        transformer=denoiser_of(Z_IMAGE, device, torch.bfloat16, tiny=False),
    )
    pipeline.save_pretrained(place / "z-image")


def checkpoint_at(folder: Path, *, tiny: bool) -> Checkpoint:
    steps = TINY_STEPS if tiny else STEPS
    source, licence = str(folder), "CC0-1.0"
    return Checkpoint(NAME, source, licence, family="z-image", steps=steps, guidance=0.0, distilled=True)


_numbers = count(1)


def new_prompt() -> str:
    """Never the same one twice."""
    return f"a lighthouse above a calm sea in the evening, oil on canvas, number {next(_numbers)}"


class InProcess:
    """The pipeline as the engine loads it, here: called barely, or by the engine's loop."""

    def __init__(self, checkpoint: Checkpoint, device: torch.device) -> None:
        config = DeviceConfig(device=str(device))
        self._loaded: LoadedPipeline = loading.load(Load(checkpoint, Path(checkpoint.source)), config, device)
        self._loaded.pipeline.set_progress_bar_config(disable=True)
        self._prompts = PromptCache(config.prompt_cache_bytes)

    def bare(self, prompt: str, px: int) -> None:
        """As the pipeline's own documentation calls it."""
        self._loaded.pipeline(
            prompt=prompt,
            width=px,
            height=px,
            num_inference_steps=self._loaded.checkpoint.step_count,
            guidance_scale=0.0,
            generator=torch.Generator("cpu").manual_seed(7),
        )

    def engine_loop(self, prompt: str, px: int) -> None:
        said: list[object] = []
        size = Size(px, px)
        steps = self._loaded.checkpoint.step_count
        call = Call(1, NAME, (Part(prompt, 7),), size, size, steps, guidance=0.0)
        denoise.run(call, self._loaded, self._prompts, None, lambda: False, said.append)
        assert any(isinstance(event, Made) for event in said), said


@contextmanager
def server_with(checkpoint: Checkpoint, device: torch.device) -> Iterator[RunningServer]:
    """A server of the shipped settings that answers everything with this checkpoint; ready."""
    table = {
        "devices": [str(device)],
        "models": {"*": [NAME]},
        "checkpoints": {
            NAME: {
                "source": checkpoint.source,
                "licence": checkpoint.licence,
                "family": checkpoint.family,
                "steps": checkpoint.step_count,
                "guidance": 0.0,
                "distilled": True,
            }
        },
        **({"threads": 1} if device.type == "cpu" else {}),
    }
    settings = {"engine": "diffusers", "worker_processes": None, "fake_script": False}
    with running_server(engine_tables={"diffusers": table}, **settings) as server:
        wait_until_ready(server)
        yield server


def wait_until_ready(server: RunningServer) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        with closing(connect(server)) as connection:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"the server was not ready after {READY_TIMEOUT_S:.0f} s")


def connect(server: RunningServer) -> http.client.HTTPConnection:
    place = urlsplit(server.base_url)
    return http.client.HTTPConnection(str(place.hostname), place.port, timeout=ANSWER_TIMEOUT_S)


class Client:
    """One client, with a new connection for each picture: a server closes those that are idle for long."""

    def __init__(self, server: RunningServer) -> None:
        self._server = server
        self._headers = {"Authorization": f"Bearer {server.api_key}", "Content-Type": "application/json"}

    def picture(self, prompt: str, px: int) -> None:
        body = {"model": MODEL, "prompt": prompt, "size": f"{px}x{px}", "watermark": False, "seed": 7}
        with closing(connect(self._server)) as connection:
            connection.request("POST", "/v1/images/generations", json.dumps(body), self._headers)
            response = connection.getresponse()
            content = response.read()
        if response.status != 200:
            raise SystemExit(f"the server answered {response.status}: {content[:300]!r}")


Way = Callable[[str, int], None]


def in_turn(ways: dict[str, Way], px: int, rounds: int, deadline: float) -> dict[str, list[float]]:
    """Seconds for each picture of each way, after one of each that warms up; each round another begins."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1 + rounds):
        if number > 1 and time.monotonic() > deadline:
            break
        names = list(ways)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            began = time.perf_counter()
            ways[name](new_prompt(), px)
            if number:
                took[name].append(time.perf_counter() - began)
    return took


def pictures_per_s(server: RunningServer, clients: int, each: int, px: int) -> float:
    """Pictures a second of so many clients at once, each asking for the next when it has one."""

    def ask(client: Client) -> None:
        for _ in range(each):
            client.picture(new_prompt(), px)

    waiting = [Client(server) for _ in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda client: client.picture(new_prompt(), px), waiting))
        began = time.perf_counter()
        list(pool.map(ask, waiting))
        return clients * each / (time.perf_counter() - began)


def result_of(options: Options, groups: Collection[str]) -> Result:
    """The groups that need a server, with one for both."""
    figures: list[dict[str, object]] = []
    rows: list[Row] = []
    with saved_weights(options.device, options.weights, tiny=options.tiny) as folder:
        checkpoint = checkpoint_at(folder, tiny=options.tiny)
        with server_with(checkpoint, options.device) as server:
            if "server" in groups:
                row, taken = _added(InProcess(checkpoint, options.device), server, options)
                rows.append(row)
                figures += taken
            if "clients" in groups:
                row, taken = _gained(server, options)
                rows.append(row)
                figures += taken
    return Result(figures, rows)


def _added(here: InProcess, server: RunningServer, options: Options) -> tuple[Row, list[dict[str, object]]]:
    px = TINY_PX if options.tiny else 1024
    rounds = 3 if options.tiny else 2 * options.rounds
    print(f"Z-Image {px}x{px}, seconds a picture, medians of {rounds}")
    ways = {
        "bare pipeline call": here.bare,
        "engine's loop, in process": here.engine_loop,
        "server, over HTTP": Client(server).picture,
    }
    times = in_turn(ways, px, rounds, options.deadline)
    took = {name: statistics.median(each) for name, each in times.items()}
    bare_s, *_, served_s = took.values()
    for name, seconds in took.items():
        print(f"  {name:30} {seconds:8.3f} s  {(seconds / bare_s - 1) * 100:+7.2f} %", flush=True)
    row = Row("what the server adds to a bare call", (served_s / bare_s - 1) * 100, "%", ADDED_PERCENT)
    return row, [{"group": "server", "way": name, "px": px, "s_per_picture": took[name]} for name in took]


def _gained(server: RunningServer, options: Options) -> tuple[Row, list[dict[str, object]]]:
    each = 2 if options.tiny else 8
    print(f"Z-Image {CLIENTS_PX}x{CLIENTS_PX}")
    rates = {}
    for clients, pictures in ((1, 2 * each), (CLIENTS, each)):
        rates[clients] = pictures_per_s(server, clients, pictures, CLIENTS_PX)
        print(f"  {f'clients: {clients}':30} {rates[clients]:8.2f} pictures/s", flush=True)
    claim = f"{CLIENTS} clients over 1, pictures a second"
    row = Row(claim, rates[CLIENTS] / rates[1], "x", CLIENTS_GAIN, at_least=True)
    return row, [
        {"group": "clients", "clients": clients, "px": CLIENTS_PX, "pictures_per_s": rate}
        for clients, rate in rates.items()
    ]
