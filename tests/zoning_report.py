"""The zoning report of the example, section by section, from its real files, its records and its real blueprint."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import yaml

from quire.nodes.computations.computing import computation
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.gathering import Known
from quire.nodes.records.record import Extracted
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "site-zoning-report"
BRIEF = yaml.safe_load((EXAMPLE / "brief.yaml").read_text())
RECORDS: Mapping[str, list[dict[str, Any]]] = yaml.safe_load((EXAMPLE / "records.yaml").read_text())
BLUEPRINT = yaml.safe_load((ROOT / "graphs" / "kinds" / "site_zoning_report" / "blueprint.yaml").read_text())
SPECS: Mapping[str, Mapping[str, Any]] = {spec["id"]: spec for spec in BLUEPRINT["sections"]}
TYPES = {name: RecordType.model_validate(kind) for name, kind in BLUEPRINT["records"].items()}


@functools.cache
def example_readings() -> tuple[Reading, ...]:
    """Read every source of the example, in the brief's order."""
    files = [file for pattern in BRIEF["sources"] for file in sorted(EXAMPLE.glob(pattern))]
    return tuple(read(str(file.relative_to(EXAMPLE)), file.read_bytes()) for file in files)


class Report:
    """Sections over facts, sources and records, each computed once, with what it waits for."""

    def __init__(
        self, facts: Mapping[str, Any], readings: tuple[Reading, ...], records: Mapping[str, list[dict[str, Any]]]
    ) -> None:
        self.facts, self.readings, self.given = facts, readings, records
        known = Known(candidates_in(records), (), Extracted(records=[], refused=[]))
        self.bare = Materials(BRIEF["title"], {}, facts, readings, {}, record_types=TYPES, known_records=known)
        self._written: dict[str, SectionContent] = {}

    def materials(self, section: str) -> Materials:
        """Give what the section is made from."""
        spec = SPECS[section]
        inputs = {name: self[name] for name in spec.get("after", [])}
        made = Materials(
            BRIEF["title"],
            spec,
            self.facts,
            self.readings,
            inputs,
            record_types=TYPES,
            known_records=self.bare.known_records,
        )
        made.__dict__["records"] = self.bare.records  # they are the same for all sections
        return made

    def __getitem__(self, section: str) -> SectionContent:
        if section not in self._written:
            self._written[section] = computation(SPECS[section]["compute"])(self.materials(section))
        return self._written[section]

    def whole(self) -> dict[str, SectionContent]:
        """Give all sections in the order of the document."""
        return {section: self[section] for section in SPECS}


class Changed(Protocol):
    """Makes the example's report with other facts (``None`` takes one away) and with texts replaced in its files.

    Where a text that records quote is replaced, they quote the other.
    """

    def __call__(
        self,
        facts: Mapping[str, Any] | None = None,
        replaced: Mapping[str, Mapping[str, str]] | None = None,
        without: tuple[str, ...] = (),
    ) -> Report: ...


@functools.cache
def example_report() -> Report:
    """Make the report of the example as it stands."""
    return Report(BRIEF["facts"], example_readings(), RECORDS)


def changed_report(
    facts: Mapping[str, Any] | None = None,
    replaced: Mapping[str, Mapping[str, str]] | None = None,
    without: tuple[str, ...] = (),
) -> Report:
    """Make the example's report over other facts, with texts replaced by file, without some types of records."""
    readings = []
    for reading in example_readings():
        changes = (replaced or {}).get(reading["source"], {})
        raw = (EXAMPLE / reading["source"]).read_bytes()
        for old, new in changes.items():
            assert old.encode() in raw, f"{old} stands nowhere in {reading['source']}"
            raw = raw.replace(old.encode(), new.encode())
        readings.append(read(reading["source"], raw) if changes else reading)
    records = {kind: [_replaced(one, replaced or {}) for one in listed] for kind, listed in RECORDS.items()}
    given = {name: fact for name, fact in {**BRIEF["facts"], **(facts or {})}.items() if fact is not None}
    return Report(given, tuple(readings), {kind: [] if kind in without else r for kind, r in records.items()})


def _replaced(record: dict[str, Any], replaced: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    said = json.dumps(record, ensure_ascii=False)
    for old, new in replaced.get(record["source"], {}).items():
        said = said.replace(old, new)
    made: dict[str, Any] = json.loads(said)
    return made


def bare_report(files: Mapping[str, str] | None = None, **facts: object) -> Report:
    """Make a report of these files and facts alone, without records."""
    return Report(facts, tuple(read(name, text.encode()) for name, text in (files or {}).items()), {})


def said(content: SectionContent) -> str:
    """Give the sentences of a section, without its tables."""
    return " ".join(made["text"] for block in content["blocks"] for made in block.get("claims", []))


def told(content: SectionContent) -> dict[str, str]:
    """Give the labels and values of a section's lists of facts."""
    blocks = [block for block in content["blocks"] if block["kind"] == "facts"]
    return {row[0]["text"]: row[1]["text"] for block in blocks for row in block["rows"]}


def rows(content: SectionContent, caption: str = "") -> list[list[str]]:
    """Give the rows of a section's table: of that caption, or of its first."""
    tables = [b for b in content["blocks"] if b["kind"] == "table" and caption in b.get("caption", "")]
    return [[cell["text"] for cell in row] for row in tables[0]["rows"]] if tables else []


def matrix(report: Report) -> dict[str, tuple[str, str, str]]:
    """Give the matrix: by standard what is required, what exists, and the status."""
    blocks = [b for b in report["dimensions"]["blocks"] if b["kind"] == "table"]
    return {
        row[0]["text"]: (row[1]["text"], row[2]["text"], row[4].get("status", ""))
        for block in blocks
        for row in block["rows"]
    }
