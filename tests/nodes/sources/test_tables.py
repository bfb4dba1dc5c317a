"""Which row of a table is its header."""

import pytest

from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.tables import Row, records


def told(*rows: list[str]) -> list[dict[str, str]]:
    return [record.fields for record, _ in records([Row(f"row {n}", row) for n, row in enumerate(rows, 1)])]


def test_years_over_values_are_titles() -> None:
    assert told(["Item", "2025", "2026"], ["Mowing", "12,500", "13,100"], ["Lamps", "", "1,050"]) == [
        {"Item": "Mowing", "2025": "12,500", "2026": "13,100"},
        {"Item": "Lamps", "2025": "", "2026": "1,050"},
    ]


@pytest.mark.parametrize("titles", [["FY 2025/26", "FY 2026/27"], ["Plan 2025", "2026 (est.)"], ["0-14", "65+"]])
def test_periods_and_classes_are_titles(titles: list[str]) -> None:
    assert told(["Item", *titles], ["Mowing", "12,500", "13,100"])[0][titles[1]] == "13,100"


def test_years_over_years_are_values() -> None:
    assert told(["Mill", "1998", "2013"], ["Barn", "1950", "2001"])[0] == {
        "column 1": "Mill",
        "column 2": "1998",
        "column 3": "2013",
    }


def test_an_empty_corner_makes_titles_of_figures() -> None:
    assert told(["", "10 km", "20 km"], ["Fare", "2.50", "4.00"]) == [
        {"column 1": "Fare", "10 km": "2.50", "20 km": "4.00"}
    ]


def test_values_under_a_name_are_no_titles() -> None:
    assert len(told(["Mowing", "12,500", "13,100"], ["Lamps", "900", "1,050"])) == 2


@pytest.mark.parametrize("first", [["Built", "1998"], ["Owner", "Hale"], ["Height", "35 feet"]])
def test_pairs_stay_pairs(first: list[str]) -> None:
    assert told(first, ["Lot", "12,500"], ["Fee", "$120"]) == [
        {first[0]: first[1]},
        {"Lot": "12,500"},
        {"Fee": "$120"},
    ]


@pytest.mark.parametrize("first", [["Item", "2026"], ["", "2026"], ["Item", "Cost"], ["Posten", "Betrag"]])
def test_two_titles_are_a_header(first: list[str]) -> None:
    assert [*told(first, ["Mowing", "12,500"], ["Lamps", "900"])[1].values()] == ["Lamps", "900"]


def test_years_under_spanning_titles_are_sub_titles() -> None:
    rows = [Row("row 1", ["Item", "Budget", "", "Actual", ""], header=True)]
    rows += [Row("row 2", ["", "2025", "2026", "2025", "2026"]), Row("row 3", ["Mowing", "1", "2", "3", "4"])]
    assert [record.fields for record, _ in records(rows)] == [
        {"Item": "Mowing", "Budget, 2025": "1", "Budget, 2026": "2", "Actual, 2025": "3", "Actual, 2026": "4"}
    ]


def test_no_row_is_lost_where_all_read_like_titles() -> None:
    gathering = Gathering("notes.pdf")
    gathering.add_table([Row("line 1", ["(b)", "A letter from Hale", ""]), Row("line 2", ["", "accepting it", "here"])])
    gathering.add_table([Row("line 3", ["Zone", "Yards"], header=True), Row("line 4", ["", "Front"], header=True)])
    told = " ".join(passage["text"] for passage in gathering.passages)
    assert all(words in told for words in ("A letter from Hale", "accepting it", "here", "Zone", "Yards", "Front"))
