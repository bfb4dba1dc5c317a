"""Who must be asked, what is asked, and what an answer must look like. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionSubmitted
from quire.graphs.agents.editor.events import ReleaseProposed
from quire.graphs.agents.planner.events import PlanProposed
from quire.graphs.agents.section.events import ChangesTaken
from quire.graphs.events import AnswerGiven, SectionCancelled, is_a, type_names
from quire.nodes.decode.located import shown as spelt
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput

ASKING = type_names(PlanProposed, SectionSubmitted, ReleaseProposed)
ASKED_BY = {PlanProposed.__name__: "planner", ReleaseProposed.__name__: "editor"}
"""Who waits for the answer; a section's own lane waits for its own."""
DECISIONS = ("approve", "revise", "reject")
_WORDED = {"plan": "May these sections be written?", "release": "May the document be released?"}
"""What is asked, without the words of any door. How it is answered, each door says itself."""
_CHOICES = "answer approve, revise or reject, or {decision, note}"


class OpenQuestion(TypedDict):
    """A question as every surface shows it."""

    id: str
    text: str
    section: str | None


def question_for(section: str, approve: Sequence[str]) -> str | None:
    """Name the question that a section's approval asks of a person, if the brief wants one asked."""
    name = f"section:{section}"
    return name if "sections" in approve or name in approve else None


def open_questions(events: Iterable[Envelope]) -> dict[str, Envelope]:
    """Give the events that asked and were not answered, by the question's id. A cancelled section asks nothing."""
    asked: dict[str, Envelope] = {}
    cancelled: set[tuple[str | None, int]] = set()
    for event in events:
        lane = event["section"], event["epoch"]
        if is_a(event, SectionCancelled):
            cancelled.add(lane)
        if event["type"] in ASKING and event["data"]["question"] and lane not in cancelled:
            asked[event["data"]["question"]] = event
        elif is_a(event, AnswerGiven):
            asked = {q: e for q, e in asked.items() if e["id"] != event["cause"]}
        elif is_a(event, SectionCancelled, RevisionRequested, ChangesTaken):
            asked = {q: e for q, e in asked.items() if e["section"] is None or e["section"] != event["section"]}
    return asked


def shown(asked: Mapping[str, Envelope]) -> list[OpenQuestion]:
    """Put open questions into the form in which they are asked."""
    return [OpenQuestion(id=q, text=_WORDED.get(q, e["data"]["text"]), section=e["section"]) for q, e in asked.items()]


def answer_of(question: str, given: Any) -> AnswerGiven:
    """Read a person's answer: a decision, or ``{decision, note}``.

    Raises:
        BadInput: it is neither.

    """
    said = {"decision": given} if isinstance(given, str) else given
    if not isinstance(said, Mapping) or set(said) - {"decision", "note"}:
        raise BadInput(f"{spelt(given)} is no answer", field=question, hint=_CHOICES)
    if said.get("decision") not in DECISIONS:
        raise BadInput(f"{spelt(said.get('decision'))} is no answer", field=question, hint=_CHOICES)
    return AnswerGiven.model_validate({"question": question, "note": "", **said})
