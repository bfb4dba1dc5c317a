"""Tables, equations and Strict documents that are made to do harm, each made here."""

from collections.abc import Callable

import docx
from docx.oxml.ns import nsdecls
from reader_inputs import MATH, STRICT, saved, with_parts

from tests.nodes.sources.hostile_files import WORD, body

File = tuple[str, Callable[[], bytes]]


def strict(inner: str, head: str = "") -> bytes:
    """Make a document of Strict OOXML whose body is this."""

    def change(name: str, part: bytes) -> bytes:
        if name == "word/document.xml":
            part = (
                f'<?xml version="1.0"?>{head}<w:document {nsdecls("w")}><w:body>{inner}</w:body></w:document>'.encode()
            )
        for transitional, other in STRICT.items():
            part = part.replace(transitional.encode(), other.encode())
        return part

    return with_parts(saved(docx.Document()), change)


def equation(inner: str) -> bytes:
    """Make a document whose one paragraph holds this equation."""
    return body(f'<w:p {MATH} xmlns:w="{WORD}"><w:r><w:t>Words </w:t></w:r><m:oMath>{inner}</m:oMath></w:p>')


def page(inner: str) -> bytes:
    return f"<!doctype html><html><body><p>Words <math>{inner}</math></p></body></html>".encode()


ENTITIES = (
    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{'&a' + (str(n - 1) if n else '') + ';'}{'&a;' * 9}'>" for n in range(1, 9))
    + "]>"
)
SUP = "<m:sSup><m:e>"
MARKUP_REFUSED: dict[str, File] = {
    "a cell longer than any": ("a.csv", lambda: b"a,b\n" + b"x" * 100_000 + b",1\n"),
    "rows beyond number": ("a.csv", lambda: b"a\n" + b"1\n" * 200_000),
    "a delimiter's line and a quote that never ends": ("a.csv", lambda: b'sep=;\na;b\n"' + b"x;\n" * 50_000),
    "elements without end in a Strict document": ("a.docx", lambda: strict("<w:sdt>" * 100_000)),
    "a Strict document of two million paragraphs": ("a.docx", lambda: strict("<w:p/>" * 2_000_000)),
    "a Strict document of blanks": ("a.docx", lambda: strict("<w:p/>" + " " * 100_000_000)),
    "a Strict document cut short": ("a.docx", lambda: strict("<w:p/>")[:-300]),
    "entities within a Strict document": (
        "a.docx",
        lambda: strict("<w:p><w:r><w:t>Words &a8;</w:t></w:r></w:p>", ENTITIES),
    ),
    "powers of powers": ("a.docx", lambda: equation(SUP * 500 + "<m:r><m:t>x</m:t></m:r>" + "</m:e></m:sSup>" * 500)),
    "an equation of fifty thousand terms": ("a.docx", lambda: equation("<m:r><m:t>+x</m:t></m:r>" * 50_000)),
}
MARKUP_READ: dict[str, File] = {
    "a row of fifty thousand delimiters": ("a.csv", lambda: b"a;b\n" + b";" * 50_000 + b"\nx;1\n"),
    "every delimiter on every line": ("a.csv", lambda: b"a,b;c|d\te\n" * 20_000),
    "quotes within quotes": ("a.tsv", lambda: b"a\tb\n" + b'""""\t"\n' * 20_000),
    "lines before a header that never comes": ("a.csv", lambda: b"words\n" * 50_000),
    "tables within tables": ("a.md", lambda: b"<table><tr><td>" * 1_000 + b"a</td><td>b</td></tr></table>\n"),
    "a table of a hundred thousand cells": (
        "a.md",
        lambda: b"<table><tr><td>a</td><td>b</td></tr>\n" + b"<tr><td>1</td><td>2</td></tr>\n" * 40_000 + b"</table>\n",
    ),
    "spans beyond number": (
        "a.md",
        lambda: b"<table>" + b"<tr><td colspan=99999 rowspan=99999>a</td><td>b</td></tr>" * 200 + b"</table>\n",
    ),
    "a table that holds scripts and links": (
        "a.md",
        lambda: (
            b"<table><tr><td><script src='file:///etc/hostname'>x</script>a</td><td><iframe src='http://127.0.0.1'>"
            b"</iframe>b</td></tr></table>\n"
        ),
    ),
    "the ends of tables alone": ("a.md", lambda: b"Words.\n\n" + b"</table></tr></td>\n\n" * 20_000),
    "a fraction of fractions": ("a.html", lambda: page("<mfrac>" * 3_000 + "<mn>1</mn>")),
    "rows of a matrix without end": ("a.html", lambda: page("<mtable>" + "<mtr><mtd><mn>1</mn></mtd></mtr>" * 20_000)),
    "an equation of notes": ("a.html", lambda: page("<semantics>" + "<annotation>x</annotation>" * 20_000)),
    "terms of terms": ("a.md", lambda: b"a\n: b\n" * 20_000),
    "notes of notes": ("a.md", lambda: b"".join(b"[^n%d]: a[^n%d]\n\n    b\n\n" % (n, n + 1) for n in range(5_000))),
}
