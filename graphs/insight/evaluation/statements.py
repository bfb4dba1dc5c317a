"""The statements of a document, each by itself: sentences, items of lists, rows of tables. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from quire.nodes.evidence.content import Block


class Statement(NamedTuple):
    """What a document says in one place."""

    section: str
    text: str
    """A row reads ``Title: cell; Title: cell``, behind its caption."""
    cells: Mapping[str, str] = {}
    """Of a row: its cells by their titles; of a fact, its value by its label."""

    @property
    def words(self) -> str:
        """What patterns are held against, white space folded."""
        return " ".join(self.text.split())


def statements_of(document: Mapping[str, Any]) -> list[Statement]:
    """Give the statements of what is shown of a document, in its order."""
    return [
        Statement(section["id"], made.text, made.cells)
        for section in document["sections"]
        if section["status"] in ("approved", "stub") and "content" in section
        for block in section["content"]["blocks"]
        for made in _of(block)
    ]


def _of(block: Block) -> Iterator[Statement]:
    if block["kind"] in ("table", "chart"):
        yield from _rows(block)
    elif block["kind"] == "facts":
        for label, *values in ([cell["text"] for cell in row] for row in block["rows"]):
            yield Statement("", f"{label}: {' '.join(values)}", {label: " ".join(values)})
    elif block["kind"] == "list":
        yield from (Statement("", text) for text in _items(block))
    else:
        yield from (Statement("", f"{c.get('lead', '')} {c['text']}".strip()) for c in block.get("claims", ()))


def _rows(block: Block) -> Iterator[Statement]:
    titles = [column["title"] for column in block["columns"]]
    for row in block["rows"]:
        cells = {title: cell["text"] for title, cell in zip(titles, row, strict=False)}
        said = "; ".join(f"{title}: {text}" for title, text in cells.items() if text)
        yield Statement("", f"{block.get('caption', '')} | {said}", cells)


def _items(block: Block) -> list[str]:
    """Put together what stands in one item of a list."""
    items: dict[int, list[str]] = {}
    for number, claim in enumerate(block.get("claims", ())):
        items.setdefault(claim.get("item", -1 - number), []).append(f"{claim.get('lead', '')} {claim['text']}".strip())
    return [" ".join(texts) for texts in items.values()]
