from decimal import Decimal

import pytest

from quire.graphs.kinds.site_zoning_report.computations.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,500", "7500"),
        ("0.35", "0.35"),
        (".5", "0.5"),
        ("2 1/2", "2.5"),
        ("2-1/2", "2.5"),
        ("1/2", "0.5"),
        ("2½", "2.5"),
        ("forty", "40"),
        ("thirty-five", "35"),
        ("thirty- five", "35"),
        ("one hundred and twenty", "120"),
        ("twelve hundred", "1200"),
        ("one thousand two hundred fifty", "1250"),
        ("two and one-half", "2.5"),
        ("12 and one-half", "12.5"),
        ("thirty (30)", "30"),
    ],
)
def test_a_number_is_read_in_either_spelling(text: str, value: str) -> None:
    assert Decimal(value) == number(text)


@pytest.mark.parametrize("text", ["", "--", "*", "40+x", "varies", "thirty (35)", "6,000/8,000"])
def test_what_is_no_number_or_contradicts_itself_is_none(text: str) -> None:
    assert number(text) is None
