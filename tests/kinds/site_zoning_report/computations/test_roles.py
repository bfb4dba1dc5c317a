import pytest
from zoning_report import Report, TextOf

from quire.graphs.kinds.site_zoning_report.computations.roles import role_of
from quire.nodes.sources.read import read


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("ordinance/1201-general-provisions.md", "zoning code"),
        ("ordinance/1231-mill-street-mixed-use.html", "zoning code"),
        ("ordinance/1271-administration.md", "zoning code"),
        ("survey.csv", "survey"),
        ("parcel.csv", "property record"),
        ("uses.csv", "site uses"),
        ("approvals.csv", "permit history"),
        ("violations.csv", "violation record"),
        ("utilities.csv", "utility record"),
        ("streets.md", "street record"),
        ("plan_excerpt.md", "comprehensive plan"),
        ("zoning_letter.docx", "zoning letter"),
        ("flood_overlay.pdf", "flood determination"),
    ],
)
def test_a_source_is_known_by_what_it_holds(report: Report, source: str, role: str) -> None:
    readings = {reading["source"]: reading for reading in report.readings}

    assert role == role_of(readings[source])


def test_every_chapter_of_the_ordinance_is_code(report: Report) -> None:
    chapters = [reading for reading in report.readings if reading["source"].startswith("ordinance/")]

    assert {"zoning code"} == {role_of(chapter) for chapter in chapters}
    assert 12 == len(chapters)


def test_a_files_name_does_not_make_it_what_it_is(example_text: TextOf) -> None:
    permits = read("a.csv", example_text("approvals.csv").encode())
    survey = read("permits.csv", example_text("survey.csv").encode())

    assert ("permit history", "survey") == (role_of(permits), role_of(survey))


def test_a_survey_of_one_wide_row_is_a_survey() -> None:
    wide = read(
        "site.csv", b"lot_area_sq_ft,lot_width_ft,front_setback_ft,height_ft,stalls,coverage\n9000,60,5,30,8,40%\n"
    )

    assert "survey" == role_of(wide)


def test_minutes_of_a_club_are_nothing_in_particular() -> None:
    assert "other" == role_of(read("minutes.md", b"# Minutes\n\nThe club met on Tuesday and elected a treasurer.\n"))
