"""Where words of a source stand."""

import pytest

from quire.nodes.sources.passage import is_cell_of


@pytest.mark.parametrize(
    ("cell", "row", "known"),
    [
        ("row 4, height", "row 4", True),
        ("row 41, height", "row 4", False),
        ("Budget!C4", "Budget!A4:F4", True),
        ("Budget!Z4", "Budget!A4:AB4", True),
        ("Budget!G4", "Budget!A4:F4", False),
        ("Budget!C5", "Budget!A4:F4", False),
        ("Staff!C4", "Budget!A4:F4", False),
        ("line 4", "line 4", False),
    ],
)
def test_a_cell_is_told_from_other_places(cell: str, row: str, known: object) -> None:
    assert known is is_cell_of(cell, row)
