"""The formats a document can be had in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quire.nodes.render import docx, html, json_export, markdown, pdf
from quire.nodes.render.document import Document


@dataclass(frozen=True)
class Format:
    """How a document is written, and what the result is called."""

    name: str
    """As users ask for it: ``md``."""
    media: str
    ending: str
    """Of the file's name, without the dot."""
    render: Callable[[Document], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.name: made
        for made in (
            Format("md", "text/markdown; charset=utf-8", "md", markdown.render),
            Format("html", "text/html; charset=utf-8", "html", html.render),
            Format(
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "docx",
                docx.render,
            ),
            Format("pdf", "application/pdf", "pdf", pdf.render),
            Format("json", "application/json", "json", json_export.render),
        )
    }
)
