"""The zoning blueprint works for other places: codes that look like none of those it was made with."""

from typing import Any

import pytest

from quire.graphs.document.document_graph import build

SURVEY = {
    "name": "survey.csv",
    "text": "item,value,unit\nLot area,9000,sq ft\nLot width,70,ft\nBuilding height,41,ft\nFront setback,26,ft\n"
    "Side setback,9,ft\nRear setback,30,ft\nSurvey date,2026-05-01,\n",
}
FACTS = {"address": "5 Quay Street", "district": "R-2", "existing_use": "Dwelling", "research_date": "1 June 2026"}

TABLE_OF_DISTRICTS = {
    "name": "districts.csv",
    "text": "District,Min Lot Area (sq ft),Min Lot Width (ft),Max Height (ft),Front Setback (ft),Side Setback (ft),"
    "Rear Setback (ft)\nR-1,12000,80,35,30,10,40\nR-2,7500,60,35,25,8,25\nB-1,5000,40,45,0,0,20\n",
}
PAGE_PER_DISTRICT = [
    {
        "name": f"districts/{code.lower()}.md",
        "text": f"---\ntitle: {code} Residential District\ndistrict: {code}\nmin_lot_area: {area} sq ft\n"
        f"min_lot_width: {width} ft\nmax_height: {height} ft\nfront_setback: {front} ft\nside_setback: {side} ft\n"
        f"rear_setback: {rear} ft\n---\n\n# {code} Residential District\n\nDwellings are permitted by right.\n",
    }
    for code, area, width, height, front, side, rear in (
        ("R-1", "12,000", 80, 35, 30, 10, 40),
        ("R-2", "7,500", 60, 35, 25, 8, 25),
    )
]
WITHOUT_NUMBERS = {
    "name": "zoning-bylaw.md",
    "text": "# Zoning By-law\n\n## R-1 Single Residence District\n\n### Height\n\nNo building shall exceed 30 feet in "
    "height.\n\n## R-2 General Residence District\n\n### Uses\n\nDwellings are permitted by right.\n\n### Height\n\n"
    "No building shall exceed 35 feet in height.\n\n### Lot size\n\nThe minimum lot area is 7,500 square feet. The "
    "minimum lot width is 60 feet.\n\n### Yards\n\nThe minimum front yard is 25 feet. The minimum side yard is 8 feet."
    " The minimum rear yard is 25 feet.\n",
}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param([TABLE_OF_DISTRICTS], id="a table of districts"),
        pytest.param(PAGE_PER_DISTRICT, id="a page per district"),
        pytest.param([WITHOUT_NUMBERS], id="a code without section numbers"),
    ],
)
async def test_standards_are_found_and_compared(code: list[dict[str, str]]) -> None:
    brief = {"blueprint": "site-zoning-report", "title": "5 Quay Street", "facts": FACTS, "sources": [*code, SURVEY]}

    out = await build().ainvoke(brief)

    told = _compared(out["document"])
    assert "done" == out["status"], [s for s in out["sections"] if s["status"] != "approved"]
    assert told == {
        "lot_area": ("7,500 sq ft", "Conforming"),
        "lot_width": ("60 ft", "Conforming"),
        "height": ("35 ft", "Nonconforming"),
        "front_setback": ("25 ft", "Conforming"),
        "side_setback": ("8 ft", "Conforming"),
        "rear_setback": ("25 ft", "Conforming"),
    }


def _compared(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Give required value and status by standard, as the dimensions section states them."""
    (values,) = (s["content"]["values"] for s in document["sections"] if s["id"] == "dimensions")
    keys = ("lot_area", "lot_width", "height", "front_setback", "side_setback", "rear_setback")
    return {
        key: (values[f"standard.{key}.required"]["text"].split(" ", 1)[-1], values[f"standard.{key}.status"]["text"])
        for key in keys
    }
