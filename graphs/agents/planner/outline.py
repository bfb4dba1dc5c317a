"""What a model is asked when it plans the sections of a document, and what a usable plan is. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from typing_extensions import TypedDict

from quire.graphs.agents.planner.length import length_of
from quire.graphs.agents.planner.sources import Described
from quire.graphs.intake.blueprint import SectionSpec
from quire.nodes.model.request import Fenced, Request

MOST_SECTIONS = 12
MOST_QUESTIONS = 6
LONGEST = 3000
"""Words of one section."""
FORMS = ("prose", "list", "table")
MOST_TOKENS = 4096
"""Of a reply: twelve sections take some two thousand."""


class Planned(TypedDict):
    """A section as a model plans it."""

    id: str
    title: str
    purpose: str
    questions: list[str]
    """What it must answer, in the planner's words."""
    answers: list[str]
    """Which of the document's questions it answers: ``Q1`` …"""
    form: str
    words: int
    sources: list[str]
    """Which sources it draws on: ``S1`` …; none: all of them."""
    after: list[str]


class Unused(TypedDict):
    """A source that no section draws on."""

    source: str
    reason: str


class Outline(TypedDict):
    """A plan as a model gives it."""

    sections: list[Planned]
    unused: list[Unused]
    drop: list[str]
    """Ids of standing sections that are not to be written, where a person asked for a change."""


class Assignment(NamedTuple):
    """What a plan is made from."""

    title: str
    guidance: str
    facts: Mapping[str, Any]
    questions: Sequence[str]
    """What planned sections must answer together; none where the blueprint's own sections do that."""
    sources: Sequence[Described]
    standing: Sequence[SectionSpec]
    """Sections that the plan does not replace."""
    language: str = ""
    """In which language titles and questions are to be written, in words."""

    @property
    def numbered_questions(self) -> dict[str, str]:
        """The document's questions by the number that the model is given for each."""
        return {f"Q{n}": question for n, question in enumerate(self.questions, 1)}

    @property
    def numbered_sources(self) -> dict[str, Described]:
        """The sources by the number that the model is given for each."""
        return {f"S{n}": source for n, source in enumerate(self.sources, 1)}

    @property
    def length(self) -> int:
        """About how many words the planned sections should have together."""
        return length_of(self.questions, (source.words for source in self.sources if source.is_current))


class Wish(NamedTuple):
    """What a person wants changed in a plan."""

    plan: Outline
    """As it stands."""
    note: str


class Attempted(NamedTuple):
    """A plan that could not be used, and why."""

    outline: Outline
    problems: Sequence[str]


def questions_of(asked: Mapping[str, Any]) -> list[str]:
    """Give the questions that a document must answer: the brief's, one by one, or what its title says."""
    told = str(asked["facts"].get("question") or asked["title"])
    parts = [" ".join(part.split()) for part in told.split("?")]
    *closed, rest = parts
    return [*(f"{part}?" for part in closed if part), *([rest] if rest else [])][:MOST_SECTIONS]


def schema_for(assignment: Assignment, *, drops: bool) -> dict[str, Any]:
    """Give the schema of a plan: what it may name is enumerated.

    Args:
        assignment: what is planned.
        drops: standing sections may be left out.

    """
    section = _object(
        id=_text(64),
        title=_text(120),
        purpose=_text(400),
        questions=_list(_text(400), MOST_QUESTIONS, least=1),
        answers=_list(_one_of(assignment.numbered_questions), len(assignment.questions)),
        form={"type": "string", "enum": list(FORMS)},
        words={"type": "integer", "minimum": 50, "maximum": LONGEST},
        sources=_list(_one_of(assignment.numbered_sources), len(assignment.sources)),
        after=_list(_text(64), MOST_SECTIONS),
    )
    unused = _object(source=_one_of(assignment.numbered_sources), reason=_text(200))
    ids = [section.id for section in assignment.standing] if drops else []
    return _object(
        sections=_list(section, MOST_SECTIONS, least=int(not drops)),
        unused=_list(unused, len(assignment.sources)),
        drop=_list(_one_of(ids), len(ids)),
    )


def request_outline(
    assignment: Assignment,
    models: tuple[str, str | None],
    system: str,
    *,
    wish: Wish | None = None,
    attempted: Attempted | None = None,
) -> Request:
    """Ask for a plan, for a change of one, or for one without the faults of the last.

    What stays the same comes first, so that an endpoint's cache of prompts can help with a repair.
    """
    named = "\n".join(f"{section.id}: {section.title}" for section in assignment.standing)
    user: list[str | Fenced] = [
        f"Plan the sections of “{assignment.title}”.",
        assignment.language,
        f"Guidance: {assignment.guidance}" if assignment.guidance else "",
        _about_its_length(assignment),
        f"Sections that stand already, each with its id:\n{named}" if named else "",
        "The questions that it must answer, and what is known:",
        *(Fenced(number, question) for number, question in assignment.numbered_questions.items()),
        Fenced("facts", json.dumps(dict(assignment.facts), ensure_ascii=False)),
    ]
    if wish is not None:
        user += [
            "The plan as it stands, and what a person wants changed in it. Change that, and leave the rest as it is."
        ]
        user += [Fenced("plan", json.dumps(wish.plan, ensure_ascii=False)), Fenced("note", wish.note)]
    if attempted is not None:
        told = "\n".join(f"- {problem}" for problem in attempted.problems)
        user += ["Your last plan:", Fenced("last plan", json.dumps(attempted.outline, ensure_ascii=False))]
        user += [f"It cannot be used. Give the whole plan again, without these faults:\n{told}"]
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(part for part in user if part),
        evidence=tuple(Fenced(number, source.told()) for number, source in assignment.numbered_sources.items()),
        schema=schema_for(assignment, drops=wish is not None),
        schema_name="plan",
        max_tokens=MOST_TOKENS,
    )


def _about_its_length(assignment: Assignment) -> str:
    if not assignment.questions:
        return ""
    return (
        f"Readers are served by about {assignment.length} words in all planned sections together, tables included, "
        "unless what is known asks for another length."
    )


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, Any], most: int, *, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _one_of(names: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    """Name one of these; where there are none, the list around it is empty anyway."""
    return {"type": "string", "enum": list(names) or ["none"]}
