"""What a section is made from: the same for computations, drafting and rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from quire.nodes.differences.differing import Difference
from quire.nodes.evidence.content import SectionContent
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.detecting import convention_of_document
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.records.conflicting import counting
from quire.nodes.records.gathering import Known, gathered, nothing_known
from quire.nodes.records.record import Extracted
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.survey.survey import Surveyed

_ENGLISH = words_in(ENGLISH)


@dataclass(frozen=True)
class Materials:
    """What one section may use. Read it, never change it."""

    title: str
    """Title of the document."""
    section: Mapping[str, Any]
    """The blueprint's section: ``id, title, instructions, words …``."""
    facts: Mapping[str, Any]
    """The brief's facts."""
    readings: tuple[Reading, ...]
    """The sources the section may use, in the brief's order."""
    inputs: Mapping[str, SectionContent]
    """What the sections named in ``after`` say, by section id. A failed one is absent."""
    withheld: frozenset[str] = frozenset()
    """Personal data that the readings no longer hold. For rules that look whether a text says it; never to be shown."""
    words: Words = _ENGLISH
    """The fixed words of the document's language."""
    locale: str = ""
    """The brief's, if it has one."""
    differences: tuple[Difference, ...] = ()
    """Where the sources differ that the section may use, with what persons have decided."""

    surveyed: Mapping[str, Surveyed] = field(default_factory=dict)
    """What each source is, of when, and whether it holds, as the run surveyed it; empty: it was not surveyed."""

    record_types: Mapping[str, RecordType] = field(default_factory=dict)
    """The blueprint's types of records, by name."""

    known_records: Known = field(default_factory=nothing_known)
    """What is known of records beside what code reads in these sources."""

    @cached_property
    def records(self) -> Extracted:
        """The records that stand in the section's sources, and what stands in their place and is none."""
        found = gathered(self.record_types, self.readings, self.known_records)
        return {**found, "records": counting(found["records"], self.record_types, self.differences)}

    @cached_property
    def convention(self) -> Convention:
        """How the section's own words write numbers and dates: as the document's language does."""
        return convention_of_document(self.words.language, map(convention_of, self.readings), self.locale)

    def convention_of(self, source: str) -> Convention:
        """Give the convention of a source by name; the brief's facts are written as the document is."""
        return next((convention_of(r) for r in self.readings if r["source"] == source), self.convention)


class Finding(TypedDict):
    """What a rule or a reader objects to."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    """What is wrong and what would mend it; quotes the words it is about."""
    where: str
    """The section's id, and the block (``parking, block 3``) where one can be named."""
    read: NotRequired[bool]
    """A model read it and says so. Its words reach the writer whole, and a reader once they are looked through."""
    remark: NotRequired[bool]
    """It leaves the draft good enough as it is: said to those who make the document, not to its readers."""


Computation: TypeAlias = Callable[[Materials], SectionContent]
Check: TypeAlias = Callable[[SectionContent, Materials], list[Finding]]
"""A rule in code for one section. It reads what the section says and what it was made from."""
DocumentCheck: TypeAlias = Callable[[Mapping[str, SectionContent]], list[Finding]]
"""A rule in code for the whole document: section id -> content, in document order."""
