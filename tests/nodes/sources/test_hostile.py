"""Damaged files of every type: each is read or refused, nothing else happens."""

import copy
import io
import random
import zipfile
from functools import cache

import docx
import pytest
from lxml import etree
from reader_inputs import INPUTS
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.faults import BadInput
from quire.nodes.sources import texts
from quire.nodes.sources.confined import Reader
from quire.nodes.sources.docx import read_docx
from quire.nodes.sources.eml import attachments_of, read_eml
from quire.nodes.sources.pdf.reading import read_pdf
from quire.nodes.sources.pptx import read_pptx
from quire.nodes.sources.xlsx import read_xlsx

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
    """Damage the words of an Office document and leave its container whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, damaged(part, rng) if entry in PARTS else part)
    return out.getvalue()


def reshaped_part(data: bytes, rng: random.Random) -> bytes:
    """Change elements of an Office document's parts, and leave them well-formed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, reshaped(part, rng) if entry in PARTS else part)
    return out.getvalue()


def reshaped(part: bytes, rng: random.Random) -> bytes:
    """Take elements out, repeat them, or put nonsense into what they hold."""
    root = etree.fromstring(part)
    for _ in range(rng.randint(1, 8)):
        element = rng.choice([e for e in root.iter() if isinstance(e.tag, str) and e is not root])
        parent = element.getparent()
        assert parent is not None
        match rng.randrange(4):
            case 0:
                parent.remove(element)
            case 1:
                parent.append(copy.deepcopy(element))
            case 2:
                element.text = rng.choice(NONSENSE)
            case _:
                for name in rng.sample(sorted(element.attrib), min(1, len(element.attrib))):
                    element.set(name, rng.choice(NONSENSE))
        if len(root) == 0:
            break
    return etree.tostring(root)


NONSENSE = [
    "",
    "-1",
    "0",
    "99999999999",
    "A0",
    "XFE1",
    "A1:",
    "1e400",
    "nan",
    "é" * 50,
    "../x",
    "%1%9",
    "true",
    "[h]:mm",
]
PARTS = frozenset(
    [
        *("word/document.xml", "word/styles.xml", "word/comments.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"),
        *("xl/workbook.xml", "xl/comments/comment1.xml", "ppt/slides/slide1.xml", "ppt/charts/chart1.xml"),
        *("ppt/notesSlides/notesSlide1.xml",),
    ]
)


def given(name: str) -> bytes:
    """Give one of the inputs, as it is made once."""
    return MADE.setdefault(name, next(each.make for each in INPUTS if each.name == name)())


MADE: dict[str, bytes] = {}
CASES = [
    (texts.markdown, "a.md", lambda rng: damaged(MARKDOWN, rng)),
    (texts.plain, "a.txt", lambda rng: damaged(MARKDOWN, rng)),
    (texts.html, "a.html", lambda rng: damaged(HTML, rng)),
    (texts.table, "a.csv", lambda rng: damaged(CSV, rng)),
    (read_docx, "a.docx", lambda rng: damaged(word(), rng)),
    (read_docx, "part.docx", lambda rng: damaged_part(word(), rng)),
    (read_docx, "margins.docx", lambda rng: damaged_part(given("lhota.docx"), rng)),
    (read_xlsx, "a.xlsx", lambda rng: damaged(given("precios.xlsx"), rng)),
    (read_xlsx, "part.xlsx", lambda rng: damaged_part(given("precios.xlsx"), rng)),
    (read_xlsx, "dates.xlsx", lambda rng: damaged_part(given("shusseki.xlsx"), rng)),
    (read_pptx, "a.pptx", lambda rng: damaged(given("huur.pptx"), rng)),
    (read_pptx, "part.pptx", lambda rng: damaged_part(given("huur.pptx"), rng)),
    (read_pptx, "chart.pptx", lambda rng: damaged_part(given("vendas.pptx"), rng)),
    (read_docx, "shape.docx", lambda rng: reshaped_part(given("telos.docx"), rng)),
    (read_docx, "equation.docx", lambda rng: reshaped_part(given("moment.docx"), rng)),
    (read_xlsx, "shape.xlsx", lambda rng: reshaped_part(given("precios.xlsx"), rng)),
    (read_xlsx, "moments.xlsx", lambda rng: reshaped_part(given("heures.xlsx"), rng)),
    (read_pptx, "shape.pptx", lambda rng: reshaped_part(given("huur.pptx"), rng)),
    (read_pptx, "group.pptx", lambda rng: reshaped_part(given("vendas.pptx"), rng)),
    (read_eml, "a.eml", lambda rng: damaged(given("fence.eml"), rng)),
    (read_eml, "forward.eml", lambda rng: damaged(given("decyzja.eml"), rng)),
    (attachments_of, "attached.eml", lambda rng: damaged(given("decyzja.eml"), rng)),
    (texts.html, "a.mhtml", lambda rng: damaged(given("havn.html"), rng)),
    (texts.markdown, "dialects.md", lambda rng: damaged(given("leie.md"), rng)),
    (texts.tabbed, "a.tsv", lambda rng: damaged(given("ong.tsv"), rng)),
    (read_pdf, "a.pdf", lambda rng: damaged(printed(), rng)),
]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("reader", "name", "make"), CASES, ids=[name for _, name, _ in CASES])
def test_a_damaged_source_is_read_or_refused(reader: Reader, name: str, make: object, seed: int) -> None:
    assert callable(make)
    data = make(random.Random(seed))
    try:
        gathering = reader(name, data)
    except BadInput:
        return
    addresses = [passage["address"] for passage in gathering.passages]
    assert len(addresses) == len(set(addresses))
    assert all(passage["text"] == " ".join(passage["text"].split()) != "" for passage in gathering.passages)
