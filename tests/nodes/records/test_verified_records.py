"""Records that somebody says stand in the sources are held against them, value by value, and written for a person."""

from typing import Any

import pytest

from quire.nodes.decode import strict_yaml
from quire.nodes.language.catalogue import words_in
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.records_file import written_file
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import Verified, verified
from quire.nodes.sources.read import read

TYPES = {
    "action": RecordType.model_validate(
        {
            "title": "Actions",
            "sources": ["*.csv"],
            "fields": {
                "action": {"key": True},
                "status": {"type": "choice", "choices": ["open", "done"]},
                "cost": {"type": "number", "unit": "EUR"},
                "due": {"type": "date", "titles": ["Due date"]},
            },
        }
    ),
    "incident": RecordType.model_validate(
        {
            "title": "Incidents",
            "sources": ["note.md"],
            "one_per": "source",
            "fields": {
                "incident": {"take": "source", "key": True},
                "began": {"type": "date"},
                "severity": {"type": "choice", "choices": ["SEV1", "SEV2"]},
            },
        }
    ),
    "visit": RecordType.model_validate(
        {
            "title": "Visits",
            "sources": ["visits.md"],
            "one_per": "heading",
            "fields": {"visit": {"take": "heading", "key": True}, "length": {"type": "number"}, "noise": {}},
        }
    ),
    "standard": RecordType.model_validate(
        {
            "title": "Standards",
            "sources": ["code.md"],
            "one_per": "mention",
            "fields": {
                "standard": {"key": True},
                "bound": {
                    "type": "choice",
                    "choices": {"minimum": ["not less than", "at least"], "maximum": ["not exceed"]},
                },
                "value": {"type": "number"},
                "condition": {},
            },
        }
    ),
}
READINGS = [
    read(
        "a.csv", b"Action,Status,Cost (EUR),Due date,Spent\nA-1,done,1200,2026-02-01,300\nA-2,open,900,2026-03-15,0\n"
    ),
    read(
        "note.md", b"---\ntitle: INC-7\nseverity: SEV1\n---\n# INC-7\n\nBegan: 2026-03-01 11:25\n\nEnded: 2026-03-02\n"
    ),
    read("visits.md", b"# Visits\n\n## First\n\nLength: 30 minutes\n\nNoise: low\n\n## Second\n\nLength: 45 minutes\n"),
    read(
        "code.md",
        b"# Chapter 3\n\n## Yards\n\n"
        b"The front yard shall be not less than 50 feet where parking is in front, and 25 feet where parking is behind."
        b"\n\nThe height of a building shall not exceed 35 feet.\n\n"
        b"A sign shall be at least 3 feet and a hedge at least 4 feet from the lot line.\n",
    ),
]
FRONT, HEIGHT, SIGN = "line 5", "line 7", "line 9"
MENTIONS: list[dict[str, Any]] = [
    {
        "source": "code.md",
        "address": FRONT,
        "quote": "The front yard shall be not less than 50 feet where parking is in front",
        "fields": {
            "standard": "front yard",
            "bound": "minimum",
            "value": "50 feet",
            "condition": "where parking is in front",
        },
    },
    {
        "source": "code.md",
        "address": FRONT,
        "fields": {"standard": "front yard", "value": "25 feet", "condition": "where parking is behind"},
    },
    {
        "source": "code.md",
        "address": HEIGHT,
        "quote": "The height of a building shall not exceed 35 feet",
        "fields": {"standard": "height", "bound": "maximum", "value": "35 feet"},
    },
    {
        "source": "code.md",
        "address": SIGN,
        "quote": "A sign shall be at least 3 feet",
        "fields": {"standard": "sign", "value": "3 feet"},
    },
    {
        "source": "code.md",
        "address": SIGN,
        "quote": "a hedge at least 4 feet",
        "fields": {"standard": "hedge", "value": "4 feet"},
    },
]


def _verified(**given: list[dict[str, Any]]) -> Verified:
    return verified(candidates_in(given), TYPES, READINGS)


def test_what_holds_becomes_a_record_with_its_value_its_unit_and_its_place() -> None:
    found = _verified(standard=MENTIONS)
    assert found.refusals == []
    told = [{name: field["value"] for name, field in record["fields"].items()} for record in found.records]
    assert told[1] == {"standard": "front yard", "value": "25", "condition": "where parking is behind"}
    value = found.records[0]["fields"]["value"]
    assert (value["value"], value["unit"], value["evidence"]["address"]) == ("50", "foot", FRONT)
    assert value["evidence"]["quote"] == MENTIONS[0]["quote"]
    assert value["evidence"]["heading"] == "Chapter 3 > Yards"


