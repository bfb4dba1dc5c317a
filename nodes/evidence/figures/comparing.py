"""Whether one figure carries another: the same value, sign and scale, in a unit that says no less."""

import re
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, NamedTuple

from quire.nodes.evidence.figures.counting import counts_another
from quire.nodes.evidence.figures.currencies import CURRENCIES, MONEY
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.unit_words import PHYSICAL
from quire.nodes.evidence.figures.units import EXACT, units_announced

_FALLING = re.compile(
    r"\b(?:fell|fall(?:s|en|ing)?|drop\w*|declin\w*|decreas\w*|down|loss(?:es)?|lost|lower\w*|minus|negativ\w*|shr[aiu]nk"
    r"|reduc\w*|deficit|sank|sink\w*|gesunken|sank|fiel\w*|gefallen|rückgang|abnahme|verlust|weniger|baiss\w*|recul\w*"
    r"|perte|dimin\w*|ca[íi]\w*|descen\w*|disminu\w*|pérdida|cal[oi]\w*|scend\w*|perdita|daal\w*|gedaald|verlies|queda)\b",
    re.IGNORECASE,
)
PEOPLE: Final = frozenset({"person", "employee", "customer", "user"})
"""What is counted that is people."""
_REACH = 60
"""Letters before a figure in which a word of falling says its sign."""
_YEARS: Final = range(1000, 2200)


class Told(NamedTuple):
    """A figure in the words around it."""

    figure: Figure
    text: str
    """The text that its span is in."""


def carries(given: Told, claimed: Told) -> bool:
    """Tell whether what is given says what is claimed.

    A date that tells less is in one that tells more, whatever part is open. A bare number that is given carries a
    claim with a unit if its text announces that unit in brackets, or none at all: cells of a table leave their unit
    to the column's title. Where the unit makes the number (percent, money), a bare number in a claim is not carried
    by one with the unit, but for millions of money. Other symbols of the same measure are converted: 230 kV is
    230,000 V. *Seven times in 2024* is seven.
    """
    return _says(given, claimed) or _says(_counted(given), _counted(claimed))


def _says(given: Told, claimed: Told) -> bool:
    one, other = _over_time(given.figure), _over_time(claimed.figure)
    given, claimed = given._replace(figure=one), claimed._replace(figure=other)
    if one.kind in ("date", "time", "ratio") or other.kind in ("date", "time", "ratio"):
        return _same_moment(one, other)
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    if one.unit != other.unit and one.unit in PHYSICAL and other.unit in PHYSICAL:
        return _converted(one.unit, other.unit, one.value, other.value) and _per(given, claimed)
    if not (one.value == other.value or (one.value == -other.value and _sign_is_told(given, claimed))):
        return False
    return _unit(given, claimed) and _per(given, claimed)


_SCALED = re.compile(r"\d\s*(?:million|billion|mill?\.|mio\b|mrd\b|milliarden?\b|millionen\b)", re.IGNORECASE)
"""What is told in millions may leave out of what they are: ``8.1 million euros, and 3.7 million for fuel``."""
_POUNDS = {"pound", "pound sterling"}
"""``£12`` and ``GBP 12`` are twelve pounds; that of weight is not told apart where the word is written out."""
_TIMES = frozenset({"second", "minute", "hour"})


_OFTEN = re.compile(
    r"\s*(?:[.,;:!?)]|$|(?:in|a|an|per|during|between|since|on|within|each|every|last|before|after|and|or|but"
    r"|im|am|pro|je|seit|während|zwischen|und|oder)\b)",
    re.IGNORECASE,
)
"""What stands behind *seven times* where it says how often, and not how many times as much."""


def _counted(told: Told) -> Told:
    """Read how often something was as a count: *seven times in 2024* is seven."""
    figure = told.figure
    whole = isinstance(figure.value, Decimal) and figure.value == figure.value.to_integral_value()
    often = figure.unit == "times" and whole and _OFTEN.match(told.text, figure.span[1])
    return told._replace(figure=figure._replace(unit="", kind="number")) if often else told


def _over_time(figure: Figure) -> Figure:
    """Read ``km/h`` as ``kilometres per hour`` is read: a measure, and what it is counted per."""
    unit, per = _parted(figure.unit)
    return figure._replace(unit=unit, per=(*figure.per, per)) if per else figure


def _parted(unit: str) -> tuple[str, str]:
    """Part a unit into a measure and the time that it is counted per, if it is."""
    measure, _, per = unit.rpartition("/")
    return (measure, per) if measure and per in _TIMES else (unit, "")


def _announced(told: Told) -> set[str]:
    """Give the units that titles announce for a bare number: its own title's, where it has one."""
    before = told.text[: told.figure.span[0]].rpartition(";")[2]
    return units_announced(before if before.rstrip().endswith(":") else told.text)


def _unit(given: Told, claimed: Told) -> bool:
    one, other = given.figure.unit, claimed.figure.unit
    if one == other:
        return True
    if not other:
        return one not in EXACT or (one in MONEY and _SCALED.search(claimed.figure.text) is not None)
    if other == "person" and one in PEOPLE:
        return True
    if {one, other} == _POUNDS and any("pounds" in told.text.lower() for told in (given, claimed)):
        return True
    return not one and not _names_year(given) and _may_be_of(other, given, claimed)


def _may_be_of(unit: str, bare: Told, claimed: Told) -> bool:
    """Whether a given number without a unit may be of one: its text announces it, or none and it need not be said."""
    if unit in MONEY and _SCALED.search(bare.figure.text) and _names_money(unit, bare.text):
        return True
    if counts_another(bare.text, bare.figure.span[1], claimed.text):
        return False
    announced = {named for named, _ in map(_parted, _announced(bare))}
    return unit in announced or (not announced and unit not in EXACT)


