from __future__ import annotations

import httpx

from limner.testing import RunningServer


def test_a_key_s_owner_can_read_its_webhook_secret(client: httpx.Client, server: RunningServer) -> None:
    answers = [client.get("/v1/webhooks/secret") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["secret"].startswith("whsec_")
    assert answers[0].headers["cache-control"] == "no-store"
    assert server.api_key not in answers[0].text


def test_without_a_key_the_secret_is_not_shown(server: RunningServer) -> None:
    answer = httpx.get(f"{server.base_url}/v1/webhooks/secret", trust_env=False)
    assert (answer.status_code, "whsec_" in answer.text) == (401, False)
