"""References name records of another type; a row may say its unit in a column of its own."""

from typing import Any

import pytest

from quire.nodes.language.catalogue import words_in
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.records_file import written_file
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import Verified, verified
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate

TYPES = {
    "survey": RecordType.model_validate(
        {
            "title": "Survey",
            "fields": {
                "item": {"key": True},
                "value": {"type": "number", "unit_titles": ["Unit"]},
                "state": {"type": "choice", "choices": ["new", "old"]},
            },
        }
    ),
    "standard": RecordType.model_validate(
        {
            "title": "Standards",
            "one_per": "mention",
            "fields": {
                "standard": {"key": True},
                "site": {"type": "reference", "to": "survey", "key": True, "choices": ["signs"]},
                "value": {"type": "number"},
            },
        }
    ),
}
READINGS = [
    read("survey.csv", b"item,value,unit\nLot area,900,sq ft\nHeight,38.5,ft\nTrees,2,\n"),
    read(
        "code.md",
        b"# Code\n\nThe height shall not exceed 40 feet.\n\n| Sign | Area |\n|---|---|\n| Wall | 12 sq ft |\n",
    ),
]


def _said(**fields: Any) -> Verified:
    standard = {
        "source": "code.md",
        "address": "line 3",
        "fields": {"standard": "height", "value": "40 feet", **fields},
    }
    return verified(candidates_in({"standard": [standard]}), TYPES, READINGS)


def test_a_row_says_its_unit_in_a_column_of_its_own() -> None:
    values = [record["fields"]["value"] for record in extract({"survey": TYPES["survey"]}, READINGS)["records"]]

    assert [("900", "square foot"), ("38.5", "foot"), ("2", "")] == [(v["value"], v["unit"]) for v in values]


def test_a_title_says_the_unit_of_bare_numbers() -> None:
    wide = read("wide.csv", b"item,Width measured in feet\nDrive,20\n")
    kind = RecordType.model_validate(
        {
            "title": "Widths",
            "fields": {"item": {"key": True}, "width": {"type": "number", "titles": ["Width measured in feet"]}},
        }
    )

    (record,) = extract({"width": kind}, [wide])["records"]
    assert ("20", "foot") == (record["fields"]["width"]["value"], record["fields"]["width"]["unit"])


def test_a_unit_that_the_row_does_not_say_is_refused() -> None:
    given = {"source": "survey.csv", "address": "row 3", "fields": {"item": "Height", "value": "38.5 m"}}

    (refusal,) = verified(candidates_in({"survey": [given]}), TYPES, READINGS).refusals
    assert ("value", "not-there") == (refusal.field, refusal.reason)


def test_a_reference_leads_to_the_record_that_it_names() -> None:
    (record,) = _said(site="lot  Area").records

    site = record["fields"]["site"]
    assert ("Lot area", "survey.csv") == (site["text"], site["evidence"]["source"])
    assert locate(site["evidence"]["quote"], READINGS[0], site["evidence"]["address"])


def test_a_reference_may_name_what_is_no_record_if_its_type_says_so() -> None:
    (record,) = _said(site="signs").records

    assert ("signs", "code.md") == (record["fields"]["site"]["text"], record["fields"]["site"]["evidence"]["source"])


@pytest.mark.parametrize("site", ["Lot", "Lot width", "38.5"])
def test_a_reference_that_names_nothing_is_refused(site: str) -> None:
    found = _said(site=site)

    assert ([], ["no-record"]) == (found.records, [refusal.reason for refusal in found.refusals])


def test_of_a_type_that_is_given_only_what_is_given_can_be_named() -> None:
    given = {
        "survey": [{"source": "survey.csv", "address": "row 2", "fields": {"item": "Lot area"}}],
        "standard": [
            {"source": "code.md", "address": "line 3", "fields": {"standard": "height", "site": name}}
            for name in ("Lot area", "Trees")
        ],
    }

    found = verified(candidates_in(given), TYPES, READINGS)
    assert [(1, "no-record")] == [(refusal.number, refusal.reason) for refusal in found.refusals]


def test_references_are_written_and_read_again_as_they_were() -> None:
    records = _said(site="Height").records

    file = written_file(records, [], TYPES, words_in("en"))
    assert "site: Height\n" in file


def test_what_a_column_s_title_states_stands_in_its_row() -> None:
    fields = {"standard": {"value": "Area", "header": "Area"}, "value": {"value": "12 sq ft", "header": "Area"}}
    given = {"source": "code.md", "address": "line 7", "fields": fields}

    (record,) = verified(candidates_in({"standard": [given]}), TYPES, READINGS).records
    at = record["fields"]["standard"]["evidence"]
    assert locate(at["quote"], READINGS[1], at["address"])


def test_a_row_of_another_table_is_no_refused_record() -> None:
    other = read("cases.csv", b"case,state\nA-1,open\n")
    keyed = TYPES["survey"].model_copy(deep=True)
    keyed.fields["state"].__dict__["key"] = True

    assert [] == extract({"survey": keyed}, [other])["refused"]
