"""The gateway: a call walks its recorded attempts, then makes the next ones, each recorded before it is used."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from langchain_core.language_models import BaseChatModel

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.finishing import finished
from quire.nodes.event_store.leases import Leases
from quire.nodes.event_store.port import Attempt, CallKey, Ledger
from quire.nodes.faults import ModelFault
from quire.nodes.model.budget import Bill, Budget, reserved, seconds_left, spend_of, upper_bound
from quire.nodes.model.classify import Outcome
from quire.nodes.model.course import Ask, Done, GaveUp, next_step
from quire.nodes.model.detour import Detour, Dispensable
from quire.nodes.model.endpoints import Endpoints, Place
from quire.nodes.model.kinds import KINDS, OUTAGE
from quire.nodes.model.metering import most_prompt_tokens, usage_of
from quire.nodes.model.pace import Paced
from quire.nodes.model.patience import Patience
from quire.nodes.model.prices import Prices
from quire.nodes.model.question import Question, Received
from quire.nodes.model.recorded import Reply, attempt_of, reply_of, said_of
from quire.nodes.model.request import Request, fence_of
from quire.nodes.model.run_calls import RunCalls
from quire.nodes.model.waits import backoff, loop_time, luck_of

_PATIENCE: Final = 3
"""Times the call timeout: what all attempts at one model and the waits between them may take."""
_SPREAD: Final = 0.1
"""Part of an asked wait by which callers are spread after it, so that they do not all come back at once."""


@dataclass(frozen=True)
class _Call:
    """What stays the same over a call's attempts."""

    request: Request
    run: str
    key: CallKey
    ledger: Ledger
    budget: Budget | None
    on_token: Callable[[str], None] | None
    is_watched: bool
    priority: float
    fence: str
    calls: RunCalls
    out_for: float | None
    places: Mapping[str, Place]
    """By model: where it is asked."""
    detour: Detour | Dispensable

    def has_two_endpoints(self) -> bool:
        """Whether the fallback model is elsewhere."""
        return len({id(place.endpoint) for place in self.places.values()}) > 1


@dataclass(frozen=True)
class _Entry:
    """What an attempt holds while it is made."""

    place: Place
    patience: Patience
    bill: Bill
    paced: Paced
    ticket: int


