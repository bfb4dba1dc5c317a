"""Reads rendered documents back, with libraries that did not write them where there are any."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pypdf import PdfReader

from quire.nodes.render.document import Document
from quire.nodes.render.formats import FORMATS

WORD_JOINER = "\u2060"


def html_of_markdown(data: bytes) -> BeautifulSoup:
    """As GitHub would show it: tables and bare addresses on, HTML let through."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return BeautifulSoup(parser.render(data.decode()), "lxml")


def soup(data: bytes) -> BeautifulSoup:
    return BeautifulSoup(data.decode(), "lxml")


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def word_text(data: bytes) -> str:
    """All text of the body in reading order, cells too, links and fields included."""
    body = docx.Document(BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def parts_of_word(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


READERS: dict[str, Callable[[bytes], str]] = {
    "md": lambda data: html_of_markdown(data).get_text(" "),
    "html": lambda data: soup(data).get_text(),
    "docx": word_text,
    "pdf": pdf_text,
    "json": bytes.decode,
}


def text_of(name: str, document: Document) -> str:
    """Return what a reader sees of a document in a format."""
    return text_in(name, FORMATS[name].render(document))


def text_in(name: str, data: bytes) -> str:
    """Return what a reader sees of a file, with white space folded."""
    read = READERS[name](data)
    return re.sub(r"\s+", " ", read.replace(WORD_JOINER, "").replace("\N{NO-BREAK SPACE}", " "))


def marks_in(text: str) -> list[str]:
    """Return what stands in brackets: citations (``3``, ``4, 13``, a run by its ends) and computations (``a``)."""
    return [re.sub(r"\s", "", found) for found in re.findall(r"\[\s?(\d[\d,\s\u2013]*|[a-z]{1,2})\s?\]", text)]
