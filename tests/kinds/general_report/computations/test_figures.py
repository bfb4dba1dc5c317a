"""The figures of sources: whose they are, chosen by the question, counted where there are many. Tested by values."""

import re
from decimal import Decimal
from typing import Any

import pytest

from quire.graphs.kinds.general_report.computations.columns import convention_of_table, numbers_in
from quire.graphs.kinds.general_report.computations.figures import compute
from quire.graphs.kinds.general_report.computations.placeholders import holds_placeholder, is_placeholder
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, SectionContent, claim
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.read import read

REPAIRS = "order,district,cost (EUR),rate\n" + "".join(
    f'A-{n},{"Harbour" if n % 4 == 0 else "North"},"1,{n:03}.50",{n}%\n' for n in range(100)
)
REVIEW = """# Review of the mains

## Harbour district, 2025

The main at Quay Street cost EUR 84,300.

## Canteen

Lunch cost EUR 9 on 4 May 2026. The new cook is paid EUR TBD, and the stove cost $XX.

| Item | 2025 | 2026 |
|---|---|---|
| Mains | 410,000 | TBD |
| Training | TBD | <amount> |
"""


def materials(question: str = "", **sources: str) -> Materials:
    readings = tuple(read(name.replace("_", "."), text.encode()) for name, text in sources.items())
    facts = {"question": question} if question else {}
    return Materials("Mains", {"id": "figures"}, facts, readings, {})


def tables(content: SectionContent) -> dict[str, list[list[str]]]:
    return {b["caption"]: [[c["text"] for c in row] for row in b["rows"]] for b in content["blocks"] if "rows" in b}


def notes(content: SectionContent) -> str:
    return "\n".join(c["text"] for b in content["blocks"] if b["kind"] == "note" for c in b["claims"])


def test_a_long_table_is_counted_and_its_sums_medians_and_extremes_are_right() -> None:
    content = compute(materials(repairs_csv=REPAIRS))

    assert [
        ["cost (EUR)", "100", "0", "105,000.00", "1,050.00", "1,000.50", "1,099.50"],
        ["rate", "100", "0", "", "49.5%", "0%", "99%"],
    ] == tables(content)["repairs.csv: in figures"]
    by_district = tables(content)["repairs.csv: by “district”"]
    assert [["North", "75"], ["Harbour", "25"]] == [row[:2] for row in by_district]
    assert 105_000 == content["values"]["repairs.csv: cost (EUR), sum"]["value"]


def test_the_rows_of_a_long_table_are_those_nearest_to_the_question_and_the_rest_is_counted() -> None:
    content = compute(materials("What did the Harbour cost?", repairs_csv=REPAIRS))

    shown = tables(content)["repairs.csv: rows nearest to the question"]
    assert 12 == len(shown)
    assert {"Harbour"} == {row[1] for row in shown}
    assert "Shown are 12 of 100 rows, those nearest to the question; the rest stands in repairs.csv" in notes(content)


def test_a_figure_is_said_with_its_headings_its_source_and_its_time() -> None:
    content = compute(materials(review_md=REVIEW))

    stated = {row[0]: row for row in tables(content)["Figures in the text"]}
    assert ["Review of the mains, Harbour district, 2025 (review.md)", "2025"] == stated["EUR 84,300"][2:]
    assert ["Review of the mains, Canteen (review.md)", "4 May 2026"] == stated["EUR 9; 4 May 2026"][2:]


@pytest.mark.parametrize(
    "line",
    ["Date: 30 June 2026", "Last updated: 2026-06-30", "Published on 1 July 2026 by the council.", "30 June 2026"],
)
def test_when_a_source_was_written_is_none_of_its_figures(line: str) -> None:
    text = f"# Hall\n\n{line}\n\n## Costs\n\nThe hall costs EUR 75 an hour.\n"

    assert ["EUR 75 an hour"] == [row[0] for row in tables(compute(materials(a_md=text)))["Figures in the text"]]


@pytest.mark.parametrize(
    "line",
    [
        "Effective date: 1 May 2026",
        "The lease ends on 31 December 2027.",
        "Issued on 3 May 2026, it expires on 3 May 2028.",
        "Updated on 3 May 2026, the rent is EUR 900.",
    ],
)
def test_a_date_that_something_holds_from_is_a_figure(line: str) -> None:
    text = f"# Hall\n\n{line}\n\n## Costs\n\nThe hall costs EUR 75 an hour.\n"

    assert line in [row[1] for row in tables(compute(materials(a_md=text)))["Figures in the text"]]


def test_the_sentence_nearest_to_the_question_comes_first_whichever_file_it_stands_in() -> None:
    files = {"a_md": "Lunch cost EUR 9.\n", "b_md": "Paint cost EUR 7.\n", "c_md": "The roof cost EUR 500.\n"}

    first = tables(compute(materials("What does the roof cost?", **files)))["Figures in the text"][0]

    assert "EUR 500" == first[0]


def test_what_is_still_to_come_is_left_out_and_counted() -> None:
    content = compute(materials(review_md=REVIEW))

    (table,) = (rows for caption, rows in tables(content).items() if "Canteen" in caption)
    assert [["Mains", "410,000", ""]] == table
    assert "TBD" not in str(content["blocks"])
    assert "2 rows or sentences were left out that hold placeholders" in notes(content)


