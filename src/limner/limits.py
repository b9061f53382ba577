"""The gate before the queue: which models a key may use, how fast, how many at a time, how much a month.

What a job may deliver at most is held while it is at work, and given back but for what it delivered. Held is
what this server works on: several servers on one database together may go over a budget by what the others
have at work. It knows neither HTTP nor how keys are told apart.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Protocol

from limner.catalog import Card, Catalog
from limner.errors import AccessDenied, QuotaExceeded, TooManyJobs
from limner.keys import Key, Limits
from limner.ledger.usage import Total, Usage, month_end, month_of
from limner.rates import Rates
from limner.types import ImageRequest

TOTAL_GOOD_S = 10.0
"""How old the month's total of a key may be: other servers deliver, too."""
TOTAL_FRESH_S = 1.0
"""How old it may be to refuse a request."""
NEWEST_WEIGHT = 0.2
MEGAPIXEL = 1_000_000


class Delivered(Protocol):
    """What a job delivered, as jobs.Usage says it."""

    @property
    def generated_images(self) -> int: ...

    @property
    def pixels(self) -> int: ...


@dataclass(eq=False, slots=True)
class Reservation:
    """What one job holds of its key's limits, from admission to its end."""

    standing: Standing
    most: Total
    began: float
    forced: bool

    def leave(self, delivered: Delivered) -> None:
        """Give back what was not delivered; only the first call counts."""
        self.standing.leave(self, Total(delivered.generated_images, delivered.pixels))


@dataclass(slots=True)
class Standing:
    """How one key stands: what it has at work here, and what it was delivered this month."""

    monotonic: Callable[[], float]
    held: dict[Reservation, None] = field(default_factory=dict)
    reserved: Total = field(default_factory=Total)
    month: str = ""
    total: Total = field(default_factory=Total)
    read_at: float = -math.inf
    grown: Total = field(default_factory=Total)
    mean_job_s: float | None = None
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def next_end_s(self) -> int:
        """A guess at the seconds until the oldest job ends, by how long the last ones took."""
        age_s = self.monotonic() - min((each.began for each in self.held), default=self.monotonic())
        whole_s = 2 * age_s if self.mean_job_s is None else self.mean_job_s
        return max(1, math.ceil(whole_s - age_s))

    def reserve(self, most: Total, *, forced: bool) -> Reservation:
        reservation = Reservation(self, most, self.monotonic(), forced)
        self.held[reservation] = None
        self.reserved = self.reserved.plus(most)
        return reservation

    def leave(self, reservation: Reservation, delivered: Total) -> None:
        if reservation not in self.held:
            return
        del self.held[reservation]
        self.reserved = self.reserved.minus(reservation.most)
        if delivered.pictures:
            lasted_s = self.monotonic() - reservation.began
            before_s = lasted_s if self.mean_job_s is None else self.mean_job_s
            self.mean_job_s = before_s + NEWEST_WEIGHT * (lasted_s - before_s)
        if reservation.forced:
            # It may have delivered before it came here; the database knows how much.
            self.read_at = -math.inf
        self.grown = self.grown.plus(delivered)
        self.total = self.total.plus(delivered)

    async def read(self, usage: Usage, key_id: str, month: str) -> None:
        """Ask the database for the month's total; what was delivered meanwhile counts, at worst twice."""
        began, grown = self.monotonic(), self.grown
        total = await usage.month_total(key_id, month)
        self.total = total.plus(self.grown).minus(grown)
        self.month, self.read_at = month, began

    async def be_at_most(self, age_s: float, usage: Usage, key_id: str, month: str) -> None:
        """Have the month's total, not older than age_s."""
        async with self.reading:
            if self.month != month or self.monotonic() - self.read_at > age_s:
                await self.read(usage, key_id, month)


