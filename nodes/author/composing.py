"""One text of what a model worded and code computed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from quire.nodes.author.placing import Placeable, placed
from quire.nodes.evidence.claims import kind_of, named, with_ids, without
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim


class Composed(NamedTuple):
    """A section's text."""

    content: SectionContent
    words_stand: bool
    """Whether anything of what the model said is left."""
    conclusions_left_out: int


def compose(
    blocks: Sequence[Block | str],
    tables: Mapping[str, Placeable],
    computed: SectionContent | None,
    *,
    last: bool,
) -> Composed:
    """Compose a section of what was worded.

    Conclusions are left out, since nobody judges them yet. What is unsupported is left out of the last draft only:
    until then it is objected to.

    Args:
        blocks: what was worded, with the numbers of what is placed.
        tables: what code computed, by number.
        computed: the computed section.
        last: whether no draft may follow.

    """
    worded = _named([b for b in blocks if not isinstance(b, str)])
    claims = named(worded)
    conclusions = [c["id"] for c in claims if kind_of(c) == "inference"]
    gone = {c["id"] for c in claims if last and c["basis"] == "unsupported"} | set(conclusions)
    rest = iter(worded["blocks"])
    told = [_place(b) if isinstance(b, str) else next(rest) for b in blocks]
    kept, _ = without({**worded, "blocks": told}, gone)
    text = [place if (place := _placed_by(b)) else b for b in kept["blocks"]]
    left = [c for c in claims if c["id"] not in gone]
    whole = computed or SectionContent(blocks=[], values={}, open_questions=[])
    content = SectionContent(
        blocks=placed(text, tables),
        values=whole["values"],
        open_questions=list(dict.fromkeys([*whole["open_questions"], *_gaps(left)])),
    )
    return Composed(content, bool(left), len(conclusions))


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


def _place(number: str) -> Block:
    """Hold a place in the text, while other claims are taken out of it."""
    return Block(kind="paragraph", claims=[claim(number, "fixed")])


def _placed_by(block: Block) -> str:
    claims = block.get("claims", [])
    return claims[0]["text"] if block["kind"] == "paragraph" and [c["basis"] for c in claims] == ["fixed"] else ""


def _gaps(claims: Sequence[Claim]) -> list[str]:
    return [c["text"] for c in claims if kind_of(c) == "gap" and c["basis"] != "unsupported"]
