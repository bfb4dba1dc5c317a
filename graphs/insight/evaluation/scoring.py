"""Holds what a document says against what was expected of it. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.insight.evaluation.expectations import Expectations, Expected, Trap
from quire.graphs.insight.evaluation.statements import Statement, statements_of
from quire.nodes.checks.wording import all_claims


class Said(TypedDict):
    """A statement of a document."""

    section: str
    text: str


class Fallen(TypedDict):
    """A trap, and the statement that fell into it."""

    id: str
    section: str
    text: str


class Evaluation(TypedDict):
    """What one brief's document came to. Plain JSON: an earlier one is held against a later one."""

    name: str
    run: str
    status: str
    reason: str
    """Why it failed or waits; else empty."""
    mode: str
    models: list[str]
    facts_found: list[str]
    facts_missing: list[str]
    facts_needed: int
    traps: int
    traps_fallen_into: list[Fallen]
    conflicts_named: list[str]
    conflicts_missing: list[str]
    verdicts: dict[str, int]
    """Claims that stand, by the verdict on them, and those that were struck."""
    objections: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    statements: list[Said]


def evaluated(
    name: str, expectations: Expectations, document: Mapping[str, Any] | None, report: Mapping[str, Any]
) -> Evaluation:
    """Evaluate a run that came to its end.

    Args:
        name: of the case.
        expectations: what was expected.
        document: what it came to; nothing if it failed on the way.
        report: how it stands, as ``run.json`` has it.

    """
    statements = statements_of(document) if document else []
    found = [fact.id for fact in expectations.facts if any(_says(one, fact) for one in statements)]
    named = [each.id for each in expectations.conflicts if any(_says(one, each) for one in statements)]
    return Evaluation(
        name=name,
        run=report["id"],
        status=report["status"],
        reason=report["reason"]
        or (report["warnings"][-1] if report["status"] == "failed" and report["warnings"] else ""),
        mode=report["mode"],
        models=_models(document),
        facts_found=found,
        facts_missing=[fact.id for fact in expectations.facts if fact.id not in found],
        facts_needed=len(expectations.facts) if expectations.at_least is None else expectations.at_least,
        traps=len(expectations.traps),
        traps_fallen_into=[fallen for trap in expectations.traps for fallen in _fallen(trap, statements)],
        conflicts_named=named,
        conflicts_missing=[each.id for each in expectations.conflicts if each.id not in named],
        verdicts=_verdicts(document, report),
        objections=len(report["objections"]),
        calls=report["usage"]["calls"],
        prompt_tokens=report["usage"]["prompt_tokens"],
        completion_tokens=report["usage"]["completion_tokens"],
        statements=[Said(section=one.section, text=one.words) for one in statements],
    )


def as_expected(evaluation: Evaluation) -> bool:
    """Whether enough facts are stated, no trap was fallen into, and every conflict is named."""
    return (
        evaluation["status"] in ("done", "partial")
        and len(evaluation["facts_found"]) >= evaluation["facts_needed"]
        and not evaluation["traps_fallen_into"]
        and not evaluation["conflicts_missing"]
    )


def _says(statement: Statement, expected: Expected) -> bool:
    if expected.section and statement.section != expected.section:
        return False
    if expected.record:
        cells = {_folded(title): _folded(text) for title, text in statement.cells.items()}
        return all(cells.get(_folded(title)) == _folded(text) for title, text in expected.record.items())
    return all(re.search(pattern, statement.words, re.IGNORECASE) for pattern in expected.says)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _fallen(trap: Trap, statements: Iterable[Statement]) -> list[Fallen]:
    return [
        Fallen(id=trap.id, section=one.section, text=one.words)
        for one in statements
        if _says(one, trap) and not any(re.search(right, one.words, re.IGNORECASE) for right in trap.unless)
    ]


def _models(document: Mapping[str, Any] | None) -> list[str]:
    sections: Sequence[Mapping[str, Any]] = document["sections"] if document else []
    return sorted({model for section in sections for model in section["models"].values()})


def _verdicts(document: Mapping[str, Any] | None, report: Mapping[str, Any]) -> dict[str, int]:
    contents = [s["content"] for s in (document or {"sections": []})["sections"] if "content" in s]
    told = Counter(
        claim["verdict"]["verdict"] for content in contents for claim in all_claims(content) if "verdict" in claim
    )
    struck = len(report["struck"])
    return {**dict(sorted(told.items())), **({"struck": struck} if struck else {})}
