"""Who must be asked, what is asked, and what an answer must look like. Pure."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionSubmitted
from quire.graphs.agents.editor.events import ReleaseProposed, RewordingsProposed
from quire.graphs.agents.planner.events import ConflictFound, PlanProposed, SectionConsidered
from quire.graphs.events import AnswerGiven, is_a, type_names
from quire.graphs.run.growth import QUESTION
from quire.nodes.decode.located import shown as spelt
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput

ASKING = type_names(
    ConflictFound, PlanProposed, SectionConsidered, SectionSubmitted, RewordingsProposed, ReleaseProposed
)
ASKED_BY = {
    ConflictFound.__name__: "planner",
    PlanProposed.__name__: "planner",
    SectionConsidered.__name__: "planner",
    ReleaseProposed.__name__: "editor",
    RewordingsProposed.__name__: "editor",
}
"""Who waits for the answer; a section's own run waits for its own."""
DECISIONS = ("approve", "revise", "reject")
_WORDED = {"plan": "May these sections be written?", "release": "May the document be released?"}
"""What is asked, without the words of any interface. How it is answered, each interface says itself."""
_CHOICES = "answer approve, revise or reject, or {decision, note}"
_PLAN_CHOICES = "answer approve or reject, {drop: [ids]} to leave sections out, or {decision: revise, note}"
_CONFLICT_CHOICES = (
    "answer {holds: SOURCE} with the source whose value counts, approve to leave both, or reject where none counts"
)
_PROPOSAL_CHOICES = "answer approve or reject, or {decision, note}"
_PARTS = frozenset({"decision", "note", "drop", "holds"})
REWORDINGS = "rewordings"
"""The question whether sections that a person has approved may be worded otherwise."""
CONFLICT = "conflict:"
"""How the ids of questions about conflicts begin; their number in the run follows."""


class OpenQuestion(TypedDict):
    """A question as every surface shows it."""

    id: str
    text: str
    section: str | None


def is_proposal(question: str) -> bool:
    """Whether a question is about what an agent proposed, a section or words: it is approved or rejected, no more."""
    return question.startswith(QUESTION) or question == REWORDINGS


def question_for(section: str, approve: Sequence[str]) -> str | None:
    """Name the question that a section's approval asks of a person, if the brief wants one asked."""
    name = f"section:{section}"
    return name if "sections" in approve or name in approve else None


def shown(asked: Mapping[str, Envelope]) -> list[OpenQuestion]:
    """Put open questions into the form in which they are asked."""
    return [OpenQuestion(id=q, text=_WORDED.get(q, e["data"]["text"]), section=e["section"]) for q, e in asked.items()]


def is_answer(given: Any) -> bool:
    """Whether something is meant as the answer to one question, and not as a map from questions to answers."""
    return isinstance(given, str) or (isinstance(given, Mapping) and bool(given) and set(given) <= _PARTS)


def answer_of(question: str, given: Any) -> AnswerGiven:
    """Read a person's answer: a decision, or ``{decision, note}``.

    To a plan also ``{drop: [ids]}``, and to a conflict ``{holds: source}``, each of which approves.

    Raises:
        BadInput: it is none of these.

    """
    choices = _choices_of(question)
    said = {"decision": given} if isinstance(given, str) else given
    if not isinstance(said, Mapping) or set(said) - _PARTS:
        raise BadInput(f"{spelt(given)} is no answer", field=question, hint=choices)
    drop, note, holds = said.get("drop", []), said.get("note", ""), said.get("holds", "")
    if not isinstance(drop, list) or not all(isinstance(section, str) for section in drop):
        raise BadInput("must be a list of sections' ids", field="drop", hint=choices)
    if not isinstance(note, str):
        raise BadInput(f"the note must be a text, not {spelt(note)}", field=question, hint=choices)
    if not isinstance(holds, str):
        raise BadInput(f"the source that holds must be a name, not {spelt(holds)}", field="holds", hint=choices)
    decision = said.get("decision", "approve" if drop or holds else None)
    if decision not in DECISIONS:
        raise BadInput(f"{spelt(decision)} is no answer", field=question, hint=choices)
    told = {"question": question, "decision": decision, "note": note, "drop": list(dict.fromkeys(drop)), "holds": holds}
    return AnswerGiven.model_validate(told)


