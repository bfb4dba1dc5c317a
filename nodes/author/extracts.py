"""Prose without a model: the sources' own sentences, each with its address."""

from collections.abc import Sequence

from quire.nodes.evidence.content import Block, Evidence, SectionContent, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.passage import Passage, Reading, address_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.heads import heading_in


def extract(
    title: str, evidence: Sequence[Evidence], length: int | None, words: Words, readings: Sequence[Reading] = ()
) -> SectionContent:
    """Compose a section from quoted sentences, most relevant passages first, within the words allowed.

    Without evidence the section says so and leaves an open question; it never makes prose of nothing.

    Args:
        title: of the section.
        evidence: the passages to quote.
        length: about how many words.
        words: the fixed words of the document's language.
        readings: the sources, in which a sentence's own line is looked up.

    """
    evidence = [e for e in evidence if without_orders(e["quote"])]
    if not evidence:
        block = Block(kind="note", level="warning", claims=[claim(words("section.nothing-found"), "open")])
        return SectionContent(
            blocks=[block], values={}, open_questions=[words("section.what-do-they-say", title=title)]
        )
    kept = _within(evidence, length or 400)
    wanted = {(e["source"], e["address"]) for e in kept}
    passages = {at: p for r in readings for p in r["passages"] if (at := (p["source"], p["address"])) in wanted}
    blocks = [_quotation(e, passages.get((e["source"], e["address"]))) for e in kept]
    return SectionContent(blocks=_as_lists(blocks), values={}, open_questions=[])


def readable(passages: Sequence[Passage]) -> list[Passage]:
    """Keep what reads as a sentence: no code, no titles, no orders to models; rows only where one answers best."""
    told = [p for p in passages if p["kind"] != "code" and not heading_in(p) and without_orders(p["text"])]
    said = told or [p for p in passages if p["kind"] != "code" and without_orders(p["text"])]
    return said if said and said[0]["kind"] == "row" else [p for p in said if p["kind"] != "row"]


def _within(evidence: Sequence[Evidence], words: int) -> list[Evidence]:
    """Keep the first passages until the words are used up; at least one."""
    kept: list[Evidence] = []
    for item in evidence:
        if kept and sum(len(e["quote"].split()) for e in kept) + len(item["quote"].split()) > words:
            continue
        kept.append(item)
    return kept


def _quotation(evidence: Evidence, passage: Passage | None) -> Block:
    """Quote a passage, each sentence from its own line: a paragraph, or an item of a list where it ends like none."""
    claims, end = [], 0
    for text in sentences(without_orders(evidence["quote"])):
        address = address_of(passage, text, end) if passage else evidence["address"]
        end = evidence["quote"].find(text, end) + len(text)
        claims.append(claim(text, "source", {**evidence, "address": address, "quote": text}))
    ends = claims[-1]["text"].rstrip("\"'\u201d\u2019)]").endswith((".", "!", "?", "…", ":"))
    return Block(kind="paragraph", claims=claims) if ends or len(claims) > 1 else Block(kind="list", claims=claims)


def _as_lists(blocks: Sequence[Block]) -> list[Block]:
    """Put items that follow one another into one list."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block["kind"] == joined[-1]["kind"] == "list":
            joined[-1] = Block(kind="list", claims=[*joined[-1]["claims"], *block["claims"]])
        else:
            joined.append(block)
    return joined
