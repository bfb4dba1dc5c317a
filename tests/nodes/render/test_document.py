import pytest

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.document import Document, document_kind, number
from quire.nodes.render.numbered import Statement
from tests.nodes.render import sample

A, B = sample.evidence("a.md", "line 1", "One."), sample.evidence("b.csv", "row 2", "two: 2")


def made_of(*blocks: Block) -> Document:
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(*blocks))]
    return document


def statement(block: Block) -> Statement:
    return number(made_of(block)).chapters[0].parts[0].statements[0]


def test_citations_are_numbered_in_order_of_first_appearance() -> None:
    numbered = number(made_of(sample.paragraph(sample.said("x", B), sample.said("y", A, B))))

    assert [(c.number, c.source, c.address) for c in numbered.citations] == [
        (1, "b.csv", "row 2"),
        (2, "a.md", "line 1"),
    ]
    assert [s.citations for s in numbered.chapters[0].parts[0].statements] == [(1,), (1, 2)]


def test_numbers_that_follow_one_another_are_printed_as_first_and_last() -> None:
    ones = [sample.evidence("a.md", f"line {n}", f"{n}") for n in range(1, 8)]
    numbered = number(made_of(sample.paragraph(sample.said("x", *ones), sample.said("y", *ones[:2], *ones[3:6]))))

    all_, some = numbered.chapters[0].parts[0].statements
    assert (((1, 7),), ((1,), (2,), (4, 6))) == (all_.spans, some.spans)


@pytest.mark.parametrize(("many", "listed"), [(15, 15), (16, 0)])
def test_the_contents_list_the_sub_headings_of_a_section_that_has_few(many: int, listed: int) -> None:
    numbered = number(made_of(*(Block(kind="heading", text=f"Part {n}", depth=3) for n in range(many))))

    assert listed == sum(entry.depth == 2 for entry in numbered.contents)


def test_a_place_that_is_quoted_twice_has_one_number_and_both_quotes() -> None:
    other = sample.evidence("a.md", "line 1", "Another part.")
    numbered = number(made_of(sample.paragraph(sample.said("x", A), sample.said("y", other), sample.said("z", A))))

    assert [c.quotes for c in numbered.citations] == [("One.", "Another part.")]


def test_words_within_another_quote_of_the_same_place_are_not_read_twice() -> None:
    whole = sample.evidence("a.md", "line 1", "Damage. One.")
    numbered = number(made_of(sample.paragraph(sample.said("x", A), sample.said("y", whole))))

    assert [c.quotes for c in numbered.citations] == [("Damage. One.",)]


def test_a_quotation_of_a_cell_does_not_name_its_row_as_well() -> None:
    row, cell = sample.evidence("b.csv", "row 2", "two: 2"), sample.evidence("b.csv", "row 2, two", "2")
    quote = Block(kind="quote", claims=[claim("2", "source", cell), claim("(row)", "source", row)])

    assert "b.csv, row 2, two" == number(made_of(quote)).chapters[0].parts[0].attribution


def test_a_citation_names_the_sections_that_rest_on_it() -> None:
    document = sample.document()
    by_place = {(c.source, c.address): c.cited_in for c in number(document).citations}

    assert by_place[("survey.csv", "row 2, lot_area_sqft")] == ("1", "2", "5")


def test_table_cells_are_cited_in_reading_order() -> None:
    table: Block = {"kind": "table", "rows": [[sample.said("l", B)], [sample.said("r", A)]]}

    assert [c.source for c in number(made_of(table)).citations] == ["b.csv", "a.md"]


def test_evidence_of_a_section_that_is_not_shown_is_not_cited() -> None:
    document = made_of(sample.paragraph(sample.said("x", A)))
    document["sections"][0]["status"] = "failed"

    assert number(document).citations == ()


def test_sections_headings_and_tables_are_numbered_through() -> None:
    numbered = number(sample.document())
    parts = [part for chapter in numbered.chapters for part in chapter.parts]

    assert [chapter.number for chapter in numbered.chapters] == list("12345678")
    assert [part.number for part in parts if part.kind == "heading"] == ["2.1", "2.2", "5.1"]
    assert [part.number for part in parts if part.kind == "table"] == ["1", "2", "3"]


