import pytest

from quire.graphs.kinds.site_zoning_report.computations.prose import Stated, read_prose
from quire.graphs.kinds.site_zoning_report.computations.units import shown

HEIGHT = ("Chapter 9: A District", "9.03 Height regulations")
AREA = ("Chapter 9: A District", "9.04 Area regulations")
MIXED = ("Chapter 9: A District", "9.03 Area, yard and height regulations: main buildings")
USES = ("Chapter 9: A District", "9.05 Detailed regulations by type of establishment")


def told(stated: list[Stated]) -> list[tuple[str, str, str]]:
    return [(one.measure.key, one.bound, shown(one.quantity)) for one in stated]


@pytest.mark.parametrize(
    ("text", "titles", "found"),
    [
        ("Main buildings. Forty feet maximum", HEIGHT, [("height", "maximum", "40 ft")]),
        ("Main Buildings: 40 feet maximum.", HEIGHT, [("height", "maximum", "40 ft")]),
        ("Main buildings shall be 35 feet or less in height.", HEIGHT, [("height", "maximum", "35 ft")]),
        (
            "Height. The height of a dwelling shall not exceed thirty- five feet above finished grade.",
            MIXED,
            [("height", "maximum", "35 ft")],
        ),
        (
            "Forty feet maximum, and not more than three stories.",
            HEIGHT,
            [("height", "maximum", "40 ft"), ("stories", "maximum", "3 stories")],
        ),
        (
            "No building shall exceed thirty-two feet or two and one-half stories.",
            HEIGHT,
            [("height", "maximum", "32 ft"), ("stories", "maximum", "2.5 stories")],
        ),
        (
            "A minimum lot area of 7,500 square feet and minimum lot width of 60 feet shall be provided.",
            (),
            [("lot_area", "minimum", "7,500 sq ft"), ("lot_width", "minimum", "60 ft")],
        ),
        (
            (
                "Buildings shall be set back at least 30 feet from the front lot line, 10 feet from each side lot line"
                " and 25 feet from the rear lot line."
            ),
            (),
            [
                ("front_setback", "minimum", "30 ft"),
                ("side_setback", "minimum", "10 ft"),
                ("rear_setback", "minimum", "25 ft"),
            ],
        ),
        (
            "There shall be two side yards, neither less than 8 feet, with a total of 20 feet.",
            (),
            [("side_setback", "minimum", "8 ft"), ("side_setback_total", "minimum", "20 ft")],
        ),
        (
            "Front setback: minimum 20 ft.; maximum 30 ft",
            (),
            [("front_setback", "minimum", "20 ft"), ("front_setback", "maximum", "30 ft")],
        ),
        ("The maximum floor area ratio shall be 0.5.", (), [("far", "maximum", "0.5")]),
        ("FAR shall not exceed 2.0", (), [("far", "maximum", "2")]),
        ("Lot coverage: 40%", (), [("lot_coverage", "maximum", "40%")]),
        ("Buildings shall not cover more than 40 percent of the lot.", (), [("lot_coverage", "maximum", "40%")]),
        ("No lot shall have an area of less than 10,000 square feet.", (), [("lot_area", "minimum", "10,000 sq ft")]),
        ("Minimum lot size: 1/2 acre.", (), [("lot_area", "minimum", "0.5 acres")]),
        ("Lots shall have at least 100 feet of frontage on a public street.", (), [("frontage", "minimum", "100 ft")]),
        ("Maximum Density. Ten (10) units per acre.", AREA, [("density", "maximum", "10 units/acre")]),
        ("Common Open Space. Ten percent (10%) of lot area, minimum.", AREA, [("open_space", "minimum", "10%")]),
        (
            "2,500 sq. ft. of lot area per dwelling unit is required.",
            (),
            [("lot_area_per_unit", "minimum", "2,500 sq ft/unit")],
        ),
    ],
)
def test_a_requirement_is_read_from_a_sentence(
    text: str, titles: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    assert found == told(read_prose(text, titles).stated)


def test_what_follows_for_limits_a_figure() -> None:
    read = read_prose("Thirty-five feet maximum for garages and fifteen feet maximum for other structures.", HEIGHT)

    assert ["for garages", "for other structures"] == [one.qualifier for one in read.stated]


def test_a_requirement_on_an_accessory_structure_is_not_one_on_the_building() -> None:
    read = read_prose("Accessory structures. Fifteen feet maximum.", HEIGHT)

    assert ["accessory structures"] == [one.subject for one in read.stated]


def test_a_requirement_on_a_use_is_not_one_on_the_building() -> None:
    read = read_prose(
        "Hotels. Dwelling units in a hotel shall be limited to a maximum density of thirty units per acre.", USES
    )

    assert [("Hotels", "30 units/acre")] == [(one.subject, shown(one.quantity)) for one in read.stated]


@pytest.mark.parametrize(
    "text",
    [
        "Rooftop equipment may extend a maximum of ten feet above the highest point.",
        "The Commission may reduce the required front yard by 10 feet.",
        "An open fire escape shall project not more than six feet into a required rear yard.",
    ],
)
def test_what_permits_a_departure_is_no_requirement(text: str) -> None:
    read = read_prose(text, HEIGHT)

    assert ([], [text]) == (read.stated, read.relief)


@pytest.mark.parametrize(
    "text",
    [
        "The maximum height shall be established by the Planning Commission during site plan review.",
        "The front yard shall be 15-25 ft deep.",
        "The side yard shall be five feet plus the setback for the main building.",
    ],
)
def test_what_cannot_be_read_for_certain_is_a_doubt(text: str) -> None:
    read = read_prose(text, ())

    assert ([], [text]) == (read.stated, read.doubts)


def test_a_description_is_no_requirement() -> None:
    assert [] == read_prose("Lots here typically have a lot area of 8,500 square feet.", ()).stated


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        (
            "There shall be a rear yard of at least 25 feet or 20 percent of the lot depth, whichever is greater.",
            "stricter",
        ),
        ("There shall be a rear yard of at least 25 feet or 20 percent of the lot depth, whichever is less.", "looser"),
        ("The height shall not exceed 35 feet or 12 feet above grade of the height, whichever is less.", "stricter"),
    ],
)
def test_whichever_says_which_of_two_figures_counts(text: str, alternative: str) -> None:
    assert [alternative] == [one.alternative for one in read_prose(text, ()).stated]


def test_an_exception_is_kept_with_its_figure() -> None:
    first, second = read_prose(
        "The front yard shall be no less than 20 feet, except that on corner lots it shall be 15 feet.", ()
    ).stated

    assert "except that on corner lots it shall be 15 feet." == first.note
    assert "on corner lots" == second.qualifier
