"""A request as a command line that sends it again, the key as $ARK_API_KEY. Knows no case."""

from __future__ import annotations

import base64
import re
import shlex
from pathlib import Path

from limner.conformance.journal import Exchange

KEY_VARIABLE = "$ARK_API_KEY"
MAX_BODY_CHARACTERS = 4000
MIN_SECRET_CHARACTERS = 8
"""A shorter key is only masked where it is sent: elsewhere it may be a common word."""

NOISE = re.compile(r"(accept|accept-encoding|connection|content-length|host|user-agent|x-stainless-.*)")
"""Headers that every client sets for itself."""
LONG_RUN = re.compile(r"[A-Za-z0-9+/=]{200,}")


def to_curl(exchange: Exchange, api_key: str, body_file: Path | None = None) -> str:
    """The command. A body that is too long for a line is read from body_file, or cut where there is none."""
    words = ["curl", "-sS", *_method(exchange), _quoted(without_key(exchange.url, api_key))]
    for name, value in _headers(exchange).items():
        words += ["-H", _header(name, value, api_key)]
    if not exchange.body:
        return " ".join(words)
    if body_file is not None:
        return " ".join([*words, "--data-binary", shlex.quote(f"@{body_file}")])
    text = _text(exchange.body)
    if text is None:
        encoded = base64.b64encode(exchange.body).decode("ascii")
        return f"printf %s {_short(encoded)} | base64 -d | {' '.join(words)} --data-binary @-"
    return " ".join([*words, "--data-raw", shlex.quote(without_key(_short(text), api_key))])


def wants_file(exchange: Exchange) -> bool:
    """Whether the body is better kept in a file: it is binary, or too long for a line."""
    text = _text(exchange.body)
    return text is None or len(text) > MAX_BODY_CHARACTERS


def without_key(text: str, api_key: str) -> str:
    """The text with the key struck out."""
    return text.replace(api_key, KEY_VARIABLE) if len(api_key) >= MIN_SECRET_CHARACTERS else text


def _method(exchange: Exchange) -> tuple[str, ...]:
    usual = "POST" if exchange.body else "GET"
    return () if exchange.method == usual else ("-X", exchange.method)


def _headers(exchange: Exchange) -> dict[str, str]:
    shown = {name: value for name, value in exchange.headers.items() if not NOISE.fullmatch(name)}
    if not exchange.body and exchange.headers.get("content-length", "0") != "0":
        shown["content-length"] = exchange.headers["content-length"]  # a body that was announced only
    return shown


def _header(name: str, value: str, api_key: str) -> str:
    if value == f"Bearer {api_key}":
        return f'"{name}: Bearer {KEY_VARIABLE}"'
    # curl sends a header without a value only if a semicolon stands for the colon.
    return _quoted(without_key(f"{name}: {value}" if value else f"{name};", api_key))


def _quoted(text: str) -> str:
    """One word of a shell, in which a server's control characters cannot reach the terminal."""
    if text.replace("\n", "").isprintable():
        return shlex.quote(text)
    return "$'" + "".join(c if c.isprintable() and c not in "\\'" else f"\\U{ord(c):08x}" for c in text) + "'"


def _text(body: bytes) -> str | None:
    """The body as text, if a shell and a terminal can carry it."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return text if text.replace("\n", "").isprintable() else None


def _short(text: str) -> str:
    if len(text) <= MAX_BODY_CHARACTERS:
        return text
    cut = LONG_RUN.sub(lambda run: f"{run[0][:40]}...({len(run[0])} characters)", text)
    return cut if len(cut) <= MAX_BODY_CHARACTERS else f"{cut[:MAX_BODY_CHARACTERS]}..."