def _choices_of(question: str) -> str:
    if question.startswith(CONFLICT):
        return _CONFLICT_CHOICES
    if is_proposal(question):
        return _PROPOSAL_CHOICES
    return _PLAN_CHOICES if question == "plan" else _CHOICES


def require_answerable(said: AnswerGiven, asked: Envelope) -> None:
    """See to it that an answer can do what it says.

    A plan is sent back only where the planner can change it and asks again. Sections are left out of it by their ids,
    never by the words of a note. A conflict is settled by the name of the source whose value counts.

    Raises:
        BadInput: it cannot; says what can be done instead.

    """
    if said.drop and not is_a(asked, PlanProposed):
        hint = "a section is left out with an answer to the plan, or by cancelling it"
        raise BadInput("only a plan's sections can be left out", field="drop", hint=hint)
    if said.holds and not is_a(asked, ConflictFound):
        raise BadInput("only of sources that differ can one be said to hold", field="holds")
    if said.decision == "revise" and is_a(asked, SectionConsidered):
        raise BadInput(
            "a section that is only proposed cannot be sent back", field=said.question, hint=_PROPOSAL_CHOICES
        )
    if said.decision == "revise" and is_a(asked, RewordingsProposed):
        raise BadInput("words are taken or left", field=said.question, hint=_PROPOSAL_CHOICES)
    if is_a(asked, ConflictFound):
        _require_settling(said, asked)
    if is_a(asked, PlanProposed):
        _require_plannable(said, asked)


def _require_settling(said: AnswerGiven, asked: Envelope) -> None:
    """See to it that an answer to a conflict settles it, or leaves it as it is."""
    if said.decision == "revise":
        raise BadInput("nothing can be written again yet", field=said.question, hint=_CONFLICT_CHOICES)
    if not said.holds:
        return
    if said.decision == "reject":
        raise BadInput("where none counts, no source holds", field="holds", hint=_CONFLICT_CHOICES)
    known = list(dict.fromkeys(str(told["source"]) for told in asked["data"]["told"]))
    if said.holds not in known:
        near = difflib.get_close_matches(said.holds, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"its sources are {', '.join(known)}"
        raise BadInput(f"{spelt(said.holds)} is none of the sources that differ", field="holds", hint=hint)


def _require_plannable(said: AnswerGiven, asked: Envelope) -> None:
    """See to it that an answer to a plan can do what it says."""
    if said.decision == "revise" and not asked["data"].get("revisable"):
        hint = "approve it, with `drop` (--drop ID) naming sections to leave out, or reject it and begin anew"
        raise BadInput("a plan cannot be sent back: nothing would change it", field=said.question, hint=hint)
    if said.decision == "revise" and not said.note.strip():
        raise BadInput("a plan is sent back with a note that says what is to change", field=said.question)
    if said.decision != "approve" and said.drop:
        sent = "rejected" if said.decision == "reject" else "sent back"
        raise BadInput(f"a plan that is {sent} has no sections to leave out", field="drop", hint="approve it")
    known = [str(section["id"]) for section in asked["data"].get("sections", ())]
    for number, section in enumerate(said.drop):
        if section not in known:
            near = difflib.get_close_matches(section, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"its sections are {', '.join(known)}"
            raise BadInput(f"the plan has no section {section!r}", field=f"drop[{number}]", hint=hint)
    if said.drop and len(said.drop) == len(known):
        raise BadInput("that leaves nothing to write", field="drop", hint="reject the plan instead")


def follows_from(drop: Iterable[str], plan: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what follows from leaving sections out of a plan, for those that others wait for.

    Args:
        drop: ids of the sections to leave out.
        plan: the plan's sections, ``{id, after}``.

    """
    out = list(drop)
    waiting = {one: [s["id"] for s in plan if s["id"] not in out and one in _needed(s)] for one in out}
    return [f"{', '.join(ids)} will be written without {one}" for one, ids in waiting.items() if ids]


def _needed(section: Mapping[str, Any]) -> list[str]:
    return [str(item).partition(".")[0] for item in section["after"]]
