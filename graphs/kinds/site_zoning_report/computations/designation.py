"""Zoning designation: authority, code, edition, map, base district with its purpose, overlays."""

import re
from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.catalogue import overlays
from quire.graphs.kinds.site_zoning_report.computations.dates import dates_in
from quire.graphs.kinds.site_zoning_report.computations.ordinance import (
    Stated,
    edition,
    latest_note,
    map_statement,
    title_of,
)
from quire.graphs.kinds.site_zoning_report.computations.particulars import stated
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, chapter_of, provisions
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.sited import Sited, differing, sited
from quire.graphs.kinds.site_zoning_report.computations.statements import first_said
from quire.nodes.computations.blocks import facts, heading, listed, note, paragraph, section, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_PURPOSE = re.compile(r"\b(?:intent|purposes?)\b", re.IGNORECASE)
_DESIGNATED = (r"\bdesignat\w*|\bfuture land use\b",)
_NOT_STATED = "Not stated in the sources"
_UNCONFIRMED = (
    "The district is taken from the brief. No zoning letter, map or record of the site in the sources confirms it."
)
_NO_DISTRICT = "The base district of the site is not determined."


def compute(materials: Materials) -> SectionContent:
    """Name what governs the site, and who says so."""
    code = provisions(materials.readings)
    found = sited(materials, code)
    blocks = [
        paragraph(*_district(found), *_said_by(found)),
        facts([claim(label, "fixed"), made] for label, made in _particulars(materials, code, found)),
        *_unconfirmed(found),
        *_purpose(found, code),
    ]
    return section(blocks, _values(materials, code, found), _questions(materials, code, found))


def _district(found: Sited) -> Iterator[Claim]:
    if found.district:
        evidence = [found.district.evidence, *(word.evidence for word in found.says)]
        recorded = any(not word.by_client for word in found.says)
        lies = f"The site lies in the {found.district.full}."
        text = lies if recorded else f"This report takes the site to lie in the {found.district.full}."
        how = f"“{found.says[-1].evidence['quote']}”; listed as {found.district.called} at {found.district.where}"
        yield claim(text, "computed", *evidence, how=how)
    elif differing(found.says):
        named = dict.fromkeys(word.listed.called for word in found.says)
        text = f"The sources differ on the district of the site: {listed(list(named))}. It is left open."
        yield claim(text, "open", *(word.evidence for word in found.says))
    elif found.unknown:
        yield claim(f"The district stated in the brief, “{found.unknown}”, is not among those of the code.", "open")
    else:
        yield claim(_NO_DISTRICT, "open")


def _said_by(found: Sited) -> Iterator[Claim]:
    for word in found.says:
        if word.by_client:
            yield claim(f"The brief states the district as “{word.evidence['quote']}”.", "brief", word.evidence)
        else:
            yield claim(word.evidence["quote"], "source", word.evidence)


def _particulars(materials: Materials, code: list[Provision], found: Sited) -> Iterator[tuple[str, Claim]]:
    readings = materials.readings
    yield "Zoning authority", stated(materials, "jurisdiction") or claim(_NOT_STATED, "open")
    yield "Zoning code", _or_open(title_of(code, readings))
    yield "Edition", _edition(materials)
    yield "Zoning map", _or_open(map_statement(code))
    if found.district:
        yield "Base district", claim(found.district.called, "source", found.district.evidence)
        chapter = _chapter(found, code)
        if chapter:
            yield "Regulated in", chapter
    yield "Overlay districts", _overlays(found)
    if plan := first_said(with_role(readings, "comprehensive plan"), *_DESIGNATED):
        yield "Designation of the comprehensive plan, which is not zoning", plan.claim


def _or_open(words: Stated | None) -> Claim:
    return claim(words.text, "source", words.evidence) if words else claim(_NOT_STATED, "open")


