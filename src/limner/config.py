"""Every setting: one table (the fields of Settings), and where its value came from.

flags > environment LIMNER_* > limner.toml > default. A value that does not parse stops the start.
The help of the command line and docs/configuration.md are made from settings_table.describe().
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from limner.errors import ConfigError
from limner.setting_types import (
    Counts,
    EngineTables,
    Networks,
    Pairs,
    Secret,
    SecretPairs,
    Texts,
    merged_tables,
)

ENV_PREFIX = "LIMNER_"
TABLES_PREFIX = ENV_PREFIX + "ENGINES_"
"""LIMNER_ENGINES_NAME_SETTING is one setting of one engine."""
DEFAULT_FILE = Path("limner.toml")


WHOLE_NUMBERS = (
    "port",
    "max_body_bytes",
    "url_ttl_s",
    "retention_s",
    "retention_bytes",
    "worker_processes",
    "queue_limit",
    "key_concurrent_jobs",
    "timeout_max_s",
    "shutdown_grace_s",
    "metrics_port",
)


class Settings(BaseModel):
    """What the server is told when it starts; frozen from then on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str | None = Field(
        None, description="The URL under which clients reach the server; links to pictures begin with it."
    )
    trusted_proxies: Networks = Field(
        (), description="Networks whose Forwarded and X-Forwarded-* headers are believed."
    )
    cors_origins: Texts = Field((), description="Origins that browsers may call from; * for all.")
    data_dir: Path = Field(Path("limner-data"), description="Folder for pictures, keys and state; mode 0700.")
    api_key: Secret = Field(
        None, description="One API key without limits; without it the first start makes one.", repr=False
    )
    admin_key: Secret = Field(
        None, description="Opens the admin API and /metrics; without it both are closed.", repr=False
    )
    database_url: Secret = Field(
        None,
        description="postgresql://USER:PASSWORD@HOST/NAME; without it a SQLite file in data_dir.",
        repr=False,
    )
    redis_url: Secret = Field(
        None, description="redis://HOST: rate limits that several servers share.", repr=False
    )
    signing_key: Secret = Field(
        None,
        description="Signs the links to pictures; without it one is made, in data_dir.",
        repr=False,
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged.")
    max_body_bytes: int = Field(64 << 20, ge=1, description="Largest request body in bytes.")
    url_ttl_s: int = Field(86400, ge=1, le=604800, description="Seconds for which a link to a picture holds.")
    retention_s: int = Field(604800, ge=1, description="Seconds for which pictures and prompts are kept.")
    retention_bytes: int | None = Field(
        None, ge=1, description="Bytes of pictures that are kept; over it the oldest go first."
    )
    storage_url: str | None = Field(
        None, description="s3://, gs:// or az:// BUCKET/PREFIX for pictures; default: a folder in data_dir."
    )
    storage_options: SecretPairs = Field(
        {}, description="Endpoint, region and credentials of the bucket; see the page on storage.", repr=False
    )
    storage_links: Literal["store", "limner"] = Field(
        "store", description="Whose links lead to pictures in a bucket: the store's own, or this server's."
    )
    storage_fallback: Literal["fail", "local"] = Field(
        "fail", description="When the bucket fails: fail the picture, or keep it in data_dir."
    )
    watermark_text: str = Field("AI Generated", min_length=1, max_length=64, description="The visible mark.")
    watermark_default: bool = Field(True, description="Mark pictures when a request does not say.")
    fetch_allow: Networks = Field(
        (), description="Networks that references may be fetched from although they are not public."
    )
    webhook_allow: Networks = Field(
        (), description="Networks that webhooks may be sent to although they are not public."
    )
    webhook_secret: Secret = Field(
        None, description="Signs webhooks; without it one is made, in data_dir.", repr=False
    )
    n_mode: Literal["ignore", "series", "independent"] = Field(
        "ignore", description="What the field n does: nothing, a series of n, or n separate pictures."
    )
    seed_default: Literal["random", "prompt"] = Field(
        "random", description="Where a seed comes from when none is sent: chance, or the prompt itself."
    )
    engine: str = Field("sketch", description="Engine of every model that no route names.")
    routes: Pairs = Field({}, description="Model name patterns and the engine that answers each.")
    engines: EngineTables = Field(
        {}, description="What single engines are told: NAME.SETTING=VALUE; in the file [engines.NAME]."
    )
    aliases: Pairs = Field({}, description="Other names, such as gpt-image-1, and the model of each.")
    worker_processes: int | None = Field(
        None,
        ge=0,
        le=256,
        description="Processes for CPU-bound work; default: one per core; 0: threads instead.",
    )
    queue_limit: int = Field(
        64, ge=0, description="Jobs that may wait for an engine; over it: 429, but for keys with none there."
    )
    max_concurrent: Counts = Field(
        {}, description="Engines and the most jobs that each works on at a time, if fewer than it could."
    )
    key_concurrent_jobs: int | None = Field(
        None, ge=1, description="Unfinished jobs of a key that has no limit of its own; over it: 429."
    )
    timeout_max_s: int = Field(
        3600, ge=1, description="Most seconds that a job may take; X-Limner-Timeout-S asks for fewer."
    )
    shutdown_grace_s: int = Field(
        30, ge=0, description="Seconds that running jobs have to end after SIGTERM; the rest is put back."
    )
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="A port of its own for /metrics, without a key, on the same address.",
    )
    fake_script: bool = Field(
        False,
        description="Obey the header X-Limner-Fake: to test a program's bad days, not in production.",
    )

    @field_validator("public_url")
    @classmethod
    def _absolute(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator(*WHOLE_NUMBERS, mode="before")
    @classmethod
    def _not_a_boolean(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("a whole number is expected")
        return value

    @field_validator("api_key", "admin_key", "signing_key", "webhook_secret")
    @classmethod
    def _not_empty(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        return value

    @property
    def worker_count(self) -> int:
        return self.worker_processes if self.worker_processes is not None else os.cpu_count() or 1

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def is_secret(name: str) -> bool:
    return name in Settings.model_fields and "secret" in Settings.model_fields[name].metadata


def load_settings(
    flags: Mapping[str, object] | None = None,
    env: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force. flags: None values count as not given. file: must exist when given.

    Raises ConfigError that names key, source and (unless it is a secret) value.
    """
    env = os.environ if env is None else env
    layers = (
        ("limner.toml" if file is None else str(file), _from_file(file)),
        ("the environment", _from_env(env)),
        ("the command line", {name: value for name, value in (flags or {}).items() if value is not None}),
    )
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for source, layer in layers:
        both = "engines" in values and "engines" in layer
        values |= layer | ({"engines": merged_tables(values["engines"], layer["engines"])} if both else {})
        sources |= dict.fromkeys(layer, source)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError(_complaint(error, values, sources)) from None


def _from_env(env: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {
        name: env[ENV_PREFIX + name.upper()]
        for name in Settings.model_fields
        if ENV_PREFIX + name.upper() in env
    }
    for variable in sorted(name for name in env if name.startswith(TABLES_PREFIX)):
        engine, _, setting = variable.removeprefix(TABLES_PREFIX).lower().partition("_")
        table = {engine: {setting: env[variable]}}
        values["engines"] = merged_tables(values.get("engines", {}), table)
    return values


def _from_file(file: Path | None) -> dict[str, object]:
    if file is None and not DEFAULT_FILE.exists():
        return {}
    path = file or DEFAULT_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error


def _complaint(error: ValidationError, values: Mapping[str, object], sources: Mapping[str, str]) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    source = sources.get(name, "the defaults")
    where = f"{name} (from {source}" + (
        f", {ENV_PREFIX}{name.upper()})" if source == "the environment" else ")"
    )
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no such setting"
    shown = "" if is_secret(name) else f" = {values.get(name)!r}"
    return f"{where}{shown}: {first['msg'].removeprefix('Value error, ')}"
