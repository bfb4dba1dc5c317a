"""Pages whose text is not all that they show: what cannot be read is marked where it stands, and the page is named."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.pdf.drawings import Box, Drawings
from quire.nodes.sources.read import read
from tests.nodes.sources.hostile_files import CATALOG, pdf, stream

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R/H 6 0 R>>>>>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
NOT_SAID = "page 1 has characters of which its fonts do not say what they are ({}): read it by eye"


def texts(reading: Reading) -> list[str]:
    return [passage["text"] for passage in reading["passages"]]


def digits_as(code: str) -> bytes:
    """Draw a figure in a font that says of all digits that they are one character."""
    names = "".join(f"<{digit:02X}> <{code}>\n" for digit in range(0x30, 0x3A))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 10 beginbfchar\n{names}endbfchar endcmap end end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    shown = stream(b"BT /F 12 Tf 72 700 Td (The bridge is 4m high.) Tj ET")
    return pdf(CATALOG, PAGES, PAGE, shown, font, HELVETICA, stream(cmap.encode()))


@pytest.mark.parametrize("code", ["0000", "200B", "3000", "D800"])
def test_a_letter_that_shows_is_never_a_blank_or_nothing(code: str) -> None:
    found = read("a.pdf", digits_as(code))

    assert (["The bridge is \ufffdm high."], [NOT_SAID.format(1)]) == (texts(found), found["warnings"])


@pytest.mark.parametrize(
    ("encoding", "order", "text"),
    [("GBK-EUC-H", "GB1", "高度"), ("Other-EUC-H", "GB1", "\ufffd\ufffd"), ("Identity-H", "Identity", "\ufffd\ufffd")],
)
def test_codes_that_nobody_explains_are_no_letters(encoding: str, order: str, text: str) -> None:
    """Two Chinese signs by their codes: read where the encoding is known, and else not taken for Korean ones."""
    font = f"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{encoding}/DescendantFonts[7 0 R]>>"
    system = f"<</Registry(Adobe)/Ordering({order})/Supplement 2>>"
    described = (
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo{system}/FontDescriptor"
        "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]>>>>"
    )
    shown = stream(b"BT /F 24 Tf 72 700 Td <b8dfb6c8> Tj ET BT /H 12 Tf 72 600 Td (It is 40 metres high.) Tj ET")
    found = read("a.pdf", pdf(CATALOG, PAGES, PAGE, shown, font.encode(), HELVETICA, described.encode()))

    assert [text, "It is 40 metres high."] == [texts(found)[0].replace(" ", ""), *texts(found)[1:]]
    assert ([] if "\ufffd" not in text else [NOT_SAID.format(2)]) == found["warnings"]


def test_letters_that_a_file_draws_itself_are_what_their_numbers_say() -> None:
    """Figures of plots are set so: numbers are those of the letters, and nothing explains them."""
    strokes = stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 50/LastChar 52"
        b"/Widths[600 600 600]/CharProcs<</one 7 0 R>>/Encoding<</Type/Encoding/Differences[50/one/one/one]>>>>"
    )
    shown = stream(b"BT /F 12 Tf 72 700 Td (243) Tj ET")

    assert ["243"] == texts(read("a.pdf", pdf(CATALOG, PAGES, PAGE, shown, font, HELVETICA, strokes)))


@pytest.mark.parametrize("torn", ["1\ufffd5 dollars", "\ufffd5 dollars", "1,\ufffd00 dollars", "20\ufffd6"])
def test_a_number_with_a_sign_that_could_not_be_read_is_no_figure(torn: str) -> None:
    assert ["40 dollars"] == [figure.text for figure in figures_in(f"It costs {torn}, not 40 dollars.")]


def scan(pages: int, *, plain: tuple[int, ...] = ()) -> bytes:
    """Make pictures of pages with recognised words over them."""
    out = io.BytesIO()
    canvas = Canvas(out)
    picture = ImageReader(Image.new("L", (20, 28), 200))
    for page in range(1, pages + 1):
        if page not in plain:
            canvas.drawImage(picture, 0, 0, *canvas._pagesize)  # noqa: SLF001 - reportlab has no other way to it
        words = canvas.beginText(72, 650)
        words.setTextRenderMode(0 if page in plain else 3)
        words.textLine(f"Page {page} asks for 9O dollars in 20I5.")
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_words_that_were_recognised_in_a_picture_are_read_and_said_to_be() -> None:
    found = read("scan.pdf", scan(6, plain=(4,)))

    assert "Page 6 asks for 9O dollars in 20I5." in texts(found)
    what = "scanned: words and figures are what a text recognition (OCR) took them for"
    assert [f"pages 1 to 3 were {what}", f"pages 5 to 6 were {what}"] == found["warnings"]


def test_pieces_of_text_of_which_nothing_is_read_are_counted_but_not_shadows_of_others() -> None:
    drawn = Drawings(lettered=[(1, Box(0, 0, 90, 12)), (2, Box(1, 0, 91, 12)), (3, Box(200, 0, 290, 12))])

    assert 1 == drawn.unread({1})
    assert 0 == drawn.unread({1, 3})


def remarked(words: bytes) -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</H 6 0 R>>>>/Annots[<<"
        b"/Type/Annot/Subtype/Text/Rect[10 10 30 30]/T(Ito)/Contents<%s>>>]>>"
    )
    shown = stream(b"BT /H 12 Tf 72 700 Td (The fee is 40 dollars.) Tj ET")
    return pdf(CATALOG, PAGES, page % words.hex().encode(), shown, b"null", HELVETICA)


def test_half_a_character_in_a_remark_is_left_out_and_said() -> None:
    found = read("a.pdf", remarked(b"\xfe\xff" + "Ask Ada \ud83d now".encode("utf-16-be", "surrogatepass")))

    assert ["The fee is 40 dollars.", "Ask Ada now"] == texts(found)
    assert ["page 1: comments hold signs that are no characters (1): left out"] == found["warnings"]


def test_a_whole_character_of_two_halves_in_a_remark_stays() -> None:
    found = read("a.pdf", remarked(b"\xfe\xff" + "Ask Ada \U0001f642 now".encode("utf-16-be")))

    assert ("Ask Ada \U0001f642 now", []) == (found["passages"][-1]["text"], found["warnings"])
