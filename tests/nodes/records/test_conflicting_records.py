"""Records of one thing that sources state differently conflict, unless one of the sources is newer."""

from typing import Any

import pytest

from quire.nodes.differences.differing import differences
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.conflicting import counting, record_differences, roles_of
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import verified
from quire.nodes.sources.read import read
from quire.nodes.survey.survey import by_source, survey

TYPES = {
    "lease": RecordType.model_validate(
        {"title": "Leases", "fields": {"suite": {"key": True}, "rent": {"type": "number", "unit": "EUR"}, "tenant": {}}}
    )
}


def _told(*sources: tuple[str, str]) -> dict[str, Any]:
    readings = [read(name, text.encode()) for name, text in sources]
    records = extract(TYPES, readings)["records"]
    found = record_differences(records, TYPES, by_source(survey(readings)))
    told = [(d["quantity"], *([t["text"] for t in d[key]] for key in ("holds", "differs", "outdated"))) for d in found]
    left = [record["fields"].get("rent", {"text": ""})["text"] for record in counting(records, TYPES, found)]
    return {"told": told, "left": left}


OLD = "Suite,Rent,Tenant\n1A,1200,Ames\n2B,900,Bell\n"
NEW = "Suite,Rent,Tenant\n1A,1300,Ames\n2B,900.00,Bell\n"


@pytest.mark.parametrize(
    ("names", "told", "left"),
    [
        (("rents-2024.csv", "rents-2026.csv"), [("1A: Rent", ["1300"], [], ["1200"])], ["", "900", "1300", "900.00"]),
        (("rents.csv", "roll.csv"), [("1A: Rent", [], ["1200", "1300"], [])], ["1200", "900", "1300", "900.00"]),
    ],
)
def test_the_newer_source_counts_and_else_nothing_does(
    names: tuple[str, str], told: list[Any], left: list[str]
) -> None:
    assert {"told": told, "left": left} == _told((names[0], OLD), (names[1], NEW))


def test_only_the_value_that_does_not_count_goes_of_a_line_that_states_more() -> None:
    readings = [read("rents-2024.txt", b"Suite 1A rents for EUR 1200 to Ames.\n"), read("rents-2026.csv", NEW.encode())]
    said = {"source": "rents-2024.txt", "address": "line 1", "quote": "Suite 1A rents for EUR 1200 to Ames"}
    given = candidates_in({"lease": [{**said, "fields": {"suite": "1A", "rent": "EUR 1200", "tenant": "Ames"}}]})
    records = [*verified(given, TYPES, readings).records, *extract(TYPES, readings)["records"]]

    found = record_differences(records, TYPES, by_source(survey(readings)))
    first = counting(records, TYPES, found)[0]

    assert {"suite": "1A", "tenant": "Ames"} == {name: value["text"] for name, value in first["fields"].items()}


def test_one_source_does_not_differ_from_itself() -> None:
    assert [] == _told(("rents.csv", "Suite,Rent\n1A,1200\n1A,1300\n"))["told"]


def test_a_new_contract_takes_no_value_from_the_one_before_it() -> None:
    """Both have an annual value under the same title; only what is stated of one contract again has been replaced."""
    kind = RecordType.model_validate(
        {"title": "Contracts", "one_per": "source", "fields": {"party": {"key": True}, "value": {"type": "number"}}}
    )
    sources = (
        ("fuel-2022-superseded.md", "# Fuel supply\n\nDate: 2022-07-01\n\nParty: Pole Star\nValue: EUR 44000\n"),
        ("fuel-2025.md", "# Fuel supply\n\nDate: 2025-07-01\n\nParty: Cobalt\nValue: EUR 52000\n"),
        ("fuel-2026.md", "# Fuel supply\n\nDate: 2026-07-01\n\nParty: Cobalt\nValue: EUR 53000\n"),
    )
    readings = [read(name, text.encode()) for name, text in sources]
    records = extract({"contract": kind}, readings)["records"]
    found = [*differences(readings), *record_differences(records, {"contract": kind}, by_source(survey(readings)))]

    left = [
        record["fields"].get("value", {"text": ""})["text"] for record in counting(records, {"contract": kind}, found)
    ]

    assert [["EUR 53000"]] == [[told["text"] for told in one["holds"]] for one in found][:1]
    assert ["EUR 44000", "", "EUR 53000"] == left


def test_places_are_known_by_the_types_of_records_that_stand_there_of_a_cell_its_row_too() -> None:
    readings = [read("rents.csv", NEW.encode())]
    roles = roles_of(extract(TYPES, readings)["records"])

    assert {"lease"} == roles["rents.csv", "row 2"] == roles["rents.csv", "row 2, Rent"]
    assert ("rents.csv", "row 9") not in roles
