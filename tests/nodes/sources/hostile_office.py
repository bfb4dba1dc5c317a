"""Workbooks, presentations and mail that are made to do harm, each made here."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import openpyxl
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

File = tuple[str, Callable[[], bytes]]
"""A name, and what makes the bytes."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
SLIDE = "ppt/slides/slide1.xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@cache
def plain_workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Words", 1])
    book.save(out)
    return out.getvalue()


@cache
def plain_slides() -> bytes:
    deck, out = Presentation(), io.BytesIO()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Words"
    deck.save(out)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Replace parts of a container, or add them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def workbook(rows: str, head: str = "") -> bytes:
    """Make a workbook whose sheet has these rows."""
    xml = f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(plain_workbook(), {SHEET: xml.encode()})


def cell(place: str, inner: str, kind: str = "inlineStr") -> str:
    return f'<c r="{place}" t="{kind}">{inner}</c>'


def words(place: str, text: str) -> str:
    return cell(place, f"<is><t>{text}</t></is>")


def slide(inner: str, head: str = "") -> bytes:
    """Make a presentation whose slide holds this in its title."""
    xml = part_of(plain_slides(), SLIDE).replace(b"<a:t>Words</a:t>", inner.encode())
    declared = re.sub(rb"^(<\?xml[^>]*\?>)?", lambda found: found[0] + head.encode(), xml, count=1)
    return changed(plain_slides(), {SLIDE: declared})


def nested_mail(depth: int) -> bytes:
    """Make parts within parts."""
    head = b"From: a@example.org\nSubject: s\nMIME-Version: 1.0\n"
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth)
    )
    return head + opened + b"Content-Type: text/plain\n\nWords.\n"


def lying(data: bytes, name: str) -> bytes:
    """Declare a part to be tiny that is large."""
    content = bytearray(data)
    at = content.rindex(name.encode()) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(content)


