"""Records with a wrong row, column, unit, condition or place, planted among right ones: none is accepted.

Code alone tells nearly all of them. Which condition of a sentence goes with which of its values is a matter of reading:
there two readings must agree, and one of them is planted with.
"""

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import pytest

from quire.nodes.records.agreement import agreed
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.verifying import verified
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

Said: TypeAlias = dict[str, Any]

STANDARD = RecordType.model_validate(
    {
        "title": "Standards",
        "one_per": "mention",
        "fields": {
            "standard": {"key": True},
            "condition": {"key": True},
            "value": {"type": "number", "critical": True},
        },
    }
)
PERMIT = RecordType.model_validate(
    {
        "title": "Permits",
        "fields": {
            "permit": {"key": True},
            "fee": {"type": "number", "critical": True},
            "paid": {"type": "number", "critical": True},
            "issued": {"type": "date", "critical": True},
        },
    }
)
KINDS = {"standard": STANDARD, "permit": PERMIT}
YARDS = [
    ("front yard", "50 feet", "where parking is in front", "25 feet", "where parking is behind the building"),
    ("side yard", "15 feet", "beside a dwelling", "10 feet", "beside a shop"),
    ("rear yard", "40 feet", "on a through lot", "30 feet", "on any other lot"),
    ("building height", "35 feet", "with a pitched roof", "32 feet", "with a flat roof"),
    ("lot width", "100 feet", "on a corner", "80 feet", "elsewhere"),
    ("landscape strip", "12 feet", "along an arterial road", "6 feet", "along a local street"),
]
PROSE = "# Standards\n\n" + "\n\n".join(
    f"The {name} shall be {one} {first}, and {other} {second}." for name, one, first, other, second in YARDS
)
PERMITS = [(f"B-{n}", f"{100 + 7 * n} USD", f"{60 + 3 * n} USD", f"2026-0{1 + n % 9}-1{n % 10}") for n in range(1, 15)]
TABLE = "Permit,Fee,Paid,Issued\n" + "\n".join(",".join(row) for row in PERMITS) + "\n"


def _readings() -> list[Reading]:
    return [read("code.md", PROSE.encode()), read("permits.csv", TABLE.encode())]


def _right() -> dict[str, list[Said]]:
    standards = []
    for place, (name, one, first, other, second) in enumerate(YARDS):
        for value, condition in ((one, first), (other, second)):
            fields = {"standard": name, "condition": condition, "value": value}
            standards.append({"source": "code.md", "address": f"line {3 + 2 * place}", "fields": fields})
    permits = [
        {"source": "permits.csv", "address": f"row {n}", "fields": dict(zip(PERMIT.fields, row, strict=True))}
        for n, row in enumerate(PERMITS, 2)
    ]
    return {"standard": standards, "permit": permits}


def _another(said: Sequence[Said], one: Said, rng: random.Random) -> Said:
    return rng.choice([other for other in said if other is not one])


def _wrong_row(said: Sequence[Said], one: Said, kind: str, rng: random.Random) -> None:
    """Take a value from another row or sentence, with its own place or without."""
    field = rng.choice([name for name in KINDS[kind].fields if not KINDS[kind].fields[name].key])
    other = _another([each for each in said if each["address"] != one["address"]], one, rng)
    place = {"address": other["address"]} if rng.random() < 1 / 2 else {}
    one["fields"][field] = {"value": other["fields"][field], **place}


def _wrong_column(_said: Sequence[Said], one: Said, kind: str, rng: random.Random) -> None:
    """Take the cell beside; of prose, the value of the sentence that goes with the other condition."""
    if kind == "standard":
        _swap(one, "value")
        return
    to, source = rng.choice([("fee", "paid"), ("paid", "fee")])
    title = source.capitalize()
    named = rng.choice([{}, {"header": title}, {"address": f"{one['address']}, {title}"}])
    one["fields"][to] = {"value": one["fields"][source], **named}


def _wrong_unit(_said: Sequence[Said], one: Said, kind: str, rng: random.Random) -> None:
    """Say another unit, or none."""
    field = "value" if kind == "standard" else rng.choice(["fee", "paid"])
    stated = one["fields"][field]
    number = stated.partition(" ")[0]
    said = rng.choice([f"{number} m", f"{number} EUR", number, f"{number} percent"])
    one["fields"][field] = {"value": said, "quote": rng.choice([stated, number, said])}


def _wrong_condition(said: Sequence[Said], one: Said, kind: str, rng: random.Random) -> None:
    """Take what another value is said of."""
    if kind == "standard" and rng.random() < 1 / 2:
        _swap(one, "condition")
        return
    key = rng.choice(KINDS[kind].keys)
    other = _another([each for each in said if each["fields"][key] != one["fields"][key]], one, rng)
    one["fields"][key] = other["fields"][key]


def _wrong_place(said: Sequence[Said], one: Said, _kind: str, rng: random.Random) -> None:
    """Name another place, or none that there is."""
    other = _another([each for each in said if each["address"] != one["address"]], one, rng)
    one["address"] = rng.choice([other["address"], "row 99", "line 400"])


def _swap(one: Said, field: str) -> None:
    (yard,) = (yard for yard in YARDS if yard[0] == one["fields"]["standard"])
    pair = {"value": (yard[1], yard[3]), "condition": (yard[2], yard[4])}[field]
    one["fields"][field] = pair[0] if one["fields"][field] == pair[1] else pair[1]


WRONG: Mapping[str, Callable[[Sequence[Said], Said, str, random.Random], None]] = {
    "row": _wrong_row,
    "column": _wrong_column,
    "unit": _wrong_unit,
    "condition": _wrong_condition,
    "place": _wrong_place,
}
EACH = 60


def _says(records: Sequence[Record]) -> list[Any]:
    return [{name: (v["value"], v["unit"]) for name, v in record["fields"].items()} for record in records]


@pytest.mark.long
@pytest.mark.parametrize("wrong", WRONG)
def test_none_of_sixty_wrong_records_of_each_kind_is_accepted(wrong: str) -> None:
    rng, readings = random.Random(wrong), _readings()
    right = verified(candidates_in(_right()), KINDS, readings)
    assert right.refusals == []
    true = _says(right.records)
    assert len(true) == 2 * len(YARDS) + len(PERMITS)
    accepted = []
    for _ in range(EACH):
        planted, kind = _right(), rng.choice(["standard", "permit"])
        said = planted[kind]
        one = rng.choice(said)
        before = copy.deepcopy(one)
        WRONG[wrong](said, one, kind, rng)
        assert one != before
        first = verified(candidates_in(planted), KINDS, readings)
        for name, spec in KINDS.items():
            of_type = [[r for r in found.records if r["type"] == name] for found in (first, right)]
            accepted += [each for each in _says(agreed(of_type[0], of_type[1], spec).records) if each not in true]
    assert accepted == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "wrong"),
    [*(("permit", wrong) for wrong in ("row", "column", "unit", "place")), ("standard", "unit"), ("standard", "row")],
)
def test_code_alone_accepts_none_from_elsewhere(kind: str, wrong: str) -> None:
    rng, readings = random.Random(wrong), _readings()
    true = _says(verified(candidates_in(_right()), KINDS, readings).records)
    for _ in range(EACH):
        planted = _right()
        WRONG[wrong](planted[kind], rng.choice(planted[kind]), kind, rng)
        found = _says(verified(candidates_in(planted), KINDS, readings).records)
        assert [each for each in found if each not in true] == []
