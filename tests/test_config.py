"""Settings: where a value comes from, what stops the start, and what help and documentation show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from limner.config import Settings, is_secret, load_settings
from limner.errors import ConfigError
from limner.settings_table import describe

SECRET = "a-very-secret-word"
SECRETS = (
    "api_key",
    "admin_key",
    "database_url",
    "redis_url",
    "signing_key",
    "storage_options",
    "webhook_secret",
)


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "limner.toml"
    path.write_text(text, encoding="utf-8")
    return path


def from_env(name: str, value: str) -> Settings:
    return load_settings(env={"LIMNER_" + name.upper(): value})


def complaint(
    flags: Mapping[str, object] | None = None, env: Mapping[str, str] | None = None, file: Path | None = None
) -> str:
    """What Limner says when it refuses to start."""
    with pytest.raises(ConfigError) as refusal:
        load_settings(flags, env or {}, file)
    return str(refusal.value)


def test_flags_win_over_the_environment_over_the_file_over_the_default(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "port = 1003")
    env = {"LIMNER_PORT": "1002"}
    assert load_settings({"port": 1001}, env, file).port == 1001
    assert load_settings({}, env, file).port == 1002
    assert load_settings({}, {}, file).port == 1003
    assert load_settings({}, {}).port == 8000


def test_a_flag_that_is_not_given_hides_nothing() -> None:
    assert load_settings({"port": None}, {"LIMNER_PORT": "1002"}).port == 1002


def test_each_layer_adds_its_own_keys(tmp_path: Path) -> None:
    file = settings_file(tmp_path, 'log_level = "debug"')
    settings = load_settings({"engine": "fake"}, {"LIMNER_HOST": "::1"}, file)
    assert (settings.engine, settings.host, settings.log_level) == ("fake", "::1", "debug")


def test_limner_toml_in_the_current_folder_is_read_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file(tmp_path, "queue_limit = 3")
    monkeypatch.chdir(tmp_path)
    assert load_settings(env={}).queue_limit == 3
    assert "limner.toml" in complaint(env={}, flags=None, file=settings_file(tmp_path, "queue_limit = -3"))


def test_other_variables_of_the_environment_are_not_settings() -> None:
    assert load_settings(env={"PORT": "1", "LIMNERPORT": "2", "port": "3"}) == Settings()


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = load_settings(env={})
    assert settings.host == "127.0.0.1"
    assert settings.max_body_bytes == 64 * 1024 * 1024
    assert settings.url_ttl_s == 24 * 60 * 60
    assert settings.watermark_text == "AI Generated"
    assert settings.watermark_default is True
    assert settings.n_mode == "ignore"
    assert settings.seed_default == "random"
    assert settings.fake_script is False


def test_the_file_holds_lists_and_tables(tmp_path: Path) -> None:
    text = """
        cors_origins = ["https://a.example", "https://b.example"]
        fetch_allow = ["10.0.0.0/8"]
        [routes]
        "doubao-*" = "fake"
        [aliases]
        gpt-image-1 = "doubao-seedream-4-0-250828"
    """
    settings = load_settings(env={}, file=settings_file(tmp_path, text))
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert settings.fetch_allow == ("10.0.0.0/8",)
    assert settings.routes == {"doubao-*": "fake"}
    assert settings.aliases == {"gpt-image-1": "doubao-seedream-4-0-250828"}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("cors_origins", "*", ("*",)),
        ("cors_origins", "https://a.example, https://b.example,", ("https://a.example", "https://b.example")),
        ("cors_origins", "", ()),
        ("trusted_proxies", "10.1.2.3, fd00::/8", ("10.1.2.3/32", "fd00::/8")),
        ("fetch_allow", "192.168.7.9/24", ("192.168.7.0/24",)),
        ("routes", "doubao-* = fake, *=sketch", {"doubao-*": "fake", "*": "sketch"}),
        ("routes", "", {}),
        ("aliases", "ep-1=doubao-seedream-4-0-250828", {"ep-1": "doubao-seedream-4-0-250828"}),
        ("watermark_default", "false", False),
        ("data_dir", "/var/lib/limner", Path("/var/lib/limner")),
        ("public_url", "https://pictures.example/", "https://pictures.example"),
        ("worker_processes", "0", 0),
        ("watermark_text", "AI生成", "AI生成"),
    ],
)
def test_the_environment_spells_every_kind_of_value(name: str, text: str, value: object) -> None:
    assert getattr(from_env(name, text), name) == value


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("port", "0", "-1"),
        ("port", "65535", "65536"),
        ("port", "80", "80.5"),
        ("port", "80", "http"),
        ("port", "80", ""),
        ("max_body_bytes", "1", "0"),
        ("max_body_bytes", "1", "64MiB"),
        ("url_ttl_s", "1", "0"),
        ("watermark_text", "x" * 64, "x" * 65),
        ("watermark_text", "x", ""),
        ("watermark_default", "true", "maybe"),
        ("worker_processes", "0", "-1"),
        ("worker_processes", "256", "257"),
        ("queue_limit", "0", "-1"),
        ("log_level", "warning", "loud"),
        ("n_mode", "series", "many"),
        ("seed_default", "prompt", "42"),
        ("trusted_proxies", "10.0.0.0/8", "10.0.0.0/33"),
        ("fetch_allow", "10.0.0.1", "intranet"),
        ("public_url", "https://a.example", "a.example"),
        ("routes", "a=b", "a"),
        ("aliases", "a=b,", "a=b,c"),
        ("fake_script", "1", "on and off"),
    ],
)
def test_a_value_at_its_limit_is_taken_and_one_beyond_stops_the_start(name: str, good: str, bad: str) -> None:
    from_env(name, good)
    said = complaint(env={"LIMNER_" + name.upper(): bad})
    assert said.startswith(f"{name} (from the environment, LIMNER_{name.upper()}) = {bad!r}: ")


def test_a_bad_value_is_blamed_on_the_layer_that_it_came_from(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "port = 'x'")
    assert complaint({"port": "y"}, {"LIMNER_PORT": "8000"}, file).startswith(
        "port (from the command line) = 'y': "
    )
    assert complaint({}, {}, file).startswith(f"port (from {file}) = 'x': ")
    assert load_settings({"port": 1}, {}, file).port == 1


@pytest.mark.parametrize(
    "text", ["port = true", "watermark_default = 'sometimes'", "cors_origins = 5", "routes = ['a']"]
)
def test_a_value_of_the_wrong_kind_in_the_file_stops_the_start(tmp_path: Path, text: str) -> None:
    name = text.partition(" ")[0]
    assert complaint(file=settings_file(tmp_path, text)).startswith(f"{name} (from ")


@pytest.mark.parametrize("name", [name for name in SECRETS if name != "storage_options"])
@pytest.mark.parametrize("text", ["{} = ['%s']", "{} = {{ key = '%s' }}", "{} = 4711"])
def test_a_secret_is_named_but_never_shown(tmp_path: Path, name: str, text: str) -> None:
    file = settings_file(tmp_path, text.format(name).replace("%s", SECRET))
    said = complaint(file=file)
    assert said.startswith(f"{name} (from {file}): ")
    assert SECRET not in said and "4711" not in said


@pytest.mark.parametrize("name", ["api_key", "admin_key", "signing_key", "webhook_secret"])
def test_an_empty_secret_stops_the_start(name: str) -> None:
    assert complaint(env={"LIMNER_" + name.upper(): " "}).endswith("must not be empty")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    texts = {name: SECRET for name in SECRETS if name != "storage_options"}
    settings = load_settings({**texts, "storage_options": {"secret_access_key": SECRET}}, {})
    assert SECRET not in repr(settings) and SECRET not in str(settings)


def test_an_unknown_key_in_the_file_stops_the_start(tmp_path: Path) -> None:
    file = settings_file(tmp_path, f"apikey = '{SECRET}'")
    assert complaint(file=file) == f"apikey (from {file}): there is no such setting"


@pytest.mark.parametrize("content", [b"port = ", b"[routes", b"host = '\xff'", None])
def test_a_file_that_cannot_be_read_stops_the_start_and_is_named(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "other.toml"
    if content is not None:
        path.write_bytes(content)
    assert complaint(file=path).startswith(f"{path} cannot be read: ")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.1", False),
        ("localhost.example", False),
    ],
)
def test_whether_the_host_is_loopback(host: str, loopback: bool) -> None:
    assert Settings(host=host).is_loopback is loopback


def test_there_is_one_worker_for_each_core_unless_the_settings_say_otherwise() -> None:
    assert Settings().worker_count >= 1
    assert Settings(worker_processes=3).worker_count == 3
    assert Settings(worker_processes=0).worker_count == 0


def test_settings_do_not_change_once_the_server_runs() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_the_table_of_settings_has_every_setting_with_its_variable_and_help() -> None:
    rows = {row.name: row for row in describe()}
    assert list(rows) == list(Settings.model_fields)
    assert all(row.env == "LIMNER_" + row.name.upper() for row in rows.values())
    assert [row.name for row in rows.values() if not (row.help.endswith(".") and row.type)] == []
    assert rows["port"].default == "8000"
    assert rows["watermark_default"].default == "true"
    assert rows["n_mode"].type == "ignore | series | independent"
    assert rows["routes"].default == rows["api_key"].default == ""


def test_the_table_of_settings_says_which_ones_are_secret() -> None:
    assert [row.name for row in describe() if row.secret] == list(SECRETS)
    assert is_secret("api_key") and not is_secret("port") and not is_secret("no_such_setting")


def test_the_options_of_a_store_are_named_but_never_shown(tmp_path: Path) -> None:
    said = complaint(file=settings_file(tmp_path, f"storage_options = ['{SECRET}']"))
    assert said.startswith("storage_options (from ") and SECRET not in said


@pytest.mark.parametrize(("text", "fits"), [("fake=1", True), ("fake=0", False), ("fake=two", False)])
def test_an_engine_works_on_one_job_at_least(text: str, fits: bool) -> None:
    if fits:
        assert from_env("max_concurrent", text).max_concurrent == {"fake": 1}
    else:
        assert complaint(env={"LIMNER_MAX_CONCURRENT": text}).startswith("max_concurrent ")


def test_engines_are_told_by_tables_of_their_own(tmp_path: Path) -> None:
    file = settings_file(tmp_path, '[engines.diffusers]\nprofile = "quality"\ndevices = ["cuda:0"]')
    assert load_settings(env={}, file=file).engines == {
        "diffusers": {"profile": "quality", "devices": ["cuda:0"]}
    }


def test_each_layer_changes_single_settings_of_an_engine(tmp_path: Path) -> None:
    file = settings_file(
        tmp_path, "[engines.diffusers]\ncompile = false\nthreads = 1\n[engines.other]\na = 1"
    )
    env = {"LIMNER_ENGINES": "diffusers.threads=2", "LIMNER_ENGINES_DIFFUSERS_BATCH_WAIT_MS": "5"}
    settings = load_settings({"engines": "diffusers.batch_wait_ms=9"}, env, file)
    assert settings.engines == {
        "diffusers": {"compile": False, "threads": "2", "batch_wait_ms": "9"},
        "other": {"a": 1},
    }


@pytest.mark.parametrize("text", ["diffusers.profile", "profile=fast"])
def test_a_table_of_engines_that_cannot_be_read_stops_the_start(text: str) -> None:
    assert "engines (from the environment, LIMNER_ENGINES)" in complaint(env={"LIMNER_ENGINES": text})
    assert "ENGINE.SETTING=VALUE" in complaint(env={"LIMNER_ENGINES": text})
