"""The document as JSON: itself, and the numbers that every other format shows."""

import json
from dataclasses import asdict
from typing import Any, cast

from quire.nodes.render.document import Document, number
from quire.nodes.render.numbered import Numbered
from quire.nodes.render.text import JSON, cleaned


def render(document: Document) -> bytes:
    """Render the document as JSON, UTF-8, with sorted keys, and ``numbering`` added.

    Keys are sorted because a document that went through a database may come back in another order.
    """
    whole = {**cast("dict[str, JSON]", cleaned(cast("JSON", document))), "numbering": numbering(number(document))}
    return (json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n").encode()


def numbering(numbered: Numbered) -> dict[str, Any]:
    """Sections, headings, tables, figures, citations and computations with their numbers, in reading order."""
    parts = [(chapter, part) for chapter in numbered.chapters for part in chapter.parts]
    return {
        "sections": [{"number": c.number, "title": c.title, "anchor": c.anchor} for c in numbered.chapters],
        "headings": [
            {"number": p.number, "title": p.text, "anchor": p.anchor, "depth": p.depth}
            for _, p in parts
            if p.kind == "heading"
        ],
        "tables": [
            {"number": p.number, "caption": p.text, "anchor": p.anchor, "section": c.number}
            for c, p in parts
            if p.kind == "table"
        ],
        "figures": [
            {"number": p.number, "caption": p.text, "anchor": p.anchor, "section": c.number}
            for c, p in parts
            if p.kind == "chart"
        ],
        "citations": [asdict(citation) for citation in numbered.citations],
        "computations": [asdict(computation) for computation in numbered.computations],
    }