class Gate:
    """Lets a job pass if its key's limits allow it."""

    def __init__(
        self,
        usage: Usage,
        catalog: Catalog,
        *,
        rates: Rates | None = None,
        concurrent_jobs: int | None = None,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """concurrent_jobs: of a key that has no limit of its own."""
        self._usage = usage
        self._catalog = catalog
        self._rates = rates or Rates()
        self._concurrent_jobs = concurrent_jobs
        self._clock = clock
        self._monotonic = monotonic
        self._standings: dict[str, Standing] = {}

    async def enter(
        self, key: Key, card: Card, request: ImageRequest, *, forced: bool = False
    ) -> Reservation:
        """What the job holds until it leaves. forced: whatever the limits, for what was admitted before.

        Raises AccessDenied, TooManyJobs, QuotaExceeded, RateLimitExceeded; Unavailable.
        """
        most = Total(request.count, request.count * self._catalog.most_pixels(request.size))
        standing = self._standing(key.id)
        if forced:
            return standing.reserve(most, forced=True)
        _require_model(key.limits, card, request.model)
        await self._require_budget(key, standing, most)
        _require_place(key.limits.concurrent_jobs or self._concurrent_jobs, standing)
        reservation = standing.reserve(most, forced=False)
        try:
            # Last, for what it takes is not given back.
            await self._rates.take(key, card.id, request.count)
        except BaseException:
            standing.leave(reservation, Total())
            raise
        return reservation

    async def close(self) -> None:
        await self._rates.close()

    def _standing(self, key_id: str) -> Standing:
        return self._standings.setdefault(key_id, Standing(self._monotonic))

    async def _require_budget(self, key: Key, standing: Standing, most: Total) -> None:
        budgets = _budgets(key.limits)
        if not budgets:
            return
        now = self._clock()
        for age_s in (TOTAL_GOOD_S, TOTAL_FRESH_S):
            await standing.be_at_most(age_s, self._usage, key.id, month_of(now))
            overdrawn = [budget for budget in budgets if budget.left(standing) < budget.count(most)]
            if not overdrawn:
                return
        # What is only held may come back; what is used comes back next month.
        used_up = [budget for budget in overdrawn if budget.count(standing.total.plus(most)) > budget.most]
        wait_s = max(1, math.ceil(month_end(now) - now)) if used_up else standing.next_end_s
        raise QuotaExceeded((used_up or overdrawn)[0].complaint(standing, most), retry_after_s=wait_s)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of one thing a key may be delivered in a month. unit: how many of it are shown as one."""

    name: str
    most: int
    count: Callable[[Total], int]
    unit: int

    def left(self, standing: Standing) -> int:
        return self.most - self.count(standing.total) - self.count(standing.reserved)

    def complaint(self, standing: Standing, asked: Total) -> str:
        most, used, held, wanted = (
            f"{amount / self.unit:g}"
            for amount in (
                self.most,
                self.count(standing.total),
                self.count(standing.reserved),
                self.count(asked),
            )
        )
        return (
            f"The monthly budget of this API key is {most} {self.name}: {used} used, {held} held by "
            f"unfinished jobs, and this request may take {wanted}."
        )


def _budgets(limits: Limits) -> list[Budget]:
    budgets = []
    if limits.monthly_pictures is not None:
        budgets.append(Budget("pictures", limits.monthly_pictures, lambda total: total.pictures, 1))
    if limits.monthly_megapixels is not None:
        most = round(limits.monthly_megapixels * MEGAPIXEL)
        budgets.append(Budget("megapixels", most, lambda total: total.pixels, MEGAPIXEL))
    return budgets


def may_use(limits: Limits, card: Card, model: str) -> bool:
    """Whether the limits allow a model. model: the name that was asked for, which may be an alias."""
    names = (model, card.id, *card.names)
    return not limits.models or any(fnmatchcase(name, pattern) for name in names for pattern in limits.models)


def _require_model(limits: Limits, card: Card, model: str) -> None:
    if not may_use(limits, card, model):
        raise AccessDenied(f"This API key may not use the model {model}.", param="model")


def _require_place(most: int | None, standing: Standing) -> None:
    if most is not None and len(standing.held) >= most:
        message = f"The limit of concurrent jobs of this API key, {most}, is reached."
        raise TooManyJobs(message, retry_after_s=standing.next_end_s)
