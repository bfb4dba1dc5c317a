"""Right-to-left text in the Word edition: Word wants to be told for each paragraph and each run."""

import re
from copy import deepcopy
from itertools import pairwise

from docx.oxml.ns import qn

from quire.nodes.language.direction import has_right_to_left, runs_right_to_left
from quire.nodes.render.docx_xml import XML, element

_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_PIECES = re.compile(rf"{_RIGHT_TO_LEFT}+(?:[^\w{_RIGHT_TO_LEFT[1:-1]}]+{_RIGHT_TO_LEFT}+)*|(?:(?!{_RIGHT_TO_LEFT}).)+")
"""What is written from right to left, with the signs between its words, and what is not."""
_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl"),
    *("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def set_directions(part: XML) -> None:
    """Tell Word which paragraphs and which words run from right to left."""
    for paragraph in part.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        if has_right_to_left(text):
            if runs_right_to_left(text):
                paragraph.get_or_add_pPr().insert_element_before(element("bidi"), *_AFTER_BIDI)
            for run in list(paragraph.iter(qn("w:r"))):
                _set_run(run)


def _set_run(run: XML) -> None:
    """Part a run into what is written one way and the other. One that holds more than words stays as it is."""
    words = run.findall(qn("w:t"))
    if len(words) != 1 or len(run) > len(words) + (run.rPr is not None) or not has_right_to_left(words[0].text or ""):
        return
    pieces = _PIECES.findall(words[0].text)
    made = [run, *(deepcopy(run) for _ in pieces[1:])]
    for before, added in pairwise(made):
        before.addnext(added)
    for piece, text in zip(made, pieces, strict=True):
        said = piece.find(qn("w:t"))
        said.text = text
        said.set(qn("xml:space"), "preserve")
        if has_right_to_left(text):
            piece.get_or_add_rPr().append(element("rtl"))
