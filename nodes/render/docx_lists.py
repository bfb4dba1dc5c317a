"""Lists of the Word edition; every numbered one begins at 1."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from quire.nodes.render.docx_text import say_all
from quire.nodes.render.docx_xml import XML, add_paragraph, of_paragraph
from quire.nodes.render.numbered import Statement

_NUMBERING = PackURI("/word/numbering.xml")
_KIND = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{{number}}">
  <w:multiLevelType w:val="singleLevel"/><w:name w:val="{{name}}"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/><w:numFmt w:val="{{form}}"/><w:lvlText w:val="{{sign}}"/><w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="360" w:hanging="280"/></w:pPr>
  </w:lvl>
</w:abstractNum>
"""


def add_list(word: Word, items: Iterable[Sequence[Statement]], *, ordered: bool) -> None:
    """Add a list of items, each of one statement or more."""
    style = "List Number" if ordered else "List Bullet"
    counter = _new_counter(word, style) if ordered or not _numbered(word, style) else 0
    last: Paragraph | None = None
    for statements in items:
        item = add_paragraph(word, style)
        if counter:
            properties: XML = of_paragraph(item).get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = counter
        say_all(item, statements)
        last = item
    if last:
        last.paragraph_format.space_after = Pt(8)


def _new_counter(word: Word, style: str) -> int:
    """Make a counter of the style's kind; all lists of a style share one otherwise, and count on."""
    kinds = numbering_of(word)
    shared = _numbered(word, style)
    kind = kinds.num_having_numId(shared).abstractNumId.val if shared else _own_kind(kinds, style)
    made = kinds.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def numbering_of(word: Word) -> XML:
    """Give the numbering of a file, which a template may lack."""
    part = word.part
    if not any(rel.reltype == RT.NUMBERING for rel in part.rels.values()):
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        part.relate_to(NumberingPart.load(_NUMBERING, CT.WML_NUMBERING, empty, part.package), RT.NUMBERING)
    return part.numbering_part.element


def _numbered(word: Word, style: str) -> int:
    """Give the number of the list that a style makes of its paragraphs; 0 if it makes none."""
    properties: XML = word.styles[style].element.pPr
    numbers = properties.numPr if properties is not None else None
    found = numbers.numId if numbers is not None else None
    return int(found.val) if found is not None else 0


def _own_kind(kinds: XML, style: str) -> int:
    """Make a kind of list, where a template's style is none."""
    sign, form = ("%1.", "decimal") if style == "List Number" else ("•", "bullet")
    name = f"Quire {style}"
    for known in kinds.findall(qn("w:abstractNum")):
        if (called := known.find(qn("w:name"))) is not None and called.get(qn("w:val")) == name:
            return int(known.get(qn("w:abstractNumId")))
    numbers = [int(kind.get(qn("w:abstractNumId"))) for kind in kinds.findall(qn("w:abstractNum"))]
    made = parse_xml(_KIND.format(number=max(numbers, default=-1) + 1, name=name, form=form, sign=sign))
    kinds.insert(len(numbers), made)  # all kinds stand before all counters
    return int(made.get(qn("w:abstractNumId")))