class Gateway:
    """Calls models. One for each event loop; its slots are shared by all runs.

    Args:
        settings: endpoint, key, concurrency and timeout.
        secret: what fences are derived from.
        leases: shares the endpoint's slots and rates with other processes; without, they are this one's own.
        clock: monotonic seconds.
        sleep: waits that many seconds.
        luck: draws from [0, 1) for a seed, for jitter.

    """

    def __init__(
        self,
        settings: Settings,
        *,
        secret: bytes,
        leases: Leases | None = None,
        clock: Callable[[], float] = loop_time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        luck: Callable[[str], float] = luck_of,
    ) -> None:
        self._endpoints = Endpoints(settings, leases, clock, sleep)
        self._prices = Prices(settings.prices)
        self._timeout = settings.call_timeout
        self._secret = secret
        self._clock = clock
        self._luck = luck

    async def call(  # noqa: PLR0913 - all but the first are given by name
        self,
        request: Request,
        *,
        run: str,
        key: CallKey,
        ledger: Ledger,
        budget: Budget | None = None,
        model: BaseChatModel | None = None,
        fenced_by: str = "",
        on_token: Callable[[str], None] | None = None,
        is_watched: bool = False,
        priority: float = 0.0,
        calls: RunCalls | None = None,
        out_for: float | None = None,
    ) -> Reply:
        """Get a reply, from the record if it is there.

        Args:
            request: what is asked. For the vectors of texts no outage is waited for: they can be done without.
            run: the run that pays.
            key: the call's identity; its ``request`` is ``request.hash()``.
            ledger: where attempts are recorded.
            budget: what may be spent.
            model: asked instead of what the settings name; ``request.model`` is then what records call it.
            fenced_by: what its fences are derived from, the same for all calls of a run so that prompts over the same
                material begin alike; without it, the request.
            on_token: is told the text as it comes. An empty text says that all it was told is void: the attempt failed.
            is_watched: callback handlers of LangChain's see the attempts.
            priority: the longest path still ahead; the highest goes first when calls queue.
            calls: what this one knows of the run's others; without it, the run is never put aside.
            out_for: seconds for which the endpoint was out of order when the run was last put aside for it.

        Raises:
            EndpointOut: it is to be put aside. Nothing of it is under way.
            ModelFault: no usable reply; ``kind`` is a row of ``quire.nodes.model.kinds``.
            BudgetSpent: the next attempt does not fit.

        """
        fence = fence_of(self._secret, fenced_by or request.hash())
        places = self._endpoints.places_of(request, key.agent, model)
        attempts = await ledger.attempts(run, key)
        detour = (
            Dispensable(places[request.model], attempts)
            if request.texts
            else Detour(request.model, {model: place.admission for model, place in places.items()})
        )
        call = _Call(
            request,
            run,
            key,
            ledger,
            budget,
            on_token,
            is_watched,
            priority,
            fence,
            calls or RunCalls(),
            out_for,
            places,
            detour,
        )
        patience = Patience(_PATIENCE * self._timeout, self._clock)
        while True:
            gone = patience.exhausted | detour.left
            match next_step(request, attempts, gone, two_endpoints=call.has_two_endpoints()):
                case Done(attempt):
                    return reply_of(request, attempt)
                case GaveUp(kind) if detour.returns(kind):
                    pass
                case GaveUp(kind):
                    asked = attempts[-1]["model"] if attempts else request.model
                    raise ModelFault(kind, said_of(kind, places.get(asked, places[request.model])))
                case Ask() as ask:
                    made = await self._attempt(call, ask, patience)
                    attempts += [made] if made else []

    async def drained(self) -> None:
        """Make no attempt any more, and wait until those under way are recorded. Calls that want another one wait."""
        await self._endpoints.drained()

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoints.close()

    async def _attempt(self, call: _Call, ask: Ask, patience: Patience) -> Attempt | None:
        """Make an attempt when it may be made; None if the call goes elsewhere, or the endpoint closed meanwhile."""
        place = call.places[ask.model]
        await self._remember(call, ask.model)
        turns, left = partial(call.detour.turns, ask.model), seconds_left(call.budget)
        if turns() or not await place.admission.opened(ask.model, patience, left, turns, calls=call.calls):
            return None
        async with place.admission.entered(ask.model, call.priority, call.calls) as ticket:
            return await self._paid(call, ask, patience, ticket) if ticket else None

    async def _remember(self, call: _Call, model: str) -> None:
        """Trust an endpoint that has worked for the run before: a process may begin in the middle of an outage."""
        breaker = call.places[model].admission.breaker
        if call.out_for is not None and model == call.request.model:
            breaker.recall(call.out_for)
        if not breaker.has_answered:
            made = [attempt for _, attempt in await call.ledger.ledger(call.run) if attempt["model"] == model]
            breaker.has_answered = any(attempt["usage"]["completion_tokens"] > 0 for attempt in made)

    async def _paid(self, call: _Call, ask: Ask, patience: Patience, ticket: int) -> Attempt:
        question, place = _question(call, ask), call.places[ask.model]
        most = upper_bound(self._prices, ask.model, most_prompt_tokens(question), ask.max_tokens)
        async with reserved(call.budget, most) as bill:
            paced = await place.admission.pace.admit(most.tokens)
            return await self._recorded(call, ask, question, _Entry(place, patience, bill, paced, ticket))

    async def _recorded(self, call: _Call, ask: Ask, question: Question, entry: _Entry) -> Attempt:
        received, patience, admission = Received(), entry.patience, entry.place.admission
        begun = self._clock()
        outcome = Outcome("fatal", "cancelled")
        try:
            seconds = min(self._timeout, patience.left(ask.model), seconds_left(call.budget))
            on_token = call.on_token if ask.may_stream else None
            outcome = await entry.place.endpoint.ask(
                question, received, seconds=seconds, on_token=on_token, is_watched=call.is_watched
            )
        finally:
            usage = usage_of(self._prices, question, received, outcome.kind)
            entry.bill.spent = spend_of(self._prices, ask.model, usage)
            entry.paced.tokens = entry.bill.spent.tokens
        outcome = admission.judged(outcome, entry.ticket)
        if outcome.kind != OUTAGE:  # who tries it for everybody, again and again, does not do so at his own expense
            patience.spend(ask.model, self._clock() - begun)
        attempt = attempt_of(ask.model, outcome, received, usage, entry.place.route)
        await finished(call.ledger.add_attempt(call.run, call.key, attempt))
        await admission.pace.settle(entry.paced)
        self._after(call, ask, outcome, patience)
        return attempt

    def _after(self, call: _Call, ask: Ask, outcome: Outcome, patience: Patience) -> None:
        """Make the next attempt, and other calls of the model, wait as the outcome demands."""
        if outcome.ended == "ok":
            return
        if call.on_token is not None:
            call.on_token("")
        luck = self._luck(f"{call.run} {call.key} {ask.model} {ask.failures}")
        if outcome.wait_seconds is not None:
            call.places[ask.model].admission.hold_off(ask.model, min(outcome.wait_seconds, _PATIENCE * self._timeout))
            patience.hold_off(ask.model, outcome.wait_seconds * (1 + _SPREAD * luck))
        elif KINDS[outcome.kind].pause:
            patience.hold_off(ask.model, backoff(ask.failures + 1, luck))


def _question(call: _Call, ask: Ask) -> Question:
    return Question(
        model=ask.model,
        messages=[] if call.request.texts else call.request.messages(call.fence, pieces=ask.pieces, fault=ask.fault),
        max_tokens=ask.max_tokens,
        temperature=call.request.temperature,
        schema=call.request.schema,
        schema_name=call.request.schema_name,
        called=call.places[ask.model].called,
        texts=call.request.texts,
    )
