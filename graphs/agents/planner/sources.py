"""What a planner is told of each source: what it is called, and what it holds. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.sources.passage import Passage, Reading

MOST_HEADINGS = 20
"""Headings of one source: beyond, they say less than they cost."""
_LONGEST = 160
"""Characters of a heading or of the words with which a source begins."""


class Described(NamedTuple):
    """A source as a planner knows it."""

    name: str
    title: str
    holds: tuple[str, ...]
    """Its headings, or the titles of its columns; of one that has neither, how it begins."""

    def told(self) -> str:
        """Put it into words."""
        title = f" “{self.title}”" if self.title and self.title != self.name else ""
        return f"{self.name}{title}: {'; '.join(self.holds) or 'nothing that could be read'}"


def described(readings: Sequence[Reading]) -> list[Described]:
    """Describe the sources that hold something, in the order of the brief."""
    return [Described(r["source"], r["title"], _contents(r["passages"])) for r in readings if r["passages"]]


def _contents(passages: Sequence[Passage]) -> tuple[str, ...]:
    headings = [p["text"] for p in passages if p["kind"] == "heading"]
    columns = [", ".join(p["fields"]) for p in passages if p["kind"] == "row" and p.get("fields")]
    begins = [p["text"] for p in passages if p["kind"] in {"text", "row"}]
    told = list(dict.fromkeys([*headings, *columns]))[:MOST_HEADINGS] or begins[:1]
    return tuple(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in told)
