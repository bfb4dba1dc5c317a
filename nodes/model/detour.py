"""Which of its two endpoints a call goes to: the fallback's while the first lets nobody in, and back again.

A call that can be done without goes nowhere else, and waits for nobody.

A fallback that fails must not make things worse than having none. A call that left an endpoint in an outage returns to
it, and waits there, when the other one lets nobody in either or has nothing more to offer.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from quire.nodes.event_store.port import Attempt
from quire.nodes.faults import ModelFault
from quire.nodes.model.endpoints import Place
from quire.nodes.model.kinds import KINDS, OUTAGE
from quire.nodes.model.recorded import said_of

_LONGEST_WAIT: Final = 30.0
"""Seconds that an endpoint may ask to be left alone, for a call that can be done without."""


class Shuttable(Protocol):
    """An endpoint that lets nobody in while it is in an outage."""

    @property
    def is_shut(self) -> bool:
        """Whether nobody may ask at present."""
        ...


class Detour:
    """Where a call is on its way.

    Args:
        first: the model that is asked first.
        endpoints: by model: the endpoint that it is asked at.

    """

    def __init__(self, first: str, endpoints: Mapping[str, Shuttable]) -> None:
        self._first = first
        self._endpoints = endpoints
        self._has_ended = False
        self.left: frozenset[str] = frozenset()
        """The first model, while the call is elsewhere because of its endpoint."""

    def turns(self, model: str) -> bool:
        """Whether the call is to go elsewhere than to this model now; it then does."""
        if model == self._first:
            if not self._has_ended and self._endpoints[model].is_shut and any(not d.is_shut for d in self._others()):
                self.left = frozenset({model})
                return True
        elif self.left and self._endpoints[model].is_shut:
            self.left = frozenset()
            return True
        return False

    def returns(self, kind: str) -> bool:
        """Whether the call goes back to the first model, now that nothing more is to be had elsewhere.

        Args:
            kind: how it ended there. What a model refused is not asked again.

        """
        if not self.left or KINDS.get(kind, KINDS["unknown"]).ended == "refuse":
            return False
        self.left, self._has_ended = frozenset(), True
        return True

    def _others(self) -> list[Shuttable]:
        first = self._endpoints[self._first]
        return [other for other in self._endpoints.values() if other is not first]


class Dispensable:
    """The way of a call that can be done without: where its endpoint lets nobody in for long, it ends at once.

    Args:
        place: where it is asked.
        attempts: those that have been made; it grows with them.

    """

    def __init__(self, place: Place, attempts: Sequence[Attempt]) -> None:
        self._place = place
        self._attempts = attempts
        self.left: frozenset[str] = frozenset()
        """Nothing: there is nowhere else to go."""

    def turns(self, model: str) -> bool:
        """End the call if it would have to wait.

        Raises:
            ModelFault: as its last attempt ended, else as everybody finds the endpoint.

        """
        admission = self._place.admission
        held_off = admission.held_off(model) > _LONGEST_WAIT
        if held_off or admission.is_shut:
            met = "rate-limited" if held_off else admission.breaker.refusal() or OUTAGE
            kind = self._attempts[-1]["kind"] if self._attempts else met
            raise ModelFault(kind, said_of(kind, self._place))
        return False

    def returns(self, kind: str) -> bool:
        """Never."""
        del kind
        return False
