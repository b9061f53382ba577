"""obstore's stores from our settings: addresses, credentials, and how long one request may take.

The keys of storage_options are obstore's own, and the stores' usual environment variables hold as well.
Not covered: whether the credentials are right, which only the store can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, S3Store

from limner.errors import ConfigError
from limner.storage.base import reason

if TYPE_CHECKING:
    from obstore.store import AzureConfig, ClientConfig, GCSConfig, RetryConfig, S3Config

Store: TypeAlias = S3Store | GCSStore | AzureStore

REQUEST_TIMEOUT = timedelta(seconds=20)
CONNECT_TIMEOUT = timedelta(seconds=3)
RETRIES: RetryConfig = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=10),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}
CLIENT_KEYS = ("allow_http", "proxy_url", "root_certificate", "user_agent")
"""storage_options that concern the connection rather than the store."""
SECRET_WORDS = ("key", "token", "secret")


def make_store(scheme: str, bucket: str, prefix: str, options: Mapping[str, str]) -> Store:
    """The store for a scheme of STORES; nothing is sent yet. Raises ConfigError."""
    options = {name.lower(): value for name, value in options.items()}
    client = {name: options.pop(name) for name in CLIENT_KEYS if name in options}
    try:
        return STORES[scheme](bucket, prefix or None, options, _client_config(client, options))
    except (BaseError, ValueError, TypeError) as error:
        raise ConfigError(f"storage_options: {_without_secrets(reason(error), options)}") from None


def _client_config(client: Mapping[str, str], options: Mapping[str, str]) -> ClientConfig:
    """Plain HTTP only for an endpoint that is written so."""
    config: ClientConfig = {"timeout": REQUEST_TIMEOUT, "connect_timeout": CONNECT_TIMEOUT}
    is_plain = any(options.get(name, "").startswith("http://") for name in ("endpoint", "base_url"))
    config["allow_http"] = is_plain or client.get("allow_http", "").lower() == "true"
    if "proxy_url" in client:
        config["proxy_url"] = client["proxy_url"]
    if "root_certificate" in client:
        config["root_certificate"] = _certificate(client["root_certificate"])
    return config


def _without_secrets(text: str, options: Mapping[str, str]) -> str:
    """obstore's complaint; it may quote what it cannot read."""
    for name, value in options.items():
        if value and any(word in name for word in SECRET_WORDS):
            text = text.replace(value, "...").replace(value.strip('"'), "...")
    return text


def _certificate(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(f"storage_options: root_certificate cannot be read: {error.strerror}") from error


def _s3(bucket: str, prefix: str | None, options: dict[str, str], client: ClientConfig) -> Store:
    if options.get("virtual_hosted_style_request", "").lower() == "true" and "endpoint" in options:
        options["endpoint"] = _with_bucket(options["endpoint"], bucket)
    config = cast("S3Config", options)
    return S3Store(bucket, prefix=prefix, config=config, client_options=client, retry_config=RETRIES)


def _gcs(bucket: str, prefix: str | None, options: dict[str, str], client: ClientConfig) -> Store:
    config = cast("GCSConfig", options)
    return GCSStore(bucket, prefix=prefix, config=config, client_options=client, retry_config=RETRIES)


def _azure(bucket: str, prefix: str | None, options: dict[str, str], client: ClientConfig) -> Store:
    config = cast("AzureConfig", options)
    return AzureStore(bucket, prefix=prefix, config=config, client_options=client, retry_config=RETRIES)


def _with_bucket(endpoint: str, bucket: str) -> str:
    """The endpoint as obstore wants it for virtual-host style: the bucket is part of the host."""
    parts = urlsplit(endpoint)
    if parts.netloc.startswith(f"{bucket}."):
        return endpoint
    return parts._replace(netloc=f"{bucket}.{parts.netloc}").geturl()


STORES: Mapping[str, Callable[[str, str | None, dict[str, str], ClientConfig], Store]] = {
    "s3": _s3,
    "gs": _gcs,
    "az": _azure,
}
"""How a store is made, by the scheme of storage_url."""