def test_every_anchor_is_the_only_one_of_its_name_and_the_contents_lead_to_them() -> None:
    numbered = number(sample.document())
    parts = [part for chapter in numbered.chapters for part in chapter.parts if part.anchor]
    anchors = [x.anchor for x in (*numbered.chapters, *parts, *numbered.citations, *numbered.computations)]
    led_to = [entry.anchor for entry in numbered.contents]

    assert len(set(anchors)) == len(anchors)
    assert set(led_to) <= {*anchors, "questions", "computations", "sources", "evidence"}


def test_figures_derived_in_the_same_words_share_a_letter() -> None:
    numbered = number(sample.document())

    assert [c.mark for c in numbered.computations] == ["a", "b", "c", "d"]
    assert [c.how for c in numbered.computations].count(sample.FAR_HOW) == 1


def test_a_derivation_that_ends_in_its_figure_does_not_repeat_it() -> None:
    block = sample.paragraph(
        claim("4 ft", "computed", how="2 ft + 2 ft = 4 ft"), claim("Two are met.", "computed", how="count of statuses")
    )

    assert [c.text for c in number(made_of(block)).computations] == ["", "Two are met"]


def test_a_derivation_is_told_once_and_without_the_statements_that_rest_on_it() -> None:
    how = "EUR 84,000 - EUR 61,500 = EUR 22,500"
    told = "Brook asks EUR 22,500 less than Halder, which is more than a quarter of its price."
    again = {**claim("So EUR 22,500 can be saved.", "source", how=told), "id": "c2", "retells": True}
    row = {**claim("The yard falls short.", "source", how="Yard. Status: not met"), "id": "c3", "retells": True}
    numbered = number(made_of(sample.paragraph(claim(told, "computed", how=how), again, row)))

    assert [("", how)] == [(c.text, c.how) for c in numbered.computations]
    assert ["a", "a", ""] == [s.computation for s in numbered.chapters[0].parts[0].statements]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Not determined", "Not determined"),
        ("The year is not determined by the sources.", "The year is not determined by the sources."),
        ("", "Not determined"),
        ("\N{EN DASH}", "Not determined"),
        ("No survey was given.", "Not determined: No survey was given."),
    ],
)
def test_what_is_open_is_said_to_be_not_determined(text: str, shown: str) -> None:
    assert statement(sample.paragraph(claim(text, "open"))).text == shown


def test_a_status_is_not_said_twice() -> None:
    alone = statement(sample.paragraph(claim("Conforming.", "computed", status="Conforming")))
    beside = statement(sample.paragraph(claim("38 ft", "computed", status="Nonconforming")))

    assert (alone.text, alone.status) == ("", "Conforming")
    assert (beside.text, beside.status) == ("38 ft", "Nonconforming")


def test_a_row_of_any_length_fits_its_table_and_loses_nothing() -> None:
    cell = claim("x", "fixed")
    table: Block = {"kind": "table", "columns": [sample.column("A")], "rows": [[cell] * 3, [cell]]}
    part = number(made_of(table)).chapters[0].parts[0]

    assert [column["title"] for column in part.columns] == ["A", "", ""]
    assert [[c.text for c in row] for row in part.rows] == [["x", "x", "x"], ["x", "", ""]]


def test_a_document_without_a_subtitle_names_its_blueprint() -> None:
    document = sample.document()
    del document["subtitle"]

    assert number(document).subtitle == "Site zoning report"
    assert document_kind("rfp_response") == "Rfp response"


def test_an_endless_title_is_cut_visibly_but_an_endless_statement_is_not() -> None:
    document = made_of(sample.paragraph(sample.said("word " * 500)))
    document["title"] = "word " * 500
    numbered = number(document)

    assert numbered.title.endswith("…")
    assert len(numbered.title) <= 300
    assert len(numbered.chapters[0].parts[0].statements[0].text) == len("word " * 500) - 1


def test_a_source_that_gave_no_passage_is_said_to_be_unread() -> None:
    document = sample.document()
    document["sources"] = [
        sample.source("scan.pdf", "", 0, "page 1 holds no text", passages=0),
        sample.source("spare.md", "", 0),
        sample.source("part.pdf", "", 3, "page 2 holds no text"),
        sample.source("good.md", "good.md", 3),
    ]

    assert [(s.tone, s.remarks) for s in number(document).sources] == [
        ("bad", ("Could not be read.", "Page 1 holds no text.")),
        ("caution", ("Nothing in this document cites it.",)),
        ("caution", ("Page 2 holds no text.",)),
        ("good", ()),
    ]
    assert number(document).sources[3].title == ""
