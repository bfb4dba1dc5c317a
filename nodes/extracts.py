"""Prose without a model: the sources' own sentences, each with its address."""

from collections.abc import Sequence

from nodes.content import Block, Claim, Evidence, SectionContent, claim
from nodes.sources.sentences import sentences

NOTHING_FOUND = "Not determined: the sources hold nothing on this subject."


def extract(title: str, evidence: Sequence[Evidence], words: int | None) -> SectionContent:
    """Compose a section from quoted sentences, most relevant passages first, within the words allowed.

    Without evidence the section says so and leaves an open question; it never makes prose of nothing.
    """
    if not evidence:
        block = Block(kind="note", level="warning", claims=[claim(NOTHING_FOUND, "open")])
        return SectionContent(blocks=[block], values={}, open_questions=[f"What do the sources say on “{title}”?"])
    kept = _within(evidence, words or 400)
    blocks = [Block(kind="paragraph", claims=_sentences(e)) for e in kept]
    return SectionContent(blocks=blocks, values={}, open_questions=[])


def _within(evidence: Sequence[Evidence], words: int) -> list[Evidence]:
    """Keep the first passages until the words are used up; at least one."""
    kept: list[Evidence] = []
    for item in evidence:
        if kept and sum(len(e["quote"].split()) for e in kept) + len(item["quote"].split()) > words:
            continue
        kept.append(item)
    return kept


def _sentences(evidence: Evidence) -> list[Claim]:
    return [claim(text, "source", {**evidence, "quote": text}) for text in sentences(evidence["quote"])]
