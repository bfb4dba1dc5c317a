"""What the company owns: the tables that give each thing its book value, the most valuable first. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from quire.graphs.kinds.due_diligence.computations.measures import of_company
from quire.graphs.kinds.general_report.computations.columns import convention_of_table, numbers_in
from quire.graphs.kinds.general_report.computations.sheets import Sheet, sheets_of
from quire.nodes.computations.blocks import capitalized, note, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.records.desk import cut
from quire.nodes.records.written import stated
from quire.nodes.sources.passage import Passage, convention_of
from quire.nodes.survey.survey import by_source, survey

MOST_SHOWN = 40
"""Rows of one table that are shown; that there are more is said."""
_WORTH: Final = re.compile(r"\b(?:book|carrying|written[- ]down|balance[- ]sheet)\s+(?:value|amount)\b", re.IGNORECASE)
"""The title under which a register of assets says what each is worth in the books."""


def compute(materials: Materials) -> SectionContent:
    """Show each table of assets of sources in force, with all of its columns."""
    surveyed = by_source(survey(materials.readings))
    blocks = [
        block
        for reading in of_company(materials)
        if surveyed[reading["source"]]["status"] == "current"
        for sheet in sheets_of(reading, {(p["source"], p["address"]): n for n, p in enumerate(reading["passages"])})
        for block in _shown(sheet, materials.words)
    ]
    return section(blocks or [note(claim("No table gives what the company owns with its book value.", "open"))])


def _shown(sheet: Sheet, words: Words) -> Iterator[Block]:
    worth = next((title for title in sheet.columns if _WORTH.search(title)), "")
    if not worth or sheet.pairs or not sheet.rows:
        return
    columns = [sheet.cells(title) for title in sheet.columns]
    convention = convention_of_table(columns, convention_of(sheet.reading))
    numbers = numbers_in(worth, sheet.cells(worth), convention)
    by_worth = {row: -value for row, value in numbers.values} if numbers else {}
    ordered = sorted(range(len(sheet.rows)), key=lambda row: (row not in by_worth, by_worth.get(row, 0)))
    rows = [[_cell(sheet, sheet.rows[row], title, words) for title in sheet.columns] for row in ordered[:MOST_SHOWN]]
    yield table(capitalized(sheet.reading["title"]), sheet.columns, rows)
    yield from cut(MOST_SHOWN, len(ordered), words)


def _cell(sheet: Sheet, row: Passage, title: str, words: Words) -> Claim:
    said = row.get("fields", {}).get(title, "")
    return claim(stated(said, words), "source", cite(sheet.reading, row, field=title)) if said else claim("", "fixed")
