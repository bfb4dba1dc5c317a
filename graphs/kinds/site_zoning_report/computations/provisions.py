"""The code as provisions: its passages with the chapter, the section and the titles they stand under."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from quire.graphs.kinds.site_zoning_report.computations.prose import lead_of
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.passage import Passage, Reading

_CHAPTER = re.compile(
    r"^(?P<kind>chapter|article|title|part|division)\s+(?P<number>[\dIVXLC]+[A-Z]?(?:[.-]\d+)*)\b", re.IGNORECASE
)
_HISTORY = re.compile(
    r"^\(?\s*(?:ord(?:inance|\.)|added|amended|am\.|passed|res\.)[^)]*\)?\.?$|^\(\[?Ord\b.*\)$", re.IGNORECASE
)
_CONTENTS = re.compile(r"^(?:sections|contents|table\s+of\s+contents|cross[\s-]+references?)$", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\[[^\]]*\]")
_SEVERAL = 2
_SUBDIVISION = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Provision:
    """A passage of the code."""

    reading: Reading
    passage: Passage
    titles: tuple[str, ...]
    """Titles and lead-ins above it, outermost first; the lead-ins of unnumbered paragraphs are not among them."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage["text"]

    @property
    def section(self) -> str:
        """Number of its section with subdivisions, or nothing."""
        return self.passage.get("section", "")

    @property
    def base(self) -> str:
        """Number of its section without subdivisions."""
        return self.section.split("(", 1)[0]

    @property
    def where(self) -> str:
        """How a reader finds it: ``Chapter 1137, Section 1137.03(a)``, or its title and line."""
        if self.section:
            chapter = chapter_of(self)
            return f"{chapter}, Section {self.section}" if chapter else f"Section {self.section}"
        title = self.titles[-1] if self.titles else self.reading["title"]
        return f"“{title}”, {self.passage['address']}"

    def evidence(self, quote: str = "", field: str = "") -> Evidence:
        """Cite it, a quote in it or one of its cells."""
        return cite(self.reading, self.passage, quote=quote, field=field)


def places(provisions_: Iterable[Provision]) -> str:
    """Name several places, the chapter once: ``Chapter 1137, Sections 1137.02(a) and 1137.02(b)``."""
    listed = list(provisions_)
    sections = list(dict.fromkeys(p.section for p in listed if p.section))
    chapters = {chapter_of(p) for p in listed}
    if len(sections) < _SEVERAL or len(chapters) > 1 or not all(p.section for p in listed):
        return "; ".join(dict.fromkeys(p.where for p in listed))
    chapter = next(iter(chapters))
    named = f"Sections {', '.join(sections[:-1])} and {sections[-1]}"
    return f"{chapter}, {named}" if chapter else named


def chapter_of(provision: Provision) -> str:
    """Name the chapter as the code does: ``Chapter 1137``."""
    for title in (*provision.titles, provision.reading["title"]):
        if found := _CHAPTER.match(title):
            return f"{found['kind'].capitalize()} {found['number']}"
    return ""


def provisions(readings: Iterable[Reading]) -> list[Provision]:
    """List the code's passages in order: without tables of contents, cross references and history notes."""
    return [p for reading in with_role(readings, "zoning code") for p in _of(reading)]


def _of(reading: Reading) -> Iterator[Provision]:
    leads: dict[str, str] = {}
    for passage in reading["passages"]:
        if _is_apparatus(passage):
            continue
        section = passage.get("section", "")
        if passage["kind"] == "text" and section and section not in leads:
            leads[section] = lead_of(passage["text"])
        yield Provision(reading, passage, tuple(_titles(passage, section, leads)))


def _is_apparatus(passage: Passage) -> bool:
    if passage["kind"] == "heading":
        return bool(_CONTENTS.match(passage["text"]))
    return any(_CONTENTS.match(title) for title in passage["headings"]) or bool(_HISTORY.match(passage["text"]))


def _titles(passage: Passage, section: str, leads: dict[str, str]) -> list[str]:
    """Add to the titles the lead-ins of the subdivisions around a passage that the reader did not see as such."""
    titles = list(passage["headings"])
    above: list[str] = []
    while _SUBDIVISION.search(section):
        section = _SUBDIVISION.sub("", section)
        lead = leads.get(section, "")
        if lead and lead not in titles:
            above.insert(0, lead)
    return titles + above


def history_notes(readings: Iterable[Reading]) -> list[tuple[str, Evidence]]:
    """List the notes on which ordinance passed or amended a section."""
    return [
        (_LINK.sub(r"\g<words>", passage["text"].strip("()")), cite(reading, passage))
        for reading in with_role(readings, "zoning code")
        for passage in reading["passages"]
        if _HISTORY.match(passage["text"])
    ]


def tables(provisions_: Iterable[Provision]) -> list[list[Provision]]:
    """Group rows that stand together under the same column titles into tables."""
    found: list[list[Provision]] = []
    for (kind, _, _), group in groupby(
        provisions_, key=lambda p: (p.passage["kind"], p.reading["source"], tuple(p.passage.get("fields", {})))
    ):
        if kind == "row":
            found.append(list(group))
    return found
