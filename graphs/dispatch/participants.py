"""The agents of a dispatcher, and which of them take part in a section run."""

from collections.abc import Sequence
from functools import lru_cache

from quire.graphs.kernel.agent_state import Lane
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.subscriptions import RECRUITED, Subscriber, Wire, recruits, subscribers, taking_part, unheard
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope


class Team:
    """The agents of a dispatcher, as a section run sees them."""

    def __init__(self, agents: Sequence[Agent], *, invites: bool) -> None:
        self._wires = tuple(a.wire for a in agents)
        self._own = subscribers(self._wires)
        self._invites = invites

    def in_lane(self, run: Run, lane: Lane) -> list[Subscriber]:
        """Give who takes part in a section run, the agents that the blueprint declares as data included."""
        return taking_part(self._everyone(run), lane.get("agents"), lane.get("recruited", ()))

    def unheard(self, run: Run, lane: Lane, new: Sequence[Envelope]) -> str | None:
        """Say whom an agent has called in, or handed something, that cannot hear it."""
        if not any("to" in e or e["type"] == RECRUITED for e in new):
            return None
        everyone = self._everyone(run)
        called = [*lane.get("recruited", ()), *recruits(new)]
        return unheard(new, everyone, taking_part(everyone, lane.get("agents"), called))

    def _everyone(self, run: Run) -> list[Subscriber]:
        declared = run.declared_agents if self._invites else ()
        return list(_with(self._wires, declared)) if declared else self._own


@lru_cache(maxsize=256)
def _with(own: tuple[Wire, ...], declared: tuple[Wire, ...]) -> tuple[Subscriber, ...]:
    return tuple(subscribers([*own, *declared]))
