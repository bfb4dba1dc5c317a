"""Numbers in digits: what separators, signs, brackets, fractions and scales make of them."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.currencies import CURRENCIES, YUAN_SIGNS
from quire.nodes.evidence.figures.scales import scale_at
from quire.nodes.evidence.figures.scripts import LETTER

_VULGAR: Final = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875",
    "⅓": "0.3333333333333333333333333333", "⅔": "0.6666666666666666666666666667",
}  # fmt: skip
_HARD: Final = "\u00a0\u202f\u2009"
"""Spaces that part thousands in every convention, since no line breaks at them."""
_FRACTION: Final = r"(?P<top>\d{1,2})[/\u2044](?P<bottom>2|3|4|8|16|32|64)(?![\d/])"
_SIGN: Final = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
_BEFORE = re.compile(
    r"(?P<sign>[-\u2212\u2013])?(?P<currency>" + _SIGN + r")?[ \u00a0\u202f]?(?P<inner>[-\u2212\u2013])?(?P<open>\()?$"
)
_LONGEST_BEFORE = 9
_NO_SIGN_AFTER = re.compile(r"(?:[\w%.)\]'\"\u2032\u2033](?<![至到为為は約约达是から])|[\d%.)]\s)$")
"""What a hyphen or a dash stands behind in a range or a compound, where it is no minus; ``降至-3℃`` is none."""


class Number(NamedTuple):
    """A number and where it stands, its sign, currency and scale included."""

    value: Decimal
    start: int
    end: int
    currency: str
    """Of the sign or code before it; empty without one."""
    power: int
    """Power of ten of its scale."""
    ambiguous: bool
    """Whether another convention would read another value, and nothing tells which holds."""
    plain: bool
    """Whether it is digits alone, as a year is."""


def numbers(text: str, convention: Convention) -> Iterator[Number]:
    """Find the numbers in digits, in reading order. What letters touch (``B12``) is none."""
    last = None
    for found in _pattern(convention.spaced or convention.decimal == ",").finditer(text):
        if last and found.start() < last.end:
            continue
        money = last is not None and bool(last.currency) and _TO.fullmatch(text, last.end, found.start()) is not None
        if number := _read(found, text, convention, money=money):
            last = number
            yield number


_TO = re.compile(r"\s?[-\u2013\u2014]\s?|\s+to\s+")
"""What stands between the ends of a range, whose second end has the currency of its first: ``$1.5-2B``."""


@lru_cache(maxsize=2)
def _pattern(spaced: bool) -> re.Pattern[str]:  # noqa: FBT001 - the cache's key
    spaces = f"{_HARD} " if spaced else _HARD
    digits = (
        r"\d{1,3}(?: \d{3})* 0\d\d(?: \d{3})*(?:[.,]\d+)?(?!\d)|"  # no number begins with 0
        rf"\d{{1,3}}(?:[{spaces}]\d{{3}})+(?:[.,]\d+)?(?!\d)"
        r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)(?!,\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)(?!\.\d)"
        r"|\d{1,3}(?:['\u2019]\d{3})+(?:[.,]\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"
        r"|\d+(?:[.,]\d+)?(?!\d)|(?<!\d)\.\d+"
    )
    vulgar = f"[{''.join(_VULGAR)}]"
    return re.compile(
        rf"(?<![\d.])(?<!\d,)(?:(?P<over>\d{{1,2}})[/\u2044](?P<under>2|3|4|8|16|32|64)(?![\d/])|(?P<alone>{vulgar})"
        rf"|(?P<number>{digits})(?:(?:\s?|-)(?P<vulgar>{vulgar})|[\s-]{_FRACTION})?)"
    )


def _read(found: re.Match[str], text: str, convention: Convention, *, money: bool) -> Number | None:
    start, end = found.span()
    before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    signs = YUAN_SIGNS if convention.yuan else {}
    prefix = _prefix(before, text, start, signs) if before else _Prefix("", False, False, start)
    currency, negative, opened, start = prefix
    if not currency and start and _is_letter(text[start - 1]):
        return None
    value, ambiguous = _value(found, convention)
    if opened:
        closed, start, end = _bracketed(text, start, end)
        negative = negative or closed
    if found[0] == "10" and (raised := _RAISED.match(text, end)):
        value, end = Decimal(10) ** int(raised[0].translate(_PLAIN)), raised.end()
    if cents := (_NO_CENTS if currency else _NO_CENTS_COMMA).match(text, end):
        end = cents.end()
    power, end = scale_at(text, end, convention.language, money=money or bool(currency))
    value = _whole(value * Decimal(10) ** power) if power else value
    value, end = _lower_parts(text, value, power, end)
    doubtful = opened and not currency and found[0].isdigit() and len(found[0]) < len("100")
    plain = found["number"] is not None and found[0].isdigit() and start == found.start() and not power
    return Number(-value if negative else value, start, end, currency, power, ambiguous or doubtful, plain)


_NO_CENTS = re.compile(r"[,.][-\u2013\u2014]{1,2}(?!\w)")
_NO_CENTS_COMMA = re.compile(r",[-\u2013\u2014]{1,2}(?!\w)")
"""A dash in the place of cents: ``12,- €``, ``Fr. 12.-``."""
_RAISED = re.compile(r"\^[-\u2212]?\d{1,2}(?!\d)|[⁻⁰¹²³⁴-⁹]{1,3}")
_PLAIN: Final = str.maketrans("⁻\u2212⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789", "^")


def _bracketed(text: str, start: int, end: int) -> tuple[bool, int, int]:
    """Close a bracket that makes a number negative; where its sign of percent is inside, the bracket is left out."""
    if text.startswith(")", end):
        return True, start, end + 1
    return bool(re.match(r"\s?%\)", text[end:])), text.index("(", start) + 1 if text[start] == "(" else start, end


_LOWER = re.compile(r"(?P<digits>\d,\d{3}|\d{1,4})(?P<scale>億|亿|万|萬|千|百)?(?!\d|[.,]\d)")
_POWERS: Final = {"": 0, "百": 2, "千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12}


def _lower_parts(text: str, value: Decimal, power: int, end: int) -> tuple[Decimal, int]:
    """Add what stands behind an ideographic scale in a lower one: ``12万3千``, ``1億2,000万``."""
    while end and text[end - 1] in _POWERS and (found := _LOWER.match(text, end)):
        lower = _POWERS[found["scale"] or ""]
        if lower >= power:
            break
        value, power, end = value + Decimal(found["digits"].replace(",", "")) * 10**lower, lower, found.end()
    return value, end


def _whole(value: Decimal) -> Decimal:
    """Write 9.4 million as 9400000, without a decimal that nobody wrote."""
    return value.to_integral_value() if value == value.to_integral_value() else value


class _Prefix(NamedTuple):
    """What stands before digits, and where it begins."""

    currency: str
    negative: bool
    opened: bool
    start: int


def _prefix(before: re.Match[str], text: str, digits: int, signs: Mapping[str, str]) -> _Prefix:
    """Read sign, currency and bracket before digits; ``signs`` are those that mean another currency in the language.

    A bracket belongs to the number where it makes it negative: behind a currency, or in a cell of its own.
    """
    spelled, at = before["currency"] or "", before.start("currency")
    if spelled[:1].isalpha() and at and _is_letter(text[at - 1]):
        spelled = ""
    account = _ACCOUNT.fullmatch(text) is not None
    opened = bool(before["open"]) and (bool(spelled) or _CELL.fullmatch(text) is not None)
    if before["open"] and not opened and not account:
        return _Prefix("", negative=False, opened=False, start=digits)
    start = at if spelled else before.start("open") if opened else digits
    negative = account
    for group in ("inner", "sign"):
        sign = before.start(group)
        behind_currency = group == "inner" and spelled
        if before[group] and (behind_currency or _is_minus(text, sign, adjacent=sign + 1 in (start, digits))):
            negative, start = True, min(start, sign)
    return _Prefix(signs.get(spelled) or CURRENCIES.get(spelled, ""), negative, opened, start)


_CELL = re.compile(
    r"\s*\([^()a-z]{1,24}\)(?:\s?%|\s?(?i:thousand|million(?:en)?|billion|mio|mrd|tsd|bn|mn)\.?(?:\s[^\W\d]+|\s?[€$£])?)?\s*"
)
"""A text that is an amount in brackets, as accounts write what is negative, whatever its scale: ``(3.4) million``."""
_ACCOUNT = re.compile(rf"\s*\((?:(?:{_SIGN})\s?[\d.,'\u2019\s]+|[\d.,'\u2019\s]+\s?(?:{_SIGN})(?:US|GB)?)\)\s*")
"""The same with its currency in the brackets: ``(€2.10)``, which is negative only in a cell of its own."""


def _is_minus(text: str, at: int, *, adjacent: bool) -> bool:
    return (adjacent or text[at] == "\u2212") and not _NO_SIGN_AFTER.search(text, max(0, at - 2), at)


def _is_letter(sign: str) -> bool:
    """Whether a sign in front makes digits part of a name; ideographs stand before numbers without a space."""
    return not sign.isdigit() and re.match(LETTER, sign) is not None


def _value(found: re.Match[str], convention: Convention) -> tuple[Decimal, bool]:
    value, ambiguous = parsed(found["number"], convention) if found["number"] else (Decimal(0), False)
    if vulgar := found["vulgar"] or found["alone"]:
        value += Decimal(_VULGAR[vulgar])
    for top, bottom in ((found["top"], found["bottom"]), (found["over"], found["under"])):
        if top:
            value += Decimal(top) / Decimal(bottom)
    return value, ambiguous


def parsed(digits: str, convention: Convention) -> tuple[Decimal, bool]:
    """Give the value of digits with separators, and whether it is ambiguous.

    Two kinds of separator, or one kind twice, tell by themselves what they are. One separator before three digits
    (``1.234``) is decided by the convention.
    """
    plain = re.sub(rf"[{_HARD} '\u2019]", "", digits)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return Decimal(plain), False
    if len(set(signs)) > 1 or plain != digits:
        return _with_decimal(plain, signs[-1]), False
    if len(signs) > 1:
        return Decimal(plain.replace(signs[0], "")), False
    whole, rest = plain.split(signs[0])
    if len(rest) == len("000") and whole not in ("", "0") and len(whole) <= len("000"):
        read = _with_decimal(plain, signs[0]) if signs[0] == convention.decimal else Decimal(whole + rest)
        return read, not convention.decimal_known
    return _with_decimal(plain, signs[0]), signs[0] == "," != convention.decimal


def _with_decimal(plain: str, sign: str) -> Decimal:
    return Decimal(plain.replace("," if sign == "." else ".", "").replace(sign, "."))
