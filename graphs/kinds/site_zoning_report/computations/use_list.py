"""The uses that a code lists for a district: by right, conditional, accessory and prohibited, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.applicable import Applicable
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.prose import lead_of
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.nodes.evidence.content import Evidence

Standing: TypeAlias = Literal["P", "C", "A", "X"]
"""Permitted by right, conditional, accessory, prohibited."""

_USES = re.compile(r"\buses?\b|\buse\s+(?:table|regulations)\b", re.IGNORECASE)
_NOT_A_LIST = re.compile(
    r"\b(?:by\s+type|standards|nonconform\w*|detailed|supplement\w*|intent|purpose)\b", re.IGNORECASE
)
_STANDINGS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("X", re.compile(r"\b(?:prohibited|forbidden|not\s+(?:permitted|allowed))\b", re.IGNORECASE)),
    ("C", re.compile(r"\b(?:conditional\w*|special|discretionary|by\s+permit|cup|sup)\b", re.IGNORECASE)),
    ("A", re.compile(r"\b(?:accessory|ancillary|incidental)\b", re.IGNORECASE)),
    ("P", re.compile(r"\b(?:permitted|allowed|by[\s-]right|principal|main|primary|as\s+of\s+right)\b", re.IGNORECASE)),
)
_CODES: dict[str, Standing] = {
    **dict.fromkeys(
        ("P", "Y", "YES", "BR", "R", "BY-RIGHT", "PERMITTED", "ALLOWED", "✓", "✔", "●", "•", "L", "P*"), "P"
    ),
    **dict.fromkeys(("C", "CU", "CUP", "S", "SU", "SUP", "SE", "SP", "CONDITIONAL", "SPECIAL", "C*", "PC", "UP"), "C"),
    **dict.fromkeys(("X", "N", "NO", "NP", "-", "—", "\u2013", "PROHIBITED"), "X"),
    **dict.fromkeys(("A", "ACC", "ACCESSORY"), "A"),
}
_USE_COLUMN = re.compile(r"\buses?\b|\bland\s+use\b|\bactivity\b|\buse\s+type\b", re.IGNORECASE)
_STATUS_COLUMN = re.compile(r"\b(?:status|permission|permitted|standing|approval|category)\b", re.IGNORECASE)
_FIELD = re.compile(r"^(?P<kind>.*)[_ ]uses?\[\d+\]$", re.IGNORECASE)
_LISTING = re.compile(r":\s*(?P<uses>[^:]*)$", re.DOTALL)
_LIST_LEAD = re.compile(r"^(?:[\w-]+\s+){0,3}uses?(?:\s+\w+){0,2}$", re.IGNORECASE)
_HEADING = re.compile(r"^[^.]{2,40}\.?$")


@dataclass(frozen=True)
class UseEntry:
    """One entry of a list of uses."""

    text: str
    standing: Standing
    group: str
    """The titles of the list above it (``Retail sales``), without those that name its standing."""
    provision: Provision
    evidence: Evidence

    @property
    def is_group(self) -> bool:
        """Whether it only introduces the entries below it."""
        return self.text.rstrip(".").endswith(("below", "following", "as follows"))


def use_entries(names: Names, applied: Applicable) -> list[UseEntry]:
    """List the uses of a district in the order of the code."""
    provisions = [*applied.own, *applied.elsewhere]
    return [*_in_lists(applied.own), *_in_tables(provisions, names, applied), *_in_fields(applied.own)]


def _standing(*titles: str) -> Standing | None:
    """Read the standing from the innermost title that states one."""
    for title in reversed(titles):
        for standing, pattern in _STANDINGS:
            if pattern.search(title):
                return standing
    return None


def _in_lists(own: Sequence[Provision]) -> Iterator[UseEntry]:
    for provision in own:
        titles = provision.titles[1:] if len(provision.titles) > 1 else provision.titles
        section = next(
            (n for n, title in enumerate(titles) if _USES.search(title) and not _NOT_A_LIST.search(title)), None
        )
        if provision.passage["kind"] != "text" or section is None:
            continue
        under = titles[section:]
        standing = _standing(*under)
        lead = lead_of(provision.text)
        rest = provision.text[len(lead) :].lstrip(". :")
        if (own_standing := _standing(lead)) and _LIST_LEAD.match(lead):
            yield from _items(provision, rest, own_standing)
        elif _is_item(provision) and standing:
            group = ": ".join(
                title for title in under[1:] if _standing(title) is None and not provision.text.startswith(title)
            )
            yield UseEntry(provision.text, standing, group, provision, provision.evidence())
        elif (found := _LISTING.search(provision.text)) and (said := _standing(provision.text[: found.start()])):
            yield from _items(provision, found["uses"], said)


def _is_item(provision: Provision) -> bool:
    return "(" in provision.section


def _items(provision: Provision, text: str, standing: Standing) -> Iterator[UseEntry]:
    """Part a run of uses: at semicolons, or at commas where there are none."""
    joint = ";" if ";" in text else ","
    for piece in text.split(joint):
        words = re.sub(r"^(?:and|or)\s+", "", piece.strip()).rstrip(".")
        if words:
            yield UseEntry(words, standing, "", provision, provision.evidence(words))


def _in_tables(provisions: Sequence[Provision], names: Names, applied: Applicable) -> Iterator[UseEntry]:
    owned = {id(provision) for provision in applied.own}
    for table in tables(provisions):
        columns = list(table[0].passage.get("fields", {}))
        use = next((column for column in columns if _USE_COLUMN.search(column.replace("_", " "))), "")
        if use:
            for row in table:
                if entry := _row(row, use, names, own=id(row) in owned):
                    yield entry


def _row(row: Provision, use: str, names: Names, *, own: bool) -> UseEntry | None:
    cells = row.passage.get("fields", {})
    ours = next((column for column in cells if column != use and names.in_column(column)), "")
    column = ours or (_status_column(cells, use) if own or any(names.is_cell(cell) for cell in cells.values()) else "")
    standing = _CODES.get(cells.get(column, "").strip().upper()) if column else None
    if standing is None:
        column, standing = _marked(cells, use) if own and not ours else ("", None)
    if standing is None or not cells[use]:
        return None
    title = row.titles[-1] if row.titles else ""
    group = title if _HEADING.match(title) and not title[:1].isdigit() and _standing(title) is None else ""
    return UseEntry(cells[use], standing, group, row, row.evidence(field=use))


def _status_column(cells: dict[str, str], use: str) -> str:
    named = [column for column in cells if column != use and _STATUS_COLUMN.search(column.replace("_", " "))]
    return next((column for column in named if cells[column].strip().upper() in _CODES), "")


def _marked(cells: dict[str, str], use: str) -> tuple[str, Standing | None]:
    """Read ``Use | By-Right | CUP | Prohibited``: the column that is marked gives the standing."""
    for column, cell in cells.items():
        if column != use and cell.strip().upper() in _CODES and (standing := _standing(column)):
            return column, standing
    return "", None


def _in_fields(own: Sequence[Provision]) -> Iterator[UseEntry]:
    for provision in own:
        key = next(iter(provision.passage.get("fields", {})), "") if provision.passage["kind"] == "field" else ""
        found = _FIELD.match(key)
        standing = _standing(found["kind"].replace("_", " ")) if found else None
        if standing:
            yield UseEntry(provision.text, standing, "", provision, provision.evidence())