def rich(runs: str) -> bytes:
    """Make a workbook with a cell in several types."""
    return workbook(f'<row r="1">{words("A1", "Words")}{cell("B1", f"<is>{runs}</is>")}</row>')


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMB = f"<!DOCTYPE x [{ENTITIES}]>"
WORKBOOKS: dict[str, File] = {
    "a sheet of a hundred million blanks": ("a.xlsx", lambda: workbook(" " * 100_000_000)),
    "a sheet larger than it says": ("a.xlsx", lambda: lying(workbook(" " * 90_000_000), SHEET)),
    "two cells at the ends of a sheet": (
        "a.xlsx",
        lambda: workbook(f'<row r="1">{words("A1", "a")}</row><row r="1048576">{words("XFD1048576", "b")}</row>'),
    ),
    "entities within a cell": (
        "a.xlsx",
        lambda: workbook(f'<row r="1">{words("A1", "&e9;")}</row>', BOMB),
    ),
    "cells a hundred thousand deep": ("a.xlsx", lambda: workbook("<row>" * 100_000)),
    "a strings' table of two million entries": (
        "a.xlsx",
        lambda: changed(
            plain_workbook(),
            {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t/></si>" * 2_000_000}</sst>'.encode()},
        ),
    ),
    "half a workbook": ("a.xlsx", lambda: plain_workbook()[: len(plain_workbook()) // 2]),
    "a workbook without a workbook": ("a.xlsx", plain_slides),
    "a workbook's part of no text": ("a.xlsx", lambda: changed(plain_workbook(), {SHEET: bytes(range(256)) * 40})),
    "a workbook without relations": ("a.xlsx", lambda: changed(plain_workbook(), {"xl/_rels/workbook.xml.rels": b""})),
    "a workbook with broken styles": ("a.xlsx", lambda: changed(plain_workbook(), {"xl/styles.xml": b"<styleSheet"})),
    "a page called a workbook": ("a.xlsx", lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
    "a run in a colour that is none": ("a.xlsx", lambda: rich('<r><rPr><color rgb="&lt;x"/></rPr><t>a</t></r>')),
    "an old workbook": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
}
SLIDES: dict[str, File] = {
    "a slide of a hundred million blanks": ("a.pptx", lambda: slide("<a:t>" + " " * 100_000_000 + "</a:t>")),
    "a slide larger than it says": (
        "a.pptx",
        lambda: lying(slide("<a:t>" + " " * 90_000_000 + "</a:t>"), SLIDE),
    ),
    "entities within a slide": ("a.pptx", lambda: slide("<a:t>&e9;</a:t>", BOMB)),
    "shapes a hundred thousand deep": (
        "a.pptx",
        lambda: changed(
            plain_slides(),
            {SLIDE: part_of(plain_slides(), SLIDE).replace(b"<p:sp>", b"<p:grpSp>" * 100_000 + b"<p:sp>", 1)},
        ),
    ),
    "two million paragraphs on a slide": (
        "a.pptx",
        lambda: slide("<a:t>x</a:t></a:r></a:p>" + "<a:p/>" * 2_000_000 + "<a:p><a:r>") + b"",
    ),
    "half a presentation": ("a.pptx", lambda: plain_slides()[: len(plain_slides()) // 2]),
    "a presentation without one": ("a.pptx", plain_workbook),
    "a slide of no text": ("a.pptx", lambda: changed(plain_slides(), {SLIDE: bytes(range(256)) * 40})),
    "a presentation without relations": (
        "a.pptx",
        lambda: changed(plain_slides(), {"ppt/_rels/presentation.xml.rels": b"<x/>"}),
    ),
    "a mail called a presentation": ("a.pptx", lambda: b"From: a@example.org\n\nWords."),
}
MAILS: dict[str, File] = {
    "a mail without a head": ("a.eml", lambda: b"\n\nWords without a head.\n"),
    "a workbook called mail": ("a.eml", plain_workbook),
    "a mail of zeros": ("a.eml", lambda: b"\0" * 100_000),
    "a mail of blanks": ("a.eml", lambda: b" \n" * 1_000_000),
    "a mail that is half of UTF-16": ("a.eml", lambda: b"\xff\xfe" + "From: a".encode("utf-16-le")[:-1]),
    "parts a thousand deep": ("a.eml", lambda: nested_mail(1_000)),
    "more mail than is taken": ("a.eml", lambda: b"From: a\n\n" + b"x" * 20_000_000),
}
PAGES: dict[str, File] = {
    "parts without a page": (
        "a.html",
        lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
            b"Content-Type: text/css\n\np {}\n--b--\n"
        ),
    ),
    "parts without end": (
        "a.mhtml",
        lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            + b"--b\nContent-Type: text/css\n\n\n" * 200_000
        ),
    ),
}
OFFICE: dict[str, File] = WORKBOOKS | SLIDES | MAILS | PAGES
"""Each is refused."""


def counting(points: str) -> bytes:
    """Make a chart that says that it has so many points."""
    deck, out = Presentation(), io.BytesIO()
    data = CategoryChartData()
    data.categories = ["Words"]
    data.add_series("a", (1,))
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(1), Inches(1), data)
    deck.save(out)
    name = "ppt/charts/" + next(n for n in zipfile.ZipFile(out).namelist() if n.startswith("ppt/charts/chart"))[11:]
    counted = re.sub(rb'ptCount val="\d+"', f'ptCount val="{points}"'.encode(), part_of(out.getvalue(), name))
    return changed(out.getvalue(), {name: counted})


def shared(runs: str, cells: int) -> bytes:
    """Make a workbook with one string in several types that many cells share."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    kept = workbook(rows)
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    related = (
        '<Relationship Id="strings" Target="sharedStrings.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    parts = {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>'.encode(),
        types: part_of(kept, types).replace(b"</Types>", declared.encode()),
        relations: part_of(kept, relations).replace(b"</Relationships>", related.encode()),
    }
    return changed(kept, parts)


def many_runs(look: str) -> str:
    """Make runs that pack no better than a text does."""
    rng = random.Random(3)
    return "".join(f"<r><rPr><{look}/></rPr><t>{rng.randbytes(30).hex()} </t></r>" for _ in range(20_000))


RUN = "<r><rPr><b/></rPr><t>a </t></r>"
STRUCK = "<r><rPr><strike/></rPr><t>a </t></r>"
RICH: dict[str, File] = {
    "a cell of twenty thousand types": ("a.xlsx", lambda: rich(many_runs("b"))),
    "a cell struck through twenty thousand times": ("a.xlsx", lambda: rich(many_runs("strike"))),
    "a string of many types in many cells": ("a.xlsx", lambda: shared((RUN + STRUCK) * 50, 2_000)),
    "a run of no type and no words": ("a.xlsx", lambda: rich("<r/><r><rPr/></r><r><t/></r>")),
    "a run of a size that is none": ("a.xlsx", lambda: rich('<r><rPr><sz val="1e999"/></rPr><t>a</t></r>')),
}
"""Cells in several types over which a reader might stumble."""
READ: dict[str, File] = {
    **RICH,
    "a chart of a billion points, it says": ("a.pptx", lambda: counting("999999999")),
    "parts fifty deep": ("a.eml", lambda: nested_mail(50)),
    "a hundred thousand parts": (
        "a.eml",
        lambda: (
            b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\nContent-Type: text/plain\n\nWords.\n" * 100_000
        ),
    ),
    "a head of a million lines": ("a.eml", lambda: b"From: a@example.org\n" + b"X-A: b\n" * 1_000_000 + b"\nWords.\n"),
    "a recipient list without end": (
        "a.eml",
        lambda: b"From: a@example.org\nTo: " + b"a@b, " * 100_000 + b"\n\nWords.\n",
    ),
    "encoded words without end": ("a.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nWords.\n"),
    "quotes of quotes": (
        "a.eml",
        lambda: b"From: a@example.org\n\n" + b"".join(b">" * n + b" x\n" for n in range(2_000)),
    ),
    "an encoding that is none": (
        "a.eml",
        lambda: b"From: a@example.org\nContent-Type: text/plain; charset=../../etc\n\nWords \xff.\n",
    ),
    "a million cells that only have a look": (
        "a.xlsx",
        lambda: workbook(
            f'<row r="1">{words("A1", "Words")}</row>'
            + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 300_000))
        ),
    ),
    "a hidden column of a million": (
        "a.xlsx",
        lambda: changed(
            plain_workbook(),
            {
                SHEET: part_of(plain_workbook(), SHEET).replace(
                    b"<sheetData>", b'<cols><col min="3" max="999999999" hidden="1"/></cols><sheetData>'
                )
            },
        ),
    ),
    "admonitions within admonitions": (
        "a.md",
        lambda: b"\n".join(b"    " * n + b"!!! note" for n in range(1_500)) + b"\n\nWords.\n",
    ),
    "tables that never end": ("a.md", lambda: b"<table><tr><td>a</td><td>b</td></tr>\n\n" * 2_000),
    "tildes without end": ("a.md", lambda: b"~~a " * 100_000),
    "terms without end": ("a.html", lambda: b"<dl>" + b"<dt>a<dd>b" * 50_000),
    "deletions within deletions": ("a.html", lambda: b"<del>" * 2_000 + b"a" + b"</del>" * 2_000 + b"<p>Words.</p>"),
}
"""Files like any other, over which parsers have stumbled: each is read."""
