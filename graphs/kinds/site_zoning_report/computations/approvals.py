"""Approvals and permit history: what was permitted when, on which conditions, and whether they are met."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.dates import order_of, span_of
from quire.graphs.kinds.site_zoning_report.computations.particulars import fact
from quire.graphs.kinds.site_zoning_report.computations.records import Record, records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import in_full, said
from quire.nodes.computations.blocks import counted, heading, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_DATE, _NUMBER, _TYPE = r"\bdate\b|\byear\b", r"number|\bno\.?\b|\bid\b|^(?:permit|case)$", r"\btype\b|\bkind\b"
_WHAT, _DECISION = r"description|subject|scope|\bfor\b|\bwork\b", r"decision|^status$|outcome|result"
_CONDITION, _CONDITION_STATUS = r"^conditions?$|^conditions? (?:text|of)", r"condition\w* (?:status|met|state)"
_UNMET = re.compile(r"\b(?:open|outstanding|unmet|not met|pending|incomplete|overdue|no)\b", re.IGNORECASE)
_ON_RECORD = r"\bvariance\b|\bsite plan\b|\bspecial permit\b|\bapplication\b|certificates? of occupancy"
_NOTHING = "No record of approvals and permits was supplied. The permit history is not determined."
_ASK = "Which permits, variances, conditions and certificates of occupancy are on record for the site?"


def compute(materials: Materials) -> SectionContent:
    """List the records by date, then their conditions, then what is said of them elsewhere."""
    history = with_role(materials.readings, "permit history")
    listed = sorted(records(history), key=_order)
    stated = [paragraph(*in_full(said(with_role(materials.readings, "zoning letter"), _ON_RECORD)))]
    if not listed:
        return section([note(claim(_NOTHING, "open"), level="warning"), *stated], open_questions=[_ASK])
    conditioned = [record for record in listed if record.cell(_CONDITION)]
    spans = [span for reading in history if (span := span_of(reading))]
    blocks = [
        paragraph(_count(listed, spans[0][0] if spans else ""), *_for_the_use(materials, listed)),
        _history(listed),
        *_conditions(conditioned),
    ]
    if stated[0]["claims"]:
        blocks += [heading("What the authority states"), *stated]
    return section(blocks, _values(listed, conditioned), _questions(conditioned))


def _order(record: Record) -> tuple[int, int, int]:
    """Put undated records last."""
    return order_of(record.text(_DATE)) or (9999, 0, 0)


def _count(listed: Sequence[Record], span: str) -> Claim:
    evidence = [cell.evidence for record in listed if (cell := record.cell(_DATE, _NUMBER))]
    period = f" ({span[:1].lower()}{span[1:]})" if span else ""
    text = f"The permit history holds {counted(len(listed), 'record')}{period}."
    return claim(text, "computed", *evidence[:1], *evidence[-1:], how=f"{len(listed)} rows counted")


def _for_the_use(materials: Materials, listed: Sequence[Record]) -> Iterator[Claim]:
    """Say whether any permit is for the proposed use, told by the use's leading word."""
    words = [word for word in re.findall(r"[a-z]{4,}", fact(materials, "proposed_use").casefold()) if word != "with"]
    if words and not any(words[0] in record.passage["text"].casefold() for record in listed):
        how = f"none of the {counted(len(listed), 'record')} names “{words[0]}”"
        yield claim("None of them is an approval, permit or certificate for the proposed use.", "computed", how=how)


def _history(listed: Sequence[Record]) -> Block:
    columns = {"Date": _DATE, "Number": _NUMBER, "Type": _TYPE, "Subject": _WHAT, "Decision": _DECISION}
    rows = [[record.claim(pattern) for pattern in columns.values()] for record in listed]
    return table("Approvals and permits, oldest first", list(columns), rows)


def _conditions(conditioned: Sequence[Record]) -> Iterator[Block]:
    if not conditioned:
        return
    yield heading("Conditions")
    rows = [[record.claim(_NUMBER), record.claim(_CONDITION), _condition_status(record)] for record in conditioned]
    yield table("Conditions of approvals", ["Number", "Condition", "Status"], rows)


def _condition_status(record: Record) -> Claim:
    cell = record.cell(_CONDITION_STATUS)
    return claim(cell.text, "source", cell.evidence, status=cell.text) if cell else claim("Not determined", "open")


def _is_unmet(record: Record) -> bool:
    return bool(_UNMET.search(record.text(_CONDITION_STATUS)))


def _values(listed: Sequence[Record], conditioned: Sequence[Record]) -> dict[str, Value]:
    unmet = [record for record in conditioned if _is_unmet(record)]
    values = {
        "approvals.count": value(counted(len(listed), "record"), figure=len(listed)),
        "approvals.open_conditions": value(counted(len(unmet), "open condition"), figure=len(unmet)),
    }
    for n, record in enumerate(unmet, 1):
        cells = [cell for pattern in (_NUMBER, _CONDITION, _CONDITION_STATUS) if (cell := record.cell(pattern))]
        text = f"Condition of {record.text(_NUMBER) or 'an approval'} is open: {record.text(_CONDITION)}"
        values[f"approvals.open_condition.{n}"] = value(text, *(cell.evidence for cell in cells))
    return values


def _questions(conditioned: Sequence[Record]) -> list[str]:
    return [
        f"Is the condition of {record.text(_NUMBER) or 'the approval'} met: “{record.text(_CONDITION)}”?"
        for record in conditioned
        if not record.cell(_CONDITION_STATUS)
    ]
