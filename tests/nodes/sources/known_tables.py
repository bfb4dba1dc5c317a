"""PDFs made from tables whose cells are known, by programs that draw in different ways."""

import io
import random
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import (
    BalancedColumns,
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from quire.nodes.sources.passage import Passage


class Known(NamedTuple):
    """A table as somebody wrote it."""

    name: str
    titles: list[str]
    rows: list[list[str]]


PLACES = (
    "Elm Park",
    "Mill Lane",
    "Harbour Street",
    "North Quay",
    "Old Town Hall",
    "St. Mary's",
    "The Green",
    "Ferry Road",
)
WORKS = (
    "Repair of the northern wall after the flood of spring, with new drains and a path for walkers",
    "Mowing",
    "Planting of forty lime trees along the road to the station, watered for two summers",
    "Painting of railings",
    "A study of the traffic before and after the bridge is closed, counted by hand on three days",
    "Lamps",
)
BEFORE = "The council met on the first Tuesday of the month and heard what the offices had to tell of the year. " * 3
AFTER = "What is said above was read by the auditor, who had no remarks. The next report follows in the autumn. " * 3


def amount(rng: random.Random) -> str:
    return f"{rng.randrange(100, 99_999):,}"


def tables() -> list[Known]:
    """Give ten tables: years over amounts, empty and wrapped cells, many columns, two pages."""
    rng = random.Random(14)
    names = [
        f"{place} {part}"
        for place in PLACES
        for part in ("east", "west", "depot", "yard", "gate", "court", "hall", "mews")
    ]
    gaps = [["Item", "2025", "2026", "2027"]]
    gaps += [[name, *(amount(rng) if rng.random() > 0.3 else "" for _ in range(3))] for name in names[:9]]
    return [
        Known("years with empty cells", gaps[0], [row if any(row[1:]) else [row[0], "12", "", ""] for row in gaps[1:]]),
        Known(
            "wrapped works",
            ["Place", "Works", "Cost"],
            [[name, rng.choice(WORKS), amount(rng)] for name in names[5:14]],
        ),
        Known(
            "two columns wrapped",
            ["No.", "Finding", "Answer of the office", "Due"],
            [[f"{n}.{n + 1}", rng.choice(WORKS), rng.choice(WORKS), f"{n + 2} May 2026"] for n in range(1, 8)],
        ),
        Known(
            "over two pages",
            ["Street", "Houses", "Trees", "Lamps"],
            [[n, *(str(rng.randrange(500)) for _ in "abc")] for n in names],
        ),
        Known(
            "many columns",
            ["Zone", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"],
            [[f"R{n}", *(f"{rng.uniform(0, 99):.1f}" for _ in range(8))] for n in range(1, 13)],
        ),
        Known("two rows", ["Room", "Seats", "Fee"], [["Blue hall", "120", "$75.00"], ["Attic", "14", "$9.50"]]),
        Known(
            "signs and units",
            ["Measure", "Value", "Change", "Note"],
            [
                ["Rents", "€ 1.234,50", "\u22122.1 %", "index of May"],
                ["Wind", "12.5 m/s", "+0.3", "-"],
                ["Load", "5 mg/kg", "n/a", "see 4.2"],
                ["Depth", "612.4 ft", "0", "after survey"],
                ["Share", "18%", "(3.4)", "of all"],
            ],
        ),
        Known(
            "words only",
            ["Office", "Head", "Telephone hours"],
            [
                ["Parks", "A. Hale", "Monday morning"],
                ["Roads", "B. Stone", "Friday"],
                ["Water", "C. Reed-Smith", "by appointment"],
                ["Records", "D. O'Neil", "closed"],
            ],
        ),
        Known(
            "last column mostly empty",
            ["Permit", "Date", "Fee", "Refused because"],
            [
                [f"P-{n:03}", f"{n}.03.2026", amount(rng), "plans are missing" if n % 4 == 0 else ""]
                for n in range(1, 15)
            ],
        ),
        Known(
            "wrapped over two pages",
            ["Parcel", "Owner's wish", "Area", "Value"],
            [
                [f"Parcel {n} {rng.choice(PLACES)}", rng.choice(WORKS), f"{rng.uniform(1, 9):.2f} acres", amount(rng)]
                for n in range(1, 27)
            ],
        ),
    ]


# --- drawn by reportlab ----------------------------------------------------------------------------------------------

STYLES = getSampleStyleSheet()
CELL = ParagraphStyle("cell", parent=STYLES["Normal"], fontSize=9, leading=10.8)
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
BARE = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, 0), 0.7, colors.black)])
BANDED = TableStyle(
    [("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.lavender]), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
)


def printed(table: Known, style: TableStyle, *, wide: bool = False, columns: bool = False) -> bytes:
    out = io.BytesIO()
    size = landscape(A4) if wide else letter
    document = SimpleDocTemplate(out, pagesize=size, leftMargin=2 * cm, rightMargin=2 * cm)
    room = size[0] - 4 * cm - 24
    longest = [max(len(row[n]) for row in [table.titles, *table.rows]) for n in range(len(table.titles))]
    shares = [min(length, 34) + 3 for length in longest]
    widths = [room * share / sum(shares) for share in shares]
    rows = [[Paragraph(escape(cell), CELL) for cell in row] for row in [table.titles, *table.rows]]
    story: list[Flowable] = [Paragraph("Report of the offices", STYLES["Title"])]
    text = [Paragraph(BEFORE, STYLES["Normal"]), Spacer(1, 8), Paragraph(AFTER * 2, STYLES["Normal"])]
    story.append(BalancedColumns(text * 2, nCols=2) if columns else Paragraph(BEFORE, STYLES["Normal"]))
    story += [Spacer(1, 14), Table(rows, colWidths=widths, repeatRows=1, style=style), Spacer(1, 14)]
    story.append(Paragraph(AFTER, STYLES["Normal"]))
    document.build(story)
    return out.getvalue()


REPORTLAB: dict[str, Callable[[Known], bytes]] = {
    "reportlab, ruled": lambda table: printed(table, RULED, columns=True),
    "reportlab, one rule": lambda table: printed(table, BARE),
    "reportlab, banded, on its side": lambda table: printed(table, BANDED, wide=True),
}


# --- drawn by a browser ----------------------------------------------------------------------------------------------

LOOKS = {
    "browser, ruled": "table { border-collapse: collapse } td, th { border: 1px solid #444; padding: 3px 6px }",
    "browser, no rules": (
        "td, th { padding: 2px 10px; text-align: left; vertical-align: top } td:last-child { text-align: right }"
    ),
}


def page(table: Known, look: str) -> str:
    """Write the table as HTML, with text before and after."""
    cells = [f"<tr>{''.join(f'<th>{escape(title)}</th>' for title in table.titles)}</tr>"]
    body = [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows]
    style = f"body {{ font: 11pt serif }} table {{ width: 100% }} tr {{ break-inside: avoid }} {LOOKS[look]}"
    return (
        f"<!doctype html><style>{style}</style><h1>Report of the offices</h1><p>{BEFORE}</p>"
        f"<table><thead>{cells[0]}</thead><tbody>{''.join(body)}</tbody></table><p>{AFTER}</p>"
    )


# --- compared ---------------------------------------------------------------------------------------------------------


def right_cells(table: Known, passages: Sequence[Passage]) -> tuple[int, int]:
    """Count the filled cells that stand whole in the row of their first cell, under their title; and all of them."""
    rows = [passage["fields"] for passage in passages if passage["kind"] == "row"]
    right = 0
    for row in table.rows:
        found = max((sum(_is_right(table, fields, row, n) for n in range(len(row))) for fields in rows), default=0)
        right += found
    return right, sum(bool(cell) for row in table.rows for cell in row)


def _is_right(table: Known, fields: dict[str, str], row: list[str], column: int) -> bool:
    return bool(row[column]) and fields.get(table.titles[column]) == row[column]
