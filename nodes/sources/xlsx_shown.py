"""What a spreadsheet's cell shows: its value in its number format, as a program set to English would print it.

Formats: ISO/IEC 29500-1, 18.8.31. What they leave to the machine's country (format 14) is written as ISO 8601 has it.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<clock>AM/PM|A/P|am/pm)|(?P<letters>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?,*)"
    r"|(?P<power>[eE][+-]0+)|(?P<other>.)",
    re.DOTALL,
)
_TO_THE_MACHINE = frozenset({"mm-dd-yy", "m/d/yy", "m/d/yyyy", "m/d/yy h:mm", "m/d/yyyy h:mm", "general", "@"})
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
_MONTHS += ["October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DIGITS = 11
"""Significant digits of a number without a format, as Excel shows it."""
_LONGEST = 200
"""Characters of a format that are obeyed; a longer one is no one's."""


def shown(value: object, code: str) -> str:
    """Write a cell's value as it is shown: ``13,100.50 €``, ``4.8%``, ``2026年5月4日``, ``26:30``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), code)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime | date | time):
        return _moment(value, code)
    return str(value)


def _number(value: Decimal, code: str) -> str:
    if not value.is_finite() or len(code) > _LONGEST:
        return str(value)
    section = _section(value, code)
    tokens = _tokens(section)
    places = [n for n, (kind, _) in enumerate(tokens) if kind == "number"]
    if "general" in section.lower() or section == "@":
        return _general(value)
    if not places:
        return "".join(text for kind, text in tokens if kind == "text").strip() or _general(value)
    if any(kind == "power" for kind, _ in tokens) or any(text == "/" for kind, text in tokens if kind == "text"):
        return _general(value)
    first = places[0]
    percents = sum(text.count("%") for kind, text in tokens if kind == "text")
    written = _written(abs(value) * Decimal(100) ** percents, tokens[first][1])
    before = "".join(text for kind, text in tokens[:first] if kind == "text")
    after = "".join(text for kind, text in tokens[first + 1 :] if kind == "text")
    minus = "-" if value < 0 and section == code.partition(";")[0] and written.strip("0.,") else ""
    return f"{minus}{before}{written}{after}".strip()


def _section(value: Decimal, code: str) -> str:
    """Choose the part of a format that is for the value's sign."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]  # noqa: PLR2004 - positive, negative, zero


@lru_cache(maxsize=256)
def _tokens(section: str) -> list[tuple[str, str]]:
    """Part a format into what is shown as it stands (``text``), ``number``, ``power``, ``letters`` and ``clock``."""
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(section):
        kind = found.lastgroup or ""
        if kind in {"quoted", "escaped", "currency", "other"}:
            tokens.append(("text", found[kind]))
        elif kind in {"number", "power", "letters", "clock"}:
            tokens.append((kind, found[kind]))
        elif found[0].startswith("_"):
            tokens.append(("text", " "))
    return tokens


def _written(value: Decimal, mask: str) -> str:
    scaled = mask.rstrip(",")
    value = value.scaleb(-3 * (len(mask) - len(scaled)))
    whole, _, fraction = scaled.partition(".")
    try:
        rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    except InvalidOperation:
        return _general(value)
    digits, _, decimals = f"{rounded:f}".partition(".")
    while decimals.endswith("0") and len(decimals) > fraction.rstrip("#?").count("0") + fraction.rstrip("#?").count(
        "#"
    ):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        digits = f"{int(digits):,}" if digits else ""
    return f"{digits}.{decimals}" if decimals else digits


def _general(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** _DIGITS:
        return str(int(value))
    if not Decimal("1e-9") <= abs(value) < Decimal(10) ** _DIGITS:
        return f"{float(value):.6g}"
    places = max(0, _DIGITS - max(1, value.adjusted() + 1))
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minus, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{minus}{hours}:{minutes:02}" + (f":{rest:02}" if rest else "")


def _moment(value: datetime | date | time, code: str) -> str:
    plain = re.sub(r"\[\$[^\]]*\]|\\|;@|_.", "", code.lower()).strip()
    named = "mmm" in plain or "ddd" in plain
    foreign = re.search(r"\[\$[^\]-]*-(?!x-|0?409|0?809|en)", code, re.IGNORECASE)
    if plain in _TO_THE_MACHINE or len(code) > _LONGEST or (named and foreign) or "b" in plain or "e" in plain:
        return _iso(value)
    tokens = _tokens(code.partition(";")[0])
    if not any(kind == "letters" for kind, _ in tokens):
        return _iso(value)
    letters = [text for kind, text in tokens if kind == "letters"]
    half = any(kind == "clock" for kind, _ in tokens)
    at, pieces = 0, list[str]()
    for kind, text in tokens:
        if kind == "letters":
            near = letters[max(0, at - 1) : at] + letters[at + 1 : at + 2]
            minutes = (
                text[0] in "mM"
                and len(text) <= len("mm")
                and ((at and letters[at - 1][0] in "hH") or (at + 1 < len(letters) and letters[at + 1][0] in "sS"))
            )
            pieces.append(_part(value, "n" * len(text) if minutes and near else text.lower(), half=half))
            at += 1
        elif kind == "clock":
            pieces.append("PM" if _hour(value) >= 12 else "AM")  # noqa: PLR2004 - noon
        elif kind == "text":
            pieces.append(text)
    return "".join(pieces).strip()


def _hour(value: datetime | date | time) -> int:
    return value.hour if isinstance(value, datetime | time) else 0


def _part(value: datetime | date | time, letters: str, *, half: bool) -> str:
    """Write one part of a date or time: ``yyyy``, ``mm``, ``ddd``, ``h``, ``nn`` for minutes, ``ss``."""
    clock = value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()
    hour = (clock.hour - 1) % 12 + 1 if half else clock.hour
    if letters[0] in "hns":
        return str({"h": hour, "n": clock.minute, "s": clock.second}[letters[0]]).zfill(min(len(letters), 2))
    return _day_part(value, letters) if isinstance(value, date) else ""


def _day_part(day: date, letters: str) -> str:
    if letters[0] == "y":
        return f"{day.year:04}" if len(letters) > len("yy") else f"{day.year % 100:02}"
    number, name = (day.month, _MONTHS[day.month - 1]) if letters[0] == "m" else (day.day, _DAYS[day.weekday()])
    written = [f"{number}", f"{number:02}", name[:3], name, name[0]]
    return written[min(len(letters), len(written) if letters[0] == "m" else len("dddd")) - 1]


def _iso(value: datetime | date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    return (
        value.isoformat() if isinstance(value, date) else value.isoformat("minutes" if not value.second else "seconds")
    )
