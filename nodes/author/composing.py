"""One text of what a model worded and code computed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from quire.nodes.author.placing import Placeable, placed, unmarked
from quire.nodes.evidence.claims import in_context, kind_of, named, with_ids
from quire.nodes.evidence.content import Block, Claim, SectionContent


class Composed(NamedTuple):
    """A section's text."""

    content: SectionContent
    words_stand: bool
    """Whether the model said anything."""
    left: tuple[Placeable, ...] = ()
    """Words of code that it did not place, since its own take their place."""


def compose(
    blocks: Sequence[Block | str],
    tables: Mapping[str, Placeable],
    computed: SectionContent | None,
) -> Composed:
    """Compose a section of what was worded.

    Args:
        blocks: what was worded, with the numbers of what is placed.
        tables: what code computed, by number.
        computed: the computed section.

    """
    worded = _named([b for b in blocks if not isinstance(b, str)])
    claims = named(worded)
    rest = iter(worded["blocks"])
    text = [b if isinstance(b, str) else next(rest) for b in blocks]
    whole = computed or SectionContent(blocks=[], values={}, open_questions=[])
    content = SectionContent(
        blocks=placed(text, tables),
        values=whole["values"],
        open_questions=list(dict.fromkeys([*whole["open_questions"], *_gaps(worded)])),
    )
    if "cautions" in whole:
        content["cautions"] = whole["cautions"]
    left = (piece for name, piece in tables.items() if piece.yields and name not in blocks)
    return Composed({**content, "blocks": unmarked(content["blocks"])}, bool(claims), tuple(left))


def with_demanded(composed: Composed, breaches: Callable[[SectionContent], int]) -> SectionContent:
    """Give a text with those words of code behind it without which it would break a rule that they keep.

    Args:
        composed: the text.
        breaches: how many rules are broken by a content.

    """
    content = composed.content
    found = breaches(content) if composed.left else 0
    for piece in composed.left if found else ():
        fuller = SectionContent({**content, "blocks": [*content["blocks"], *unmarked(piece.blocks)]})
        if (left := breaches(fuller)) < found:
            content, found = fuller, left
    return content


def _named(blocks: Sequence[Block]) -> SectionContent:
    """Give each claim a name of its own; blank cells are none."""
    seen: set[str] = set()

    def once(made: Claim) -> Claim:
        name = made.get("id", "")
        kept = _without_name(made) if name in seen else made
        seen.add(name)
        return kept

    content = SectionContent(blocks=[_each(b, once) for b in blocks], values={}, open_questions=[])
    return {**content, "blocks": [_each(b, _blank_unnamed) for b in with_ids(content)["blocks"]]}


def _blank_unnamed(made: Claim) -> Claim:
    return _without_name(made) if made["basis"] == "fixed" else made


def _without_name(made: Claim) -> Claim:
    bare = made.copy()
    bare.pop("id", None)
    return bare


def _each(block: Block, change: Callable[[Claim], Claim]) -> Block:
    made = block.copy()
    if "claims" in block:
        made["claims"] = [change(c) for c in block["claims"]]
    if "rows" in block:
        made["rows"] = [[change(c) for c in row] for row in block["rows"]]
    return made


def _gaps(worded: SectionContent) -> list[str]:
    """Give what is said to be in no source; of a cell, with the titles of its row and column."""
    said = in_context(worded)
    return [said[c["id"]] for c in named(worded) if kind_of(c) == "gap" and c["basis"] != "unsupported"]
