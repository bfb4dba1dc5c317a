import pytest
from zoning_report import Report

from quire.graphs.kinds.site_zoning_report.computations.dates import date_of, dates_in, edition_of, order_of, span_of


@pytest.mark.parametrize(
    "date", ["18 August 2026", "August 18, 2026", "2026-08-18", "8/18/2026", "8-18-26", "18 Aug. 2026"]
)
def test_a_date_is_found_as_written(date: str) -> None:
    assert [date] == dates_in(f"Surveyed on {date}, in the field")


@pytest.mark.parametrize(
    ("date", "order"),
    [
        ("18 August 2026", (2026, 8, 18)),
        ("August 18, 2026", (2026, 8, 18)),
        ("2026-08-18", (2026, 8, 18)),
        ("8/18/2026", (2026, 8, 18)),
        ("in August", None),
    ],
)
def test_dates_can_be_put_in_order(date: str, order: tuple[int, int, int] | None) -> None:
    assert order == order_of(date)


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("survey.csv", "18 August 2026"),
        ("parcel.csv", "21 September 2026"),
        ("zoning_letter.docx", "11 September 2026"),
        ("flood_overlay.pdf", "4 September 2026"),
        ("plan_excerpt.md", "9 June 2022"),
        ("streets.md", "14 September 2026"),
    ],
)
def test_a_document_is_dated_by_its_own_date_and_not_by_one_it_mentions(report: Report, source: str, date: str) -> None:
    found = date_of(next(reading for reading in report.readings if reading["source"] == source))

    assert found is not None
    assert date == found[0]


def test_records_span_from_the_oldest_to_the_newest(report: Report) -> None:
    span = span_of(next(reading for reading in report.readings if reading["source"] == "violations.csv"))

    assert span is not None
    assert "Entries of 7 November 2019 to 23 June 2026" == span[0]


def test_the_edition_is_the_codes_own_statement(report: Report) -> None:
    found = edition_of(report.readings)

    assert found is not None
    assert ("Codified through Ordinance 2026-11, passed 12 May 2026", "ordinance/1201-general-provisions.md") == (
        found[0],
        found[1]["source"],
    )
