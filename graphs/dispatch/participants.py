"""The agents of a dispatcher, and which of them take part in a section run."""

from collections.abc import Sequence
from functools import lru_cache

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.subscriptions import (
    RECRUITED,
    Subscriber,
    Subscription,
    recruits,
    subscribers,
    taking_part,
    unheard,
)
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope


class Participants:
    """The agents of a dispatcher, as a section run sees them."""

    def __init__(self, agents: Sequence[Agent], *, invites: bool) -> None:
        self._subscriptions = tuple(a.subscription for a in agents)
        self._own = subscribers(self._subscriptions)
        self._invites = invites

    def present(self, run: Run, scope: Scope) -> list[Subscriber]:
        """Give who takes part in a section run, the agents that the blueprint declares as data included."""
        return taking_part(self._everyone(run), scope.get("agents"), scope.get("recruited", ()))

    def unheard(self, run: Run, scope: Scope, new: Sequence[Envelope]) -> str | None:
        """Say whom an agent has called in, or handed something, that cannot hear it."""
        if not any("to" in e or e["type"] == RECRUITED for e in new):
            return None
        everyone = self._everyone(run)
        called = [*scope.get("recruited", ()), *recruits(new)]
        return unheard(new, everyone, taking_part(everyone, scope.get("agents"), called))

    def _everyone(self, run: Run) -> list[Subscriber]:
        declared = run.declared_agents if self._invites else ()
        return list(_with(self._subscriptions, declared)) if declared else self._own


@lru_cache(maxsize=256)
def _with(own: tuple[Subscription, ...], declared: tuple[Subscription, ...]) -> tuple[Subscriber, ...]:
    return tuple(subscribers([*own, *declared]))
