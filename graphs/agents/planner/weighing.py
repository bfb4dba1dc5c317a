"""Having a model weigh whether a section that an agent proposes is needed. Without one, code's word stands."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.planner.outline import MOST_QUESTIONS, questions_of
from quire.graphs.agents.planner.proposals import Proposal
from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.model_calls import ask, prompt
from quire.graphs.run.run import Run
from quire.nodes.author.drafting import written_in
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.model.request import Fenced, Request

_SYSTEM = prompt("planner", "weigh")
_MOST_TOKENS = 1024
UNWEIGHED = "nobody could weigh whether it is needed"


class Weighed(TypedDict):
    """What a model says of a proposed section."""

    accept: bool
    reason: str
    """Why; of one that nobody could weigh, why not."""
    title: str
    purpose: str
    questions: list[str]


async def weighed(run: Run, state: AgentState, models: tuple[str, str | None], proposal: Proposal) -> Weighed:
    """Ask whether a section is needed. Where no answer comes, code's word stands, and the reason says so."""
    try:
        reply = await ask(run, state, "planner", "weigh", request_weighing(run, models, proposal))
    except (ModelFault, BudgetSpent) as fault:
        return Weighed(accept=True, reason=f"{UNWEIGHED}: {fault}", title="", purpose="", questions=[])
    said: Weighed = reply.parsed
    return said


def as_worded(said: Mapping[str, Any], weighed: Weighed) -> dict[str, Any]:
    """Give what was proposed in the words of who weighed it."""
    kept = {key: value for key in ("title", "purpose", "questions") if (value := dict(weighed)[key])}
    return {**said, **kept}


def request_weighing(run: Run, models: tuple[str, str | None], proposal: Proposal) -> Request:
    """Ask whether the document needs a section."""
    said = proposal.said
    told = {key: said[key] for key in ("title", "why", "purpose", "questions") if said[key]}
    user: list[str | Fenced] = [
        f"The report “{run.request['title']}” is being written.",
        written_in(run.words),
        "The questions that it must answer:",
        Fenced("questions", "\n".join(questions_of(run.request))),
        "Its sections:",
        Fenced("sections", "\n".join(_line(spec) for spec in proposal.specs)),
        "The section that is proposed:",
        Fenced("proposed", json.dumps(told, ensure_ascii=False)),
        *_quoted(said["evidence"]),
    ]
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=_SYSTEM,
        user=tuple(part for part in user if part),
        schema=_SCHEMA,
        schema_name="weighed",
        max_tokens=_MOST_TOKENS,
    )


def _line(spec: Mapping[str, Any]) -> str:
    return f"{spec['title']}: {spec['purpose']}" if spec.get("purpose") else str(spec["title"])


def _quoted(evidence: Sequence[Mapping[str, Any]]) -> list[str | Fenced]:
    quotes = "\n".join(f"{e.get('source')}, {e.get('address')}: {e['quote']}" for e in evidence if e.get("quote"))
    return ["Where that was seen:", Fenced("seen", quotes)] if quotes else []


_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "accept": {"type": "boolean"},
        "reason": {"type": "string", "minLength": 1, "maxLength": 400},
        "title": {"type": "string", "maxLength": 120},
        "purpose": {"type": "string", "maxLength": 400},
        "questions": {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 300},
            "maxItems": MOST_QUESTIONS,
        },
    },
    "required": ["accept", "reason", "title", "purpose", "questions"],
    "additionalProperties": False,
}
