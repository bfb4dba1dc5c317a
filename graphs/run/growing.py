"""What a run's plan grows by, noted event by event: sections that came later, and those that are not decided on yet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quire.graphs.agents.planner.events import SectionDeclined, SectionPlanned
from quire.graphs.events import AgentFailed, AnswerGiven, SectionProposed, is_a, type_names
from quire.graphs.run.dependencies import CLOSED, Need, SectionKey, answer_to
from quire.graphs.run.growth import grown, grown_edges, origin_of
from quire.nodes.event_store.port import Envelope

DECIDING = type_names(SectionPlanned, SectionDeclined, AgentFailed)
"""What may be made of a section that was proposed or added."""


def decision_on(growing: Envelope) -> SectionKey:
    """Key under which it is decided on a section that was proposed or added: one waits for it as for a section run."""
    return growing["id"], 0


class Growing:
    """How a run's plan grows.

    Args:
        planned: gives every section that was planned, in order.

    """

    def __init__(self, planned: Callable[[], Sequence[Envelope]]) -> None:
        self.came: list[Envelope] = []
        """The sections that were proposed or added, in order."""
        self.undecided: dict[str, Envelope] = {}
        """By id: those of them of which it is not decided yet whether they are written."""
        self.became: dict[str, str] = {}
        """By id: the sections that came of them."""
        self._planned = planned
        self._edges: dict[str, list[str]] | None = None

    @property
    def later(self) -> frozenset[str]:
        """The ids of the sections that came later."""
        return frozenset(self.became.values())

    def begin(self, event: Envelope) -> None:
        """Note that a section was proposed or added."""
        self.came.append(event)
        self.undecided[event["id"]] = event

    def plan(self, planned: Envelope, known: Mapping[str, Envelope]) -> None:
        """Note that a section was planned; it may be one that came later."""
        self._edges = None
        about = origin_of(planned, known) if self.came else None
        if about is not None:
            self.became[about["id"]] = str(planned["section"])

    def decide(self, event: Envelope, known: Mapping[str, Envelope]) -> Need | None:
        """Note what an event decides; give what it meets: the decision, or a person's answer about one."""
        about = origin_of(event, known)
        if about is None or about["id"] not in self.undecided:
            return None
        if is_a(event, AnswerGiven):
            return Need(*decision_on(about), answer_to(str(event["cause"])))
        if event["type"] not in DECIDING or event["agent"] != "planner":
            return None
        del self.undecided[about["id"]]
        return Need(*decision_on(about), CLOSED)

    def proposed_in(self, section: str) -> set[str]:
        """Give the titles of the sections that were proposed in one, folded: what was said once need not be again."""
        said = [e for e in self.came if is_a(e, SectionProposed) and e["section"] == section]
        return {str(e["data"]["title"]).casefold() for e in said}

    def gathers(self, section: str) -> bool:
        """Whether a section gathers what the others say, those included that come later."""
        return section in self._gathering()

    def spec_now(self, planned: Envelope) -> dict[str, Any]:
        """Give a specification that waits for the sections that came since, too, if it gathers what others say."""
        more = self._gathering().get(str(planned["section"]), ()) if self.later else ()
        return grown(planned["data"]["spec"], more)

    def _gathering(self) -> dict[str, list[str]]:
        if self._edges is None:
            self._edges = grown_edges(self._planned(), self.later)
        return self._edges
