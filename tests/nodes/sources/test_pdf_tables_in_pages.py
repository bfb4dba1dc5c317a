"""Tables among the text of a page: where they begin and end, what is a row, and what only looks like one."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

LEFT = [
    "The islands keep a list of all that is",
    "built or mended by the council, and",
    "whoever comes after can see what was",
    "done in which year. It is read aloud",
    "once a year in the great hall.",
]
RIGHT = [
    "Whoever wishes to speak gives notice",
    "to the clerk on the day before. Boats",
    "that arrive late are announced by a",
    "flag, and the ferry waits for them if",
    "the tide of that evening allows it.",
]
TITLES = ["Stop", "Boarding", "Leaving", "Late"]
PLACES = (72, 190, 320, 430)


def pages(*drawn: list[tuple[float, float, str]], font: str = "Helvetica") -> Reading:
    """Draw words at places on pages, in type of 10 points."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in drawn:
        for x, y, words in page:
            canvas.setFont(f"{font}-Bold" if words in TITLES else font, 10)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return read("page.pdf", out.getvalue())


def in_columns(y: float) -> list[tuple[float, float, str]]:
    lines = zip(LEFT, RIGHT, strict=True)
    return [
        piece for n, (one, other) in enumerate(lines) for piece in ((72, y - 12 * n, one), (320, y - 12 * n, other))
    ]


def row(y: float, *cells: str) -> list[tuple[float, float, str]]:
    return [(x, y, cell) for x, cell in zip(PLACES, cells, strict=True) if cell]


def told(reading: Reading) -> list[str]:
    return [passage["text"] for passage in reading["passages"] if passage["kind"] != "row"]


def rows(reading: Reading) -> list[list[str]]:
    return [[*passage["fields"].values()] for passage in reading["passages"] if passage["kind"] == "row"]


def test_columns_of_prose_end_where_a_table_begins_whose_gutter_goes_on_below_theirs() -> None:
    table = [piece for n in range(9) for piece in row(700 - 15 * n, f"Pier {n}", f"{n}10", f"{n}3", f"{n}%")]
    found = pages([*in_columns(790), *row(715, *TITLES), *table])

    assert told(found) == [" ".join(LEFT), " ".join(RIGHT)]
    assert rows(found) == [[f"Pier {n}", f"{n}10", f"{n}3", f"{n}%"] for n in range(9)]


def test_lines_of_a_cell_are_one_cell_in_type_with_much_room_between_lines() -> None:
    """Lines stand 13.4 points apart in type of ten: more than most type leaves between lines of a paragraph."""
    drawn: list[tuple[float, float, str]] = row(800, *TITLES)
    for n in range(5):
        y = 775 - 90 * n
        drawn += row(y, f"Pier {n}", "is closed for", f"{n}3", f"{n}%")
        drawn += [
            (PLACES[1], y - 13.4 * (k + 1), words)
            for k, words in enumerate(["as long as it", "takes to mend", "two", "of its", "piles"])
        ]
    found = rows(pages(drawn))

    assert found == [
        [f"Pier {n}", "is closed for as long as it takes to mend two of its piles", f"{n}3", f"{n}%"] for n in range(5)
    ]


def test_titles_that_stand_again_over_the_next_page_are_no_heading_and_end_no_table() -> None:
    first = [piece for n in range(9) for piece in row(700 - 15 * n, f"Pier {n}", f"{n}10", f"{n}3", f"{n}%")]
    second = [piece for n in range(4) for piece in row(740 - 15 * n, f"Quay {n}", f"{n}20", f"{n}4", f"{n}%")]
    reading = pages([*row(715, *TITLES), *first], [*row(800, *TITLES), *second])

    assert told(reading) == []
    assert {tuple(passage["fields"]) for passage in reading["passages"]} == {tuple(TITLES)}
    assert len(rows(reading)) == 13


def test_a_head_that_is_set_to_both_margins_is_no_table() -> None:
    head = [
        ("Request for proposals of the harbour", "Section 4"),
        ("Office of works and bridges", "Instructions to all"),
        ("Kirkwall", "First of two"),
    ]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for n, (left, right) in enumerate(head):
        canvas.drawString(72, 800 - 14 * n, left)
        canvas.drawRightString(520, 800 - 14 * n, right)
    for n, line in enumerate([*LEFT, *RIGHT]):
        canvas.drawString(72, 700 - 14 * n, line)
    canvas.save()
    reading = read("page.pdf", out.getvalue())

    assert rows(reading) == []
    assert " ".join(" ".join(pair) for pair in head) in " ".join(told(reading))


def test_amounts_that_are_set_to_the_right_at_the_head_of_a_page_stay_with_their_words() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for n, (left, right) in enumerate(
        [("Rent of the hall", "$1,200.00"), ("Cleaning", "$90.00"), ("Total", "$1,290.00")]
    ):
        canvas.drawString(72, 800 - 14 * n, left)
        canvas.drawRightString(520, 800 - 14 * n, right)
    for n, line in enumerate([*LEFT, *RIGHT]):
        canvas.drawString(72, 700 - 14 * n, line)
    canvas.save()

    assert {"Cleaning": "$90.00"} in [p.get("fields") for p in read("page.pdf", out.getvalue())["passages"]]


def test_parts_of_a_formula_are_no_cells() -> None:
    formula = [(72, 700, "f(x) = <A, B>"), (250, 700, "g ~ h(x)"), (420, 700, "x > 4"),
               (72, 686, "p(y) = <C, D>"), (250, 686, "q ~ r(y)"), (420, 686, "y > 5")]  # fmt: skip

    assert rows(pages([*formula, *((72, 600 - 14 * n, line) for n, line in enumerate(LEFT))])) == []