def test_words_of_a_heading_above_a_record_are_found_there_and_those_of_another_are_not() -> None:
    said = {"source": "code.md", "address": FRONT, "fields": {"standard": {"value": "Yards"}, "value": "25 feet"}}
    (record,) = _verified(standard=[said]).records
    assert ("Yards", "line 3") == tuple(record["fields"]["standard"]["evidence"][part] for part in ("quote", "address"))

    visits = {"source": "visits.md", "address": "line 9", "fields": {"visit": "Second", "noise": {"value": "First"}}}
    assert ["not-there"] == [refusal.reason for refusal in _verified(visit=[visits]).refusals]


def test_a_file_of_records_read_again_gives_the_same_records() -> None:
    read_by_code = extract(TYPES, READINGS)["records"]
    assert {record["type"] for record in read_by_code} == {"action", "incident", "visit"}
    records = [*read_by_code, *_verified(standard=MENTIONS).records]
    file = written_file(records, [], TYPES, words_in("en"))
    again = verified(candidates_in(strict_yaml.parse(file).value), TYPES, READINGS)
    assert again.refusals == []
    assert again.records == records


def test_a_field_that_a_heading_states_is_read_again_beside_the_words_of_its_record() -> None:
    named = {"value": "Yards", "quote": "Yards", "address": "line 3"}
    fields = {"standard": named, "bound": "maximum", "value": "35 feet"}
    first = _verified(standard=[{**MENTIONS[2], "quote": "shall not exceed 35 feet", "fields": fields}])
    assert first.refusals == []

    again = verified(
        candidates_in(strict_yaml.parse(written_file(first.records, [], TYPES, words_in("en"))).value), TYPES, READINGS
    )

    assert ([], first.records) == (again.refusals, again.records)


PLACES = {
    "action": {"source": "a.csv", "address": "row 2"},
    "incident": {"source": "note.md", "address": "front matter, title"},
    "visit": {"source": "visits.md", "address": "line 3"},
    "standard": {"source": "code.md", "address": FRONT},
}
NAMES = {"action": {"action": "A-1"}, "incident": {}, "visit": {}, "standard": {"standard": "front yard"}}
REFUSED: list[tuple[str, str, Any, str]] = [
    ("action", "cost", "900", "not-there"),
    ("action", "cost", {"value": "900", "address": "row 3, Cost (EUR)"}, "elsewhere"),
    ("action", "cost", {"value": "300", "header": "Spent"}, "other-column"),
    ("action", "cost", {"value": "300", "address": "row 2, Spent"}, "other-column"),
    ("action", "cost", {"value": "300", "header": "Cost (EUR)"}, "not-there"),
    ("action", "cost", {"value": "1200 USD", "quote": "1200"}, "other-unit"),
    ("action", "cost", {"value": "120", "quote": "1200"}, "not-in-words"),
    ("action", "cost", {"value": "120", "quote": "120"}, "not-in-words"),
    ("action", "due", {"value": "2026-02-02", "quote": "2026-02-01"}, "not-in-words"),
    ("action", "prize", "3", "no-field"),
    ("incident", "incident", "INC-8", "other-heading"),
    ("incident", "began", {"value": "2026-03-02", "quote": "2026-03-01 11:25", "address": "line 7"}, "not-in-words"),
    ("visit", "length", {"value": "45 minutes", "address": "line 11"}, "elsewhere"),
    ("visit", "noise", {"value": "30 minutes", "address": "line 5"}, "other-column"),
    ("standard", "value", "50 m", "not-there"),
    ("standard", "value", {"value": "50 m", "quote": "50 feet"}, "not-in-words"),
    ("standard", "value", {"value": "50", "quote": "50"}, "not-in-words"),
    ("standard", "value", {"value": "35 feet", "address": HEIGHT}, "elsewhere"),
    ("standard", "value", "25 feet", "other-value"),
    ("standard", "bound", {"value": "maximum", "quote": "not less than 50 feet"}, "not-in-words"),
    ("standard", "bound", "best", "not-there"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "said", "reason"), REFUSED)
def test_a_field_that_does_not_hold_is_refused_by_its_reason(kind: str, field: str, said: Any, reason: str) -> None:
    refusals = _verified(**{kind: [{**PLACES[kind], "fields": {**NAMES[kind], field: said}}]}).refusals
    assert [(r.field, r.reason) for r in refusals] == [(field, reason)]


@pytest.mark.parametrize(
    ("otherwise", "field", "reason"),
    [
        ({"fields": {"status": "done"}}, "action", "no-key"),
        ({"address": "row 9"}, "", "no-place"),
        ({"source": "b.csv"}, "", "no-source"),
        ({"quote": "A-1; open"}, "", "not-there"),
    ],
)
def test_a_record_that_does_not_hold_is_refused_by_its_reason(
    otherwise: dict[str, Any], field: str, reason: str
) -> None:
    found = _verified(action=[{**PLACES["action"], "fields": {"action": "A-1"}, **otherwise}])
    assert ([(r.field, r.reason) for r in found.refusals], found.records) == ([(field, reason)], [])


