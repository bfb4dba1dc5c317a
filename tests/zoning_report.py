"""The zoning report of the example, section by section, from its real files and its real blueprint."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import yaml

from quire.nodes.computations.computing import computation
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "site-zoning-report"
BRIEF = yaml.safe_load((EXAMPLE / "brief.yaml").read_text())
BLUEPRINT = yaml.safe_load((ROOT / "graphs" / "kinds" / "site_zoning_report" / "blueprint.yaml").read_text())
SPECS: Mapping[str, Mapping[str, Any]] = {spec["id"]: spec for spec in BLUEPRINT["sections"]}


@functools.cache
def example_readings() -> tuple[Reading, ...]:
    """Read every source of the example, in the brief's order."""
    files = [file for pattern in BRIEF["sources"] for file in sorted(EXAMPLE.glob(pattern))]
    return tuple(read(str(file.relative_to(EXAMPLE)), file.read_bytes()) for file in files)


class Report:
    """Sections over facts and sources, each computed once, when it is first asked for, with what it waits for."""

    def __init__(self, facts: Mapping[str, Any], readings: tuple[Reading, ...]) -> None:
        self.facts, self.readings = facts, readings
        self._written: dict[str, SectionContent] = {}

    def materials(self, section: str) -> Materials:
        """Give what the section is made from."""
        spec = SPECS[section]
        inputs = {name: self[name] for name in spec.get("after", [])}
        return Materials(BRIEF["title"], spec, self.facts, self.readings, inputs)

    def __getitem__(self, section: str) -> SectionContent:
        if section not in self._written:
            self._written[section] = computation(SPECS[section]["compute"])(self.materials(section))
        return self._written[section]

    def whole(self) -> dict[str, SectionContent]:
        """Give all sections in the order of the document."""
        return {section: self[section] for section in SPECS}


class Changed(Protocol):
    """Makes the example's report with other facts (``None`` takes one away), files replaced, added or left out."""

    def __call__(
        self,
        facts: Mapping[str, Any] | None = None,
        replaced: Mapping[str, str] | None = None,
        without: tuple[str, ...] = (),
    ) -> Report: ...


class Bare(Protocol):
    """Makes a report of nothing but the files and facts given."""

    def __call__(self, files: Mapping[str, str] | None = None, **facts: object) -> Report: ...


TextOf: TypeAlias = Callable[[str], str]
"""Gives the text of one of the example's files."""


def example_report() -> Report:
    """Make the report of the example as it stands."""
    return Report(BRIEF["facts"], example_readings())


def changed_report(
    facts: Mapping[str, Any] | None = None, replaced: Mapping[str, str] | None = None, without: tuple[str, ...] = ()
) -> Report:
    """Make the example's report over changed facts and files; a file it does not have is added."""
    texts = dict(replaced or {})
    kept = [reading for reading in example_readings() if reading["source"] not in without]
    readings = [read(r["source"], texts.pop(r["source"]).encode()) if r["source"] in texts else r for r in kept]
    readings += [read(name, text.encode()) for name, text in texts.items()]
    given = {**BRIEF["facts"], **(facts or {})}
    return Report({name: fact for name, fact in given.items() if fact is not None}, tuple(readings))


def bare_report(files: Mapping[str, str] | None = None, **facts: object) -> Report:
    """Make a report of these files and facts alone."""
    return Report(facts, tuple(read(name, text.encode()) for name, text in (files or {}).items()))


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
    return [[cell["text"] for cell in row] for row in tables[0]["rows"]]
