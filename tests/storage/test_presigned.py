"""A bucket's own links: S3's held against an independent check of SigV4, Google's against the public key."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

import httpx
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from limner.storage.bucket import BucketStorage
from limner.storage.stores import make_store

if TYPE_CHECKING:
    from tests.storage.conftest import S3Server

NAME = "021757396757123" + "0a" * 19 + "_0.png"
OTHER = "021757396757123" + "0a" * 19 + "_1.png"
DAY = "2025-09-09"
SECRET = "the-secret"
TTL_S = 86400
SKEW = timedelta(minutes=15)
STAMP = "%Y%m%dT%H%M%SZ"
PATH_STYLE = {"endpoint": "https://s3.example.com"}
VIRTUAL_HOST_STYLE = {
    "endpoint": "https://tos-s3-cn-beijing.example.com",
    "region": "cn-beijing",
    "virtual_hosted_style_request": "true",
}


def s3(secret: str = SECRET, **options: str) -> BucketStorage:
    keys = {"region": "us-east-1", "access_key_id": "AKIDTEST", "secret_access_key": secret}
    return BucketStorage(make_store("s3", "pictures", "team/a", keys | options))


def s3_status(url: str, method: str = "GET", now: datetime | None = None) -> int:
    """What S3 has to answer: the signature is computed again by botocore, which has no part in making it."""
    parts = urlsplit(url)
    fields = dict(parse_qsl(parts.query, keep_blank_values=True))
    signature = fields.pop("X-Amz-Signature", None)
    if signature is None:
        return 403
    access_key, _, region, service, _ = fields["X-Amz-Credential"].split("/")
    signed_at = datetime.strptime(fields["X-Amz-Date"], STAMP).replace(tzinfo=UTC)
    ttl_s = int(fields["X-Amz-Expires"])
    if not 0 < ttl_s <= 604800:
        return 400
    if not signed_at - SKEW <= (now or datetime.now(UTC)) <= signed_at + timedelta(seconds=ttl_s):
        return 403
    query = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in fields.items()
    )
    request = AWSRequest(method, f"{parts.scheme}://{parts.netloc}{parts.path}?{query}")
    request.headers["host"] = parts.netloc
    request.context |= {"timestamp": fields["X-Amz-Date"], "payload_signing_enabled": False}
    auth = S3SigV4QueryAuth(Credentials(access_key, SECRET), service, region, expires=ttl_s)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    return 200 if auth.signature(text, request) == signature else 403


@pytest.mark.parametrize("style", [PATH_STYLE, VIRTUAL_HOST_STYLE])
async def test_an_s3_link_is_good_until_it_expires(style: dict[str, str]) -> None:
    url = str(await s3(**style).link(NAME, TTL_S))
    now = datetime.now(UTC)
    assert s3_status(url) == 200
    assert s3_status(url, now=now + timedelta(seconds=TTL_S - 5)) == 200
    assert s3_status(url, now=now + timedelta(seconds=TTL_S + 1)) == 403


async def test_the_two_styles_differ_in_where_the_bucket_stands() -> None:
    path, host = await s3(**PATH_STYLE).link(NAME, 60), await s3(**VIRTUAL_HOST_STYLE).link(NAME, 60)
    assert str(path).startswith(f"https://s3.example.com/pictures/team/a/{DAY}/{NAME}?")
    assert str(host).startswith(f"https://pictures.tos-s3-cn-beijing.example.com/team/a/{DAY}/{NAME}?")


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace(NAME, OTHER),
        lambda url: url.replace("team/a", "team/b"),
        lambda url: url.replace("Expires=86400", "Expires=86401"),
        lambda url: url.replace("us-east-1", "us-east-2"),
        lambda url: url.partition("?")[0],
        lambda url: url[:-1] + ("0" if url[-1] != "0" else "1"),
        lambda url: url + "&response-content-type=text/html",
    ],
)
async def test_an_s3_link_that_was_changed_is_refused(change: Callable[[str], str]) -> None:
    url = str(await s3(**PATH_STYLE).link(NAME, TTL_S))
    assert change(url) != url
    assert s3_status(change(url)) == 403


async def test_an_s3_link_writes_and_deletes_nothing_and_no_other_secret_makes_it() -> None:
    url = str(await s3(**PATH_STYLE).link(NAME, TTL_S))
    assert [s3_status(url, method) for method in ("GET", "PUT", "DELETE", "HEAD")] == [200, 403, 403, 403]
    assert s3_status(str(await s3("another-secret", **PATH_STYLE).link(NAME, TTL_S))) == 403


async def test_the_longest_link_is_seven_days() -> None:
    assert s3_status(str(await s3(**PATH_STYLE).link(NAME, 604800))) == 200


async def test_no_link_is_made_that_would_die_with_a_role() -> None:
    assert await s3(session_token="of-a-role").link(NAME, TTL_S) is None


async def test_an_s3_link_leads_to_the_picture_itself(s3_server: S3Server, tmp_path: Path) -> None:
    storage = s3_server.storage(tmp_path, "presigned")
    await storage.put(NAME, b"the picture", "image/png")
    answer = httpx.get(str(await storage.link(NAME, 60)), trust_env=False)
    assert (answer.status_code, answer.content) == (200, b"the picture")


@pytest.fixture(scope="module")
def google_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def google(key: rsa.RSAPrivateKey) -> BucketStorage:
    """A bucket of a service account that is made up; nothing is sent to anyone."""
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    account = {
        "type": "service_account",
        "client_email": "limner@example.iam.gserviceaccount.com",
        "private_key_id": "1",
        "private_key": pem.decode(),
    }
    return BucketStorage(make_store("gs", "pictures", "team/a", {"service_account_key": json.dumps(account)}))


def google_text(url: str) -> bytes:
    """The text that a V4 signature of this link has to sign, by Google's own description."""
    parts = urlsplit(url)
    fields = dict(parse_qsl(parts.query))
    del fields["X-Goog-Signature"]
    query = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(fields.items())
    )
    request = f"GET\n{parts.path}\n{query}\nhost:{parts.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    scope = fields["X-Goog-Credential"].partition("/")[2]
    digest = hashlib.sha256(request.encode()).hexdigest()
    return f"GOOG4-RSA-SHA256\n{fields['X-Goog-Date']}\n{scope}\n{digest}".encode()


