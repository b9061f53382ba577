"""Real servers of buckets, started on loopback for the tests that ask for them."""

from __future__ import annotations

import base64
import contextlib
import hmac
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from limner.config import Settings
from limner.storage.base import Storage
from limner.storage.opening import open_storage

START_TIMEOUT_S = 60.0
BUCKET = "pictures"
AZURITE = Path(sys.prefix) / "node/node_modules/azurite/dist/src/blob/main.js"
AZURE_VERSION = "2023-11-03"


@dataclass
class S3Server:
    """moto's S3, in a process of its own; what is in it is lost with the process."""

    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Return when it answers and has an empty bucket."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.port, self.process)
        httpx.put(f"{self.url}/{BUCKET}", trust_env=False).raise_for_status()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(START_TIMEOUT_S)
            self.process = None

    def settings(self, tmp_path: Path, prefix: str = "", **changes: object) -> Settings:
        """Settings that put pictures here."""
        options = {
            "endpoint": self.url,
            "region": "us-east-1",
            "access_key_id": "AKIDTEST",
            "secret_access_key": "the-secret",
        }
        values = {"data_dir": tmp_path / "data", "storage_url": f"s3://{BUCKET}/{prefix}"}
        options |= dict(changes.pop("storage_options", {}))  # type: ignore[call-overload]
        return Settings.model_validate(values | {"storage_options": options} | changes)

    def storage(self, tmp_path: Path, prefix: str = "", **changes: object) -> Storage:
        return open_storage(self.settings(tmp_path, prefix, **changes))


@dataclass
class AzureServer:
    """Azurite, the emulator of Azure's makers, which checks signatures and times."""

    port: int
    account: str = "limnertests"
    key: bytes = field(default_factory=lambda: secrets.token_bytes(64))
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.account}"

    def start(self) -> None:
        """Return when it answers and has an empty container."""
        key = base64.b64encode(self.key).decode()
        flags = ["--silent", "--inMemoryPersistence", "--disableTelemetry", "--disableProductStyleUrl"]
        address = ["--blobHost", "127.0.0.1", "--blobPort", str(self.port)]
        self.process = subprocess.Popen(
            ["node", str(AZURITE), *flags, *address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "AZURITE_ACCOUNTS": f"{self.account}:{key}"},
        )
        wait_for_port(self.port, self.process)
        self._make_container()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(START_TIMEOUT_S)
            self.process = None

    def storage(self, tmp_path: Path, prefix: str = "", account_key: bytes | None = None) -> Storage:
        options = {
            "endpoint": self.url,
            "account_name": self.account,
            "account_key": base64.b64encode(account_key or self.key).decode(),
        }
        url = f"az://{BUCKET}/{prefix}"
        return open_storage(Settings(data_dir=tmp_path, storage_url=url, storage_options=options))

    def _make_container(self) -> None:
        """What obstore has no call for, signed as Azure's description of Shared Key says."""
        date = formatdate(usegmt=True)
        headers = f"x-ms-date:{date}\nx-ms-version:{AZURE_VERSION}"
        resource = f"/{self.account}/{self.account}/{BUCKET}\nrestype:container"
        text = "PUT" + "\n" * 12 + f"{headers}\n{resource}"
        signature = base64.b64encode(hmac.digest(self.key, text.encode(), "sha256")).decode()
        httpx.put(
            f"{self.url}/{BUCKET}?restype=container",
            headers={
                "x-ms-date": date,
                "x-ms-version": AZURE_VERSION,
                "Authorization": f"SharedKey {self.account}:{signature}",
                "Content-Length": "0",
            },
            trust_env=False,
        ).raise_for_status()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError("the server did not start")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers are on this machine, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One for all tests that leave it running; each takes a prefix of its own."""
    server = S3Server(free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_s3_server() -> Iterator[S3Server]:
    """One that the test may stop and start."""
    server = S3Server(free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def azure_server() -> Iterator[AzureServer]:
    """For tests marked needs_more: it takes Node."""
    server = AzureServer(free_port())
    server.start()
    yield server
    server.stop()