def test_a_condition_of_another_value_of_the_sentence_is_refused() -> None:
    said = {"standard": "front yard", "value": "50 feet", "condition": "where parking is behind"}
    refusals = _verified(standard=[{**PLACES["standard"], "fields": said}]).refusals
    assert [(r.field, r.reason) for r in refusals] == [("value", "other-value")]


def test_a_value_that_stands_behind_the_key_of_another_record_is_refused() -> None:
    wrong = {**MENTIONS[3], "quote": None, "fields": {"standard": "A sign", "bound": "minimum", "value": "4 feet"}}
    wrong["fields"]["bound"] = {"value": "minimum", "quote": "at least 4 feet"}
    found = _verified(standard=[wrong, MENTIONS[4]])
    assert [(r.number, r.field, r.reason) for r in found.refusals] == [(0, "value", "other-value")]


FOLLOWED = read(
    "note.txt",
    b"Action: rotate the logs (EUR 900, due 2026-02-01)\n\nDue date: 2026-03-01 (rotate the logs for EUR 900)\n",
)


@pytest.mark.parametrize(
    ("line", "due", "refused"),
    [("line 1", "2026-02-01", []), ("line 3", "2026-03-01", ["action", "cost"])],
    ids=["the label is the key's", "the label is another's"],
)
def test_behind_the_label_of_its_key_a_record_may_state_all_of_itself(line: str, due: str, refused: list[str]) -> None:
    fields = {"action": "rotate the logs", "cost": "EUR 900", "due": due}
    given = candidates_in({"action": [{"source": "note.txt", "address": line, "fields": fields}]})
    found = verified(given, {"action": TYPES["action"]}, [FOLLOWED])

    assert refused == [one.field for one in found.refusals]


REGISTERED = RecordType.model_validate(
    {
        "title": "Incidents",
        "one_per": "source",
        "fields": {"incident": {"take": "source", "titles": ["Incident"], "key": True}, "severity": {}, "service": {}},
    }
)


def test_what_a_row_names_itself_is_read_again_as_it_was() -> None:
    register = read("register.csv", b"Incident,Severity,Service\nLogin down,SEV2,Login\nSearch slow,SEV3,Search\n")
    records = extract({"incident": REGISTERED}, [register])["records"]

    file = written_file(records, [], {"incident": REGISTERED}, words_in("en"))
    again = verified(candidates_in(strict_yaml.parse(file).value), {"incident": REGISTERED}, [register])

    assert records == again.records


def test_the_words_of_two_choices_decide_for_neither() -> None:
    both = {
        "source": "code.md",
        "address": HEIGHT,
        "fields": {"standard": "height", "bound": {"value": "minimum", "quote": "not exceed"}},
    }
    assert [r.reason for r in _verified(standard=[both]).refusals] == ["not-in-words"]


MATRIX = read(
    "matrix.md",
    b"# Setbacks\n\n| Yard | To street | To other lot |\n|---|---|---|\n"
    b"| Front | 30 feet | -- |\n| Side | 20 feet | 7 feet |\n",
)


@pytest.mark.parametrize(
    ("condition", "column", "value", "refused"),
    [
        ("To street", "To street", "20 feet", []),
        ("To other lot", "To other lot", "7 feet", []),
        ("To other lot", "To street", "20 feet", ["other-column"]),
        ("To street", "To other lot", "7 feet", ["other-column"]),
        ("To street", "To street", "30 feet", ["not-there", "other-column"]),
        ("To the rear", "To street", "20 feet", ["no-header"]),
    ],
)
def test_the_title_of_a_column_says_what_its_cell_is_of(
    condition: str, column: str, value: str, refused: list[str]
) -> None:
    row = next(p["address"] for p in MATRIX["passages"] if p["text"].startswith("Yard: Side"))
    fields = {
        "standard": {"value": "Side", "header": "Yard"},
        "condition": condition,
        "value": {"value": value, "header": column},
    }
    given = candidates_in({"standard": [{"source": "matrix.md", "address": row, "fields": fields}]})
    found = verified(given, TYPES, [MATRIX])
    assert sorted(r.reason for r in found.refusals) == sorted(refused)
    if not refused:
        assert found.records[0]["fields"]["condition"]["evidence"]["header"] == condition
        file = written_file(found.records, [], TYPES, words_in("en"))
        assert f"condition: {condition}\n" in file
        assert verified(candidates_in(strict_yaml.parse(file).value), TYPES, [MATRIX]).records == found.records
