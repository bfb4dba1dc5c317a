"""Damaged files of every type: each is read or refused, nothing else happens."""

import io
import random
import zipfile
from functools import cache

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.faults import BadInput
from quire.nodes.sources import kinds
from quire.nodes.sources.docx import read_docx
from quire.nodes.sources.pdf.reading import read_pdf

MARKDOWN = b"---\ntitle: T\n---\n\n# 1.1 A\n\n1. _(a)_ **B.** c <b>d</b>\\\n(Ord. 7)\n\n| x | y |\n|--|--|\n| 1 | 2 |\n"
HTML = (
    b"<html><body><h1 id=a>1.1 A</h1><ol type=a><li>b<p>c</ol><table><tr><th>x<th>y<tr><td>1<td>2</table></body></html>"
)
CSV = b'a,"b ""c""",d\n1,2,3\n"x\ny",5,6\n'


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_heading("1.1 A", 1)
    document.add_paragraph("Words.")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "x"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def printed() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for page in range(3):
        canvas.drawString(72, 700, f"1.{page} Words of a page")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Change, cut, repeat or insert a few bytes."""
    content = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(content) or 1)
        piece = content[place : place + rng.randint(1, 40)]
        match rng.randrange(4):
            case 0:
                content[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del content[place : place + len(piece)]
            case 2:
                content[place:place] = piece * rng.randint(1, 5)
            case _:
                content[place:place] = rng.choice([b"<", b"|", b'"', b"\n", b"[", b"(", b"\xff", b"9" * 20, b"---\n"])
    return bytes(content)


def damaged_part(data: bytes, rng: random.Random) -> bytes:
    """Damage the words of a Word document and leave its container whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, damaged(part, rng) if entry in {"word/document.xml", "word/styles.xml"} else part)
    return out.getvalue()


CASES = [
    (kinds.markdown, "a.md", lambda rng: damaged(MARKDOWN, rng)),
    (kinds.plain, "a.txt", lambda rng: damaged(MARKDOWN, rng)),
    (kinds.html, "a.html", lambda rng: damaged(HTML, rng)),
    (kinds.table, "a.csv", lambda rng: damaged(CSV, rng)),
    (read_docx, "a.docx", lambda rng: damaged(word(), rng)),
    (read_docx, "part.docx", lambda rng: damaged_part(word(), rng)),
    (read_pdf, "a.pdf", lambda rng: damaged(printed(), rng)),
]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("reader", "name", "make"), CASES, ids=[name for _, name, _ in CASES])
def test_a_damaged_source_is_read_or_refused(reader: kinds.Reader, name: str, make: object, seed: int) -> None:
    assert callable(make)
    data = make(random.Random(seed))
    try:
        gathering = reader(name, data)
    except BadInput:
        return
    addresses = [passage["address"] for passage in gathering.passages]
    assert len(addresses) == len(set(addresses))
    assert all(passage["text"] == " ".join(passage["text"].split()) != "" for passage in gathering.passages)
