"""A customer's own Word template: their styles, cover, heads and feet, with what cannot be had of them named."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn

from quire.nodes.faults import BadInput
from quire.nodes.render.docx_xml import XML
from quire.nodes.sources.archive import open_archive
from quire.nodes.sources.docx import BROKEN, broken, opened

_TYPES = "[Content_Types].xml"
_AS_TEMPLATE, _AS_DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_MACROS = "vbaProject.bin"
_LINKS = ("/hyperlink", "/attachedTemplate")
"""Ends of the types of relationships that may lead out of a file: a click follows the one, the other is taken out."""
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]{1,200}?)\s*\}\}")
_FACT = "facts."
EXPECTED = (
    *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "Quote"),
    *("List Bullet", "List Number", "toc 1", "toc 2"),
)
"""Styles that every template should have: of one that it lacks, ours stands in."""


class Examined(NamedTuple):
    """What was found in a template."""

    remarks: list[str]
    """What cannot be had of it."""
    facts: list[str]
    """Which facts it shows."""

    def made(self) -> dict[str, object]:
        """Give it as plain JSON."""
        return {"remarks": self.remarks, "facts": self.facts}


class Cover(NamedTuple):
    """What the template's own words are filled with."""

    title: str
    subtitle: str
    date: str
    facts: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """Give what stands for a placeholder; ``None``: it is none."""
        if name.startswith(_FACT):
            return self.facts.get(name.removeprefix(_FACT))
        return {"title": self.title, "subtitle": self.subtitle, "date": self.date}.get(name)


def examine(name: str, data: bytes) -> Examined:
    """Look a template through, within the bounds of a source.

    Raises:
        BadInput: it is no Word file, holds macros, or fetches something from elsewhere.

    """
    whole = _as_document(name, data)
    opened(name, whole)
    word = docx.Document(BytesIO(whole))
    if outside := _outside(word):
        hint = "embed it in the template"
        raise BadInput(f"fetches something from elsewhere: {', '.join(outside[:3])}", file=name, hint=hint)
    missing = [style for style in EXPECTED if style not in word.styles]
    remarks = [f"the template has no style “{style}”: Quire's own stands in" for style in missing]
    asked = list(dict.fromkeys(name for p in _paragraphs(word) for name in _PLACEHOLDER.findall(_text(p))))
    facts = [name.removeprefix(_FACT) for name in asked if name.startswith(_FACT)]
    return Examined([*remarks, *_unknown(asked)], facts)


def open_template(name: str, data: bytes) -> Word:
    """Open a template that was looked through."""
    try:
        word = docx.Document(BytesIO(_as_document(name, data)))
    except BROKEN as error:
        raise broken(name) from error
    _cut_loose(word)
    return word


def fill(word: Word, cover: Cover) -> set[str]:
    """Put the document's title and facts where the template asks for them, and give what it asked for."""
    asked = set[str]()
    for paragraph in _paragraphs(word):
        asked |= _fill(paragraph, cover)
    for control in word.element.body.iter(qn("w:sdt")):
        _fill_control(control, cover)
    return asked


def has_cover(word: Word) -> bool:
    """Whether a template shows anything of its own before the document."""
    body: XML = word.element.body
    return any((words.text or "").strip() for words in body.iter(qn("w:t"))) or any(
        True for _ in body.iter(qn("w:drawing"), qn("w:pict"))
    )


def clear(word: Word) -> None:
    """Take out what a template holds that shows nothing, but for the page at its end."""
    for child in list(word.element.body):
        if child.tag != qn("w:sectPr"):
            child.getparent().remove(child)


