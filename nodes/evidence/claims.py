"""The claims of a section's content: their names, and the content without some of them. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from quire.nodes.evidence.content import (
    Block,
    Claim,
    Evidence,
    Judged,
    Kind,
    SectionContent,
    claim,
    claims_of,
    items_of,
)

Change: TypeAlias = Callable[[Claim], Claim]
INFERENCES = 0.4
"""Share of a section's claims that may be conclusions, unless its blueprint allows more."""


class Struck(TypedDict):
    """A claim that was left out of a section, and why."""

    id: str
    text: str
    reason: str
    verdict: str
    kind: NotRequired[Literal["inference"]]
    """That it was a conclusion."""
    block: NotRequired[int]
    """Before which of the blocks that are left it stood, or in which."""


def with_ids(content: SectionContent) -> SectionContent:
    """Name each claim that has no name yet, ``c1``, ``c2`` … in reading order, after those that are taken."""
    taken = {c["id"] for c in named(content)}
    free = (name for n in range(1, len(taken) + _count(content) + 1) if (name := f"c{n}") not in taken)
    blocks = [_changed(block, lambda c: c if "id" in c else {**c, "id": next(free)}) for block in content["blocks"]]
    return {**content, "blocks": blocks}


def named(content: SectionContent) -> list[Claim]:
    """Give the claims that have a name: those that a model wrote. What code composed has none."""
    return [c for block in content["blocks"] for c in claims_of(block) if "id" in c]


def in_context(content: SectionContent) -> dict[str, str]:
    """Give the words of each named claim, under what names it where it stands: alone a cell says nothing."""
    under = named_by(content)
    return {c["id"]: f"{under[c['id']]}: {c['text']}" if c["id"] in under else c["text"] for c in named(content)}


