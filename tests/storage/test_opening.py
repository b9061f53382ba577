"""From settings to a store, and what a wrong setting is told: its name and its fault, never a secret."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from limner.config import Settings, load_settings
from limner.errors import ConfigError, InternalError
from limner.storage.opening import open_storage, split_url

if TYPE_CHECKING:
    from tests.storage.conftest import S3Server

NAME = "021757396757123" + "0a" * 19 + "_0.png"
KEYS = {"access_key_id": "AKID", "secret_access_key": "the-secret", "region": "us-east-1"}


def settings(tmp_path: Path, **values: object) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path / "data"} | values)


def test_without_a_url_pictures_lie_in_the_data_folder(tmp_path: Path) -> None:
    open_storage(settings(tmp_path))
    assert (tmp_path / "data" / "pictures").is_dir()


def test_with_a_bucket_there_is_no_folder_unless_it_is_to_fall_back_on(tmp_path: Path) -> None:
    bucket = {"storage_url": "s3://pictures", "storage_options": KEYS}
    open_storage(settings(tmp_path, **bucket))
    assert not (tmp_path / "data").exists()
    open_storage(settings(tmp_path, **bucket, storage_fallback="local"))
    assert (tmp_path / "data" / "pictures").is_dir()


@pytest.mark.parametrize(
    "url, parts",
    [
        ("s3://pictures", ("s3", "pictures", "")),
        ("s3://pictures/", ("s3", "pictures", "")),
        ("gs://my_pictures.example/a/b", ("gs", "my_pictures.example", "a/b")),
        ("az://container/team-a/2025_x/", ("az", "container", "team-a/2025_x")),
    ],
)
def test_a_url_names_the_kind_the_bucket_and_the_prefix(url: str, parts: tuple[str, str, str]) -> None:
    assert split_url(url) == parts


@pytest.mark.parametrize(
    "url",
    [
        "",
        "pictures",
        "s3:pictures",
        "s3://",
        "s3:///a",
        "s3://a",
        "https://pictures.s3.amazonaws.com",
        "file:///srv/pictures",
        "s3://AKID:the-secret@pictures",
        "s3://pictures?secret=the-secret",
        "s3://pictures#the-secret",
        "s3://pictures:9000/a",
        "s3://pictures/../a",
        "s3://pictures/a//b",
        "s3://pictures/a b",
        "s3://[pictures",
    ],
)
def test_any_other_url_stops_the_start_and_is_not_repeated(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="storage_url must be") as caught:
        open_storage(settings(tmp_path, storage_url=url))
    assert "the-secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url, options, said",
    [
        ("s3://pictures", {"bogus": "1"}, "bogus"),
        ("s3://pictures", {"access_key_id": "AKID"}, "SecretAccessKey"),
        ("s3://pictures", KEYS | {"virtual_hosted_style_request": "maybe"}, "maybe"),
        ("s3://pictures", KEYS | {"root_certificate": "/nowhere/ca.pem"}, "root_certificate"),
        ("az://pictures", {}, "[Aa]ccount"),
        ("az://pictures", {"account_name": "a", "account_key": "the-secret"}, "[Kk]ey"),
        ("gs://pictures", {"service_account_key": '"the-secret"'}, "service account"),
        ("gs://pictures", {"service_account": "/nowhere/account.json"}, "/nowhere/account.json"),
    ],
)
def test_an_option_that_is_wrong_stops_the_start_and_no_secret_is_told(
    tmp_path: Path, url: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        open_storage(settings(tmp_path, storage_url=url, storage_options=options))
    assert str(caught.value).startswith("storage_options: ")
    assert "the-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None or "the-secret" not in str(caught.value.__cause__)


async def test_the_environment_may_name_the_store_but_plain_http_is_for_the_settings_to_allow(
    s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {
        "AWS_ENDPOINT": s3_server.url,
        "AWS_ACCESS_KEY_ID": "AKID",
        "AWS_SECRET_ACCESS_KEY": "the-secret",
        "AWS_REGION": "us-east-1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = {"storage_url": "s3://pictures/environment"}
    with pytest.raises(InternalError):
        await open_storage(settings(tmp_path, **url)).put(NAME, b"x", "image/png")
    storage = open_storage(settings(tmp_path, **url, storage_options={"allow_http": "true"}))
    await storage.put(NAME, b"x", "image/png")
    assert await storage.get(NAME) == b"x"


def test_a_server_without_a_bucket_does_not_load_obstore(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from limner.config import Settings
from limner.storage.opening import open_storage
open_storage(Settings(data_dir=Path({str(tmp_path)!r})))
print("obstore" in sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


PAGE = Path(__file__).parents[2] / "docs" / "storage.md"
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
LINKS = (
    f"https://s3.eu-central-1.amazonaws.com/pictures/team-a/2025-09-09/{NAME}?",
    f"http://127.0.0.1:9000/pictures/2025-09-09/{NAME}?",
    f"https://account.r2.cloudflarestorage.com/pictures/2025-09-09/{NAME}?",
    f"https://pictures.tos-s3-cn-beijing.volces.com/2025-09-09/{NAME}?",
    f"https://storage.googleapis.com/pictures/2025-09-09/{NAME}?",
    f"https://limner.blob.core.windows.net/pictures/2025-09-09/{NAME}?",
)


@pytest.mark.parametrize("text, link", list(zip(EXAMPLES, LINKS, strict=True)))
async def test_each_example_of_the_page_on_storage_opens_its_store(
    tmp_path: Path, text: str, link: str
) -> None:
    account = tmp_path / "google.json"
    account.write_text(google_account())
    file = tmp_path / "limner.toml"
    file.write_text(text.replace("/etc/limner/google.json", str(account)))
    storage = open_storage(load_settings({"data_dir": tmp_path / "data"}, env={}, file=file))
    assert str(await storage.link(NAME, 60)).startswith(link)


def google_account() -> str:
    """The file of a service account that is made up."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    return json.dumps({"client_email": "limner@example", "private_key_id": "1", "private_key": pem.decode()})
