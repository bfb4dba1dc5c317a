"""Source register and glossary: every source with what it is and where it is cited, and the terms the report uses."""

import re
from collections.abc import Iterator, Mapping, Sequence

from quire.graphs.kinds.site_zoning_report.computations.dates import date_of, edition_of, span_of
from quire.graphs.kinds.site_zoning_report.computations.documents import called
from quire.graphs.kinds.site_zoning_report.computations.roles import role_of, with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, statements
from quire.nodes.computations.blocks import (
    capitalized,
    counted,
    facts,
    heading,
    listed,
    note,
    paragraph,
    section,
    table,
    value,
)
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim, claims_of
from quire.nodes.sources.passage import Reading

_DEFINES = re.compile(r"^[“\"(]?(?P<term>[A-Z][\w ,'/-]{2,60}?)[”\")]?,? (?:means?|is defined as|shall mean)\b")
_MOST_PLACES = 5
"""Places in a source that the register names; the rest are counted."""
_MOST_TERMS = 16
_SHORT_HASH = 8
_OWN_TERMS = {
    "Actual": "What the survey or another record of the site states.",
    "Required": "What the zoning code states, or what follows from it by the arithmetic shown.",
    "Effective date of research": "The day up to which law and records were looked at.",
    "Indeterminate": "Not decided, because the sources lack what the comparison needs.",
    "Legal nonconforming": "Lawful when it began and not meeting the code as it now stands.",
}


def compute(materials: Materials) -> SectionContent:
    """Register the sources in the brief's order, then define the terms that the report uses."""
    cited = _places(materials.inputs)
    if not materials.readings:
        return section([note(claim("No source was supplied.", "open"), level="warning")])
    edition = edition_of(with_role(materials.readings, "zoning code")) is not None
    used = sum(reading["source"] in cited for reading in materials.readings)
    how = f"{used} of {len(materials.readings)} sources stand behind a statement"
    text = f"{counted(len(materials.readings), 'source')} were supplied, and {used} are cited. "
    text += "The hash begins the SHA-256 of the file that was read."
    blocks = [
        paragraph(claim(text, "computed", how=how)),
        table(
            "Source register",
            ["Source", "Kind", "Date or edition", "Hash", "Places cited"],
            (_row(reading, cited.get(reading["source"], []), edition=edition) for reading in materials.readings),
        ),
        *_glossary(materials),
    ]
    return section(blocks, {"sources.cited": value(counted(used, "source"), figure=used)})


def _places(inputs: Mapping[str, SectionContent]) -> dict[str, list[str]]:
    """List, for each source, the sections, pages and rows that are cited, in the order of the report."""
    places: dict[str, list[str]] = {}
    for content in inputs.values():
        for block in content["blocks"]:
            for made in claims_of(block):
                for evidence in made["evidence"]:
                    known = places.setdefault(evidence["source"], [])
                    place = evidence["address"].partition(",")[0]
                    if place not in known:
                        known.append(place)
    return places


def _row(reading: Reading, cited: Sequence[str], *, edition: bool) -> list[Claim]:
    file, name = reading["source"], called(reading)
    ordered = sorted((place for place in cited if place != "front matter"), key=_natural)
    places = listed([*ordered[:_MOST_PLACES], *(["others"] if len(ordered) > _MOST_PLACES else [])])
    return [
        claim(f"{name} ({file})" if not file.endswith(name) else file, "fixed"),
        claim(capitalized(role_of(reading)), "fixed"),
        _dated(reading, edition=edition),
        claim(reading["hash"][:_SHORT_HASH], "fixed"),
        claim(places or ("Title" if cited else "Not cited"), "fixed"),
    ]


def _natural(place: str) -> list[tuple[int, str]]:
    """Order places as a reader does: ``row 9`` before ``row 10``."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", place)]


def _dated(reading: Reading, *, edition: bool) -> Claim:
    """Give the date a source bears; chapters of a code whose edition is stated once share it."""
    if role_of(reading) == "zoning code":
        own = edition_of([reading])
        shared = claim("As the code", "fixed") if edition else claim("Not determined", "open")
        return claim(own[0], "source", own[1]) if own else shared
    span = span_of(reading)
    if span:
        return claim(span[0], "source", *span[1])
    found = date_of(reading)
    return claim(found[0], "source", found[1]) if found else claim("Not determined", "open")


def _glossary(materials: Materials) -> Iterator[Block]:
    """Define the report's own terms, and quote the code's definitions of words that the report uses."""
    said = " ".join(
        made["text"]
        for content in materials.inputs.values()
        for block in content["blocks"]
        for made in claims_of(block)
    ).casefold()
    defined = [(term, s) for term, s in _definitions(materials.readings) if _is_used(term, said)]
    rows = [[claim(term, "fixed"), claim(meaning, "fixed")] for term, meaning in _OWN_TERMS.items()]
    rows += [[claim(term, "source", s.evidence), _meaning(s)] for term, s in defined[:_MOST_TERMS]]
    yield heading("Glossary")
    yield facts(sorted(rows, key=lambda row: row[0]["text"].casefold()))


def _definitions(readings: Sequence[Reading]) -> Iterator[tuple[str, Statement]]:
    for statement in statements(with_role(readings, "zoning code")):
        found = _DEFINES.match(statement.text)
        if found and any(
            "definition" in t.casefold() for t in (*statement.passage["headings"], statement.reading["title"])
        ):
            yield found["term"].strip(), statement


def _meaning(definition: Statement) -> Claim:
    """Give the code's definition without the term, which stands beside it."""
    found = _DEFINES.match(definition.text)
    text = definition.text[found.end() :].lstrip(" ,:") if found else definition.text
    return claim(capitalized(text), "source", definition.evidence)


def _is_used(term: str, said: str) -> bool:
    """Tell whether the report uses a term; ``Yard, front`` is used as ``front yard``."""
    words = [part.strip() for part in term.casefold().split(",")]
    return " ".join(reversed(words)) in said
