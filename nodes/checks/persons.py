"""Saying of persons' words in a section that they are a person's, and what stands against them. Pure."""

from collections.abc import Iterator

from quire.nodes.evidence.claims import in_blocks
from quire.nodes.evidence.content import Claim, SectionContent
from quire.nodes.evidence.persons import persons_of
from quire.nodes.language.catalogue import Words


def persons_marked(content: SectionContent, words: Words) -> SectionContent:
    """Mark each claim that is a person's, and say whether the sources carry it."""
    return in_blocks(content, lambda made: {**made, "status": _said(made, words)} if "person" in made else made)


def against_persons(content: SectionContent, words: Words) -> Iterator[str]:
    """Say of each claim that is a person's what a reader should know beside it: both sides of what conflicts."""
    for made in persons_of(content):
        person, verdict = made["person"], made.get("verdict")
        by = person["by"] or words("person.somebody")
        if "now" in person:
            key = "person.source-changed" if person["now"] else "person.source-gone"
            yield words(key, by=by, said=made["text"], then=person.get("then", ""), now=person["now"])
        if "instead_of" in person:
            yield words("person.instead-of", by=by, said=made["text"], other=person["instead_of"])
        if verdict and verdict["verdict"] != "supported":
            reasons = "; ".join(reason.rstrip(".") for reason in verdict["reasons"])
            yield words(f"person.{verdict['verdict']}", by=by, said=made["text"], reasons=reasons)


def _said(made: Claim, words: Words) -> str:
    person, verdict = made["person"], made.get("verdict")
    if "now" in person:
        return words("standing.person-disputed")
    if verdict and verdict["verdict"] != "supported":
        return words(f"standing.person-{verdict['verdict']}")
    return words("standing.person")
