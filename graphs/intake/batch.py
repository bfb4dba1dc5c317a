"""Batches: one brief, and a document for each row of a table, whose columns are facts.

A run of a batch is called by what is asked of it. So the same brief with the same rows names the same runs: what was
written is not written again, what was interrupted goes on, and what has changed is a run of its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from quire.graphs.intake.brief import decode
from quire.graphs.intake.brief_files import bytes_at
from quire.nodes.evidence.content import digest_of
from quire.nodes.faults import BadInput
from quire.nodes.sources.read import read

MOST_ROWS = 1_000
"""Documents of one batch."""
TITLE: Final = "title"
"""The column that gives a document its own title."""
_MAX_FILE = 5_000_000
_DIGITS = 24


class Row(NamedTuple):
    """A row of the table."""

    number: int
    """From 1."""
    name: str
    """Its first cell."""
    facts: dict[str, Any]
    """Its cells by column; an empty one leaves the brief's own fact."""


class Asked(NamedTuple):
    """A document of a batch."""

    row: Row
    run: str
    """Id of the run that writes it."""
    brief: dict[str, Any]

    @property
    def folder(self) -> str:
        """The folder that its results are left in."""
        slug = re.sub(r"[^\w-]+", "-", self.row.name.casefold()).strip("-")[:40]
        return f"{self.row.number:03}-{slug}".rstrip("-")


def rows_at(path: Path) -> list[Row]:
    """Read the rows of a table: CSV, TSV, XLSX, or the tables of any format that is read.

    Raises:
        BadInput: the file cannot be read, or holds no table.

    """
    data = bytes_at(path, _MAX_FILE, lambda problem, hint: BadInput(problem, field="--each", hint=hint))
    passages = read(path.name, data)["passages"]
    return rows_of([p.get("fields", {}) for p in passages if p["kind"] == "row"], str(path))


def rows_of(cells: Sequence[Mapping[str, Any]], file: str = "") -> list[Row]:
    """Take rows of cells by their columns' titles.

    Raises:
        BadInput: there are none, or too many.

    """
    if not cells:
        raise BadInput("holds no rows", file=file, hint="give a table with a line of titles, whose columns are facts")
    if len(cells) > MOST_ROWS:
        raise BadInput(f"holds {len(cells):,} rows, more than {MOST_ROWS:,}", file=file, hint="split it")
    stated = [{name.strip(): value for name, value in row.items() if _is_stated(value)} for row in cells]
    return [Row(n, str(next(iter(row.values()), n)), row) for n, row in enumerate(stated, 1)]


def _is_stated(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def batch_of(first: Mapping[str, Any], own: Mapping[str, Any], rows: Sequence[Row], tenant: str) -> list[Asked]:
    """Give the documents of a batch, each with its brief.

    Args:
        first: the decoded brief of the first row.
        own: the facts that the brief states itself.
        rows: all rows.
        tenant: who asks; the same batch of another is another.

    Raises:
        BadInput: a row's facts do not fit the blueprint, or two rows ask for the same.

    """
    own = {name: value for name, value in own.items() if name in first["facts"]}
    batch = digest_of([{key: value for key, value in first.items() if key not in ("facts", "title")}, tenant])[:_DIGITS]
    made = [_asked(first, own, row, batch, tenant) for row in rows]
    _require_distinct(made)
    return made


def _asked(first: Mapping[str, Any], own: Mapping[str, Any], row: Row, batch: str, tenant: str) -> Asked:
    title = str(row.facts.get(TITLE) or f"{first['title']}: {row.name}")
    options = dict(first["options"])
    if "batch" in options:
        options["batch"] = {**options["batch"], "id": batch}
    facts = {**own, **{name: value for name, value in row.facts.items() if name != TITLE}}
    try:
        brief = decode({**first, "title": title, "facts": facts, "options": options})
    except BadInput as fault:
        raise BadInput(f"row {row.number} ({row.name}): {fault}") from fault
    return Asked(row, f"each-{digest_of([brief, tenant])[:_DIGITS]}", brief)


def _require_distinct(made: Iterable[Asked]) -> None:
    numbers: dict[str, int] = {}
    for one in made:
        if one.run in numbers:
            raise BadInput(f"rows {numbers[one.run]} and {one.row.number} ask for the same document")
        numbers[one.run] = one.row.number
