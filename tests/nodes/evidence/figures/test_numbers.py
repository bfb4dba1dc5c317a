"""Numbers, amounts and measures as eighteen locales write them, spelled by Babel from Unicode's data."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit

from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.evidence.figures.detecting import convention_in
from quire.nodes.evidence.figures.finding import figures_in

LOCALES = (
    *("en-GB", "en-US", "en-IN", "de", "de-AT", "de-CH", "fr", "fr-CH", "es", "es-MX", "it", "it-CH", "nl", "pt-BR"),
    *("pt-PT", "zh-CN", "zh-TW", "ja"),
)
AMOUNTS = [Decimal(number) for number in ("7", "84.5", "1234.56", "12345", "1234567.89", "-2.1", "-1234.5")]
LARGE = [Decimal(number) for number in (2_500_000, 3_000_000_000, 45_000)]
CURRENCIES = {
    "EUR": "euro", "USD": "dollar", "GBP": "pound sterling", "CHF": "CHF", "JPY": "JPY", "CNY": "CNY",
    "BRL": "BRL", "INR": "INR",
}  # fmt: skip
MEASURES = {
    "length-kilometer": "kilometer", "mass-kilogram": "kilogram", "area-square-meter": "square meter",
    "volume-liter": "liter", "energy-kilowatt-hour": "kilowatt_hour", "power-megawatt": "megawatt",
    "area-hectare": "hectare", "duration-month": "month",
}  # fmt: skip
OTHER_WORDS = {"m", "mon"}
"""Abbreviations of months of which the first is a metre, and the last a day of the week."""
Spelled = Iterator[tuple[str, Decimal, str]]


def numbers_of(code: str) -> Spelled:
    for number in AMOUNTS:
        yield format_decimal(number, locale=code), number, ""
        yield format_percent(number / 100, locale=code, decimal_quantization=False), number, "percent"
    for number in LARGE:
        yield format_compact_decimal(number, format_type="long", locale=code, fraction_digits=1), number, ""


def money_of(code: str) -> Spelled:
    for number in AMOUNTS:
        for currency, unit in CURRENCIES.items():
            paid = Decimal(int(number)) if currency == "JPY" else number
            yield format_currency(paid, currency, locale=code), paid, unit
            yield format_currency(paid, currency, locale=code, format_type="name"), paid, unit
            yield format_currency(paid, currency, locale=code, format_type="accounting"), paid, unit
    for number in LARGE:
        yield format_compact_currency(number, "EUR", locale=code, fraction_digits=1), number, "euro"


def measures_of(code: str) -> Spelled:
    for measure, unit in MEASURES.items():
        for length in ("long", "short"):
            yield format_unit(Decimal("12.5"), measure, length=length, locale=code), Decimal("12.5"), unit


def read_wrong(locale: str, spelled: Spelled) -> dict[str, list[tuple[object, str]]]:
    found = {
        text: ([(f.value, f.unit) for f in figures_in(text, convention_of(locale))], [said]) for text, *said in spelled
    }
    return {text: read for text, (read, said) in found.items() if read != [tuple(one) for one in said]}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_is_read_as_its_locale_writes_it(locale: str) -> None:
    assert {} == read_wrong(locale, numbers_of(coded(locale)))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_amount_of_money_has_its_sign_and_its_currency(locale: str) -> None:
    """A bare ``元`` before digits is taken for no currency."""
    wrong = read_wrong(locale, money_of(coded(locale)))

    assert {} == {text: read for text, read in wrong.items() if "元" not in text}


@pytest.mark.parametrize(
    ("text", "told", "unit"),
    [
        ("這個展覽的費用為 ¥5,000。", "", "JPY"),
        ("这个展览的费用为 ¥5,000。", "", "CNY"),
        ("费用¥5,000", "zh-TW", "JPY"),
        ("費用¥5,000", "zh-CN", "CNY"),
        ("The fee is ¥5,000 and it is to be paid for the hall.", "zh-CN", "JPY"),
    ],
)
def test_a_bare_sign_is_the_yuan_where_chinese_is_written_as_in_china(text: str, told: str, unit: str) -> None:
    convention = convention_in([text], convention_of(told) if told else None)

    assert [unit] == [figure.unit for figure in figures_in(text, convention)]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_measure_has_its_unit(locale: str) -> None:
    wrong = read_wrong(locale, measures_of(coded(locale)))

    assert {} == {text: read for text, read in wrong.items() if text.split()[-1].lower().rstrip(".") not in OTHER_WORDS}


def coded(locale: str) -> str:
    return {"zh-CN": "zh_Hans_CN", "zh-TW": "zh_Hant_TW"}.get(locale, locale.replace("-", "_"))


def test_an_amount_in_brackets_is_negative_in_a_cell_of_its_own_only() -> None:
    assert [Decimal("-2.10")] == [figure.value for figure in figures_in("(€2.10)")]
    assert [Decimal("2.10")] == [figure.value for figure in figures_in("The lamp is cheap (€2.10).")]
