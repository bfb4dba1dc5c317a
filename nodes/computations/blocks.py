"""Blocks of a section, spelled shortly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from quire.nodes.evidence.content import Block, Claim, Column, Evidence, SectionContent, Value

Align = Literal["left", "right", "center"]


def paragraph(*claims: Claim) -> Block:
    """Put sentences together."""
    return Block(kind="paragraph", claims=list(claims))


def note(*claims: Claim, level: Literal["info", "warning"] = "info") -> Block:
    """Say something the reader must not overlook."""
    return Block(kind="note", level=level, claims=list(claims))


def listing(claims: Iterable[Claim], *, ordered: bool = False) -> Block:
    """List claims, one an item."""
    return Block(kind="list", claims=list(claims), ordered=ordered)


def heading(text: str) -> Block:
    """Part the section with a heading."""
    return Block(kind="heading", text=text)


def facts(rows: Iterable[Sequence[Claim]]) -> Block:
    """Put labels and values beside each other."""
    return Block(kind="facts", rows=[list(row) for row in rows])


def table(caption: str, columns: Sequence[str | tuple[str, Align]], rows: Iterable[Sequence[Claim]]) -> Block:
    """Make a table; a column is its title, or its title and alignment."""
    titled: list[tuple[str, Align]] = [(column, "left") if isinstance(column, str) else column for column in columns]
    made = [Column(title=title, align=align) for title, align in titled]
    return Block(kind="table", caption=caption, columns=made, rows=[list(row) for row in rows])


def section(
    blocks: Iterable[Block],
    values: Mapping[str, Value] | None = None,
    open_questions: Iterable[str] = (),
    cautions: Sequence[str] = (),
) -> SectionContent:
    """Put a section together; a question asked twice stands once, a block without words not at all."""
    kept = [block for block in blocks if block.get("claims") or block.get("rows") or block.get("text")]
    made = SectionContent(blocks=kept, values=dict(values or {}), open_questions=list(dict.fromkeys(open_questions)))
    return {**made, "cautions": [*cautions]} if cautions else made


def offered(content: SectionContent) -> SectionContent:
    """Have a writer place what it wants of a section: what it leaves out is left out."""
    return {**content, "blocks": [{**block, "offered": True} for block in content["blocks"]]}


def yielding(*blocks: Block) -> list[Block]:
    """Have blocks say what a section says where nobody writes it; a writer's text takes their place."""
    return [{**block, "yields": True} for block in blocks]


def value(text: str, *evidence: Evidence, figure: float | None = None, unit: str = "") -> Value:
    """Name a finding for other sections; without a ``figure`` its value is its text."""
    return Value(value=text if figure is None else figure, unit=unit, text=text, evidence=list(evidence))


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    if not words[1:]:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capitalized(text: str) -> str:
    """Begin with a capital, leaving the rest as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str = "") -> str:
    """Count things in words a reader expects: ``1 record``, ``3 records``."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
