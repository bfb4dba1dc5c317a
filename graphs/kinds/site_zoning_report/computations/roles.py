"""What a source is to a zoning report, told by its column titles, labels and words, never by its file's name alone."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.names import is_symbol
from quire.nodes.sources.passage import Reading

Role: TypeAlias = Literal[
    "zoning code",
    "survey",
    "property record",
    "site uses",
    "permit history",
    "violation record",
    "utility record",
    "comprehensive plan",
    "zoning letter",
    "flood determination",
    "street record",
    "other",
]
ROLES: Final[tuple[Role, ...]] = (
    "zoning code",
    "survey",
    "property record",
    "site uses",
    "zoning letter",
    "flood determination",
    "street record",
    "utility record",
    "permit history",
    "violation record",
    "comprehensive plan",
    "other",
)
"""In the order in which a report names them."""

_SHEET_WIDTH = 5
"""A table of labels and values has at most: label, value, unit, note, source."""
_ENOUGH = 2
"""Labels or sentences of a kind that make a source one of that kind."""

_VIOLATION = re.compile(r"violation|\bcase\b|citation|infraction")
_PERMIT = re.compile(r"permit|approval|certificate|variance|entitlement")
_UTILITY = re.compile(r"utilit")
_TENANCY = re.compile(r"seat|floor.?area|\bunits?\b|suite|space|tenant|occupan")
_SURVEY = re.compile(
    r"survey|setback|\byard\b|lot (?:area|size|width|depth)|frontage|stall|parking space|height|coverage"
)
_PROPERTY = re.compile(r"owner|parcel|legal description|assess|year built|land use code|deed")
_CODE_COLUMNS = re.compile(r"district|\bzone\b|standard|requirement|regulation|required")

_PLAN_TITLE = re.compile(r"(?:comprehensive|master|general|land.use)[ _-]plan|\bplan (?:excerpt|policies)")
_LETTER = re.compile(r"zoning (?:verification|compliance|certification)|\bthis office\b|verification letter")
_CODE_TITLE = re.compile(r"\bchapter\b|ordinance|zoning code|\barticle\b|\bdistricts?\b|regulations|\bby-?laws?\b")
_DISTRICT_TITLE = re.compile(
    r"\b(?:district|zone)s?\b(?:\s+(?:standards|regulations|requirements|uses))?$", re.IGNORECASE
)
_DISTRICT_FIELD = re.compile(
    r"^(?:zon(?:e|ing)|district)(?:[ _]type)?(?:[ _](?:code|symbol|name|title))?$", re.IGNORECASE
)
_BINDING = re.compile(r"\bshall\b|\bmust\b|\bprohibited\b|\bpermitted\b|\bminimum\b|\bmaximum\b", re.IGNORECASE)
_FLOOD = re.compile(r"flood", re.IGNORECASE)
_FLOOD_MAP = re.compile(r"\bpanel\b|\bFIRM\b|flood insurance rate map|zone (?:AE?|X|VE?|A[HO])\b", re.IGNORECASE)
_STREET = re.compile(
    r"right-of-way|collector|arterial|local street|(?:vehicles|trips) (?:a|per) day|street record", re.IGNORECASE
)


def role_of(reading: Reading) -> Role:
    """Say what a source is to the report."""
    rows = [p for p in reading["passages"] if p["kind"] == "row"]
    if rows and len(rows) == len(reading["passages"]):
        return _role_of_table([p.get("fields", {}) for p in rows])
    return _role_of_text(reading)


def with_role(readings: Iterable[Reading], *roles: Role) -> tuple[Reading, ...]:
    """Keep the sources of the given kinds, in their order."""
    return tuple(reading for reading in readings if role_of(reading) in roles)


def _role_of_table(rows: Sequence[dict[str, str]]) -> Role:
    titles = [title.casefold().replace("_", " ") for title in rows[0]]
    record = _role_of_records(titles)
    if record is not None:
        return record
    first = next(iter(rows[0]))
    labels = [row.get(first, "").casefold().replace("_", " ") for row in rows]
    if _is_of_districts(titles, rows):
        return "zoning code"
    named = labels if len(titles) <= _SHEET_WIDTH and len(rows) > 1 else titles
    survey, owned = (sum(bool(kind.search(label)) for label in named) for kind in (_SURVEY, _PROPERTY))
    if any(_CODE_COLUMNS.search(title) for title in titles):
        return "zoning code"
    if max(survey, owned) < _ENOUGH:
        return "zoning code" if "use" in titles else "other"
    return "survey" if survey > owned else "property record"


def _is_of_districts(titles: Sequence[str], rows: Sequence[dict[str, str]]) -> bool:
    """Tell a table of districts: symbols for rows and measures for columns, or the other way round."""
    across = sum(measure_named(spaced(title)) is not None for title in titles)
    down = sum(measure_named(spaced(row[next(iter(row))])) is not None for row in rows)
    symbols = sum(is_symbol(cell) for row in rows for cell in list(row.values())[:_ENOUGH])
    columns = sum(is_symbol(title) for title in rows[0])
    return (across >= _ENOUGH and symbols >= len(rows)) or (down >= _ENOUGH and columns >= _ENOUGH)


def _role_of_records(titles: Sequence[str]) -> Role | None:
    """Tell tables of events and things, one a row, by their columns."""
    joined = " | ".join(titles)
    dated = any("date" in title or title in {"status", "decision"} for title in titles)
    if dated and _VIOLATION.search(joined):
        return "violation record"
    if dated and _PERMIT.search(joined):
        return "permit history"
    if _UTILITY.search(joined):
        return "utility record"
    uses = any(re.search(r"\buse\b", title) for title in titles)
    return "site uses" if uses and len(titles) > _ENOUGH and _TENANCY.search(joined) else None


def _role_of_text(reading: Reading) -> Role:
    texts = [p["text"] for p in reading["passages"]]
    name = f"{reading['title']} {reading['source'].rsplit('/', 1)[-1]}".casefold()
    opening = " ".join(texts[:10]).casefold()
    if _PLAN_TITLE.search(name.replace("_", " ")):
        return "comprehensive plan"
    if _LETTER.search(opening) and not _CODE_TITLE.search(name):
        return "zoning letter"
    if _is_district_page(reading) or _is_code(reading, texts, name):
        return "zoning code"
    if _is_said(_FLOOD, texts) and any(_FLOOD_MAP.search(text) for text in texts):
        return "flood determination"
    return "street record" if _is_said(_STREET, texts) else "other"


def _is_district_page(reading: Reading) -> bool:
    """Tell a page on one district by its front matter: what it is, and its standards or uses."""
    keys = [key for p in reading["passages"] if p["kind"] == "field" for key in p.get("fields", {})]
    regulates = any(measure_named(spaced(key)) or "uses" in key.casefold() for key in keys)
    return regulates and any(_DISTRICT_FIELD.match(key) for key in keys)


def _is_code(reading: Reading, texts: Sequence[str], name: str) -> bool:
    """Tell a code by binding words in numbered sections, or in a source that calls itself a chapter or district."""
    binding = sum(bool(_BINDING.search(text)) for text in texts)
    numbered = sum("section" in p for p in reading["passages"])
    keys = [key.casefold() for p in reading["passages"] if p["kind"] == "field" for key in p.get("fields", {})]
    titled = any(p["kind"] == "heading" and _DISTRICT_TITLE.search(p["text"]) for p in reading["passages"])
    called = bool(_CODE_TITLE.search(name)) or titled or any(_CODE_COLUMNS.search(key) for key in keys)
    return (numbered >= _ENOUGH and (called or binding > 0)) or (called and binding > 0) or binding > 2 * _ENOUGH


def _is_said(kind: re.Pattern[str], texts: Sequence[str]) -> bool:
    return sum(len(kind.findall(text)) for text in texts) >= _ENOUGH
