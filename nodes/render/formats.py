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
    takes_template: bool = False
    """Whether a Word file can lend it styles, cover, heads and feet."""

    def render(self, document: Document, template: bytes | None = None) -> bytes:
        """Write a document, in a template where it takes one."""
        renderer = import_module(f"quire.nodes.render.{self.renderer}").render
        written: bytes = renderer(document, template) if self.takes_template else renderer(document)
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
                takes_template=True,
            ),
            Format("pdf", "application/pdf", "pdf", "pdf"),
            Format("json", "application/json", "json", "json_export"),
        )
    }
)
