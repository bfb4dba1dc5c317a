"""Landscape, buffers and signs: what the code asks for in the district, and what the survey shows of it."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessment_values, repeated
from quire.graphs.kinds.site_zoning_report.computations.items import items
from quire.graphs.kinds.site_zoning_report.computations.names import Names, words_of
from quire.graphs.kinds.site_zoning_report.computations.planting import Asked, assess_planting, is_spared
from quire.graphs.kinds.site_zoning_report.computations.prose import lead_of
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, chapter_of, provisions
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.signs import assess_signs, rules_on_signs, shown_signs
from quire.graphs.kinds.site_zoning_report.computations.sited import Sited, sited
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE
from quire.graphs.kinds.site_zoning_report.computations.survey import Site, site_figures
from quire.graphs.kinds.site_zoning_report.computations.violation_record import enforced
from quire.nodes.computations.blocks import counted, note, paragraph, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.sources.sentences import sentences

_PLANTING = re.compile(r"\b(?:landscap\w*|buffers?|screen\w*|planting|trees?)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:intent|purposes?|definitions?|maintenance|permits?|penalt\w+|fees?|applicab\w*|exempt\w*|utility|visibility"
    r"|riparian|streams?|flood\w*|hillsides?|wetlands?|slopes?)\b"
    r"|\bwhen\s+required\b",
    re.IGNORECASE,
)
_DISTRICTS = re.compile(
    r"^\W*(?:In|Within|For|Along|On\s+the\s+property\s+of|Where\s+a\s+lot\s+in)\b[^.;]{0,160}?Districts?\b"
)
_EXACT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifty|enclosure|screen|retained|landscaped)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\bapplicab\w*|\bwhen\s+required\b", re.IGNORECASE)
_BINDS = re.compile(r"\b(?:shall|must)\b", re.IGNORECASE)
_THING = (
    (
        "strip along the street",
        re.compile(
            r"\btree\s+lawn\b|\b(?:grass|planted)\b.*\bstrip\b.*\b(?:curb|sidewalk|roadway)\b|\bstrip\b.*\bgrass",
            re.IGNORECASE,
        ),
    ),
    (
        "street trees",
        re.compile(
            r"\bstreet\s+trees?\b|\btrees?\b.*\b(?:street|frontage|curb|sidewalk)\b|\b(?:street|curb|sidewalk)\b.*\btrees?\b",
            re.IGNORECASE,
        ),
    ),
    ("refuse enclosure", re.compile(r"\b(?:refuse|dumpster|trash)\b", re.IGNORECASE)),
    ("buffer", re.compile(r"\bbuffers?\b", re.IGNORECASE)),
    ("perimeter screen", re.compile(r"\bscreen(?:s|ing)?\b", re.IGNORECASE)),
    ("planting of parking areas", re.compile(r"\bparking\b", re.IGNORECASE)),
    ("planting of open areas", re.compile(r"\b(?:landscap\w+|plant\w+|grass|ground\s+cover)\b", re.IGNORECASE)),
)
_EXCEPT = re.compile(r"\ball\s+(?:zoning\s+)?districts\s+except\s+(?P<names>[^.,;]*)", re.IGNORECASE)
_NO_DISTRICT = "The district of the site is not determined, so its requirements on landscape and signs cannot be named."
_NOTHING = "No requirement on landscape, buffers or signs for the district could be read in the sources."


def compute(materials: Materials) -> SectionContent:
    """Compare planting and buffers with the survey; set out the rules on signs."""
    code = provisions(materials.readings)
    found = sited(materials, code)
    if found.district is None:
        return section([note(claim(_NO_DISTRICT, "open"), level="warning")], {}, [_NO_DISTRICT])
    planting = _applying(code, found)
    site = site_figures(materials)
    surveyed = items(with_role(materials.readings, "survey"))
    asked = list(_asked(planting, found.names, site))
    kept = _by_topic(enforced([assess_planting(one, surveyed, site) for one in asked], materials), asked)
    rows = [row for row, _ in kept]
    signs = rules_on_signs(code, found)
    sign_row = assess_signs(signs, surveyed)
    blocks = [
        paragraph(*_opening(rows, found)),
        *_when(planting, code),
        *_table(kept),
        *_quoted(asked, planting, found.names),
        *shown_signs(signs),
    ]
    made = [*rows, *enforced([sign_row] if sign_row else [], materials)]
    return section(blocks, assessment_values(_distinct(made)), _questions(made))


def _applying(code: list[Provision], found: Sited) -> list[Provision]:
    """Keep the paragraphs on planting that apply to the district: a chapter on it, and the district's own sections."""
    own = {id(p) for p in applicable(found.names, code).own}
    titled = [p for p in code if p.passage["kind"] == "text" and _on_planting(p, own=id(p) in own)]
    left_out = {p.reading["source"] for p in code if _excepts(p.text, found.names)}
    return [p for p in titled if p.reading["source"] not in left_out]


def _on_planting(provision: Provision, *, own: bool) -> bool:
    """Say whether a paragraph is on planting by its chapter's title, or by its section's in the district's chapter."""
    titles = provision.titles if own or not chapter_of(provision) else provision.titles[:1]
    return any(_PLANTING.search(title) for title in titles) and not any(_ASIDE.search(t) for t in provision.titles)


