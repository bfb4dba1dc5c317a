"""Looks through rendered documents for anything that acts: runs, fetches, leads outside, computes or moves a cursor.

Each function gives what it found, in words; nothing, if the file only shows text.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import cmarkgfm
from bs4 import BeautifulSoup
from cmarkgfm.cmark import Options
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tests.nodes.render.reading import html_of_markdown, parts_of_word, soup

TAGS = """
html head meta title style body a div header p h1 dl dt dd aside strong ul ol li nav details summary span main
svg rect circle polyline text
section h2 h3 table caption thead tbody tr th td sup em blockquote figure figcaption b q
"""
ATTRIBUTES = """
lang dir charset http-equiv content name class href id role aria-label aria-labelledby tabindex scope title open colspan
viewbox x y width height cx cy r points
"""
"""What the HTML edition is made of."""
MARKDOWN_TAGS = """
html body a h1 h2 h3 p strong em ul ol li blockquote table thead tbody tr th td
"""
FIELDS = re.compile(r' (TOC \\o "1-2" \\h \\z \\u|PAGEREF \w+ \\h|PAGE|NUMPAGES|SEQ (?:Table|Figure) \\\* ARABIC) ')
"""The fields of the Word edition."""
RELATIONS = """
officeDocument core-properties extended-properties thumbnail customXml customXmlProps numbering styles settings
webSettings fontTable theme header footer stylesWithEffects image
"""
OBJECTS = """
pict object altChunk subDoc control fldSimple anchor hlinkClick hlinkHover hlinkMouseOver
"""
"""Elements of a Word file that hold something else, or lead somewhere. A chart is a picture in the file, in line."""
ACTIONS = """
/JS /JavaScript /OpenAction /AA /Launch /URI /GoToR /GoToE /SubmitForm /ImportData /EmbeddedFile /EmbeddedFiles /EF
/Filespec /RichMedia /Rendition /Movie /Sound /Thread /AcroForm /XFA /Image
"""
"""Names that a PDF needs to run, send, fetch, open or embed anything."""
_DECEIVING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f"
_IN_TEXT = re.compile(f"[{_DECEIVING}]")
_ON_TERMINAL = re.compile(f"[{_DECEIVING}\u061c\u200c-\u200f]")
"""Marks of direction and joiners belong to some scripts, and turn round what stands beside them on a terminal."""


def in_html(data: bytes) -> list[str]:
    """Give what acts in an HTML file."""
    return [*_in_page(soup(data), TAGS, ATTRIBUTES), *_in_head(soup(data))]


def _in_page(page: BeautifulSoup, tags: str, attributes: str) -> Iterator[str]:
    known, told = set(tags.split()), set(attributes.split())
    for tag in page.find_all(True):
        if tag.name not in known:
            yield f"element {str(tag)[:200]}"
        for name, value in tag.attrs.items():
            if name not in told:
                yield f"attribute {name}={value}"
        target = tag.get("href", "#")
        if not target.startswith("#"):
            yield f"link {target}"


def _in_head(page: BeautifulSoup) -> Iterator[str]:
    told = [tag.get("http-equiv") for tag in page.find_all("meta", {"http-equiv": True})]
    if told != ["Content-Security-Policy"]:
        yield f"meta {told}"
    for style in page.find_all("style"):
        if re.search(r"url\(|@import|expression", style.get_text()):
            yield f"style {style.get_text()[:200]}"


def in_markdown(data: bytes) -> list[str]:
    """Give what acts in Markdown, as two renderers that let HTML through would show it: GitHub's, and markdown-it."""
    github = cmarkgfm.github_flavored_markdown_to_html(data.decode(), Options.CMARK_OPT_UNSAFE)
    pages = (BeautifulSoup(github, "lxml"), html_of_markdown(data))
    return [fault for page in pages for fault in _in_page(page, MARKDOWN_TAGS, "href id style align start")] + [
        f"style {tag['style']}" for tag in pages[1].find_all(style=True) if not tag["style"].startswith("text-align:")
    ]


def in_word(data: bytes) -> list[str]:
    """Give what acts in a Word file."""
    found = []
    for name, part in parts_of_word(data).items():
        if not name.endswith((".xml", ".rels", ".jpeg", ".png")):
            found.append(f"part {name}")
        if name.endswith((".xml", ".rels")):
            found += _in_part(name, etree.fromstring(part))
    return found


def _in_part(name: str, root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element):
        kind, values = etree.QName(element).localname, dict(element.attrib)
        outside = [value for key, value in values.items() if key.endswith("TargetMode") and value == "External"]
        if kind == "Relationship" and (outside or values["Type"].rpartition("/")[2] not in RELATIONS.split()):
            yield f"{name}: relationship {values}"
        if kind == "instrText" and not FIELDS.fullmatch(element.text or ""):
            yield f"{name}: field {element.text}"
        if kind == "hyperlink" and any(key.endswith("}id") for key in values):
            yield f"{name}: link {values}"
        if kind in OBJECTS.split() or (kind == "blip" and any(key.endswith("}link") for key in values)):
            yield f"{name}: {kind}"
    for node in root.getroottree().iter(etree.ProcessingInstruction, etree.Entity):
        yield f"{name}: {node}"


def in_pdf(data: bytes) -> list[str]:
    """Give what acts in a PDF: any object that names an action other than going to a place in the file itself."""
    reader = PdfReader(BytesIO(data))
    found = set()
    for number in range(1, len(reader.xref_objStm or {}) + sum(map(len, reader.xref.values())) + 1):
        found |= set(_in_object(IndirectObject(number, 0, reader).get_object()))
    return sorted(found | set(_in_object(reader.trailer)))


def _in_object(value: object) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        for key, item in value.items():
            if key in ACTIONS.split() or (isinstance(item, str) and item in ACTIONS.split()):
                yield f"{key} {item}"
            yield from () if isinstance(item, IndirectObject) else _in_object(item)
    elif isinstance(value, ArrayObject):
        for item in value:
            yield from () if isinstance(item, IndirectObject) else _in_object(item)


def in_json(data: bytes) -> list[str]:
    """Give what acts in JSON: characters that a terminal or an editor would act on."""
    json.loads(data)
    return _named(_IN_TEXT, data.decode())


def on_terminal(shown: str) -> list[str]:
    """Give the characters that a terminal would act on, or hide."""
    return _named(_ON_TERMINAL, shown)


def _named(characters: re.Pattern[str], text: str) -> list[str]:
    return [f"U+{ord(found):04X}" for found in sorted(set(characters.findall(text)))]


LOOKED_THROUGH = {"html": in_html, "md": in_markdown, "docx": in_word, "pdf": in_pdf, "json": in_json}
"""By format."""
