"""What a section is made from: the same for computations, drafting and rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from typing_extensions import TypedDict

from quire.nodes.evidence.content import SectionContent
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.sources.passage import Reading

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
    words: Words = _ENGLISH
    """The fixed words of the document's language."""


class Finding(TypedDict):
    """What a rule or a reader objects to."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    """What is wrong and what would mend it; quotes the words it is about."""
    where: str
    """The section's id, and the block (``parking, block 3``) where one can be named."""


Computation: TypeAlias = Callable[[Materials], SectionContent]
Check: TypeAlias = Callable[[SectionContent, Materials], list[Finding]]
"""A rule in code for one section. It reads what the section says and what it was made from."""
DocumentCheck: TypeAlias = Callable[[Mapping[str, SectionContent]], list[Finding]]
"""A rule in code for the whole document: section id -> content, in document order."""
