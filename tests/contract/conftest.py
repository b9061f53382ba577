"""One server on loopback for all contract tests, one more with a small limit on bodies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from limner.conformance.target import Target
from limner.testing import running_server

API_KEY = "contract-key"
SMALL_LIMIT_BYTES = 10_000


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contract")


@pytest.fixture(scope="session")
def root_url(data_dir: Path) -> Iterator[str]:
    with running_server(data_dir=data_dir, api_key=API_KEY) as server:
        yield server.base_url


@pytest.fixture(scope="session")
def target(root_url: str) -> Target:
    return Target(f"{root_url}/v1", API_KEY, timeout_s=60)


@pytest.fixture(scope="session")
def ark_target(root_url: str) -> Target:
    return Target(f"{root_url}/api/v3", API_KEY, timeout_s=60)


@pytest.fixture(scope="session")
def small_target() -> Iterator[Target]:
    with running_server(api_key=API_KEY, max_body_bytes=SMALL_LIMIT_BYTES, fake_script=False) as server:
        yield Target(f"{server.base_url}/v1", API_KEY, timeout_s=60)
