import pytest

from quire.graphs.kinds.site_zoning_report.computations.cells import Cell, read_cell
from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.units import shown


def read(label: str, text: str, column: str = "") -> tuple[list[tuple[str, str, str]], bool]:
    measure = measure_named(spaced(label))
    assert measure is not None
    found = read_cell(Cell(text, measure, spaced(label), column))
    return [(f.measure.key, f.bound, shown(f.quantity) if f.quantity else "none") for f in found.figures], found.certain


@pytest.mark.parametrize(
    ("label", "text", "figures"),
    [
        ("max_height_ft", "45", [("height", "maximum", "45 ft")]),
        (
            "Maximum_Building_Height",
            "30 ft, 2 stories",
            [("height", "maximum", "30 ft"), ("stories", "maximum", "2 stories")],
        ),
        ("lot_area_per_unit", "2500 sq ft/dwelling unit", [("lot_area_per_unit", "minimum", "2,500 sq ft/unit")]),
        ("minimum_lot_area", "None", [("lot_area", "minimum", "none")]),
        ("maximum_building_height", "No limit (subject to bonus provisions)", [("height", "maximum", "none")]),
        (
            "Density, maximum",
            "1 dwelling unit per 3,000 sq ft of lot area",
            [("density", "maximum", "3,000 sq ft/unit")],
        ),
        ("max coverage", "0.4", [("lot_coverage", "maximum", "0.4")]),
        ("max coverage", "40", [("lot_coverage", "maximum", "40%")]),
        ("min_lot_area_acres", "0.5", [("lot_area", "minimum", "0.5 acres")]),
        (
            "side_setback",
            "20% of lot width (combined); each side min 2 ft or 8% of lot width, whichever is greater",
            [("side_setback_total", "minimum", "20% of lot width"), ("side_setback", "minimum", "2 ft")],
        ),
        ("Front setback", "--", []),
        ("Front setback", "", []),
    ],
)
def test_a_cell_is_read(label: str, text: str, figures: list[tuple[str, str, str]]) -> None:
    assert (figures, True) == read(label, text)


@pytest.mark.parametrize("text", ["TBD", "Varies by planned development ordinance", "15-25 ft", "40+x", "per plan"])
def test_a_cell_that_cannot_be_read_is_not_certain(text: str) -> None:
    assert ([], False) == read("Front setback", text)


def test_variants_of_a_column_are_told_apart() -> None:
    measure = measure_named("Lot size")
    assert measure is not None
    found = read_cell(Cell("6,000/8,000", measure, "Lot size, minimum (sq. ft.)", "R2F 1F/2F"))

    assert [("1F", "6,000 sq ft"), ("2F", "8,000 sq ft")] == [
        (f.qualifier, shown(f.quantity)) for f in found.figures if f.quantity
    ]


def test_a_bare_figure_says_which_unit_was_taken() -> None:
    measure = measure_named(spaced("front_setback"))
    assert measure is not None

    assert (
        "The unit is not stated; feet are taken." == read_cell(Cell("25", measure, "front setback")).figures[0].assumed
    )
