"""Each standard is held against the site, with its arithmetic; what is not known is never called conforming."""

import pytest
from zoning_report import Changed, Report, matrix, rows, said

from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.statuses import (
    CONFORMING,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
    NOT_BINDING,
)

SURVEY = "survey.csv"
MX, PARKING = "ordinance/1231-mill-street-mixed-use.html", "ordinance/1241-parking-and-loading.md"


def test_the_matrix_holds_every_standard_once_with_its_status(report: Report) -> None:
    statuses = [status for _, _, status in matrix(report).values()]

    counted = {status: statuses.count(status) for status in set(statuses)}
    assert counted == {CONFORMING: 19, LEGAL_NONCONFORMING: 1, NONCONFORMING: 3, NOT_BINDING: 2, INDETERMINATE: 5}
    assert ("at least 8 ft", "4.2 ft", LEGAL_NONCONFORMING) == matrix(report)["Side yard, west"]
    assert ("at least 8 ft", "17.8 ft", CONFORMING) == matrix(report)["Side yard, east"]
    assert ("at most 45%", "28.59%", CONFORMING) == matrix(report)["Building coverage, maximum"]
    assert ("at most 4.73 units", "3 units", CONFORMING) == matrix(report)["Density, maximum"]


@pytest.mark.parametrize(
    ("old", "new", "standard", "status"),
    [
        ('Lot area,"14,200"', 'Lot area,"7,400"', "Lot area, minimum", NONCONFORMING),
        ('Gross floor area,"7,480"', 'Gross floor area,"8,600"', "Floor area ratio, maximum", NONCONFORMING),
        ("Building height,38.5", "Building height,40.0", "Height", CONFORMING),
        ("Building height,38.5", "Building height,40.1", "Height", NONCONFORMING),
        ("Building height,38.5,ft", "Building height,38.5,m", "Height", NONCONFORMING),
        ("Building height,38.5,ft", "Building height,38.5,", "Height", INDETERMINATE),
        ("Front yard,6.0", "Front yard,16.0", "Front yard, maximum", NONCONFORMING),
        ("Street trees,1,", "Street trees,2,", "Street tree", CONFORMING),
        ("Street frontage,80.0", "Street frontage,120.0", "Driveway", NOT_BINDING),
        ("glazing,,percent,Not measured", "glazing,48,percent,", "Clear glazing", NONCONFORMING),
        ("Bicycle parking spaces,4", "Bicycle parking spaces,1", "Bicycle parking", NONCONFORMING),
        ('"Side yard, east",17.8', '"Side yard, east",7.9', "Side yard, east", NONCONFORMING),
    ],
)  # fmt: skip
def test_another_survey_comes_to_another_status(
    changed: Changed, old: str, new: str, standard: str, status: str
) -> None:
    assert status == matrix(changed(replaced={SURVEY: {old: new}}))[standard][2]


def test_without_the_authority_s_word_a_departure_is_not_lawful(changed: Changed) -> None:
    assert NONCONFORMING == matrix(changed(without=("lawful",)))["Side yard, west"][2]


def test_a_larger_building_needs_a_loading_space(changed: Changed) -> None:
    larger = changed(replaced={"uses.csv": {'existing,"1,910"': 'existing,"3,910"'}})

    assert NONCONFORMING == matrix(larger)["Loading space"][2]


def test_a_requirement_without_a_figure_is_not_met_while_a_violation_of_its_section_is_open(changed: Changed) -> None:
    closed = changed(replaced={"violations.csv": {"1243.06,Open,": "1243.06,Closed,1 July 2026"}})

    assert NONCONFORMING == matrix(changed())["Refuse containers"][2]
    assert INDETERMINATE == matrix(closed)["Refuse containers"][2]


def test_a_reduction_is_for_as_many_uses_as_the_code_says(changed: Changed) -> None:
    stricter = changed(replaced={PARKING: {"three or more different uses": "four or more different uses"}})
    stricter.given["parking_rule"][1]["fields"]["uses"] = {"value": "four", "quote": "four or more different uses"}

    needed = Review(Report(stricter.facts, stricter.readings, stricter.given).bare).parking["proposed"].demand

    assert 25 == needed.spaces
    assert ["14 + 6.37 + 4.5 = 24.87", "24.87 is rounded to 25"] == needed.steps


