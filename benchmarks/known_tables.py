"""Ten tables as somebody writes them, and the documents around them that three programs print to PDF."""

import io
import random
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import BalancedColumns, Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle


class Known(NamedTuple):
    """A table: its rows have a cell for each title; a cell that is empty is an empty text."""

    name: str
    titles: list[str]
    rows: list[list[str]]


PLACES = ("Kirkwall", "Stromness", "Lerwick", "Scalloway", "Wick", "Thurso", "Tain", "Dornoch", "Ullapool", "Portree")
SENTENCES = (
    "The pier was closed for three weeks because two piles had moved, and boats were sent to the old harbour",
    "No remarks",
    "The tender was opened again after one of the firms had withdrawn its offer without giving a reason",
    "To be seen in May",
    "Half of the lamps along the sea wall are out of order, and the spare parts come from abroad",
    "Agreed, as long as the school is told a week before",
)
LEFT = (
    "The islands keep a list of everything that is built, mended or taken down by the council, so that whoever "
    "comes after us can see what was done and for what money. It is read aloud once a year in the great hall. Most "
    "of it is short, since most of what is done is small; but the years of the new breakwater fill a book of their own."
)
RIGHT = (
    "Whoever wishes to speak gives notice to the clerk on the day before. Boats that arrive late are announced by "
    "a flag, and the ferry waits for them when the tide allows it, which it does in most months. Nobody is asked to "
    "leave before the last item has been called, and tea is served in the break by the pupils of the upper school."
)
BELOW = "The auditors went through the figures above in the spring and found them to agree with the books."


def known_tables() -> list[Known]:
    """Give the tables: empty and wrapped cells, titles of several lines, twelve columns, more than a page."""
    rng = random.Random(2611)

    def amount() -> str:
        return f"{rng.randrange(50, 900_000):,}"

    def some(chance: float, text: str) -> str:
        return text if rng.random() < chance else ""

    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]
    stops = [f"{place} {side}" for place in PLACES for side in ("pier", "school", "surgery", "hall", "mill", "bridge")]
    return [
        Known(
            "accounts with empty cells",
            ["Account", "2023", "2024", "2025"],
            [[place, amount(), some(0.6, amount()), some(0.6, f"({amount()})")] for place in PLACES],
        ),
        Known(
            "two wrapped columns",
            ["Place", "What was found", "What was answered", "By"],
            [[p, rng.choice(SENTENCES), rng.choice(SENTENCES), f"{n + 3} June"] for n, p in enumerate(PLACES[:7])],
        ),
        Known(
            "more than a page",
            ["Stop", "Boarding", "Leaving", "Late"],
            [[stop, str(rng.randrange(900)), some(0.8, str(rng.randrange(900))), f"{n % 9}%"]
             for n, stop in enumerate(stops)],
        ),
        Known(
            "twelve columns",
            ["Gauge", *months],
            [[f"G{n}", *(some(0.9, f"{rng.uniform(0, 300):.0f}") for _ in months)] for n in range(1, 11)],
        ),
        Known(
            "titles of several lines",
            ["Ferry", "Passengers carried on an average day", "Sailings not made", "Share of cars in per cent"],
            [[f"MV {place}", amount(), str(rng.randrange(40)), f"{rng.uniform(10, 60):.1f}"] for place in PLACES[:6]],
        ),
        Known(
            "total at the end",
            ["Fund", "Opening", "Paid in", "Closing"],
            [*([p, amount(), some(0.7, amount()), amount()] for p in PLACES[:5]), ["Total", amount(), "", amount()]],
        ),
        Known(
            "amounts in German",
            ["Posten", "Ansatz", "Ergebnis", "Abweichung"],
            [[name, f"{rng.randrange(1, 99)}.{rng.randrange(100, 999)},50 €", f"{rng.randrange(99)},00 €", change]
             for name, change in (("Wege", "+4,2 %"), ("Brücken", "-0,8 %"), ("Bäume", ""), ("Plätze", "0 %"))],
        ),
        Known(
            "words only",
            ["Duty", "Who", "Deputy", "Since"],
            [["Harbour master", "E. Flett", "J. Rendall", "spring"], ["Clerk", "M. Isbister", "", "last year"],
             ["Lamp keeper", "", "T. Linklater", "always"], ["Piper", "R. Drever", "S. Foubister", "the fair"]],
        ),
        Known(
            "last column mostly empty",
            ["Licence", "Issued", "Fee", "Withdrawn because"],
            [[f"L/{n:03}", f"{n} March 2026", f"£{n * 7}.50", some(0.25, "no insurance was shown")]
             for n in range(1, 19)],
        ),
        Known(
            "wrapped over two pages",
            ["Croft", "Wish of the tenant", "Hectares", "Rent"],
            [[f"{rng.choice(PLACES)} {n}", rng.choice(SENTENCES), f"{rng.uniform(1, 40):.2f}", some(0.8, f"£{n * 41}")]
             for n in range(1, 33)],
        ),
    ]  # fmt: skip


