"""Reads PDF: passages from what stands on the pages, by position."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import pypdfium2
import pypdfium2.raw as pdfium

from quire.nodes.faults import BadInput
from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.outline import section_number
from quire.nodes.sources.pdf.characters import MAX_CHARACTERS, Characters, characters_of
from quire.nodes.sources.pdf.comments import comments_on
from quire.nodes.sources.pdf.drawings import drawings_of
from quire.nodes.sources.pdf.headers import with_header, without_bullets
from quire.nodes.sources.pdf.headings import Headings
from quire.nodes.sources.pdf.hyphens import Vocabulary
from quire.nodes.sources.pdf.over_pages import Table, whole
from quire.nodes.sources.pdf.page import Line, Part, items_of
from quire.nodes.sources.pdf.paragraphs import blocks
from quire.nodes.sources.pdf.plausible import doubts
from quire.nodes.sources.pdf.running import without_running_titles
from quire.nodes.sources.printed import PrintedLine, add_block
from quire.nodes.sources.tables import Row

_MAX_PAGES = 2_000


def read_pdf(source: str, data: bytes) -> Gathering:
    """Read the text layer. Addresses are ``page 2, line 7``, with the section's number before them.

    Lines are counted as they are read: down each column, a table's rows too. A running title counts
    too, but is read on its first page only.

    Raises:
        BadInput: encrypted, broken, over 2,000 pages or 100,000 characters on one, or without any text (a scan).

    """
    gathering = Gathering(source)
    comments: list[tuple[str, str, str]] = []
    pages = pages_of(source, data, gathering, comments)
    if not any(pages):
        raise BadInput("no page holds text (a scan?)", file=source, hint="run text recognition (OCR) over it first")
    _add(gathering, pages)
    for place, words, who in comments:
        gathering.add_note(place, words, f"Comment by {who}" if who else "Comment")
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


def pages_of(
    source: str, data: bytes, gathering: Gathering, comments: list[tuple[str, str, str]] | None = None
) -> list[list[Line | Part]]:
    """Give what stands on each page, running titles too; title and warnings go into the gathering.

    ``comments`` takes up the remarks on the pages: where they are, their words, and who made them.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise BadInput("encrypted", file=source, hint="save it without a password") from error
        raise _broken(source) from error
    try:
        if len(document) > _MAX_PAGES:
            raise BadInput(f"more than {_MAX_PAGES} pages", file=source, hint="give only the pages that are needed")
        if not len(document):
            raise _broken(source)
        gathering.title = _stated_title(document)
        if comments is not None:
            comments += [each for index in range(len(document)) for each in _comments(document, index, gathering)]
        scanned: list[int] = []
        pages = [_page(document, index, gathering, scanned) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise _broken(source) from error
    finally:
        document.close()
    for first, last in _runs(scanned):
        where = f"page {first} was" if first == last else f"pages {first} to {last} were"
        gathering.warn(f"{where} scanned: words and figures are what a text recognition (OCR) took them for")
    return pages


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Put numbers that follow one another together: 1, 2, 3, 7 is 1 to 3 and 7 to 7."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _comments(document: pypdfium2.PdfDocument, index: int, gathering: Gathering) -> Iterator[tuple[str, str, str]]:
    page = document[index]
    remarks = comments_on(page)
    page.close()
    for number, (words, who) in enumerate(remarks.said, 1):
        yield f"page {index + 1}, comment {number}", words, who
    if remarks.left_out:
        gathering.warn(f"page {index + 1}: {remarks.left_out:,} comments are too many or too long, and were left out")
    if remarks.broken:
        gathering.warn(f"page {index + 1}: comments hold signs that are no characters ({remarks.broken}): left out")


def _broken(source: str) -> BadInput:
    return BadInput("broken: not a whole PDF", file=source, hint="open it and print it to PDF again")


def _page(document: pypdfium2.PdfDocument, index: int, gathering: Gathering, scanned: list[int]) -> list[Line | Part]:
    """Read a page; ``scanned`` takes up the number of one that holds recognised words."""
    page = document[index]
    if _has_fields(page):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)  # else what a form was filled in with is no text
        page.close()
        page = document[index]
    drawings = drawings_of(page)
    text = page.get_textpage()
    if text.count_chars() > MAX_CHARACTERS:
        problem = f"page {index + 1} holds more than {MAX_CHARACTERS:,} characters"
        raise BadInput(problem, file=gathering.source, hint="print it on pages of a usual size")
    characters: Characters = characters_of(page, text, drawings.pictured)
    for doubt in doubts(characters, drawings):
        gathering.warn(f"page {index + 1} {doubt}")
    if characters.recognised:
        scanned.append(index + 1)
    text.close()
    page.close()
    return items_of(characters.layers, drawings.rules, index + 1)


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_PAGES)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                return True
    return False


def _add(gathering: Gathering, pages: list[list[Line | Part]]) -> None:
    items = [item for page in without_running_titles(pages) for item in page]
    words = Vocabulary(_texts(items))
    read = [*blocks(items)]
    headings = Headings(read)
    for block in whole(read):
        if isinstance(block, Table):
            _add_table(gathering, block, words)
            continue
        text = words.joined([line.text for line in block])
        place = f"page {block[0].page}, line {block[0].number}"
        level = headings.level(block)
        if not level and not gathering.outline.numbered and section_number(text).isdecimal():
            gathering.add(place, text)  # an item of a list
        else:
            further = [(f"page {line.page}, line {line.number}", line.text) for line in block[1:]]
            add_block(gathering, PrintedLine(place, text, level), further)
        lines = [line.text for line in block]
        if text != " ".join(lines) and gathering.passages and gathering.passages[-1]["text"] in text:
            gathering.passages[-1]["printed"] = lines


def _texts(items: list[Line | Part]) -> list[str]:
    found: list[str] = []
    for item in items:
        found += [item.text] if isinstance(item, Line) else [cell for row in item.rows for cell in row.cells]
    return found


def _add_table(gathering: Gathering, table: Table, words: Vocabulary) -> None:
    rows, header = with_header(without_bullets([row for _, row in table.rows]), stacked=not table.ruled)
    places = [place for place, _ in table.rows][len(table.rows) - len(rows) :]
    places[:1] = [table.rows[0][0]]
    made = [
        Row(
            place,
            [words.joined(cell.split("\n")) for cell in row.cells],
            header=header and not index,
            strong=row.strong,
        )
        for index, (place, row) in enumerate(zip(places, rows, strict=True))
    ]
    gathering.add_table(made)


def _stated_title(document: pypdfium2.PdfDocument) -> str:
    """Title in the file's properties, unless it is a program's filler or the name of what the file was made from."""
    title = fold(document.get_metadata_value("Title"))
    filler = re.fullmatch(
        r"\(?(?:anonymous|unspecified|untitled\d*)\)?|.*\.(?:docx?|html?|indd|md|od[pst]|pdf|pptx?|rtf|tex|txt|xlsx?)",
        title,
        re.IGNORECASE,
    )
    return "" if filler else title
