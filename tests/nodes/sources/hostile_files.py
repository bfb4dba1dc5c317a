"""Files that are made to do harm, each made here: bombs, loops, lies, locks, halves and masks."""

import csv
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import docx
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

File = tuple[str, Callable[[], bytes]]
"""A name, and what makes the bytes."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# --- containers ------------------------------------------------------------------------------------------------------


def plain_word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Words.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(changes: Mapping[str, bytes], *, more: int = 0) -> bytes:
    """Make a Word document with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_word())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
        for n in range(more):
            new.writestr(f"word/{n}.bin", b"")
    return out.getvalue()


def body(inner: str, head: str = "") -> bytes:
    """Make a document whose main part has this body."""
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    return word({"word/document.xml": xml.encode()})


def noise(size: int) -> bytes:
    """Make letters that hardly compress."""
    return bytes(33 + (byte % 90) for byte in random.Random(1).randbytes(size)).replace(b"<", b"x").replace(b"&", b"x")


def lying() -> bytes:
    """Declare a part to be tiny that unpacks to 200 MB."""
    data = bytearray(body("<w:p/>" + " " * 200_000_000))
    at = data.rindex(b"word/document.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def locked(data: bytes) -> bytes:
    """Set the flag that says that an entry is encrypted."""
    content = bytearray(data)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Let two thousand entries share one run of packed bytes."""
    packed = zlib.compress(b"\0" * 900_000, 9)[2:-4]
    crc = zlib.crc32(b"\0" * 900_000)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), 900_000, 1, 0) + b"a" + packed
    entries = b""
    for n in range(1_900):
        name = f"word/{n}".encode()
        sizes = (crc, len(packed), 900_000, len(name), 0, 0, 0, 0, 0, 0)
        entries += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1_900, 1_900, len(entries), len(local), 0)
    return local + entries + end


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
LONG = "x" * 50_000
CONTAINERS: dict[str, File] = {
    "a part of a hundred million spaces": ("a.docx", lambda: body("<w:p/>" + " " * 100_000_000)),
    "ten thousand parts": ("a.docx", lambda: word({}, more=10_000)),
    "a part larger than it says": ("a.docx", lying),
    "parts that share their bytes": ("a.docx", overlapping),
    "a container in a container": ("a.docx", lambda: word({"word/document.xml": plain_word()})),
    "an encrypted part": ("a.docx", lambda: locked(plain_word())),
    "half a container": ("a.docx", lambda: plain_word()[: len(plain_word()) // 2]),
    "the end of a container": ("a.docx", lambda: b"PK\3\4" + plain_word()[-22:]),
    "a container without a document": ("a.docx", lambda: plain_word().replace(b"word/document", b"word/dokument")),
    "an unknown compression": ("a.docx", lambda: plain_word().replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0")),
    "a wrong checksum": (
        "a.docx",
        lambda: plain_word().replace(b"PK\1\2\x14\x03\x14\0", b"PK\1\2\x14\x03\x14\1")[:-40],
    ),
    "entities within entities": (
        "a.docx",
        lambda: body("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", f"<!DOCTYPE x [{ENTITIES}]>"),
    ),
    "a long entity many times": (
        "a.docx",
        lambda: body(f"<w:p><w:r><w:t>{'&e;' * 50_000}</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e "{LONG}">]>'),
    ),
    "elements a hundred thousand deep": ("a.docx", lambda: body("<w:sdt>" * 100_000)),
    "two million paragraphs": ("a.docx", lambda: body("<w:p/>" * 2_000_000)),
    "markup that never ends": ("a.docx", lambda: body("<w:p><w:r>")),
    "a main part that is none": (
        "a.docx",
        lambda: word({"word/document.xml": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}),
    ),
    "a main part of no text": ("a.docx", lambda: word({"word/document.xml": bytes(range(256)) * 40})),
    "no types of parts": ("a.docx", lambda: word({"[Content_Types].xml": b"<x/>"})),
    "no relationships": ("a.docx", lambda: word({"_rels/.rels": b""})),
}


# --- PDF -------------------------------------------------------------------------------------------------------------

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Make a file of numbered objects with a right cross-reference table."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out + head + table + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def page_of(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """Make a file of one page with this content stream as object 4."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more)


def packed(size: int, times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def printed(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.drawString(72, 700, "Words")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def sealed() -> bytes:
    """Encrypt a file with a password that nobody gives."""
    writer, out = PdfWriter(io.BytesIO(printed())), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
SELF_DRAWN = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 6 0 R>>>>"
FLATE = b"/Filter/FlateDecode"
PDFS: dict[str, File] = {
    "a page tree that is its own child": ("a.pdf", lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")),
    "an object that is a reference to itself": ("a.pdf", lambda: pdf(CATALOG, b"2 0 R")),
    "a table that goes before itself": (
        "a.pdf",
        lambda: pdf(b"<</Type/Catalog/Pages 9 0 R>>", trailer=b"/Root 1 0 R/Prev 9"),
    ),
    "a gigabyte of packed blanks": ("a.pdf", lambda: page_of(stream(packed(1_000_000_000), FLATE))),
    "blanks packed three times": (
        "a.pdf",
        lambda: page_of(stream(packed(200_000_000, 3), b"/Filter[" + b"/FlateDecode" * 3 + b"]")),
    ),
    "a form that draws itself": (
        "a.pdf",
        lambda: page_of(stream(b"/F Do"), b"/XObject<</F 5 0 R>>", stream(b"/F Do /F Do", FORM)),
    ),
    "brackets without end": ("a.pdf", lambda: page_of(stream(b"[" * 500_000))),
    "dictionaries without end": ("a.pdf", lambda: pdf(b"<</A" * 100_000)),
    "a million pages, it says": ("a.pdf", lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 1000000>>")),
    "three thousand pages": ("a.pdf", lambda: printed(3_000)),
    "columns beyond number": (
        "a.pdf",
        lambda: page_of(stream(packed(1_000_000), FLATE + b"/DecodeParms<</Predictor 15/Columns 2147483647>>")),
    ),
    "runs of one letter": ("a.pdf", lambda: page_of(stream(b"\x81 " * 3_000_000, b"/Filter/RunLengthDecode"))),
    "an encrypted file": ("a.pdf", sealed),
    "half a file": ("a.pdf", lambda: printed()[: len(printed()) // 2]),
    "only a beginning": ("a.pdf", lambda: b"%PDF-1.7\n"),
    "a table that lies": ("a.pdf", lambda: pdf(b"null").replace(b"startxref\n", b"startxref\n99999")),
    "no pages": ("a.pdf", lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")),
}


FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def drawn(content: bytes) -> bytes:
    """Make a page of a usual size that draws this, packed, with one font."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>" % FONT
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(zlib.compress(content, 9), FLATE))


def words_at(*places: tuple[float, float, str], size: float = 5) -> bytes:
    """Draw words at places."""
    shown = "".join(f"1 0 0 1 {x} {y} Tm ({word}) Tj " for x, y, word in places)
    return f"BT /F {size} Tf {shown} ET".encode()


def squares(count: int) -> bytes:
    """Draw a lattice of so many rules each way."""
    return b" ".join(b"%d 0 m %d 792 l S 0 %d m 612 %d l S" % ((n % 612,) * 2 + (n % 792,) * 2) for n in range(count))


def scattered(count: int) -> list[tuple[float, float, str]]:
    """Put figures anywhere."""
    rng = random.Random(5)
    return [(rng.randrange(30, 560), rng.randrange(30, 760), str(rng.randrange(99))) for _ in range(count)]


CELLS = [(30.0 + 18 * column, 780.0 - row, str(row % 90 + 10)) for row in range(750) for column in range(30)]
FORMS = b"/XObject<</F 5 0 R>>"
DENSE: dict[str, File] = {
    "more letters than a page has room for": (
        "a.pdf",
        lambda: drawn(words_at(*((9 + n % 15 * 40, 9 + n // 15 * 1.5, "x" * 50) for n in range(3_000)), size=1)),
    ),
    "a form in a form, a thousand times over": (
        "a.pdf",
        lambda: page_of(
            stream(b"/F Do " * 1_000),
            FORMS,
            *(
                stream(
                    b"/F Do " * 9,
                    b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (n + 1),
                )
                for n in range(5, 25)
            ),
        ),
    ),
    "type of no size": ("a.pdf", lambda: drawn(words_at((9, 9, "Words"), size=0))),
    "letters off the page": ("a.pdf", lambda: drawn(words_at((1e30, -1e30, "Words"), (-5_000, 99_999_999, "Words")))),
    "a stream that ends nowhere": ("a.pdf", lambda: page_of(b"<</Length 99999999>>\nstream\nBT")),
}
"""Pages that would keep whoever lays them out at work for ever, or hold nothing that shows."""
HARD_PAGES: dict[str, File] = {
    "twenty thousand figures in columns": ("a.pdf", lambda: drawn(words_at(*CELLS))),
    "ten thousand figures anywhere": ("a.pdf", lambda: drawn(words_at(*scattered(10_000)))),
    "ten thousand rules": ("a.pdf", lambda: drawn(squares(5_000) + words_at((100, 100, "Words"), (300, 300, "more")))),
    "rules around ten thousand figures": ("a.pdf", lambda: drawn(squares(600) + words_at(*scattered(10_000)))),
    "one word a thousand times in one place": ("a.pdf", lambda: drawn(words_at(*[(99, 99, "Words")] * 10_000))),
    "columns within columns": (
        "a.pdf",
        lambda: drawn(
            words_at(*((20 + 30 * (n % 19), 780 - 5 * (n // 19), "a b c d e f") for n in range(19 * 150)), size=3)
        ),
    ),
    "rules without end": (
        "a.pdf",
        lambda: drawn(b"0 0 m 1e38 1e38 l S -1e38 5 m 1e38 5 l S " * 9_000 + words_at((9, 9, "Words"))),
    ),
}


def remarked(annotations: bytes, *more: bytes) -> bytes:
    """Make a page of words with these annotations, and further objects from number 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>/Annots %s>>"
    words = stream(words_at((99, 99, "Words")))
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page % (FONT, annotations), words, *more)


def remark(contents: bytes, entries: bytes = b"") -> bytes:
    return b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents %s%s>>" % (contents, entries)


HARD_REMARKS: dict[str, File] = {
    "a hundred thousand remarks": ("a.pdf", lambda: remarked(b"[%s]" % (b"5 0 R " * 100_000), remark(b"(Look)"))),
    "a remark of five million letters": ("a.pdf", lambda: remarked(b"[5 0 R]", remark(b"(%s)" % (b"x" * 5_000_000)))),
    "a remark that answers itself": (
        "a.pdf",
        lambda: remarked(b"[5 0 R]", remark(b"(Look)", b"/IRT 5 0 R/Parent 5 0 R/Popup 5 0 R")),
    ),
    "remarks that are their own list": ("a.pdf", lambda: remarked(b"5 0 R", b"[5 0 R 5 0 R]")),
    "a remark whose words are a page": ("a.pdf", lambda: remarked(b"[5 0 R]", remark(b"3 0 R", b"/T 3 0 R"))),
    "a remark that is half of UTF-16": ("a.pdf", lambda: remarked(b"[5 0 R]", remark(b"<FEFFD800>", b"/T<FEFF00>"))),
    "a remark that draws itself": (
        "a.pdf",
        lambda: remarked(b"[5 0 R]", remark(b"(Look)", b"/AP<</N 6 0 R>>"), stream(b"/F Do /F Do", SELF_DRAWN)),
    ),
    "a remark with a program": (
        "a.pdf",
        lambda: remarked(
            b"[5 0 R]", remark(b"(Look)", b"/A<</S/Launch/F(/bin/true)>>/AA<</E<</S/JavaScript/JS(1)>>>>")
        ),
    ),
}
"""Pages with remarks over which a reader might stumble; the page's own words are read."""


# --- text ------------------------------------------------------------------------------------------------------------


def columns() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(range(1_000_000))
    return out.getvalue().encode() + b"\n1\n"


TEXTS: dict[str, File] = {
    "elements without end": ("a.html", lambda: b"<div>" * 1_000_000),
    "attributes without end": ("a.html", lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(1_500_000)) + b">"),
    "a quotation that never ends": ("a.csv", lambda: b'a,b\n"' + noise(5_000_000).replace(b'"', b"x")),
    "zeros": ("a.txt", lambda: b"\0" * 100_000),
    "random bytes": ("a.md", lambda: random.Random(2).randbytes(100_000)),
    "half of UTF-16": ("a.txt", lambda: b"\xff\xfe" + "Words".encode("utf-16-le")[:-1]),
    "more than is taken": ("a.txt", lambda: b"x" * 20_000_001),
    "blanks": ("a.md", lambda: b" \n" * 1_000_000),
}
HARD_TO_READ: dict[str, File] = {
    "brackets that might be links": ("a.md", lambda: b"[" * 200_000),
    "pictures that might be": ("a.md", lambda: b"![[" * 100_000 + b"\n"),
    **HARD_PAGES,
    **HARD_REMARKS,
}
"""Texts like any other, over which parsers have stumbled."""
MASKS: dict[str, File] = {
    "a PDF called Word": ("a.docx", printed),
    "Word called a PDF": ("a.pdf", plain_word),
    "Word called Markdown": ("a.md", plain_word),
    "a PDF called a table": ("a.csv", printed),
    "a page called a table": ("a.csv", lambda: b"<!doctype html><html><body>a,b</body></html>"),
    "an old Word document": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
    "an encrypted Office document": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ),
    "a program": ("a.exe", lambda: b"MZ" + bytes(100)),
    "a picture called a text": ("a.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a text called a page": ("a.html", lambda: b"no element at all"),
}
FILES: dict[str, File] = CONTAINERS | PDFS | DENSE | TEXTS | MASKS
