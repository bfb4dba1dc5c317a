"""One number for a row of a table and for the lines of a record, one mark for a row, and places of a law apart."""

import pytest

from quire.nodes.evidence.content import Block, Evidence, claim
from quire.nodes.language.catalogue import words_in
from quire.nodes.records.written import stated
from quire.nodes.render.document import number
from quire.nodes.render.formats import FORMATS
from quire.nodes.render.numbered import Numbered
from tests.nodes.render import sample


def _at(source: str, address: str, quote: str, header: str = "") -> Evidence:
    made = Evidence(source=source, address=address, quote=quote, hash="0" * 64)
    return {**made, "header": header} if header else made


def _numbered(*rows: list[tuple[str, str]], source: str, prose: str = "") -> Numbered:
    """Give the numbers of a table whose cells stand at addresses, after a sentence that names one of them."""
    cells = [[sample.said(text, _at(source, address, text)) for address, text in row] for row in rows]
    titles = [sample.column(f"C{n}") for n in range(len(rows[0]))]
    blocks: list[Block] = [{"kind": "table", "caption": "Loans", "columns": titles, "rows": cells}]
    if prose:
        blocks.insert(0, sample.paragraph(sample.said("So it is.", _at(source, prose, "So it is."))))
    document = sample.document()
    document["sections"] = [sample.section("loans", "Loans", sample.content(*blocks))]
    return number(document)


@pytest.mark.parametrize(
    ("addresses", "place", "quotes"),
    [
        (["Debt!A5", "Debt!B5", "Debt!C5"], "Debt!A5:C5", ("Merrow; Ship; 13000000",)),
        (["row 5, Lender", "row 5, Loan", "row 5, Sum"], "row 5", ("Lender: Merrow; Loan: Ship; Sum: 13000000",)),
        (
            [f"table 1, row 2, {column}" for column in "ABC"],
            "table 1, row 2",
            ("A: Merrow; B: Ship; C: 13000000",),
        ),
        (["line 3", "line 9", "line 10"], "line 3 \N{EN DASH} line 10", ("Merrow", "Ship", "13000000")),
        (
            [f"page 2, line {n}" for n in (3, 5, 4)],
            "page 2, line 3 \N{EN DASH} line 5",
            ("Merrow", "Ship", "13000000"),
        ),
    ],
)
def test_a_row_and_a_record_have_one_number_and_a_row_one_mark(
    addresses: list[str], place: str, quotes: tuple[str, ...]
) -> None:
    found = _numbered([*zip(addresses, ("Merrow", "Ship", "13000000"), strict=True)], source="loans")

    assert [(place, quotes)] == [(one.address, one.quotes) for one in found.citations]
    assert [[(1,), (), ()]] == [[cell.citations for cell in row] for row in found.chapters[0].parts[0].rows]


def test_a_sentence_that_names_one_line_of_a_record_leads_to_the_record() -> None:
    row = [("line 3", "Merrow"), ("line 4", "Ship"), ("line 5", "2031")]
    found = _numbered(row, source="loan.md", prose="line 4")

    assert [(1,)] == [one.citations for one in found.chapters[0].parts[0].statements]
    assert ["line 3 \N{EN DASH} line 5"] == [one.address for one in found.citations]


def test_two_places_of_one_source_stay_two() -> None:
    found = _numbered([("§ 4, line 10", "20 feet"), ("§ 9, line 40", "unless a porch is built")], source="law.md")

    assert ["§ 4, line 10", "§ 9, line 40"] == [one.address for one in found.citations]
    assert [[(1,), (2,)]] == [[cell.citations for cell in row] for row in found.chapters[0].parts[0].rows]


@pytest.mark.parametrize("name", ["md", "html"])
def test_what_is_plain_from_what_stands_beside_it_has_no_letter(name: str) -> None:
    place = _at("sheet.md", "line 7", "Copies are kept for 90 days.")
    row = [
        claim("Does not comply", "computed", place, how="90 days < 180 days", status="Does not comply", beside=True),
        claim("90 days < 180 days", "computed", place, how="90 days < 180 days", beside=True),
        sample.said("Copies are kept for 90 days.", place),
    ]
    titles = [sample.column(title) for title in ("Status", "Why", "Answer")]
    document = sample.document()
    table: Block = {"kind": "table", "caption": "Matrix", "columns": titles, "rows": [row]}
    document["sections"] = [sample.section("matrix", "Matrix", sample.content(table))]

    assert [[(), (), (1,)]] == [[c.citations for c in r] for r in number(document).chapters[0].parts[0].rows]
    assert "computation-a" not in FORMATS[name].render(document).decode()


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("13000000", "13,000,000", "13.000.000"),
        ("EUR 27250000", "EUR 27,250,000", "EUR 27.250.000"),
        ("£1250000.50", "£1,250,000.50", "£1.250.000,50"),
        ("27250000 EUR", "27,250,000 EUR", "27.250.000 EUR"),
        ("2031", "2031", "2031"),
        ("13,000,000", "13,000,000", "13,000,000"),
        ("A10000", "A10000", "A10000"),
        ("12345 to 67890", "12345 to 67890", "12345 to 67890"),
    ],
)
def test_thousands_are_parted_as_the_language_of_the_document_does(text: str, english: str, german: str) -> None:
    assert (english, german) == tuple(stated(text, words_in(language)) for language in ("en", "de"))
