"""Source register and glossary: every source with what it is and how often it is cited, and the terms."""

from collections.abc import Iterator, Mapping, Sequence

from quire.graphs.kinds.site_zoning_report.assessing.records import capital, records_of
from quire.nodes.computations.blocks import counted, facts, heading, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim, claims_of
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.survey import Surveyed, by_source, survey

_SHORT_HASH = 8


def compute(materials: Materials) -> SectionContent:
    """Register the sources in the brief's order, then define the terms that the report uses."""
    if not materials.readings:
        return section([note(claim("No source was supplied.", "open"), level="warning")])
    terms = list(_glossary(materials))
    own = section(terms)
    cited, about = _places({**materials.inputs, "": own}), by_source(survey(materials.readings))
    used = sum(reading["source"] in cited for reading in materials.readings)
    how = f"{used} of {len(materials.readings)} sources stand behind a statement"
    text = f"{counted(len(materials.readings), 'source')} were supplied, and {used} are cited. "
    text += "The hash begins the SHA-256 of the file that was read."
    rows = [_row(reading, about[reading["source"]], cited.get(reading["source"], ())) for reading in materials.readings]
    blocks: list[Block] = [
        paragraph(claim(text, "computed", how=how)),
        table("Source register", ["Source", "File", "Hash", ("Places cited", "right")], rows),
        *terms,
    ]
    return section(blocks, {"sources.cited": value(counted(used, "source"), figure=used)})


def _places(inputs: Mapping[str, SectionContent]) -> dict[str, set[str]]:
    """Collect, for each source, the places that are cited."""
    places: dict[str, set[str]] = {}
    for content in inputs.values():
        for block in content["blocks"]:
            for made in claims_of(block):
                for evidence in made["evidence"]:
                    places.setdefault(evidence["source"], set()).add(evidence["address"])
    return places


def _row(reading: Reading, about: Surveyed, cited: Sequence[str] | set[str]) -> list[Claim]:
    how = f"{len(cited)} places of {reading['source']} stand behind statements"
    return [
        claim(about["title"], "fixed"),
        claim(reading["source"], "fixed"),
        claim(reading["hash"][:_SHORT_HASH], "fixed"),
        claim(str(len(cited)), "computed", how=how),
    ]


def _glossary(materials: Materials) -> Iterator[Block]:
    """Give the code's meanings of the terms that were read."""
    rows = []
    for entry in records_of(materials).of("term"):
        meaning = entry.said("meaning")
        text = capital(f"{meaning['text'].rstrip('.')}.")
        rows.append([entry.said("term"), claim(text, meaning["basis"], *meaning["evidence"])])
    if rows:
        yield heading("Terms of the code")
        yield facts(sorted(rows, key=lambda row: row[0]["text"].casefold()))
