"""What a long table comes to by what its rows have in common: by a column, by year, and by two of them."""

from quire.graphs.kinds.general_report.computations.counts import compute
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.read import read

_DAYS = ("2024-03-05", "2025-03-05", "2025-09-30", "2026-05-30")
CALLS = "date,station,fault,hours,cost (GBP)\n" + "".join(
    f"{_DAYS[n % 4]},{'Corran' if n % 3 else 'Ashby'},{'panel' if n % 2 else 'pump'},{n % 5}.5,{100 + n % 11}\n"
    for n in range(120)
)
_ROWS = [line.split(",") for line in CALLS.splitlines()[1:]]


def counted(text: str = CALLS, language: str = "en", question: str = "") -> SectionContent:
    readings = (read("calls.csv", text.encode()),)
    facts = {"question": question} if question else {}
    return compute(Materials("Calls", {"id": "calls"}, facts, readings, {}, words=words_in(language)))


def table(content: SectionContent, caption: str) -> list[list[str]]:
    (found,) = [b for b in content["blocks"] if b.get("caption") == f"calls.csv: {caption}"]
    return [[c["title"] for c in found["columns"]], *([c["text"] for c in row] for row in found["rows"])]


def total(station: str, column: int, fault: str = "") -> float:
    return sum(float(row[column]) for row in _ROWS if row[1] == station and fault in ("", row[2]))


def test_sums_and_medians_stand_beside_how_often_a_word_stands_in_a_column() -> None:
    titles, *rows = table(counted(), "by “station”")

    assert [
        "station",
        "Rows",
        "Sum of hours",
        "Median of hours",
        "Sum of cost (GBP)",
        "Median of cost (GBP)",
    ] == titles
    assert [["Corran", "80"], ["Ashby", "40"]] == [row[:2] for row in rows]
    assert [total("Corran", 3), total("Ashby", 3)] == [float(row[2]) for row in rows]
    assert [total("Corran", 4), total("Ashby", 4)] == [float(row[4]) for row in rows]


def test_a_column_of_dates_is_told_by_year_and_from_when_to_when() -> None:
    _, *rows = table(counted(), "by year of “date”, 2024-03-05 to 2026-05-30")
    assert [["2024", "30"], ["2025", "60"], ["2026", "30"]] == [row[:2] for row in rows]


def test_two_columns_are_told_against_each_other_in_rows_and_in_sums() -> None:
    rows = table(counted(), "Rows by “station” and “fault”")
    assert ["station", "panel", "pump"] == rows[0]
    assert [["Corran", "40", "40"], ["Ashby", "20", "20"]] == rows[1:]

    _, *sums = table(counted(), "Sum of hours by “station” and “fault”")
    assert [str(total("Corran", 3, "panel")), str(total("Corran", 3, "pump"))] == sums[0][1:]

    _, *years = table(counted(), "Rows by “station” and year of “date”")
    assert ["Corran", "20", "40", "20"] == years[0]


def test_each_figure_says_how_it_was_worked_out_and_can_be_found_again() -> None:
    content = counted()
    readings = (read("calls.csv", CALLS.encode()),)

    assert [] == ungrounded("calls", content, readings, words_in("en"))
    (by,) = [b for b in content["blocks"] if b.get("caption") == "calls.csv: by “station”"]
    _, *cells = by["rows"][0]
    assert {"computed"} == {cell["basis"] for cell in cells}
    assert 1 == len({cell["how"] for cell in cells})
    told = "Of the 120 rows of calls.csv, those where “station” is “Corran”: Rows: 80; Sum of hours: 200.0; "
    assert cells[0]["how"].startswith(told)


def test_what_is_all_different_or_too_many_is_not_told_by() -> None:
    many = "order,hours\n" + "".join(f"A-{n},{n % 7}\n" for n in range(60))
    captions = [b.get("caption", "") for b in counted(many)["blocks"]]
    assert not [c for c in captions if "by “" in c]


def test_in_german_too() -> None:
    _, *rows = table(counted(language="de"), "nach „station“")
    assert ["Corran", "80"] == rows[0][:2]


SENT = "day,carrier,km,minutes,degrees,boxes_lost,invoice_eur\n" + "".join(
    f"{2025 + (n % 12 < 9)}-{n % 12 + 1:02}-05,{'Nord' if n % 5 else 'Kust'},{40 + n % 9},{60 + n % 7},{n % 5}.5,"
    f"{n % 4},{50 + n % 8}.25\n"
    for n in range(120)
)


def test_what_the_question_names_and_what_is_money_is_added_up_however_far_right_it_stands() -> None:
    content = counted(SENT, question="What does each carrier cost, with the boxes that are lost?")

    titles, *_ = table(content, "by “carrier”")
    told = [title.removeprefix("Sum of ") for title in titles if title.startswith("Sum of ")]
    assert ["km", "boxes_lost", "invoice_eur"] == told
    assert table(content, "Sum of boxes_lost by month of “day” and “carrier”")
    captions = [b.get("caption", "") for b in content["blocks"]]
    assert not [c for c in captions if "Sum of minutes" in c or "Sum of km" in c]


def test_dates_within_twelve_months_are_told_by_month_though_two_years_share_them() -> None:
    _, *rows = table(counted(SENT), "by month of “day”, 2025-10-05 to 2026-09-05")
    assert ["2025-10", "2025-11", "2025-12", "2026-01"] == [row[0] for row in rows[:4]]

    titles, *_ = table(counted(SENT), "Rows by month of “day” and “carrier”")
    assert ["day", "Kust", "Nord"] == titles
