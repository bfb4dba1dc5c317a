"""The survey: for each source what it is, of when, whether it holds, what period it covers, what it contains. Pure."""

import re
from collections.abc import Mapping, Sequence

from typing_extensions import TypedDict

from quire.nodes.sources.passage import Reading
from quire.nodes.survey.dates import date_of, period_of
from quire.nodes.survey.heads import as_words, head_of, heading_in, plain
from quire.nodes.survey.status import Status, standing_of
from quire.nodes.survey.what import is_replaced_by_newer, what_of

MOST_CONTENTS = 30
"""Headings or columns of one source."""
LONGEST = 120
"""Characters of one."""


class Surveyed(TypedDict):
    """A source at a glance. What is not known is empty."""

    source: str
    hash: str
    title: str
    what: str
    """A plain word (``minutes``, ``price list``), else its title."""
    date: str
    """ISO 8601 with open parts left out: ``2026-04``."""
    status: Status
    period: str
    """``2026-Q1``, ``2025``, ``2024/2026``."""
    replaced_by: str
    """What took its place: as it says itself, or the name of a newer edition."""
    newer: str
    """The name of the newest source of the same kind and subject, of a later date."""
    contents: list[str]
    """Its headings, or its columns."""


def survey(readings: Sequence[Reading], today: str = "") -> list[Surveyed]:
    """Survey the sources, in their order.

    Args:
        readings: the sources.
        today: the date that the document bears, if it bears one.

    """
    found = [_surveyed(reading, today) for reading in readings]
    newest = _newest(found)
    return [_among(each, newest.get(_series(each["source"]))) for each in found]


def by_source(surveyed: Sequence[Surveyed]) -> Mapping[str, Surveyed]:
    """Give a survey by the sources' names."""
    return {each["source"]: each for each in surveyed}


def described(each: Surveyed) -> str:
    """Say in one line what a source is: ``report, 2026-Q1, dated 2026-04-14``, with what is the matter with it."""
    dated = f"dated {each['date']}" if each["date"] and each["date"] != each["period"] else ""
    said = [each["what"], each["period"], dated, each["status"] if each["status"] != "current" else ""]
    if each["replaced_by"]:
        said.append(f"replaced by {each['replaced_by']}")
    elif each["newer"]:
        said.append(f"a newer one is {each['newer']}")
    return ", ".join(part for part in said if part)


def _surveyed(reading: Reading, today: str) -> Surveyed:
    head = head_of(reading)
    title = head.titles[0] if head.titles else reading["source"]
    standing = standing_of(head)
    return Surveyed(
        source=reading["source"],
        hash=reading["hash"],
        title=title[:LONGEST],
        what=what_of(head, title[:LONGEST]),
        date=date_of(head, today),
        status=standing.status,
        period=period_of(head),
        replaced_by=standing.replaced_by,
        newer="",
        contents=_contents(reading),
    )


def _contents(reading: Reading) -> list[str]:
    headings = dict.fromkeys(plain(title)[:LONGEST] for p in reading["passages"] if (title := heading_in(p)))
    rows = [p for p in reading["passages"] if p["kind"] == "row"] if not headings else []
    columns = [column[:LONGEST] for row in rows[:1] for column in row.get("fields", {})]
    return [*headings, *columns][:MOST_CONTENTS]


_VINTAGE = re.compile(
    r"(?<!\w)(?:[qh][1-4]|(?:19|20)\d\d(?:[-. ]?\d\d){0,2}|v(?:ersion)?\s?\d+(?:\.\d+)*|rev(?:ision)?\s?\d+|final|draft"
    r"|entwurf|superseded|archived|old|new|neu|alt|jan\w*|feb\w*|m[aä]r\w*|apr\w*|may|mai|june?|juni|july?|juli|aug\w*"
    r"|sept?\w*|o[ck]t\w*|nov\w*|de[cz]\w*|\d{1,2})(?!\w)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<!\w)(?:v|version |rev |revision )\s?(\d+(?:\.\d+)*)", re.IGNORECASE)


def _series(name: str) -> str:
    """Give what the names of all editions of a source have in common; empty if nothing is left."""
    stem = as_words(re.sub(r"\.\w{1,5}$", "", name.rpartition("/")[2]))
    return " ".join(_VINTAGE.sub(" ", stem).lower().split())


def _age(each: Surveyed) -> tuple[str, str, tuple[int, ...]]:
    """Give what editions of one series are told apart by: their period, their date, their version."""
    version = _VERSION.search(as_words(each["source"]))
    numbers = tuple(int(n) for n in version[1].split(".")) if version else ()
    return each["period"], each["date"], numbers


def _newest(found: Sequence[Surveyed]) -> dict[str, Surveyed]:
    newest: dict[str, Surveyed] = {}
    for each in found:
        series = _series(each["source"])
        if series and each["status"] in {"current", "archived"} and _age(each) > _age(newest.get(series, _OLDEST)):
            newest[series] = each
    return newest


_OLDEST = Surveyed(
    source="", hash="", title="", what="", date="", status="current", period="", replaced_by="", newer="", contents=[]
)


def _among(each: Surveyed, newest: Surveyed | None) -> Surveyed:
    """Say of a source that a newer one of its series is there; one that sets rules is replaced by it."""
    if newest is None or newest["source"] == each["source"] or _age(newest) <= _age(each):
        return each
    if each["status"] == "current" and is_replaced_by_newer(each["what"]):
        return {**each, "status": "superseded", "newer": newest["source"], "replaced_by": newest["source"]}
    return {**each, "newer": newest["source"]}