def shares(table: Known) -> list[float]:
    """Give each column its part of the width, by its longest cell."""
    longest = [max(len(row[n]) for row in [table.titles, *table.rows]) for n in range(len(table.titles))]
    parts = [min(length, 30) + 3 for length in longest]
    return [part / sum(parts) for part in parts]


# --- reportlab --------------------------------------------------------------------------------------------------------

_STYLES = getSampleStyleSheet()
_CELL = ParagraphStyle("cell", parent=_STYLES["Normal"], fontSize=9, leading=11)
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
BARE = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
BETWEEN = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)])


def by_reportlab(table: Known, style: TableStyle, *, wide: bool = False) -> bytes:
    """Print the table under two columns of prose."""
    out = io.BytesIO()
    size = landscape(A4) if wide else A4
    margin = 57
    story: list[Flowable] = [Paragraph("Yearly list", _STYLES["Title"])]
    story.append(BalancedColumns([Paragraph(LEFT, _CELL), Paragraph(RIGHT, _CELL)], nCols=2, innerPadding=12))
    cells = [[Paragraph(f"<b>{escape(title)}</b>", _CELL) for title in table.titles]]
    cells += [[Paragraph(escape(cell), _CELL) for cell in row] for row in table.rows]
    widths = [(size[0] - 2 * margin - 24) * share for share in shares(table)]
    story += [Spacer(1, 14), Table(cells, colWidths=widths, repeatRows=1, style=style), Spacer(1, 14)]
    story.append(Paragraph(BELOW, _STYLES["Normal"]))
    SimpleDocTemplate(out, pagesize=size, leftMargin=margin, rightMargin=margin).build(story)
    return out.getvalue()


# --- a browser --------------------------------------------------------------------------------------------------------

LOOKS = {
    "ruled": "table { border-collapse: collapse } td, th { border: 1px solid #777; padding: 2px 5px }",
    "banded": "td, th { padding: 3px 9px; text-align: left } tr:nth-child(even) { background: #eee }",
    "amounts right": "td, th { padding: 2px 8px; vertical-align: top } td + td, th + th { text-align: right }",
}


def as_html(table: Known, look: str) -> str:
    """Write the table under two columns of prose."""
    head = "".join(f"<th>{escape(title)}</th>" for title in table.titles)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    style = f"body {{ font: 10pt sans-serif }} .prose {{ columns: 2 }} table {{ width: 100% }} {LOOKS[look]}"
    return (
        f"<!doctype html><meta charset=utf-8><style>{style} tr {{ break-inside: avoid }}</style><h1>Yearly list</h1>"
        f"<div class=prose><p>{LEFT}</p><p>{RIGHT}</p></div>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{BELOW}</p>"
    )


# --- an office program ------------------------------------------------------------------------------------------------


def as_docx(table: Known, style: str) -> bytes:
    """Write the table into a text with two columns of prose above it."""
    document = docx.Document()
    document.add_heading("Yearly list", 1)
    for text in (LEFT, RIGHT):
        document.add_paragraph(text)
    document.add_section(0)
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "600")
    _replaced(document.sections[0]._sectPr, columns)  # noqa: SLF001 - python-docx knows no columns of text
    made = document.add_table(rows=0, cols=len(table.titles), style=style)
    for number, row in enumerate([table.titles, *table.rows]):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.bold, run.font.size = not number, Pt(9)
    header = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(header)  # noqa: SLF001 - nor rows that are repeated on each page
    document.add_paragraph(BELOW)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _replaced(section: Any, columns: Any) -> None:
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    section.append(columns)


def as_xlsx(table: Known, *, ruled: bool) -> bytes:
    """Write the table into a sheet, as wide as a page."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    side = Side("thin" if ruled else None)
    for number, row in enumerate([table.titles, *table.rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(side, side, side, side)
            cell.font = Font(bold=number == 1)
    widths = [max(7.0, 84 * share) for share in shares(table)]
    for width, column in zip(widths, sheet.iter_cols(max_row=1), strict=True):
        sheet.column_dimensions[column[0].column_letter].width = width
    for number, row in enumerate([table.titles, *table.rows], 1):
        lines = max(len(text) // int(0.8 * width) + 1 for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = 15 * lines
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    book.save(out)
    return out.getvalue()


def rows_told(passages: Sequence[Any]) -> list[dict[str, str]]:
    """Give the rows that were read."""
    return [passage["fields"] for passage in passages if passage["kind"] == "row"]
