"""``run.json``: how a run stands, read from its row and its journal. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired

from typing_extensions import TypedDict

from quire.graphs.document.state import RunUsage, run_usage
from quire.graphs.events import FactChanged
from quire.graphs.intake.brief_fit import unknown_facts
from quire.graphs.run.approvals import OpenQuestion, shown
from quire.graphs.run.conflicts import Conflict, conflicts_of
from quire.graphs.run.journal import Journal
from quire.graphs.run.objections import Objection, objections_of
from quire.graphs.run.outage import suspension
from quire.graphs.run.remarked import for_who_checks
from quire.graphs.run.standing import ended
from quire.graphs.run.summary import (
    ClaimCounts,
    LeftOut,
    SectionStatus,
    StruckClaim,
    claims_of_run,
    failure_of,
    left_out_of,
    searched_by_words,
    sections_of,
    struck_of,
)
from quire.nodes.event_store.accounts import Balance
from quire.nodes.event_store.port import Attempt
from quire.nodes.event_store.rows import FINAL, RunRow


class RunReport(TypedDict):
    """How a run stands; one that nobody carries on is ``interrupted``.

    Times are RFC 3339 in UTC; ``finished`` is None until it is over.
    """

    id: str
    status: str
    mode: str
    sections: list[SectionStatus]
    left_out: list[LeftOut]
    struck: list[StruckClaim]
    """Statements of drafts that are not in the document, and why."""
    objections: list[Objection]
    """What judges objected to and nobody mended."""
    conflicts: list[Conflict]
    """Quantities to which sources that hold give different values."""
    claims: ClaimCounts
    """What the document states, by kind."""
    usage: RunUsage
    questions: list[OpenQuestion]
    reason: str
    """Why it waits, where that is not for people: the model endpoint is out of order. Else empty."""
    warnings: list[str]
    started: str
    finished: str | None
    follows: NotRequired[str]
    """The run that wrote the version before, if it follows one."""


def report(
    row: RunRow,
    journal: Journal,
    attempts: Sequence[Attempt],
    document: Mapping[str, Any] | None,
    balance: Balance,
) -> RunReport:
    """Say how a run stands."""
    over = row["status"] in FINAL
    sections = ended(sections_of(journal), row["status"]) if over else sections_of(journal)
    failure = failure_of(journal)
    made = RunReport(
        id=row["id"],
        status=row["status"] if over else _live(row, journal),
        mode="model" if attempts else "offline",
        sections=sections,
        left_out=left_out_of(sections),
        struck=struck_of(journal),
        objections=objections_of(journal),
        conflicts=conflicts_of(journal),
        claims=claims_of_run(journal),
        usage=run_usage(attempts),
        reason=_reason(row, journal),
        questions=[] if over else shown(journal.open_questions()),
        warnings=[
            *_unknown_facts(journal),
            *_of_template(journal),
            *_found(journal, document),
            *searched_by_words(journal),
            *([failure] if failure else []),
            *_doubts(balance),
        ],
        started=row["created"],
        finished=row["finished"],
    )
    follows = row["remembered"].get("follows")
    return {**made, "follows": str(follows)} if follows else made


def _found(journal: Journal, document: Mapping[str, Any] | None) -> list[str]:
    """Give what the document warns of, and what only who checks wants to know; an older document says that too."""
    told = document["warnings"] if document else []
    return [*told, *(found for found in for_who_checks(journal) if document and found not in told)]


def _unknown_facts(journal: Journal) -> list[str]:
    """Name the facts of the brief that its blueprint does not know."""
    if not (asked := journal.asked):
        return []
    blueprint = asked["blueprint"]
    changed = [e["data"]["name"] for e in journal.of_type(FactChanged)]
    return list(unknown_facts(blueprint["name"], blueprint["facts"], dict.fromkeys([*asked["facts"], *changed])))


def _of_template(journal: Journal) -> list[str]:
    """Name what could not be had of the brief's Word template."""
    template = journal.asked["options"].get("template") if journal.asked else None
    return list(template["remarks"]) if template else []


def _doubts(balance: Balance) -> list[str]:
    """Name what makes the account of a budget uncertain."""
    said = {
        "calls were under way when a process died; the budget counts each at its upper bound": balance.unsettled,
        "calls came to more than their upper bound, so the budget may be exceeded by them": balance.beyond,
    }
    return [f"{count} {what}." for what, count in said.items() if count]


def _live(row: RunRow, journal: Journal) -> str:
    """Say how a run stands that is not over. One that waited and was answered is about to go on."""
    if row["status"] == "waiting" and not journal.open_questions() and not suspension(journal):
        return "running"
    return row["status"]


def _reason(row: RunRow, journal: Journal) -> str:
    suspended = suspension(journal) if row["status"] == "waiting" else None
    return f"{suspended['data']['reason']}; it is tried again by itself" if suspended else ""