def premises_of(made: Claim, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Give the words of what a conclusion rests on besides its evidence: claims of its section, silence told elsewhere.

    Args:
        made: the claim.
        texts: by name, the words of the claims of its section.

    """
    return (*(texts[name] for name in made.get("premises", ()) if name in texts), *made.get("silent", ()))


def kind_of(made: Claim) -> Kind:
    """Say what a claim is, by what it stands on where it does not say so itself."""
    known: Mapping[str, Kind] = {"computed": "computed", "inference": "inference", "open": "gap"}
    return made.get("kind") or known.get(made["basis"], "fact")


def with_verdicts(content: SectionContent, verdicts: Mapping[str, Judged]) -> SectionContent:
    """Write on each claim what was found when it was held against its evidence."""

    def judged(made: Claim) -> Claim:
        return {**made, "verdict": verdicts[made["id"]]} if made.get("id") in verdicts else made

    return {**content, "blocks": [_changed(block, judged) for block in content["blocks"]]}


def in_their_words(
    content: SectionContent, quotations: Mapping[str, Sequence[Evidence]], shown: Callable[[str], str]
) -> SectionContent:
    """Put quotations in the place of claims, each once; of several claims on the same words the first keeps its place.

    A person's words are left as they are.

    Args:
        content: of the section.
        quotations: by claim, the words of its evidence that speak of the same.
        shown: gives words in quotation marks.

    """
    others = [c for c in named(content) if c["id"] in quotations and "person" not in c]
    words = {c["id"]: " ".join(e["quote"] for e in quotations[c["id"]]) for c in others}
    first = {said: name for name, said in reversed(words.items())}
    left, _ = without(content, [name for name, said in words.items() if first[said] != name])

    def quoted(made: Claim) -> Claim:
        name = made.get("id", "")
        if name not in words:
            return made
        judged = Judged(verdict="supported", by="code", sure=True, words=words[name], reasons=[])
        told: Claim = {**made, "text": shown(words[name]), "evidence": list(quotations[name]), "basis": "source"}
        return {**told, "verdict": judged, "quoted": True}

    return {**left, "blocks": [_changed(block, quoted) for block in left["blocks"]]}


def unjudged(content: SectionContent) -> SectionContent:
    """Give the content without verdicts: what was said, and not what was found of it."""

    def bare(made: Claim) -> Claim:
        left = made.copy()
        left.pop("verdict", None)
        return left

    return {**content, "blocks": [_changed(block, bare) for block in content["blocks"]]}


def named_by(content: SectionContent) -> dict[str, str]:
    """Say by id what names a claim where it stands: of a cell its row and column, of a sentence what leads it in."""
    found: dict[str, str] = {}
    for block in content["blocks"]:
        titles = [column["title"] for column in block.get("columns", [])]
        for row in block.get("rows", []):
            for n, cell in enumerate(row):
                names = (row[0]["text"] if n else "", titles[n] if n < len(titles) else "")
                found[cell.get("id", "")] = ", ".join(name for name in names if name)
        found |= {made.get("id", ""): lead.rstrip(".:") for made, lead in led_in(block)}
    return {name: of for name, of in found.items() if name and of}


def led_in(block: Block) -> Iterator[tuple[Claim, str]]:
    """Give the claims of a block, each with what leads it in: its item's words in bold, or its paragraph's."""
    for item in items_of(block) if block["kind"] == "list" else [block.get("claims", [])]:
        lead = ""
        for made in item:
            lead = made.get("lead", lead)
            yield made, lead


def in_blocks(content: SectionContent, change: Change) -> SectionContent:
    """Give the content with each claim changed."""
    return {**content, "blocks": [_changed(block, change) for block in content["blocks"]]}


def without(content: SectionContent, ids: Collection[str]) -> tuple[SectionContent, dict[str, int]]:
    """Take claims out of a section: sentences and items go, cells are left blank, and so goes what is then empty.

    A gap that is taken out is no open question either.

    Returns:
        What is left, and by id before or in which of its blocks a claim stood.

    """
    if not ids:
        return content, {}
    blocks: list[Block] = []
    places: dict[str, int] = {}
    for block in _under_headings(content["blocks"], ids):
        places |= {c["id"]: len(blocks) for c in claims_of(block) if c.get("id") in ids}
        left = _less(block, ids)
        if left["kind"] == "heading" or any(True for _ in claims_of(left)):
            blocks.append(left)
    said = in_context(content)
    gone = {said[c["id"]] for c in named(content) if c["id"] in ids}
    questions = [question for question in content["open_questions"] if question not in gone]
    return {**content, "blocks": blocks, "open_questions": questions}, places


def _under_headings(blocks: list[Block], ids: Collection[str]) -> Iterator[Block]:
    """Give the blocks without the headings under which nothing would be left."""
    for n, block in enumerate(blocks):
        if block["kind"] == "heading":
            below = _below(blocks[n + 1 :], _depth(block))
            if below and not any(any(True for _ in claims_of(_less(b, ids))) for b in below):
                continue
        yield block


def _below(blocks: list[Block], depth: int) -> list[Block]:
    found = []
    for block in blocks:
        if block["kind"] == "heading" and _depth(block) <= depth:
            break
        found.append(block)
    return found


def _depth(block: Block) -> int:
    return int(str(block.get("depth", 3)))


def _less(block: Block, ids: Collection[str]) -> Block:
    made = block.copy()
    if "claims" in block:
        made["claims"] = list(_left(block["claims"], ids))
    if "rows" in block:
        rows = [[claim("", "fixed") if c.get("id") in ids else c for c in row] for row in block["rows"]]
        made["rows"] = [row for row in rows if any(c["text"] for c in row[1:] or row)]
    return made


def _left(claims: Sequence[Claim], ids: Collection[str]) -> Iterator[Claim]:
    """Give the claims that are left; what led in one that goes leads in the next of its item."""
    lead, item = "", None
    for made in claims:
        if made.get("id") in ids:
            lead = made.get("lead", "") or (lead if made.get("item") == item else "")
            item = made.get("item")
            continue
        handed = lead if made.get("item") == item and not made.get("lead") else ""
        yield {**made, "lead": handed} if handed else made
        lead = ""


def _changed(block: Block, change: Change) -> Block:
    made = block.copy()
    if "claims" in block:
        made["claims"] = [change(c) for c in block["claims"]]
    if "rows" in block:
        made["rows"] = [[change(c) for c in row] for row in block["rows"]]
    return made


def _count(content: SectionContent) -> int:
    return sum(1 for block in content["blocks"] for _ in claims_of(block))
