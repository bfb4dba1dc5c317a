"""Comments in the margin of the Word edition, each at the statement that it is about."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from docx.document import Document as Word
from docx.oxml.ns import qn

from quire.nodes.render.docx_xml import AUTHOR, XML, element, of_paragraph

Comments: TypeAlias = Mapping[str, Sequence[str]]
"""By the name of a statement: what is said beside it."""


def add_comments(word: Word, comments: Comments) -> None:
    """Put comments at the marks of statements, in the order of the text."""
    for start in list(word.element.body.iter(qn("w:bookmarkStart"))) if comments else ():
        for text in comments.get(start.get(qn("w:name")), ()):
            _comment(start, _added(word, text))


def _added(word: Word, text: str) -> str:
    """Add a comment without a clock, and give its number."""
    made = word.comments.add_comment(text=text, author=AUTHOR, initials=AUTHOR[:1])
    whole: XML = of_paragraph(made.paragraphs[0]).getparent()
    del whole.attrib[qn("w:date")]
    return str(made.comment_id)


def _comment(start: XML, number: str) -> None:
    end = next(mark for mark in start.itersiblings(qn("w:bookmarkEnd")))
    start.addnext(element("commentRangeStart", id=number))
    referring = element("r")
    referring.append(element("commentReference", id=number))
    end.addnext(referring)
    end.addprevious(element("commentRangeEnd", id=number))
