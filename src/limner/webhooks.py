"""Telling a client's server that its job has ended: signed, durable, tried again with back-off.

Owns when a webhook is sent, its signature and what counts as received; what it says is payload_of's.
The format is that of Standard Webhooks. Sent at least once: a receiver tells repeats by webhook-id.
Not covered: what media/guard.py does not cover; a receiver that keeps its answer back takes a place of
MAX_SENDING for TIMEOUT_S.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import math
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from limner.config import Settings
from limner.errors import InternalError, InvalidParameter, RequestError, Unavailable
from limner.ledger.webhooks import WebhookRecord, WebhookState, WebhookTable
from limner.media.guard import Guard, Unreachable
from limner.storage.signing import load_or_make_key
from limner.types import JSON

if TYPE_CHECKING:
    from ssrfguard.httpx import AsyncClient

log = logging.getLogger(__name__)

BACK_OFF_S = (5, 30, 120, 600, 3600, 21600)
"""Seconds from each failed try to the next one; after the last the webhook is given up."""
TIMEOUT_S = 10.0
MAX_SENDING = 32
SHORTEST_IDLE_S = 0.1
POLL_S = 30.0
"""At least so often it is seen what crashes and other servers have left."""
GONE = 410
SECRET_FILE = "webhook.key"
_HEADERS = {"content-type": "application/json", "accept-encoding": "identity", "user-agent": "limner"}


class Webhooks:
    """Sends each webhook once its job has ended, until it was received or given up.

    secret: of this server. payload_of: the body for a webhook; an error below 500 gives it up.
    allow_networks: networks that may be sent to although they are not public; ConfigError as in Guard.
    """

    def __init__(
        self,
        table: WebhookTable,
        secret: bytes,
        payload_of: Callable[[WebhookRecord], Awaitable[bytes]],
        *,
        allow_networks: Sequence[IPv4Network | IPv6Network] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._table = table
        self._secret = secret
        self.payload_of = payload_of
        self._clock = clock
        self._guard = Guard(
            "webhook_allow", allow_networks=allow_networks, timeout_s=TIMEOUT_S, headers=_HEADERS
        )
        self._wake = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    def check_url(self, url: str) -> None:
        """Raise InvalidParameter for a URL that cannot be sent to; names are looked up only then."""
        if not url.isprintable() or not self._guard.may_try(url):
            raise InvalidParameter.named("webhook_url", "invalid url specified")

    def secret_of(self, key_id: str) -> str:
        """What a key's owner verifies its webhooks with: whsec_ and base64."""
        return "whsec_" + b64encode(_derived(self._secret, key_id)).decode()

    async def add(self, job_id: str, key_id: str, url: str, base_url: str) -> None:
        """Keep, durably, who is to be told of the job's end. base_url: for links, as the client saw us."""
        await self._table.add(WebhookRecord(job_id, key_id, url, base_url))

    async def ready(self, job_id: str) -> None:
        """The job has ended: send its webhook, if it has one."""
        await self._table.ready(job_id, self._clock())
        self.wake()

    def wake(self) -> None:
        """Look for what is due now, not only at the next turn."""
        self._wake.set()

    async def forget(self, before: float) -> None:
        """Forget the webhooks of jobs older than that, but for those that are still to be sent."""
        await self._table.forget(before)

    async def run(self) -> None:
        """Send what is due, without end; what crashes and other servers have left, too."""
        looked_at = -math.inf
        while True:
            self._wake.clear()
            idle_s = POLL_S
            try:
                if time.monotonic() - looked_at >= POLL_S:
                    await self._table.ready_ended(self._clock())
                    looked_at = time.monotonic()
                idle_s = await self._begin_due()
            except Unavailable:
                log.warning("webhooks wait, for the database does not answer")
            # Not wait_for(): when woken and cancelled at once, it loses the cancellation.
            with suppress(TimeoutError):
                async with asyncio.timeout(idle_s):
                    await self._wake.wait()

    async def close(self) -> None:
        """Stop sending; what was cut off is sent again by whoever runs next."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self._guard.close()

    async def _begin_due(self) -> float:
        """Begin what is due, as far as there is room: the seconds after which to look again."""
        if room := MAX_SENDING - len(self._sending):
            for hook in await self._table.due(self._clock(), room):
                task = asyncio.create_task(self._send(hook), name=f"webhook of {hook.job_id}")
                self._sending.add(task)
                task.add_done_callback(self._sent)
        next_at = await self._table.next_at()
        # Full, there is no need to look: each that is sent wakes run().
        if next_at is None or len(self._sending) == MAX_SENDING:
            return POLL_S
        return min(max(next_at - self._clock(), SHORTEST_IDLE_S), POLL_S)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self.wake()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)

    async def _send(self, hook: WebhookRecord) -> None:
        """One try, and what follows from it."""
        try:
            status = await self._try(hook)
        except Unreachable:
            status = None
        except InternalError as error:
            log.warning("the webhook of job %s has to wait: %s", hook.job_id, error.code)
            status = None
        except RequestError as error:
            log.warning("the webhook of job %s has nothing to say: %s", hook.job_id, error.code)
            status = GONE
        attempts = hook.attempts + 1
        state, next_at = _after(status, attempts, self._clock())
        level = logging.WARNING if state == "given_up" else logging.INFO
        log.log(level, "webhook of job %s: try %d, status %s, %s", hook.job_id, attempts, status, state)
        await self._table.attempt(hook.job_id, state, attempts, next_at, status)

    async def _try(self, hook: WebhookRecord) -> int:
        body = await self.payload_of(hook)
        headers = signed_headers(_derived(self._secret, hook.key_id), hook.job_id, int(self._clock()), body)
        return await self._guard.use(lambda client: _post(client, hook.url, body, headers))


def body_of(state: str, ended_at: float, data: JSON) -> bytes:
    """The body of a webhook: how the job ended (done, failed or cancelled), when, and its JSON."""
    moment = datetime.fromtimestamp(ended_at, UTC).isoformat(timespec="milliseconds")
    whole = {"type": f"image.job.{state}", "timestamp": moment.replace("+00:00", "Z"), "data": data}
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def signed_headers(secret: bytes, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows the sender."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    signature = b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }


def server_secret(settings: Settings) -> bytes:
    """The secret that is configured, or the one that data_dir keeps. Raises ConfigError."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.encode()
    return load_or_make_key(settings.data_dir / SECRET_FILE)


def _derived(secret: bytes, key_id: str) -> bytes:
    return hmac.new(secret, key_id.encode(), hashlib.sha256).digest()


def _after(status: int | None, attempts: int, now: float) -> tuple[WebhookState, float | None]:
    """State and next time after a try that ended with status; None: no answer."""
    if status is not None and 200 <= status < 300:
        return "sent", None
    if status == GONE or attempts > len(BACK_OFF_S):
        return "given_up", None
    return "due", now + BACK_OFF_S[attempts - 1]


async def _post(client: AsyncClient, url: str, body: bytes, headers: dict[str, str]) -> int:
    """The answer's status. Redirects are not followed; the body is not read, for nobody needs it."""
    async with client.stream("POST", url, content=body, headers=headers) as response:
        return response.status_code
