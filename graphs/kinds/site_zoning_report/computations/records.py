"""Records: tables whose rows are events or things (permits, violations, utilities), found by their column titles."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.personal.titles import announced
from quire.nodes.sources.passage import Passage, Reading


class Cell(NamedTuple):
    """What a record says under one title."""

    text: str
    evidence: Evidence


class Record(NamedTuple):
    """A row and the source it stands in."""

    reading: Reading
    passage: Passage

    def cell(self, *patterns: str) -> Cell | None:
        """Give the first cell that says something under a matching title; personal columns never match."""
        fields = self.passage.get("fields", {})
        titles = [title for title in fields if fields[title] and not announced(title)]
        for pattern in patterns:
            for title in titles:
                if re.search(pattern, title.replace("_", " "), re.IGNORECASE):
                    return Cell(fields[title], cite(self.reading, self.passage, field=title))
        return None

    def text(self, *patterns: str) -> str:
        """Give that cell's text, or nothing."""
        cell = self.cell(*patterns)
        return cell.text if cell else ""

    def claim(self, *patterns: str, missing: str = "Not determined") -> Claim:
        """Claim what the cell says; an empty one is said to be empty."""
        cell = self.cell(*patterns)
        return claim(cell.text, "source", cell.evidence) if cell else claim(missing, "open")


def records(readings: Iterable[Reading]) -> list[Record]:
    """List the rows of the sources, in their order."""
    return [Record(r, p) for r in readings for p in r["passages"] if p["kind"] == "row"]
