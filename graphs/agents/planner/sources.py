"""What a planner is told of each source: what it is, of when, whether it still holds, and what it contains. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.search.pack import Survey
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.survey import Surveyed
from quire.nodes.survey.survey import described as in_a_line

MOST_CONTENTS = 20
"""Headings or columns of one source: beyond, they say less than they cost."""
_LONGEST = 160
"""Characters of the words with which a source begins."""


class Described(NamedTuple):
    """A source as a planner knows it."""

    name: str
    title: str
    about: str
    """What it is, the period it covers, its date, and what is the matter with it."""
    holds: tuple[str, ...]
    """Its headings, or the titles of its columns; of one that has neither, how it begins."""
    is_current: bool = True
    words: int = 0
    """How many it has."""

    def told(self) -> str:
        """Put it into words."""
        title = f" “{self.title}”" if self.title and self.title != self.name else ""
        return f"{self.name}{title} ({self.about}): {'; '.join(self.holds) or 'nothing that could be read'}"


def described(readings: Sequence[Reading], survey: Survey) -> list[Described]:
    """Describe the sources that hold something, in the order of the brief."""
    return [_described(reading, survey[reading["source"]]) for reading in readings if reading["passages"]]


def _described(reading: Reading, about: Surveyed) -> Described:
    """Describe a source; what its title says is not said again."""
    title = about["title"]
    plain = Surveyed({**about, "what": "" if about["what"] == title else about["what"]})
    contents = [one for one in about["contents"] if one != title][:MOST_CONTENTS]
    return Described(
        name=reading["source"],
        title=about["title"],
        about=", ".join(
            [*filter(None, [in_a_line(plain)]), *([] if about["date"] or about["period"] else ["undated"])]
        ),
        holds=tuple(contents) or _beginning(reading),
        is_current=about["status"] == "current",
        words=sum(len(passage["text"].split()) for passage in reading["passages"]),
    )


def _beginning(reading: Reading) -> tuple[str, ...]:
    text = next((p["text"] for p in reading["passages"] if p["kind"] in {"text", "row"}), "")
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…",) if text else ()