@pytest.mark.parametrize(
    ("words", "choice", "spaces"),
    [
        ("a fraction of one-half or more counts as one space", "half up", 20),
        ("any fraction counts as one space", "up", 20),
        ("any fraction is disregarded", "down", 19),
    ],
)
def test_spaces_are_rounded_as_the_code_says(changed: Changed, words: str, choice: str, spaces: int) -> None:
    half = "a fraction of one-half or more counts as one space"
    other = changed(replaced={PARKING: {half: words}})
    rounding = other.given["parking_rule"][2]["fields"]["rounding"]
    rounding["value"] = choice

    assert spaces == Review(Report(other.facts, other.readings, other.given).bare).parking["proposed"].demand.spaces


def test_without_a_ratio_the_spaces_are_not_determined(changed: Changed) -> None:
    unread = changed(without=("ratio",))

    assert Review(unread.bare).parking["proposed"].demand.spaces is None
    assert "the spaces required are not determined" in said(unread["parking"])
    assert "How many parking spaces it needs is not determined." in said(unread["summary"])


def test_without_seats_the_use_is_not_decided(changed: Changed) -> None:
    unsized = changed(replaced={"uses.csv": {'"2,150",42,': '"2,150",,'}})

    assert "is not determined: its size decides, and is not stated" in said(unsized["summary"])
    assert "Not determined" == rows(unsized["uses"])[-1][3]


@pytest.mark.parametrize(("there", "status"), [("6.0", NONCONFORMING), ("5.0", CONFORMING), ("4.0", NONCONFORMING)])
def test_a_building_stands_on_its_build_to_line_or_it_does_not(changed: Changed, there: str, status: str) -> None:
    line, front = "Front yard, build-to line", {SURVEY: {"Front yard,6.0": f"Front yard,{there}"}}
    other = changed(replaced={**front, MX: {"Front yard, minimum": line}})
    (standard,) = (one for one in other.given["standard"] if one["fields"]["standard"] == line)
    standard["fields"]["bound"] = {"value": "exactly", "quote": line}

    made = matrix(Report(other.facts, other.readings, other.given))
    assert ("exactly 5 ft", status) == (made[line][0], made[line][2])


def test_a_standard_that_nothing_surveyed_is_held_against_keeps_its_name(changed: Changed) -> None:
    other = changed()
    west = next(one for one in other.given["standard"] if one["fields"].get("site") == "Side yard, west")
    del west["fields"]["site"]

    made = matrix(Report(other.facts, other.readings, other.given))
    assert {"Side yard, minimum", "Side yard, east"} <= set(made)
    assert INDETERMINATE == made["Side yard, minimum"][2]


def test_what_is_proposed_of_the_site_is_held_against_the_standards(changed: Changed) -> None:
    header, height = "item,value,unit,note", "Building height,38.5,ft,"
    planned = changed(replaced={SURVEY: {header: "item,value,unit,proposed", height: "Building height,38.5,ft,41.0"}})
    row = next(row for row in rows(planned["dimensions"]) if row[0] == "Height")

    assert ["38.5 ft", "41 ft"] == row[2:4]
    assert NONCONFORMING == matrix(planned)["Height"][2]


def unbound(report: Report, standard: str) -> Report:
    """Take from the records of a standard which way it binds."""
    (one,) = (one for one in report.given["standard"] if standard in str(one["fields"]["standard"]))
    del one["fields"]["bound"]
    return Report(report.facts, report.readings, report.given)


@pytest.mark.parametrize("standard", ["Height", "driveway", "street tree"])
def test_a_standard_of_which_nothing_says_which_way_it_binds_decides_nothing_and_is_named(
    changed: Changed, standard: str
) -> None:
    other = unbound(changed(), standard)
    (label,) = (name for name in matrix(other) if name.casefold() == standard.casefold())
    required, _, status = matrix(other)[label]

    assert INDETERMINATE == status
    assert "whether as the least or the most is not stated" in required
    assert any(label in question for question in other["dimensions"]["open_questions"])


@pytest.mark.parametrize(
    ("standard", "required"), [("Lot width, minimum", "at least 60 ft"), ("Floor area ratio, maximum", "at most 0.6")]
)
def test_what_a_standard_is_called_says_which_way_it_binds(changed: Changed, standard: str, required: str) -> None:
    assert (required, CONFORMING) == matrix(unbound(changed(), standard))[standard][::2]


def test_a_standard_that_is_called_a_build_to_line_is_one_without_more_words(changed: Changed) -> None:
    line = "Front yard, build-to line"
    other = changed(replaced={MX: {"Front yard, minimum": line}})
    assert ("exactly 5 ft", NONCONFORMING) == matrix(unbound(other, line))[line][::2]
