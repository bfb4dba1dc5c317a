"""The formats a document can be had in. What writes one is imported when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from quire.nodes.render.document import Document


@dataclass(frozen=True)
class Format:
    """How a document is written, and what the result is called."""

    name: str
    """As users ask for it: ``md``."""
    media: str
    ending: str
    """Of the file's name, without the dot."""
    renderer: str
    """The module of this package that writes it."""

    def render(self, document: Document) -> bytes:
        """Write a document."""
        written: bytes = import_module(f"quire.nodes.render.{self.renderer}").render(document)
        return written


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.name: made
        for made in (
            Format("md", "text/markdown; charset=utf-8", "md", "markdown"),
            Format("html", "text/html; charset=utf-8", "html", "html"),
            Format(
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "docx",
                "docx",
            ),
            Format("pdf", "application/pdf", "pdf", "pdf"),
            Format("json", "application/json", "json", "json_export"),
        )
    }
)
