"""How long the path is that starts with a section, for the order in which calls queue. Pure."""

from collections.abc import Sequence

from quire.graphs.intake.blueprint import SectionSpec, topological

USUAL_WORDS = 300
"""Of a section that nobody gave a length."""


def priorities(sections: Sequence[SectionSpec]) -> dict[str, int]:
    """Count for each section the words that models write on the longest path that starts with it.

    A call takes about as long as its reply. What is filled in or computed asks no model.
    """
    own = {s.id: words_of(s) for s in sections}
    ahead = dict(own)
    for section in reversed(topological(sections)):
        for needed in section.needs:
            ahead[needed] = max(ahead[needed], own[needed] + ahead[section.id])
    return ahead


def words_of(section: SectionSpec) -> int:
    """Count the words that models write of a section."""
    return (section.words or USUAL_WORDS) if section.kind == "prose" else 1
