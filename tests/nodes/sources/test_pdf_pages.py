"""Pages drawn by hand: columns, angles, forms, and text that does not show or shows something else."""

import io
from collections.abc import Callable

from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.pdf.characters import Characters
from quire.nodes.sources.pdf.drawings import Drawings
from quire.nodes.sources.pdf.plausible import doubts
from quire.nodes.sources.pdf.rows import text_of
from quire.nodes.sources.pdf.shapes import Glyph
from quire.nodes.sources.pdf.words import words_of
from quire.nodes.sources.read import read
from tests.nodes.sources.hostile_files import CATALOG, pdf, stream

LEFT = [
    "The left column tells of paths that",
    "are two metres wide and of drains",
    "that were laid in the year 2019 by",
    "the office of roads and bridges.",
]
RIGHT = [
    "The right column tells of lamps and",
    "of the poles on which they stand in",
    "the streets between the station and",
    "the harbour, forty of them in all.",
]


def drawn(draw: Callable[[Canvas], None]) -> Reading:
    out = io.BytesIO()
    canvas = Canvas(out)
    draw(canvas)
    canvas.save()
    return read("drawn.pdf", out.getvalue())


def texts(reading: Reading) -> list[str]:
    return [passage["text"] for passage in reading["passages"]]


def test_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(72, 700 - 14 * n, left)
            canvas.drawString(320, 700 - 14 * n, right)

    assert texts(drawn(draw)) == [" ".join(LEFT), " ".join(RIGHT)]


def test_text_at_an_angle_is_read_apart_from_the_rest() -> None:
    def draw(canvas: Canvas) -> None:
        for n, line in enumerate(LEFT):
            canvas.drawString(72, 700 - 14 * n, line)
        canvas.rotate(90)
        canvas.drawString(650, -90, "Draft of 4 May")

    assert texts(drawn(draw)) == [" ".join(LEFT), "Draft of 4 May"]


def test_what_a_form_was_filled_in_with_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Name of the owner:")
        canvas.acroForm.textfield(name="owner", value="R. Hale 4711", x=200, y=692, width=200, height=20)

    assert "R. Hale 4711" in " ".join(texts(drawn(draw)))


def test_letters_that_do_not_show_are_left_out_and_said() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The fee is 40 dollars.")
        unseen = canvas.beginText(72, 650)
        unseen.setTextRenderMode(3)
        unseen.textLine("The fee is 90 dollars.")
        unseen.setTextRenderMode(0)
        canvas.drawText(unseen)
        canvas.setFillColor(white)
        canvas.drawString(72, 600, "The fee is 91 dollars.")
        canvas.setFillColor(black)
        canvas.drawString(72, -40, "The fee is 92 dollars.")

    found = drawn(draw)
    assert texts(found) == ["The fee is 40 dollars."]
    assert found["warnings"] == ["page 1 holds 54 letters that do not show; they were left out"]


def test_white_letters_on_a_dark_ground_show() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 680, 300, 40, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(72, 700, "The fee is 40 dollars.")

    found = drawn(draw)
    assert texts(found) == ["The fee is 40 dollars."]
    assert found["warnings"] == []


def test_a_scan_s_recognised_words_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        words = canvas.beginText(72, 650)
        words.setTextRenderMode(3)
        words.textLine("The fee is 90 dollars.")
        canvas.drawText(words)

    assert texts(drawn(draw)) == ["The fee is 90 dollars."]


def test_a_text_that_is_not_what_the_letters_show_is_said() -> None:
    names = "".join(f"<{code:02X}> <002E>\n" for code in range(0x41, 0x7B))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 58 beginbfchar\n{names}endbfchar endcmap end end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    shown = stream(b"BT /F 12 Tf 72 700 Td (" + b"HOUSESOFTHECITY" * 4 + b") Tj ET")
    data = pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, shown, font, stream(cmap.encode()))

    assert "shows other letters" in " ".join(read("lying.pdf", data)["warnings"])


def by_kind(reading: Reading, kind: str) -> list[Passage]:
    return [passage for passage in reading["passages"] if passage["kind"] == kind]


def test_a_header_of_years_is_a_header_and_a_bold_title_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 760, "Costs of 2026")
        canvas.setFont("Helvetica", 11)
        for n, line in enumerate(LEFT):
            canvas.drawString(72, 730 - 14 * n, line)
        for n, cells in enumerate([("Item", "2025", "2026"), ("Mowing", "12,500", "13,100"), ("Trees", "", "8,200")]):
            for x, cell in zip((72, 200, 300), cells, strict=True):
                canvas.drawString(x, 640 - 16 * n, cell)

    found = drawn(draw)
    assert [passage["text"] for passage in by_kind(found, "heading")] == ["Costs of 2026"]
    assert [passage["fields"] for passage in by_kind(found, "row")] == [
        {"Item": "Mowing", "2025": "12,500", "2026": "13,100"},
        {"Item": "Trees", "2025": "", "2026": "8,200"},
    ]