def in_their_styles(word: Word, ids: Mapping[str, str], theirs: Collection[XML]) -> None:
    """Call styles as the template does, in all that is not its own; its numbers of headings leave ours alone."""
    tags = [qn(tag) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")]
    numbered = {ids.get(f"Heading{n}", f"Heading{n}") for n in range(1, 5) if _is_numbered(word, f"Heading {n}")}
    for block in (block for block in word.element.body if block not in theirs):
        for style in block.iter(*tags):
            style.set(qn("w:val"), ids.get(style.get(qn("w:val")), style.get(qn("w:val"))))
        if block.tag == qn("w:p") and block.style in numbered:
            block.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0


def _is_numbered(word: Word, name: str) -> bool:
    return any(True for _ in word.styles[name].element.iter(qn("w:numPr")))


def _as_document(name: str, data: bytes) -> bytes:
    """Give a template (``.dotx``) as a document, which it is but for its type."""
    archive = open_archive(name, data)
    if any(entry.endswith(_MACROS) for entry in archive.namelist()):
        raise BadInput("holds macros", file=name, hint="save it without them, as .docx or .dotx")
    try:
        types = archive.read(_TYPES)
    except KeyError as error:
        raise broken(name) from error
    if _AS_TEMPLATE not in types:
        return data
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        for entry in dict.fromkeys(archive.namelist()):
            written.writestr(
                entry, types.replace(_AS_TEMPLATE, _AS_DOCUMENT) if entry == _TYPES else archive.read(entry)
            )
    return out.getvalue()


def _outside(word: Word) -> list[str]:
    """Name what a reader's program would fetch by itself."""
    relations = [rel for part in word.part.package.iter_parts() for rel in part.rels.values()]
    return [str(rel.target_ref) for rel in relations if rel.is_external and not rel.reltype.endswith(_LINKS)]


def _cut_loose(word: Word) -> None:
    """Forget the file that the template was made from: it is on somebody's disk, or anywhere."""
    settings: Any = word.settings.element
    for attached in settings.findall(qn("w:attachedTemplate")):
        settings.remove(attached)
    for part in word.part.package.iter_parts():
        for number in [n for n, rel in part.rels.items() if rel.reltype.endswith("/attachedTemplate")]:
            part.rels.pop(number)


def _paragraphs(word: Word) -> Iterator[XML]:
    yield from word.element.body.iter(qn("w:p"))
    for part in word.part.package.iter_parts():
        if part.partname.startswith(("/word/header", "/word/footer")) and hasattr(part, "element"):
            yield from part.element.iter(qn("w:p"))


def _unknown(asked: Sequence[str]) -> Iterator[str]:
    for name in asked:
        if not name.startswith(_FACT) and Cover("", "", "", {}).of(name) is None:
            known = "title, subtitle, date and facts.NAME are known"
            yield f"the template asks for “{name}”, which nothing stands for: {known}"


def _text(paragraph: XML) -> str:
    return "".join(words.text or "" for words in paragraph.iter(qn("w:t")))


def _fill(paragraph: XML, cover: Cover) -> set[str]:
    """Fill a paragraph. Word may have parted a placeholder into several runs: the first takes all of its words."""
    words: Sequence[XML] = list(paragraph.iter(qn("w:t")))
    whole = _text(paragraph)
    asked = set(_PLACEHOLDER.findall(whole))
    if not asked:
        return asked
    for at in words:
        at.text = _filled(at.text or "", cover)
    if _PLACEHOLDER.search(_text(paragraph)):
        words[0].text = _filled(_text(paragraph), cover)
        for at in words[1:]:
            at.text = ""
    return asked


def _filled(text: str, cover: Cover) -> str:
    def put(found: re.Match[str]) -> str:
        value = cover.of(found[1])
        return found[0] if value is None and not found[1].startswith(_FACT) else value or ""

    return _PLACEHOLDER.sub(put, text)


def _fill_control(control: XML, cover: Cover) -> None:
    """Fill a control that shows the file's title or subject: not every program does so when it opens the file."""
    binding = control.find(f"{qn('w:sdtPr')}/{qn('w:dataBinding')}")
    path = str(binding.get(qn("w:xpath"))) if binding is not None else ""
    value = cover.title if path.endswith(":title[1]") else cover.subtitle if path.endswith(":subject[1]") else None
    shown = list(control.iter(qn("w:t")))
    if value is None or not shown:
        return
    shown[0].text = value
    for at in shown[1:]:
        at.text = ""
    for placeholder in control.findall(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"):
        placeholder.getparent().remove(placeholder)