def _excepts(text: str, names: Names) -> bool:
    """Tell ``shall apply to all zoning districts except R1 and R2F Districts`` where the district is one of these."""
    found = _EXCEPT.search(text)
    mentioned = re.findall(r"[A-Z][\w-]*", found["names"]) if found else []
    return any(names.symbol == m or (len(m) > 1 and names.symbol.startswith(f"{m}-")) for m in mentioned)


def _asked(planting: Sequence[Provision], names: Names, site: Site) -> Iterator[Asked]:
    """Take from each paragraph the first sentence that asks for something of this site."""
    for provision in planting:
        told: set[str] = set()
        for sentence in sentences(provision.text):
            words = f"{lead_of(provision.text)}. {sentence}. {provision.titles[-1]}"
            thing = next((name for name, pattern in _THING if pattern.search(words)), "")
            binding = _BINDS.search(sentence) and _EXACT.search(sentence)
            ours = not _of_others(sentence, names) and not is_spared(sentence, site)
            if thing and binding and ours and thing not in told:
                told.add(thing)
                yield Asked(thing, provision, sentence, provision.evidence(sentence))


def _of_others(sentence: str, names: Names) -> bool:
    """Tell a sentence on other districts: it speaks of districts by name, and none of the names is this one's."""
    if names.in_sentence(sentence) or not _DISTRICTS.search(sentence):
        return False
    mentioned = frozenset(re.findall(r"[a-z]+", sentence.lower()))
    return names.others_in_sentence(sentence) or not words_of(names.name) & mentioned


def _opening(rows: Sequence[Assessment], found: Sited) -> Iterator[Claim]:
    if not rows or found.district is None:
        yield claim(_NOTHING, "open")
        return
    met = sum(row.status == CONFORMING for row in rows)
    open_rows = sum(row.status == INDETERMINATE for row in rows)
    text = (
        f"{counted(len(rows), 'requirement')} on planting and buffers in the {found.district.full}: {met} met,"
        f" {len(rows) - met - open_rows} not met, {open_rows} not determined"
    )
    text += ", for want of a survey or of a figure." if open_rows else "."
    unmet = len(rows) - met - open_rows
    how = f"{found.district.full}; rows: {len(rows)}; met: {met}; not met: {unmet}; open: {open_rows}"
    yield claim(text, "computed", rows[0].required["evidence"][0], how=how)


def _when(planting: Sequence[Provision], code: Sequence[Provision]) -> Iterator[Block]:
    """Quote when the chapters that apply are to be observed."""
    chapters = {p.reading["source"] for p in planting}
    for provision in code:
        stating = provision.passage["kind"] == "text" and provision.reading["source"] in chapters
        if stating and _PLANTING.search(provision.titles[0]) and any(_WHEN.search(t) for t in provision.titles[1:]):
            yield quotation(provision)


def _by_topic(rows: Sequence[Assessment], asked: Sequence[Asked]) -> list[tuple[Assessment, Asked]]:
    """Keep one row for each topic of a section: the one with a figure, if there is one."""
    kept: dict[tuple[str, str], tuple[Assessment, Asked]] = {}
    for row, one in zip(rows, asked, strict=True):
        topic = (one.thing, one.provision.base if row.required["value"] is None else one.provision.passage["address"])
        kept.setdefault(topic, (row, one))
    return list(kept.values())


def _table(kept: Sequence[tuple[Assessment, Asked]]) -> list[Block]:
    if not kept:
        return []
    columns = ["Standard", "Required", "Actual", "Status", "Section"]
    return [table("Planting, buffers and screening", columns, [_row(row, one) for row, one in kept])]


def _row(row: Assessment, one: Asked) -> list[Claim]:
    required, actual = row.required["evidence"], row.actual["evidence"]
    return [
        claim(row.label, "fixed"),
        claim(row.required["text"], "computed", *required, how=f"{row.how}: “{one.quote}”"),
        repeated(row.actual, row.how) if actual else claim("Not surveyed", "open"),
        claim(row.status, "computed", *required, *actual, how=row.how, status=row.status),
        claim(one.provision.where, "source", *required),
    ]


def _quoted(asked: Sequence[Asked], planting: Sequence[Provision], names: Names) -> Iterator[Block]:
    """Quote each requirement; one that introduces a list, with those of its points that are for the district."""
    for one in asked:
        yield quotation(one.provision, one.quote)
        if one.quote.endswith(":"):
            inside = (p for p in planting if p.section.startswith(f"{one.provision.section}(") and p.section)
            yield from (quotation(p) for p in inside if not _of_others(p.text, names))


def _distinct(rows: Sequence[Assessment]) -> list[Assessment]:
    """Give every row a key of its own."""
    made: list[Assessment] = []
    for row in rows:
        same = sum(known.key == row.key or known.key.startswith(f"{row.key}.") for known in made)
        made.append(row._replace(key=f"{row.key}.{same + 1}") if same else row)
    return made


def _questions(rows: Sequence[Assessment]) -> Iterator[str]:
    lacking = [row.label.lower() for row in rows if row.actual["text"] == "Not surveyed"]
    if lacking:
        yield f"What is there on the site: {', '.join(dict.fromkeys(lacking))}? The survey does not show it."
