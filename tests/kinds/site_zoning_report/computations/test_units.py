from decimal import Decimal

import pytest

from quire.graphs.kinds.site_zoning_report.computations.units import (
    Quantity,
    convert,
    measured,
    quantities,
    shown,
    unit_in,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("minimum lot area of 7,500 square feet and lot width of 60 feet", ["7,500 sq ft", "60 ft"]),
        ("thirty percent (30%) of the lot", ["30%"]),
        ("7,500 square feet (0.17 acres)", ["7,500 sq ft"]),
        ("thirty percent (35%) of the lot", []),
        ("three (3) acres", ["3 acres"]),
        ("Ten (10) units per acre", ["10 units/acre"]),
        ("2,500 sq. ft. per dwelling unit", ["2,500 sq ft/unit"]),
        ("1 dwelling unit per 3,000 sq ft of lot area", ["3,000 sq ft/unit"]),
        ("20 percent of the lot depth", ["20% of lot depth"]),
        ("35'-6\" in height", ["35.5 ft"]),
        ("35 feet 6 inches", ["35.5 ft"]),
        ("30 ft, 2 stories", ["30 ft", "2 stories"]),
        ("a 30-foot yard", ["30 ft"]),
        ("2.0 FAR", ["2"]),
        ("an apostrophe in Smith's 12 lots", []),
    ],
)
def test_quantities_are_found_with_their_units(text: str, found: list[str]) -> None:
    assert found == [shown(f.quantity) for f in quantities(text)]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Lot size, minimum (sq. ft.)", "sq ft"),
        ("Side yard setback, minimum (ft.) w/attached garage: each side", "ft"),
        ("Minimum Setback (feet)", "ft"),
        ("max_height_ft", "ft"),
        ("min_lot_size_sf", "sq ft"),
        ("max_density_dua", "units/acre"),
        ("Coverage (%)", "%"),
        ("Front yard setback in residential districts", ""),
        ("Lot area per unit", ""),
    ],
)
def test_a_title_announces_its_unit(title: str, unit: str) -> None:
    assert unit == unit_in(title)


@pytest.mark.parametrize(
    ("cell", "unit", "written"),
    [("10**", "ft", "10 ft"), ("7,500", "sq ft", "7,500 sq ft"), ("0.33 acre", "", "0.33 acres"), ("18%", "%", "18%")],
)
def test_a_cell_of_one_quantity_is_measured(cell: str, unit: str, written: str) -> None:
    found = measured(cell, unit)

    assert found is not None
    assert written == shown(found)


@pytest.mark.parametrize("cell", ["--", "*", "40+x", "6,000/8,000", "30 ft, 2 stories", "see plan"])
def test_a_cell_of_anything_else_is_not(cell: str) -> None:
    assert measured(cell, "ft") is None


def test_a_conversion_shows_its_work() -> None:
    converted, how = convert(Quantity(Decimal("0.5"), "acres"), "sq ft") or (None, "")

    assert Quantity(Decimal(21780), "sq ft") == converted
    assert "0.5 acres = 21,780 sq ft" == how


def test_units_of_different_kinds_are_not_converted() -> None:
    assert convert(Quantity(Decimal(1), "acres"), "ft") is None
