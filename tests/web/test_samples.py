"""The samples: what the page shows as code asks, when it is run, for what the form asks for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
HARD_TO_QUOTE = "a \"sign\" that says 'it$HOME `id`\\n' \\ 100%\nJSON\n两只猫 🦊 ${name} {name}"
BODIES: dict[str, dict[str, Any]] = {
    "plain": {"model": "doubao-seedream-4-0-250828", "prompt": HARD_TO_QUOTE, "size": "1280x720", "seed": 7},
    "series": {
        "model": "doubao-seedream-4-0-250828",
        "prompt": "a harbour",
        "size": "1280x720",
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 2},
        "optimize_prompt_options": {"mode": "fast"},
        "watermark": False,
        "stream": True,
    },
    "base64": {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "a fox",
        "size": "2048x2048",
        "response_format": "b64_json",
        "output_format": "png",
    },
    "streamed base64": {
        "model": "doubao-seedream-4-0-250828",
        "prompt": "a fox",
        "size": "1280x720",
        "response_format": "b64_json",
        "stream": True,
    },
    "seedream 3": {
        "model": "doubao-seedream-3-0-t2i-250415",
        "prompt": "a fox",
        "size": "1024x1024",
        "guidance_scale": 4.5,
        "seed": 11,
    },
}
PROGRAMS = {
    "curl": ["bash", "-euc"],
    "openai": [sys.executable, "-c"],
    "ark": [sys.executable, "-c"],
    "javascript": ["node", "--input-type=module", "-e"],
}


def run(language: str, code: str, folder: Path, **environment: str) -> str:
    """What a sample prints, run in a folder of its own."""
    done = subprocess.run(
        [*PROGRAMS[language], code],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def last_request(server: RunningServer) -> dict[str, Any]:
    """The body of the newest job, as the server has recorded it."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    url = f"{server.base_url}/v1/images/jobs?limit=1"
    newest = httpx.get(url, headers=headers, trust_env=False).raise_for_status().json()["data"][0]
    assert newest["state"] == "done"
    return {name: without_nulls(value) for name, value in newest["request"].items()}


def without_nulls(value: Any) -> Any:
    """Ark's SDK sends every field of an option, null where it has no value."""
    return {name: one for name, one in value.items() if one is not None} if isinstance(value, dict) else value


@pytest.mark.parametrize("language", list(PROGRAMS))
@pytest.mark.parametrize("case", list(BODIES))
def test_a_sample_asks_for_what_the_form_asks_for(
    server: RunningServer, evaluate: Callable[..., Any], tmp_path: Path, language: str, case: str
) -> None:
    body = BODIES[case]
    code = evaluate(
        """async ([id, body, baseUrl]) => {
            const { SNIPPETS } = await import("/static/js/snippets.js");
            return SNIPPETS.find((language) => language.id === id).write(body, { baseUrl, key: null });
        }""",
        [language, body, server.base_url],
    )
    printed = run(language, code, tmp_path, LIMNER_API_KEY=server.api_key)
    assert last_request(server) == body
    if language == "curl" or body.get("response_format") != "b64_json":
        assert "b64_json" in printed or f"{server.base_url}/files/" in printed
    else:
        (picture,) = tmp_path.glob("picture-*.*")
        assert picture.stat().st_size > 1000


def test_the_key_stands_in_a_sample_only_while_it_is_asked_for(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server)
    page.get_by_role("tab", name="Code").click()
    code = page.get_by_label("Request", exact=True).locator("code")
    for language in ("curl", "OpenAI Python", "Ark Python", "JavaScript"):
        page.get_by_role("radio", name=language).check()
        expect(code).to_contain_text("LIMNER_API_KEY")
        expect(code).not_to_contain_text(server.api_key)
    page.get_by_role("button", name="Put my key in").click()
    expect(code).to_contain_text(server.api_key)
    page.get_by_role("button", name="Take my key out").click()
    expect(code).not_to_contain_text(server.api_key)