def test_no_sentence_is_left_out_in_silence() -> None:
    many = {f"f{n}_md": "".join(f"The pump {n}-{m} cost EUR {m}.\n\n" for m in range(10, 32)) for n in range(3)}
    content = compute(materials("What did pump 2 cost?", **many))

    assert 40 == len(tables(content)["Figures in the text"])
    assert "Shown are 40 of 66 sentences with figures" in notes(content)
    assert 26 == sum(int(n) for n in re.findall(r"\.md \((\d+)\)", notes(content)))


def test_further_tables_are_named() -> None:
    sheets = {f"t{n}_csv": f"item,price\nnut {n},{n}\n" for n in range(11)}
    content = compute(materials("What does nut 9 cost?", **sheets))

    assert "t9.csv" == next(iter(tables(content)))
    assert "Shown are 8 of 11 tables" in notes(content)


@pytest.mark.parametrize("text", [REVIEW, REPAIRS], ids=["text", "table"])
def test_every_figure_holds_against_its_source(text: str) -> None:
    made = materials("What did it cost?", **{"a_csv" if text is REPAIRS else "a_md": text})

    assert [] == ungrounded("figures", compute(made), made.readings, made.words)


def test_one_bad_row_fails_no_section() -> None:
    made = materials(a_md="The roof cost EUR 500.\n")
    evidence = {"source": "a.md", "address": "line 1", "quote": "The roof cost EUR 500.", "hash": "x"}
    good, bad = (claim(text, "source", evidence) for text in ("EUR 500", "EUR 900"))  # type: ignore[arg-type]
    block = Block(kind="table", caption="T", columns=[], rows=[[good], [bad]])

    kept = sound(SectionContent(blocks=[block], values={}, open_questions=[]), made)

    assert [[good]] == kept["blocks"][0]["rows"]
    assert "1 row was left out" in notes(kept)
    assert "a.md, line 1" in notes(kept)


@pytest.mark.parametrize(
    ("cells", "mark", "total"),
    [
        (["1,234.50", "20"], None, "1254.50"),
        (["1.234,50", "20"], None, "1254.50"),
        (["1\N{RIGHT SINGLE QUOTATION MARK}234.50", "20"], None, "1254.50"),
        (["$1,000,000", "$5"], None, "1000005"),
        (["EUR 1.000.000", "EUR 2"], None, "1000002"),
        (["(20)", "30"], None, "10"),
        (["-2.1", "4"], None, "1.9"),
        (["12.500", "3.250"], None, None),
        (["12.500", "3.250"], ",", "15750"),
        (["007", "012"], None, None),
        (["1", "2", "3", "4", "5"], None, None),
        (["T-1000", "T-1004"], None, None),
        (["5 kg", "3 m"], None, None),
        (["5 kg", "3 kg"], None, "8"),
        (["15.01.2026", "16.01.2026"], None, None),
        (["red", "1"], None, None),
        ([], None, None),
    ],
)
def test_a_column_is_read_by_the_convention_that_its_cells_tell(cells: list[str], mark: Any, total: str | None) -> None:
    convention = Convention(decimal=mark or ".", decimal_known=bool(mark))
    found = numbers_in("amount", cells, convention)

    assert (None if total is None else Decimal(total)) == (found.total if found else None)


def test_an_ambiguous_column_takes_the_mark_of_its_table_or_is_said_to_be_ambiguous() -> None:
    untold = Convention(decimal_known=False)
    assert "," == convention_of_table([["12.500"], ["3,25"]], untold).decimal
    assert untold == convention_of_table([["12,500"]], untold)
    content = compute(materials(a_csv="what,amount\n" + "".join(f"x{n},{n % 7 + 10}.500\n" for n in range(40))))
    assert "“amount” can be read with a decimal point or with a thousands point" in notes(content)


@pytest.mark.parametrize(
    "cell",
    ["<Date>", "TBD", "XX", "$XX", "[Amount]", "____", "......", "{{name}}", "?", "t.b.d.", "DD.MM.YYYY", "xx %"],
)
def test_a_cell_that_waits_to_be_filled_in_is_a_placeholder(cell: str) -> None:
    assert is_placeholder(cell)


@pytest.mark.parametrize("cell", ["", "\N{EN DASH}", "none", "n/a", "yes", "X", "2026", "Text [3]", "XL", "open"])
def test_a_cell_that_says_something_is_none(cell: str) -> None:
    assert not is_placeholder(cell)


def test_a_roman_numeral_is_no_placeholder() -> None:
    assert not holds_placeholder("Article XX requires 40 feet.")
    assert holds_placeholder("The price is $XX.")
    assert holds_placeholder("Within XX days, 40 feet of fence are built.")


def test_german_sums_are_written_as_german_columns_are() -> None:
    text = "Auftrag;Kosten\n" + "".join(f"A-{n};1.{n:03},50\n" for n in range(100, 140))
    made = Materials("K", {"id": "f"}, {}, (read("k.csv", text.encode()),), {}, words=words_in("de"))

    (row,) = tables(compute(made))["k.csv: in Zahlen"]

    assert ["Kosten", "40", "0", "44.800,00", "1.120,00", "1.100,50", "1.139,50"] == row
