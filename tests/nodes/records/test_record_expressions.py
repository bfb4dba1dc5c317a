"""Expressions over records: what they come to, what they refuse, and that nothing runs away."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.faults import BadInput
from quire.nodes.records.expression_syntax import parsed, problems_of
from quire.nodes.records.expressions import evaluate
from quire.nodes.records.measures import ordered_by, taken
from quire.nodes.records.quantities import Moment, Quantity, Unfit
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import Take

FIELDS = {
    "began": FieldSpec(type="date"),
    "ended": FieldSpec(type="date"),
    "day": FieldSpec(type="date"),
    "height": FieldSpec(type="number"),
    "limit": FieldSpec(type="number"),
    "cost": FieldSpec(type="number"),
    "fee": FieldSpec(type="number"),
    "share": FieldSpec(type="number"),
    "seats": FieldSpec(type="number"),
    "level": FieldSpec(type="choice", choices=["SEV1", "SEV2"]),
    "name": FieldSpec(),
    "absent": FieldSpec(type="number"),
}


def _field(value: str, unit: str = "") -> FieldValue:
    return {
        "text": value,
        "value": value,
        "unit": unit,
        "evidence": {"source": "a.md", "address": "line 1", "quote": value, "hash": "0"},
    }


RECORD: Record = {
    "type": "thing",
    "source": "a.md",
    "address": "line 1",
    "fields": {
        "began": _field("2026-02-03T22:05"),
        "ended": _field("2026-02-04T01:10"),
        "day": _field("2026-03"),
        "height": _field("38", "foot"),
        "limit": _field("480", "inch"),
        "cost": _field("1200", "euro"),
        "fee": _field("10", "dollar"),
        "share": _field("20", "percent"),
        "seats": _field("42"),
        "level": _field("SEV1"),
        "name": _field("Bell Mill"),
    },
}


def _worth(text: str) -> Any:
    return evaluate(parsed(text), RECORD, FIELDS)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("ended - began", "185", "minute"),
        ("round(hours(ended - began) * 2, 4)", "6.1667", "hour"),
        ("round(hours(ended - began), 1)", "3.1", "hour"),
        ("round_up(seats / 4)", "11", ""),
        ("round_down(seats / 4)", "10", ""),
        ("round(2.5)", "3", ""),
        ("round(-2.5)", "-3", ""),
        ("round(days(ended - began), 3)", "0.128", "day"),
        ("round(weeks(ended - began) * 7, 3)", "0.128", "week"),
        ("cost / seats", "28.57142857142857142857142857142857142857", "euro"),
        ("cost * share", "240.00", "euro"),
        ("cost * 2 - cost", "1200", "euro"),
        ("height + 2", "40", "foot"),
        ("limit - height", "24", "inch"),
        ("round(limit / height * 38, 6)", "40.000000", ""),
        ("least(height, limit)", "38", "foot"),
        ("most(1, seats, 7)", "42", ""),
        ("abs(seats - 50)", "8", ""),
        ("-seats", "-42", ""),
    ],
)
def test_arithmetic_is_exact_and_keeps_its_units(text: str, number: str, unit: str) -> None:
    result = _worth(text)

    assert isinstance(result, Quantity)
    assert result.unit == unit
    assert result.number == Decimal(number)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("height < limit", True),
        ("height > 40", False),
        ("level == 'sev1'", True),
        ("level in ['SEV1', 'SEV2']", True),
        ("level not in ['SEV1']", False),
        ("began < '2026-02-04'", True),
        ("day == '2026-03-09'", True),
        ("day >= '2026'", True),
        ("not (seats > 40) or name == 'bell mill'", True),
        ("stated(absent)", False),
        ("seats > 1 or absent > 1", True),
        ("seats > 50 and absent > 1", False),
        ("absent > 1", None),
        ("seats > 1 and absent > 1", None),
        ("absent + seats", None),
        ("year(began) == '2026'", True),
        ("month(began)", Moment("2026-02")),
    ],
)
def test_conditions_say_nothing_of_what_is_not_stated(text: str, result: object) -> None:
    assert _worth(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "cost + fee", "cost - fee", "cost / fee", "least(cost, fee)", "cost in [fee]",
        "cost + seats", "cost > fee", "cost > height", "height + began", "name + 1", "cost * height",
        "seats / 0", "began + ended", "day - began", "seats and 1", "name > began + 1", "round(seats * 1e300, 12)",
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_never_mixed(text: str) -> None:
    with pytest.raises(Unfit):
        _worth(text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "seats.real", "seats ** 9", "[s for s in seats]", "lambda: 1", "seats if 1 else 2",
        "f'{seats}'", "open('x')", "round(seats, seats)", "round()", "1 < seats < 9", "seats in name", "[1, 2]",
        "seats == [1]", "seats % 2", "~seats", "1e999", "b'x'", "seats; 1", "seats :=1", "", "(" * 200 + ")" * 200,
        "minutes(1, 2)", "round(seats, places=2)", "seats is name", "1j", "...",
        "+".join(["seats"] * 60),
    ],
)  # fmt: skip
def test_nothing_else_is_an_expression(text: str) -> None:
    with pytest.raises(BadInput):
        parsed(text)


def test_unknown_fields_and_choices_that_never_come_are_named() -> None:
    assert ["there is no field 'heigth' in 'heigth > 1'"] == problems_of("heigth > 1", FIELDS)
    assert ["level is never 'SEV9'; it is one of SEV1, SEV2"] == problems_of("level == 'SEV9'", FIELDS)
    assert not problems_of("level in ['SEV1', 'SEV2'] and height > 3", FIELDS)


def test_an_expression_is_said_in_the_words_of_its_fields() -> None:
    assert "Ended - Began" == parsed("minutes(ended - began)").said(str.capitalize)
    assert "'é' == NAME" == parsed("'é' == name").said(str.upper)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=30))
def test_what_records_come_to_is_what_anyone_would_count(numbers: list[int]) -> None:
    values = [Quantity(Decimal(number), "euro") for number in numbers]
    ordered = sorted(numbers)
    middle = len(numbers) // 2

    assert Quantity(Decimal(sum(numbers)), "euro") == taken("sum", values)
    mean = taken("mean", values)
    assert isinstance(mean, Quantity)
    assert abs(mean.number * len(numbers) - sum(numbers)) < Decimal("1e-25")
    assert Quantity(Decimal(len(numbers))) == taken("count", values)
    assert Quantity(Decimal(ordered[0]), "euro") == taken("least", values)
    assert Quantity(Decimal(ordered[-1]), "euro") == taken("most", values)
    median = ordered[middle] if len(numbers) % 2 else Decimal(ordered[middle - 1] + ordered[middle]) / 2
    assert Quantity(Decimal(median), "euro") == taken("median", values)


@pytest.mark.parametrize("take", ["sum", "mean", "median", "least", "most"])
def test_two_currencies_come_to_nothing_together(take: Take) -> None:
    with pytest.raises(Unfit, match="do not fit"):
        taken(take, [Quantity(Decimal(1), "euro"), Quantity(Decimal(1), "dollar")])


def test_what_does_not_fit_is_in_no_order_and_comes_last() -> None:
    costs = [("5", "euro"), ("1", "dollar"), ("2", "euro"), ("9", "dollar"), ("7", "euro")]
    records = [Record(RECORD, fields={"cost": _field(*cost)}) for cost in costs]  # type: ignore[typeddict-item]

    def ordered(formula: str) -> list[str]:
        found = ordered_by(records, [formula], RecordType(title="Costs", fields=FIELDS))
        return [one["fields"]["cost"]["value"] + one["fields"]["cost"]["unit"][0] for one in found]

    assert ["2e", "5e", "7e", "1d", "9d"] == ordered("cost")
    assert ["7e", "5e", "2e", "1d", "9d"] == ordered("-cost")
