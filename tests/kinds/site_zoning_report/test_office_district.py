"""The standards of a real code: those that a reader lists, as records, against a survey of a parcel described here.

The code is public law and lies beside the checkout; it is no part of the project.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from zoning_report import Report

from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE
from quire.graphs.kinds.site_zoning_report.assessing.telling import required
from quire.nodes.sources.read import read

CODE = Path(__file__).parents[4] / "shared" / "data" / "chagrin-falls"
OFFICE: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "office_district.yaml").read_text())
LISTED: list[dict[str, str]] = OFFICE["listed"]
pytestmark = pytest.mark.skipif(
    not CODE.is_dir(), reason="the chapters of the real code are not beside this checkout (../shared/data)"
)


@pytest.fixture(scope="module")
def office() -> Report:
    names = sorted({record["source"] for listed in OFFICE["records"].values() for record in listed})
    tables = {"survey.csv": OFFICE["survey"], "uses.csv": OFFICE["uses"]}
    readings = [read(name, (CODE / name).read_bytes()) for name in names]
    readings += [read(name, text.encode()) for name, text in tables.items()]
    return Report({"address": "12 Solon Road"}, tuple(readings), OFFICE["records"])


@pytest.fixture(scope="module")
def held(office: Report) -> list[tuple[dict[str, str], Assessment | None]]:
    """Give each listed standard with what came of it; of two for one figure the one with the same bound."""
    made = Review(office.bare).assessments
    return [(one, next((found for found in made if _is(one, found)), None)) for one in LISTED]


def _is(listed: Mapping[str, str], found: Assessment) -> bool:
    site = found.entry.text("site") if found.entry.record["type"] == "standard" else "Parking spaces"
    return site == listed["site"] and required(found)[:7] == listed["required"][:7]


def test_every_record_stands_in_the_code(office: Report) -> None:
    assert [] == [refused for refused in office.bare.records["refused"] if refused["field"] or refused["address"]]


def test_nearly_all_that_a_reader_lists_are_in_the_matrix(
    held: list[tuple[dict[str, str], Assessment | None]],
) -> None:
    found = [listed for listed, made in held if made]

    assert 54 == len(held)
    assert len(found) / len(held) >= 0.85, [listed["what"] for listed, made in held if not made]


def test_each_requires_what_the_reader_says_and_none_is_decided_wrongly(
    held: list[tuple[dict[str, str], Assessment | None]],
) -> None:
    wrong = [
        (listed["what"], listed["required"], required(made), listed["status"], made.status)
        for listed, made in held
        if made and (listed["required"], listed["status"]) != (required(made), made.status)
    ]

    assert [] == wrong


def test_all_that_the_survey_settles_is_decided(held: list[tuple[dict[str, str], Assessment | None]]) -> None:
    settled = [(listed, made) for listed, made in held if listed["status"] != INDETERMINATE]

    assert 38 == len(settled)
    assert [] == [listed["what"] for listed, made in settled if made is None or made.status == INDETERMINATE]
