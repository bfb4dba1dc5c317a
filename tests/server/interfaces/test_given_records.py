"""A brief gives records that a person has corrected; they are held against the sources again before they are used."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from cli import Quire
from toys import SITE, STANDARD

from quire.graphs.document.document_graph import build
from quire.graphs.intake import brief
from quire.nodes.faults import BadInput

BLUEPRINT = {
    "name": "yards",
    "title": "Yards",
    "records": {"standard": {**STANDARD, "sources": ["*.md"]}, "site": SITE},
    "sections": [
        {
            "id": "standards",
            "title": "Standards",
            "kind": "table",
            "show": [
                {"kind": "table", "of": "standard", "order": ["value"]},
                {"kind": "table", "of": "site", "totals": ["measured"]},
            ],
        }
    ],
}
CODE = "# Yards\n\nThe front yard shall be 50 feet.\n\nA side yard shall be 15 feet.\n"
SURVEY = "Item,Measured\nFront yard,48 feet\nSide yard,16 feet\n"
RECORDS = """# Looked through
standard:
  - source: code.md
    address: line 5
    quote: A side yard shall be 15 feet
    fields:
      standard: side yard
      value: 15 feet
  - source: code.md
    address: line 3
    fields: {standard: front yard, value: 50 feet}
"""


def _brief(folder: Path, records: str) -> Path:
    (folder / "code.md").write_text(CODE)
    (folder / "survey.csv").write_text(SURVEY)
    (folder / "records.yaml").write_text(records)
    written = {"blueprint": BLUEPRINT, "title": "Yards", "sources": ["*.md", "*.csv"], "records": "records.yaml"}
    path = folder / "brief.yaml"
    path.write_text(yaml.safe_dump(written))
    return path


def _rows(out: dict[str, Any]) -> list[list[list[str]]]:
    (section,) = out["document"]["sections"]
    tables = [block["rows"] for block in section["content"]["blocks"] if block.get("rows")]
    return [[[cell["text"] for cell in row] for row in rows] for rows in tables]


async def test_given_records_stand_in_place_of_those_that_would_be_read(tmp_path: Path) -> None:
    asked = brief.load(_brief(tmp_path, RECORDS))
    out = await build().ainvoke(asked)

    assert [
        [["side yard", "15 feet"], ["front yard", "50 feet"]],
        [["Front yard", "48 feet"], ["Side yard", "16 feet"], ["Total", "64 feet"]],
    ] == _rows(out)
    (section,) = out["document"]["sections"]
    cell = section["content"]["blocks"][0]["rows"][0][1]
    assert "A side yard shall be 15 feet" == cell["evidence"][0]["quote"]


WRONG = [
    (("50 feet", "60 feet"), 11, "standard[1].fields.value", "“60 feet” does not stand at its place"),
    (("address: line 3", "address: line 30"), 9, "standard[1]", "there is no such place (code.md, line 30)"),
    (("standard:\n  -", "standards:\n  -"), 2, "standards", "there is no record type"),
    (("value: 15", "width: 15"), 8, "standard[0].fields.width", "has no field"),
    (("source: code.md\n    address: line 3", "address: line 3"), 9, "standard[1].source", "is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line", "field", "problem"), WRONG)
def test_what_does_not_hold_is_bad_input_with_its_file_its_line_and_its_field(
    quire: Quire, change: tuple[str, str], line: int, field: str, problem: str, tmp_path: Path
) -> None:
    _brief(tmp_path, RECORDS.replace(*change))

    said = quire("check", "brief.yaml")

    assert 2 == said.returncode
    assert f"records.yaml:{line}, {field}" in said.stderr
    assert problem in said.stderr


def test_records_that_come_with_a_brief_are_held_against_its_sources_too() -> None:
    sources = [{"name": "code.md", "text": CODE}, {"name": "survey.csv", "text": SURVEY}]
    given = {
        "standard": [
            {"source": "code.md", "address": "line 3", "fields": {"standard": "front yard", "value": "5 feet"}}
        ]
    }
    asked = brief.decode({"blueprint": BLUEPRINT, "title": "Yards", "sources": sources, "records": given})

    with pytest.raises(BadInput, match=r"standard\[0\]\.fields\.value"):
        brief.check(asked)


def test_a_path_to_records_is_not_read_over_a_network() -> None:
    with pytest.raises(BadInput, match="is a path"):
        brief.decode(
            {"blueprint": BLUEPRINT, "title": "Yards", "sources": [], "records": "records.yaml"}, over_network=True
        )


async def test_what_does_not_hold_in_a_run_is_left_out_and_named() -> None:
    """Whoever starts the graph themselves has nobody who held the records against the sources before."""
    sources = [{"name": "code.md", "text": CODE}, {"name": "survey.csv", "text": SURVEY}]
    given = {
        "standard": [
            {"source": "code.md", "address": "line 3", "fields": {"standard": "front yard", "value": "5 feet"}}
        ]
    }

    out = await build().ainvoke({"blueprint": BLUEPRINT, "title": "Yards", "sources": sources, "records": given})

    assert "“5 feet” does not stand at its place" in out["markdown"]