async def test_a_google_link_is_signed_with_the_accounts_key_for_this_object_and_time(
    google_key: rsa.RSAPrivateKey,
) -> None:
    url = str(await google(google_key).link(NAME, TTL_S))
    fields = dict(parse_qsl(urlsplit(url).query))
    assert urlsplit(url).path == f"/pictures/team/a/{DAY}/{NAME}"
    assert fields["X-Goog-Expires"] == str(TTL_S)
    signature = bytes.fromhex(fields["X-Goog-Signature"])
    public = google_key.public_key()
    public.verify(signature, google_text(url), padding.PKCS1v15(), hashes.SHA256())
    for changed in (url.replace(NAME, OTHER), url.replace(str(TTL_S), str(TTL_S + 1))):
        assert google_text(changed) != google_text(url)


ACCOUNT_KEY = base64.b64encode(b"k" * 64).decode()


async def test_an_azure_link_reads_one_object_for_a_time() -> None:
    options = {"account_name": "limner", "account_key": ACCOUNT_KEY}
    url = str(await BucketStorage(make_store("az", "pictures", "team/a", options)).link(NAME, TTL_S))
    fields = dict(parse_qsl(urlsplit(url).query))
    assert url.startswith(f"https://limner.blob.core.windows.net/pictures/team/a/{DAY}/{NAME}?")
    assert (fields["sp"], fields["sr"]) == ("r", "b")
    expires = datetime.fromisoformat(fields["se"])
    assert abs(expires - datetime.now(UTC) - timedelta(seconds=TTL_S)) < timedelta(minutes=1)
