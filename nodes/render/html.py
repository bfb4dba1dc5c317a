"""The document as one HTML file: no script, nothing fetched, readable on paper, phone and wide screens."""

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from quire.nodes.render import wording
from quire.nodes.render.document import Document, number
from quire.nodes.render.numbered import LONG_WORD, SHORT_TEXT, Statement


def render(document: Document) -> bytes:
    """Render the document as HTML, UTF-8. Every text is escaped by the template engine, none is trusted."""
    numbered = number(document)
    evidence = {citation.number: citation for citation in numbered.citations}
    computations = {computation.mark: computation for computation in numbered.computations}
    page = _template().render(
        numbered=numbered,
        evidence=evidence,
        computations=computations,
        words=numbered.words,
        notices=wording.SOURCE_NOTICES,
        style=_style(),
        policy=_policy(),
    )
    return page.encode()


def _fit(cell: Statement) -> str:
    """Choose how a cell breaks: a figure stays in one line, and no word makes a table wider than the page."""
    longest = max(map(len, cell.text.split()), default=0)
    if longest > LONG_WORD:
        return " long"
    return " short" if len(f"{cell.text} {cell.status}".strip()) <= SHORT_TEXT else ""


def _place(number: float) -> str:
    """Write a place in a drawing, to a hundredth of a point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("quire.nodes.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"fit": _fit, "place": _place}
    return environment.get_template("document.html.jinja")


@cache
def _style() -> Markup:
    """Read our own style sheet, the only text that goes into the page as it is."""
    return Markup((resources.files("quire.nodes.render") / "templates" / "document.css").read_text("utf-8"))  # noqa: S704 - the stylesheet that ships with it


@cache
def _policy() -> str:
    """Allow this page its own style sheet and nothing else, whatever may have got into it."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
