"""When an endpoint may be asked: its breaker, the waits that it demands, our slots and its rates, in this order.

Whoever waits for the endpoint holds no slot; whoever holds a slot is about to ask.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.leases import Leases, Rates
from quire.nodes.faults import ModelFault
from quire.nodes.model.breaker import CLOSED_TO_US, OUT_OF_ORDER, SAYS_NOTHING, Breaker
from quire.nodes.model.classify import Outcome
from quire.nodes.model.kinds import KINDS, OUTAGE
from quire.nodes.model.pace import Pace, Rated
from quire.nodes.model.patience import Patience
from quire.nodes.model.run_calls import RunCalls
from quire.nodes.model.shared_pace import SharedPace
from quire.nodes.model.shared_slots import SharedSlots
from quire.nodes.model.slots import CallSlots, Slots


class Admission:
    """Admission to an endpoint, for all runs of an event loop.

    Args:
        slots: bound the calls under way.
        pace: bounds requests and tokens per minute.
        breaker: knows whether the endpoint is out of order.
        clock: monotonic seconds.
        sleep: waits that many seconds.

    """

    def __init__(
        self,
        slots: CallSlots,
        pace: Rated,
        breaker: Breaker,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.pace = pace
        self.breaker = breaker
        self._slots = slots
        self._clock = clock
        self._sleep = sleep
        self._open_at: dict[str, float] = {}
        """By model: when the endpoint wants to be asked again."""

    async def opened(
        self,
        model: str,
        patience: Patience,
        most: float,
        turns: Callable[[], bool] = lambda: False,
        *,
        calls: RunCalls,
    ) -> bool:
        """Wait until the endpoint may be asked for a model; false if the call does not wait for this model.

        Args:
            model: which will be asked.
            patience: of the call; an outage does not use it up.
            most: seconds that the run has left.
            turns: says that the call is to go elsewhere.
            calls: of the run.

        Raises:
            EndpointOut: the run is to be put aside; an endpoint was out of order for longer than a call waits.
            ModelFault: the endpoint is closed to us, or has been out of order for longer than anybody waits.

        """
        calls.check()
        while (pause := self.breaker.wait()) > 0 and most > 0:
            if self.breaker.is_worn_out:
                raise ModelFault(OUTAGE, KINDS[OUTAGE].said)
            if self.breaker.tries_patience and calls.may_be_put_aside:
                self.breaker.put_off()
                calls.put_aside(self.breaker.out_for)
            most -= pause
            await self._sleep(pause)
            if turns():
                return False
        if kind := self.breaker.refusal():
            raise ModelFault(kind, KINDS[kind].said)
        held_off = patience.pause(model, self._open_at.get(model, 0.0))
        if held_off is None:
            return False
        if held_off:
            patience.spend(model, held_off)
            await self._sleep(held_off)
        return True

    @asynccontextmanager
    async def entered(self, model: str, priority: float, calls: RunCalls) -> AsyncIterator[int]:
        """Hold a slot for an attempt; gives its ticket, or 0 if endpoint or run stopped while the call queued."""
        async with self._slots.held(priority):
            waits = calls.is_put_aside or self._clock() < self._open_at.get(model, 0.0)
            ticket = 0 if waits else self.breaker.enter()
            if not ticket:
                yield 0
                return
            try:
                with calls.attempt():
                    yield ticket
            finally:
                self.breaker.left(ticket)

    @property
    def is_shut(self) -> bool:
        """Whether a call that can go elsewhere is to do so."""
        return self.breaker.wait() > 0 or self.breaker.is_mute or bool(self.breaker.refusal())

    def judged(self, outcome: Outcome, ticket: int) -> Outcome:
        """Take note of how an attempt ended; during an outage, that is what it died of."""
        if outcome.kind in CLOSED_TO_US:
            self.breaker.shut(outcome.kind)
        if outcome.kind in OUT_OF_ORDER and self.breaker.failed(ticket):
            return outcome._replace(kind=OUTAGE)
        if outcome.kind not in OUT_OF_ORDER | SAYS_NOTHING:
            self.breaker.succeeded()
        return outcome

    def held_off(self, model: str) -> float:
        """Give the seconds for which nobody may ask for a model."""
        return max(0.0, self._open_at.get(model, 0.0) - self._clock())

    def hold_off(self, model: str, seconds: float) -> None:
        """Let nobody ask for a model before so many seconds are over."""
        self._open_at[model] = max(self._clock() + seconds, self._open_at.get(model, 0.0))


class Admissions:
    """Makes the admissions of endpoints. Slots and rates are one for all of them, the rest is each one's own.

    Args:
        settings: say how many calls may be under way, at what rate, and how long an outage is waited for.
        leases: shares slots and rates with other processes; without, they are this one's own.
        clock: monotonic seconds.
        sleep: waits that many seconds.

    """

    def __init__(
        self,
        settings: Settings,
        leases: Leases | None,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
        self.slots: CallSlots = Slots(settings.max_calls)
        self._pace: Rated = Pace(requests, tokens, clock=clock, sleep=sleep)
        if leases is not None:
            self.slots = SharedSlots(leases, settings.max_calls)
            if not (requests is tokens is None):
                self._pace = SharedPace(leases, Rates(requests, tokens), sleep=sleep)
        self._patience, self._limit = settings.outage_patience, settings.outage_limit
        self._clock = clock
        self._sleep = sleep

    def another(self) -> Admission:
        """Make the admission of an endpoint."""
        breaker = Breaker(self._clock, self._patience, self._limit)
        return Admission(self.slots, self._pace, breaker, clock=self._clock, sleep=self._sleep)
