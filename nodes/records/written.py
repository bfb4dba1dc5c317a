"""Writes values as a reader of the document's language expects them. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit, get_unit_name

from quire.nodes.evidence.figures.currencies import MONEY
from quire.nodes.language.catalogue import Words
from quire.nodes.records.quantities import Moment, Quantity, Value

_UNPARTED: Final = re.compile(
    r"(?P<before>(?:[^\d.,]*[^\w.,])?)(?P<whole>\d{5,})(?:[.,](?P<part>\d{1,2}))?(?P<after>(?:[^\w.,][^\d.,]*)?)"
)
"""A number of five digits or more with nothing between them; a year, a number in a name are none."""
PLACES = 2
"""Decimal places that a result is shown with at most; it is rounded half up."""
_CODES: Final = {"dollar": "USD", "euro": "EUR", "pound sterling": "GBP"}
_UNITS: Final = {
    "second": "duration-second", "minute": "duration-minute", "hour": "duration-hour", "day": "duration-day",
    "week": "duration-week", "month": "duration-month", "year": "duration-year", "foot": "length-foot",
    "inch": "length-inch", "mile": "length-mile", "meter": "length-meter", "kilometer": "length-kilometer",
    "square foot": "area-square-foot", "square meter": "area-square-meter", "acre": "area-acre",
    "hectare": "area-hectare", "kilogram": "mass-kilogram", "tonne": "mass-tonne", "percent": "concentr-percent",
}  # fmt: skip
"""The names of units in the Common Locale Data Repository."""
_DAY = len("2026-11-22")
_AN_HOUR = 60
_LONG = 2 * _AN_HOUR
"""Minutes from which on a duration is written in hours and minutes."""


def written(value: Value, words: Words, *, unit_chosen: bool = False) -> str:
    """Write a value.

    Args:
        value: what is written.
        words: of the document's language.
        unit_chosen: whether a duration stays in its unit; otherwise a long one is in hours and minutes.

    """
    if isinstance(value, bool):
        return words("records.yes" if value else "records.no")
    if isinstance(value, Quantity):
        is_long = value.unit == "minute" and not unit_chosen and abs(value.number) >= _LONG
        return _in_hours(value.number, words.language) if is_long else _quantity(value, words.language)
    return _moment(value, words.language) if isinstance(value, Moment) else value


def _in_hours(minutes: Decimal, language: str) -> str:
    hours, rest = divmod(abs(minutes), _AN_HOUR)
    sign = "\N{MINUS SIGN}" if minutes < 0 else ""
    parts = [(hours, "duration-hour"), *([(rest.normalize(), "duration-minute")] if rest else [])]
    return sign + " ".join(str(format_unit(number, unit, length="short", locale=language)) for number, unit in parts)


def bare(value: Quantity, words: Words) -> str:
    """Write a number without its unit, which stands in its column's title."""
    return _quantity(Quantity(value.number), words.language)


def stated(text: str, words: Words) -> str:
    """Part the thousands of a long number that its source writes without: ``13000000 EUR`` is ``13,000,000 EUR``."""
    found = _UNPARTED.fullmatch(text)
    if not found:
        return text
    decimals = Decimal(f"{found['whole']}.{found['part'] or 0}")
    number = format_decimal(decimals, f"#,##0.{'0' * len(found['part'] or '')}".rstrip("."), locale=words.language)
    return f"{found['before']}{number}{found['after']}"


def unit_written(unit: str, words: Words) -> str:
    """Name a unit as an axis does: ``minutes``, ``EUR``, ``%``; nothing for bare numbers."""
    if unit == "percent":
        return "%"
    if unit in MONEY:
        return _CODES.get(unit, unit)
    return get_unit_name(_UNITS[unit], "long", locale=words.language) or unit if unit in _UNITS else unit


def _quantity(value: Quantity, language: str) -> str:
    number = value.number.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP).normalize()
    if value.unit in _UNITS:
        return str(format_unit(number, _UNITS[value.unit], length="long", locale=language))
    if value.unit in MONEY:
        code = _CODES.get(value.unit, value.unit)
        pattern = Locale.parse(language).currency_formats["standard"].pattern
        whole = number == number.to_integral_value()
        form = pattern.replace(".00", "") if whole else pattern
        return str(format_currency(number, code, form, locale=language, currency_digits=False))
    return f"{format_decimal(number, locale=language)} {value.unit}".strip()


def _moment(moment: Moment, language: str) -> str:
    day, _, time = moment.text.partition("T")
    exact = moment.exact()
    said = format_date(exact, "medium", locale=language) if exact and len(day) == _DAY else day
    return f"{said}, {time}" if time else said
