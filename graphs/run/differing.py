"""Where the sources of a run differ, as it stands: what was found, with what persons have decided. Pure."""

from typing import cast

from quire.graphs.agents.planner.events import ConflictFound, SourcesCompared
from quire.graphs.run.blackboard import Blackboard
from quire.nodes.differences.deciding import decided
from quire.nodes.differences.differing import Difference
from quire.nodes.event_store.port import Envelope


def differing(blackboard: Blackboard) -> list[Difference]:
    """Give what differs; where a person has said which source holds, that is what counts."""
    compared = [e["data"]["differences"] for e in blackboard.of_type(SourcesCompared)]
    found = [cast("Difference", one) for one in (compared[-1] if compared else ())]
    for asked, answer in _answered(blackboard):
        place, said = int(asked["data"]["place"]), answer["data"]
        found[place] = decided(found[place], said["decision"], said.get("holds", ""))
    return found


def settles(answer: Envelope, blackboard: Blackboard) -> bool:
    """Whether an answer is the one with which the last conflict that a person was asked about is settled."""
    asked = [e for e in blackboard.of_type(ConflictFound) if e["data"]["question"]]
    answers = [given for _, given in _answered(blackboard)]
    return len(answers) == len(asked) and max(e["n"] for e in answers) == answer["n"]


def _answered(blackboard: Blackboard) -> list[tuple[Envelope, Envelope]]:
    """Give the conflicts that persons were asked about and have answered, each with the answer."""
    return [
        (e, blackboard.answers[e["id"]]) for e in blackboard.of_type(ConflictFound) if e["id"] in blackboard.answers
    ]