def _names_money(currency: str, text: str) -> bool:
    """Whether a text names a currency, so that its bare millions are of it: ``3.7 million euros, 0.6 million less``."""
    spelled = [currency, *(sign for sign, name in CURRENCIES.items() if name == currency)]
    any_of_them = "|".join(map(re.escape, spelled))
    return re.search(rf"(?<![^\W\d_])(?:{any_of_them})s?(?![^\W\d_])", text, re.IGNORECASE) is not None


_BEFORE_YEARS = re.compile(
    r"\b(?:in|since|until|till|by|during|from|of|for|year|im\s+jahr|seit|bis|von|en|depuis|desde|nel|dal|em|sinds)\s+$",
    re.IGNORECASE,
)


def _names_year(told: Told) -> bool:
    """Whether a bare number is a year in a sentence: ``built in 1998`` says nothing of 1998 acres."""
    if _parts(told.figure) is None:
        return False
    start = told.figure.span[0]
    return _BEFORE_YEARS.search(told.text, max(0, start - _REACH), start) is not None


_EACH: Final[dict[str, str]] = {
    "year": r"annual(?:ly)?|per annum|jährlich\w*|jahres\w+",
    "month": r"monatlich\w*|monats\w+",
    "week": r"wöchentlich\w*|wochen\w+",
    "day": r"daily|täglich\w*|tages\w+",
}
"""Words that say what is counted per, without naming it: ``Annual value: £5.2m`` is 5.2 million a year."""


def _per(given: Told, claimed: Told) -> bool:
    """Whether what a claim's rate is counted per is what is given, or stands in the same words."""
    missing = set(claimed.figure.per) - set(given.figure.per)
    words, announced = given.text.lower(), {per for _, per in map(_parted, _announced(given))}
    return all(word in words or word in announced or _says_each(word, words) for word in missing)


def _says_each(time: str, words: str) -> bool:
    return time in _EACH and re.search(rf"\b(?:{_EACH[time]})\b", words) is not None


def _sign_is_told(given: Told, claimed: Told) -> bool:
    """Whether a word of falling stands before the one that has no minus: ``fell by 2.1 %``. A plus says otherwise."""
    if any(told.text[: told.figure.span[0]].rstrip().endswith("+") for told in (given, claimed)):
        return False
    bare = given if isinstance(given.figure.value, Decimal) and given.figure.value > 0 else claimed
    start = bare.figure.span[0]
    return _FALLING.search(bare.text, max(0, start - _REACH), start) is not None


def _same_moment(one: Figure, other: Figure) -> bool:
    if "date" in (one.kind, other.kind):
        known, asked = _parts(one), _parts(other)
        return (
            known is not None and asked is not None and all(a in (None, k) for k, a in zip(known, asked, strict=True))
        )
    first, second = str(one.value).lstrip("0"), str(other.value).lstrip("0")
    return first == second or first.startswith(f"{second}:")


def _parts(figure: Figure) -> tuple[int | None, int | None, int | None] | None:
    """Give year, month and day of a date, each ``None`` where it is open; a bare year is a date too."""
    if isinstance(figure.value, Decimal):
        is_year = figure.kind == "number" and figure.value in _YEARS and figure.text.isdecimal()
        return (int(figure.value), None, None) if is_year else None
    if figure.kind != "date":
        return None
    yearless = figure.value.startswith("--")
    parts = ["", *figure.value[2:].split("-")] if yearless else figure.value.split("-")
    numbers = [int(part) if part else None for part in parts]
    year, month, day = (*numbers, None, None)[:3]
    return year, month, day


@lru_cache(maxsize=4_096)
def _converted(one: str, other: str, value: Decimal, asked: Decimal) -> bool:
    """Whether two measures come to the same, exactly."""
    number = converted(value, one, other)
    return number is not None and number.normalize() == asked.normalize()


_WITHOUT_ITS_REST: Final = Context(prec=20)
"""A twelfth has no end: what comes out of a chain of them is taken to twenty digits."""


def converted(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Give a measure in another unit; nothing if the two are of no one measure."""
    if unit not in PHYSICAL or wanted not in PHYSICAL:
        return None
    try:
        magnitude = _quantities()(value, _spelled(unit)).to(_spelled(wanted)).magnitude
        return _WITHOUT_ITS_REST.plus(Decimal(magnitude))
    except (_no_measure(), InvalidOperation, AttributeError):
        return None


def _spelled(unit: str) -> str:
    """Spell a unit as pint does: ``square foot`` is ``foot**2``."""
    squared = re.sub(r"square (\w+)", r"\1**2", unit)
    cubed = re.sub(r"cubic (\w+)", r"\1**3", squared)
    for name, spelled in _SPELLED.items():
        cubed = cubed.replace(name, spelled)
    return cubed


_SPELLED: Final = {
    "nautical mile": "nautical_mile",
    "degree Celsius": "degC",
    "degree Fahrenheit": "degF",
    "tonne": "metric_ton",
}


@lru_cache(maxsize=1)
def _quantities() -> Callable[[Decimal, str], Any]:
    import pint  # noqa: PLC0415 - takes a second to import, and few texts spell one measure in two ways

    quantity: Callable[[Decimal, str], Any] = pint.UnitRegistry(non_int_type=Decimal, cache_folder=None).Quantity
    return quantity


def _no_measure() -> type[Exception]:
    import pint  # noqa: PLC0415 - as above

    error: type[Exception] = pint.errors.PintError
    return error
