"""Which provisions of a code apply to a district: its own chapter, rows and sentences elsewhere, what it borrows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.catalogue import catalogue
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.nodes.sources.sentences import sentences

_DISTRICTS = re.compile(r"\b(?:districts?|zones?)\b", re.IGNORECASE)
_BORROWS = re.compile(
    r"\bsame\s+(?:regulations?|requirements?|standards?|provisions?)\b[^.;]{0,80}?\b(?:Sections?|§+)\s*(?P<section>\d[\w.-]*(?:\([\w]+\))*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Applicable:
    """The provisions that regulate a district."""

    own: tuple[Provision, ...]
    """Its chapter, section or page."""
    elsewhere: tuple[Provision, ...]
    """Rows and paragraphs of other chapters that name it."""
    borrowed: tuple[tuple[Provision, Provision], ...]
    """Provisions of another district that its own declare applicable, with the provision that does so."""

    @property
    def all(self) -> list[Provision]:
        """All of them, its own first."""
        return [*self.own, *(p for p, _ in self.borrowed), *self.elsewhere]


def applicable(names: Names, code: list[Provision]) -> Applicable:
    """Find the provisions for a district."""
    own = _own(names, code)
    known = {id(p) for p in own}
    elsewhere = [p for p in code if id(p) not in known and _names_it(names, p)]
    return Applicable(tuple(own), tuple(elsewhere), tuple(_borrowed(own, code)))


def _own(names: Names, code: list[Provision]) -> list[Provision]:
    titled = [p for p in code if _titled(names, p)]
    pages = _pages(names, code)
    own = titled + [p for p in code if p.reading["source"] in pages and p not in titled]
    return own or [p for p in _chapter_by_table(names, code) if not _for_others(names, p)]


def _titled(names: Names, provision: Provision) -> bool:
    is_title = provision.passage["kind"] == "heading" and names.in_title(provision.text)
    return is_title or any(names.in_title(title) for title in provision.titles)


def _pages(names: Names, code: list[Provision]) -> set[str]:
    """Find the sources that are a page of this district: its front matter gives its symbol."""
    fielded = [p for p in code if p.passage["kind"] == "field"]
    entries = [e for e in catalogue(fielded) if names.is_cell(e.symbol or e.name)]
    return {e.evidence["source"] for e in entries}


def _chapter_by_table(names: Names, code: list[Provision]) -> list[Provision]:
    """Find the chapter that treats several districts in one table, by the column or row of this one."""
    rows = [p for p in code if p.passage["kind"] == "row" and _in_row(names, p) and _is_measuring(names, p)]
    chapters = {_chapter(p) for p in rows}
    return [p for p in code if any(_is_under(p, chapter) for chapter in chapters)]


def _is_measuring(names: Names, provision: Provision) -> bool:
    """Tell a row with figures from one that only lists the district."""
    cells = provision.passage.get("fields", {}).values()
    return any(re.search(r"\d", cell) and not names.is_cell(cell) for cell in cells)


def _chapter(provision: Provision) -> tuple[str, tuple[str, ...]]:
    """Name the chapter of a table: the titles down to the innermost that speaks of districts, or its section alone."""
    titles = provision.titles
    depth = next((n + 1 for n in range(len(titles) - 2, -1, -1) if _DISTRICTS.search(titles[n])), len(titles))
    return provision.reading["source"], titles[:depth]


def _is_under(provision: Provision, chapter: tuple[str, tuple[str, ...]]) -> bool:
    source, titles = chapter
    return bool(titles) and provision.reading["source"] == source and provision.titles[: len(titles)] == titles


def _in_row(names: Names, provision: Provision) -> bool:
    fields = provision.passage.get("fields", {})
    return any(names.in_column(title) for title in fields) or any(names.is_cell(cell) for cell in fields.values())


def _names_it(names: Names, provision: Provision) -> bool:
    match provision.passage["kind"]:
        case "row":
            return _in_row(names, provision)
        case "text":
            return names.in_sentence(provision.text)
    return False


def _for_others(names: Names, provision: Provision) -> bool:
    """Tell a paragraph of a shared chapter that speaks of other districts only."""
    first = next(iter(sentences(provision.text)), "")
    return provision.passage["kind"] == "text" and names.others_in_sentence(first)


def _borrowed(own: Iterable[Provision], code: list[Provision]) -> list[tuple[Provision, Provision]]:
    found = []
    for provision in own:
        for match in _BORROWS.finditer(provision.text):
            section = match["section"].rstrip(".")
            found += [(p, provision) for p in code if p.section == section or p.section.startswith(f"{section}(")]
    return found
