"""A document looked into over HTTP: who worked when, why it says what it says, and the numbers of what it says."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from typing_extensions import TypedDict

from quire.graphs.events import Event, fact_of, types_below
from quire.graphs.insight.explanation import Cause, Explanation, explain
from quire.graphs.insight.timeline import Timeline, timeline
from quire.graphs.intake.blueprint_models import Part
from quire.graphs.run.drafts import planned_of
from quire.nodes.event_store.memory import utc_now
from quire.nodes.render.numbers import Numbers, numbers_of
from quire.server.http.routes.access import Row, Work
from quire.server.http.routes.answers import problems
from quire.server.presentation.explanation_words import details_of, said_of

router = APIRouter(prefix="/documents", tags=["insight"])


class CauseTold(TypedDict):
    """What an event of ``causes`` says, in words."""

    n: int
    happened: str
    """What an event of its type says; empty where its agent is not installed here."""
    text: str
    details: list[str]


class Explained(Explanation):
    """Why a document or a section says what it says."""

    told: list[CauseTold]


class Explaining(Part):
    """What to explain."""

    section: str | None = Field(None, max_length=64, description="One section, claim by claim; else the document.")


@router.get("/{run_id}/timeline", responses=problems(404))
async def show_timeline(row: Row, work: Work) -> Timeline:
    """Say who worked when, what waited for what, the critical path, and what would have made it shorter."""
    journal = await work.runs.journal(row["id"])
    at = [event["at"] for event in journal.events.values()]
    still = await work.runs.standing(row) not in {"queued", "running"}
    return timeline(journal, at[-1] if at and still else utc_now())


@router.get("/{run_id}/explanation", responses=problems(404, 422))
async def show_explanation(row: Row, work: Work, asked: Annotated[Explaining, Query()]) -> Explained:
    """Say why a document or one of its sections says what it says: causes, evidence, calls, cost."""
    journal, ledger = await work.runs.journal(row["id"]), await work.runs.record.ledger(row["id"])
    told = explain(row["id"], journal, ledger, asked.section)
    return Explained(**told, told=[*_in_words(told["causes"])])


def _in_words(causes: Sequence[Cause]) -> Iterator[CauseTold]:
    types = types_below(Event)
    for cause in causes:
        happened = fact_of(types[cause["type"]]) if cause["type"] in types else ""
        yield CauseTold(n=cause["n"], happened=happened, text=said_of(cause), details=[*details_of(cause)])


@router.get("/{run_id}/numbers", responses=problems(404))
async def show_numbers(row: Row, work: Work) -> Numbers:
    """Give the numbers of sections, tables and evidence, as every format has them; while it is written, so far."""
    document = await work.runs.document(row["id"])
    if document is None:
        document = planned_of(await work.runs.journal(row["id"]), await work.runs.readings(row["id"]))
    return numbers_of(document) if document else Numbers(sections=[], citations=[], computations=[])