def _edition(materials: Materials) -> Claim:
    if words := edition(materials.readings):
        return claim(words.text, "source", words.evidence)
    if latest := latest_note(materials.readings):
        text = f"Not stated; the latest history note in the chapters supplied is “{latest.text}”"
        return claim(text, "computed", latest.evidence, how="the latest date among the history notes of the sections")
    return claim(_NOT_STATED, "open")


def _chapter(found: Sited, code: list[Provision]) -> Claim | None:
    own = applicable(found.names, code).own
    if not own:
        return None
    first = next((p for p in own if p.section), own[0])
    chapter = chapter_of(first)
    titles = [title for title in (*first.titles, first.reading["title"]) if chapter and title.startswith(chapter)]
    text = next(iter(titles), first.reading["title"])
    return claim(text, "computed", first.evidence(), how=f"“{text}”, the title above {first.where}")


def _overlays(found: Sited) -> Claim:
    if found.overlays:
        names = list(dict.fromkeys(word.listed.full for word in found.overlays))
        evidence = [word.evidence for word in found.overlays]
        return claim(listed(names), "computed", *evidence, how="the overlay districts that a record of the site names")
    known = overlays(found.listed)
    if known:
        text = f"Not determined; the code has {listed([entry.called for entry in known])}"
        return claim(text, "open", *(entry.evidence for entry in known))
    return claim("None listed in the provisions supplied; not determined for the site", "open")


def _unconfirmed(found: Sited) -> Iterator[Block]:
    if found.says and all(word.by_client for word in found.says):
        yield note(claim(_UNCONFIRMED, "open"), level="warning")


def _purpose(found: Sited, code: list[Provision]) -> Iterator[Block]:
    if not found.district:
        return
    own = applicable(found.names, code).own
    stating = [p for p in own if p.passage["kind"] == "text" and p.titles and _PURPOSE.search(p.titles[-1])]
    if stating:
        yield heading("Purpose of the district")
        yield Block(
            kind="quote",
            claims=[
                *(claim(p.text, "source", p.evidence()) for p in stating),
                quotation(stating[0])["claims"][1],
            ],
        )


def _values(materials: Materials, code: list[Provision], found: Sited) -> dict[str, Value]:
    made: dict[str, Value] = {}
    if found.district:
        evidence = [found.district.evidence, *(word.evidence for word in found.says)]
        made["district.code"] = value(found.district.symbol, *evidence)
        name = found.district.full.removeprefix(f"{found.district.symbol} ")
        made["district.name"] = value(name, *evidence)
    for name, words in (
        ("ordinance.title", title_of(code, materials.readings)),
        ("ordinance.edition", edition(materials.readings)),
    ):
        if words:
            made[name] = value(words.text, words.evidence)
    if "ordinance.edition" not in made and (latest := latest_note(materials.readings)):
        made["ordinance.edition"] = value(f"not stated; latest history note: {latest.text}", latest.evidence)
    if (on_map := map_statement(code)) and dates_in(on_map.text):
        made["map.date"] = value(dates_in(on_map.text)[-1], on_map.evidence)
    if found.overlays:
        names = list(dict.fromkeys(word.listed.full for word in found.overlays))
        made["overlay.names"] = value(listed(names), *(word.evidence for word in found.overlays))
    if plan := first_said(with_role(materials.readings, "comprehensive plan"), *_DESIGNATED):
        made["plan.designation"] = value(plan.text, plan.evidence)
    return made


def _questions(materials: Materials, code: list[Provision], found: Sited) -> Iterator[str]:
    if found.district is None:
        yield "In which zoning district does the site lie? A zoning verification letter would settle it."
    elif all(word.by_client for word in found.says):
        yield f"Does the official zoning map show the site in the {found.district.full}?"
    if not edition(materials.readings):
        yield "Through which date is the supplied text of the code current?"
    on_map = map_statement(code)
    if on_map is None or not dates_in(on_map.text):
        yield "What is the date of the zoning map in force?"
    if not found.overlays and overlays(found.listed):
        known = [entry.full for entry in overlays(found.listed)]
        yield f"Does the site lie in an overlay district ({listed(known)})?"