def test_words_whose_letters_are_set_apart_are_whole() -> None:
    """Recognised text is often stretched over the picture's words, the last letter drawn by itself."""

    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("Singapore", "138588", "Shipping", "Company"):
            for part in (word[:-1], word[-1]):
                canvas.drawString(x, 700, part, charSpace=1.8)
                x += canvas.stringWidth(part) + 1.8 * len(part)
            canvas.drawString(x, 700, " ", charSpace=1.8)
            x += 6

    assert texts(drawn(draw)) == ["Singapore 138588 Shipping Company"]


def arabic(letters: str, width: float, step: float) -> list[Glyph]:
    return [
        Glyph(letter, 300 - step * n - width, 300 - step * n, -700.0, 6.0, 12.0, False, False, False, 1)
        for n, letter in enumerate(letters)
    ]


def test_letters_that_only_stretch_a_word_are_warned_of_and_kept() -> None:
    stretched = arabic("\u0628\u0648\u0648\u0648\u0648\u0627", width=1.6, step=1.4)
    assert words_of(stretched)[0].text == "\u0628\u0648\u0648\u0648\u0648\u0627"
    assert "stretched" in " ".join(doubts(Characters({0: stretched}), Drawings()))
    assert not [*doubts(Characters({0: arabic("\u0628\u0648\u0648\u0627" * 3, width=5.0, step=6.0)}), Drawings())]
    assert not [*doubts(Characters({0: arabic("\u0628\u0640\u0640\u0640\u0640\u0627" * 3, 1.6, 1.4)}), Drawings())]
    assert text_of(words_of(arabic("\u0628\u0640\u0640\u0640\u0640\u0627", 1.6, 1.4))) == "\u0628\u0627"


def test_ideographs_that_are_set_apart_are_words_apart() -> None:
    signs = [
        Glyph(sign, x, x + 11, -700.0, 11.0, 12.0, False, False, False, 1)
        for sign, x in (("条", 0), ("服", 18), ("务", 30))
    ]
    signs[1] = signs[1]._replace(apart=True)
    assert text_of(words_of(signs)) == "条 服务"


JUDGES = {"Skating": "0 1 0 2 1 7.07", "Lift": "1 0 1 1 0 4.50", "Turn": "2 1 1 0 2 5.57", "Spin": "1 1 0 0 1 2.64"}


def set_in_columns(canvas: Canvas, y: int, places: tuple[int, ...], cells: list[str]) -> None:
    for place, cell in zip(places, cells, strict=True):
        canvas.drawString(place, y, cell)


def test_titles_in_bold_under_rows_begin_another_table() -> None:
    def draw(canvas: Canvas) -> None:
        for n, (name, marks) in enumerate(JUDGES.items()):
            set_in_columns(canvas, 720 - 14 * n, (72, 180, 202, 224, 246, 268, 310), [name, *marks.split()])
        canvas.setFont("Helvetica-Bold", 10)
        set_in_columns(canvas, 664, (72, 176, 246, 268, 306), ["Name", "Of nation", "No", "Of", "Total"])
        canvas.setFont("Helvetica", 10)
        for n, cells in enumerate([("Hale", "Norway", "4", "9", "49.88"), ("Ito", "Iceland", "5", "9", "48.35")]):
            set_in_columns(canvas, 650 - 14 * n, (72, 180, 246, 268, 310), [*cells])

    fields = [passage["fields"] for passage in drawn(draw)["passages"] if "fields" in passage]
    assert {"Name": "Hale", "Of nation": "Norway", "No": "4", "Of": "9", "Total": "49.88"} in fields
    assert [*fields[0].values()] == ["Skating", *JUDGES["Skating"].split()]


def test_the_terms_of_equations_are_no_cells() -> None:
    terms = [
        ("P(i, s)", "= softmax(w B)", "(3)"),
        ("P(i, t)", "= softmax(v B)", "(4)"),
        ("S(i)", "= P(i, s) P(i, t)", "(5)"),
    ]

    def draw(canvas: Canvas) -> None:
        for n, cells in enumerate(terms):
            set_in_columns(canvas, 700 - 22 * n, (90, 190, 420), [*cells])

    assert by_kind(drawn(draw), "row") == []
