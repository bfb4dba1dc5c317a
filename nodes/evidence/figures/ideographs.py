"""Chinese, Japanese and Korean dates, times, numerals: ``2026年5月4日``, ``二〇二六年``, ``令和8年``, ``午後3時``."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

_ONES: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1, "两": 2, "兩": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMBER: Final = r"(?:\d{1,4}|[〇零一二三四五六七八九十百千]{1,8})"
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911}
_DATE = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)})(?P<of_era>{_NUMBER}|元)年|(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})\s?[年년])"
    rf"(?:\s?(?P<month>{_NUMBER})\s?[月월](?:\s?(?P<day>{_NUMBER})\s?[日号號일])?)?"
    rf"|(?P<month_alone>{_NUMBER})\s?[月월]\s?(?P<day_alone>{_NUMBER})\s?[日号號일]"
    r"|(?<!\d)(?P<month_only>\d{1,2})\s?月(?![間间])"
)
_CALENDAR = re.compile("[年月년월]")
_DAYS = re.compile(
    rf"(?:(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})\s?年\s?)?(?P<month>{_NUMBER})\s?月\s?(?P<first>{_NUMBER})\s?[日号號]?"
    rf"(?:\s?[-\u2013\u2014~\uff5e\u301c]\s?|\s?(?:至|到|から|、|和|と|及び)\s?)(?P<last>{_NUMBER})\s?[日号號]"
)
"""Two days of one month: ``5月4日-6日``."""
_TIME = re.compile(
    rf"(?P<half>午前|午後|上午|下午|晚上)?\s?(?P<hour>{_NUMBER})\s?[時时点點](?!間|间|半?間)"
    rf"(?:(?P<minute>{_NUMBER})分|(?P<thirty>半))?(?!間)"
)
_NOON = 12


def number_of(spelled: str) -> int:
    """Give the value of a numeral in digits or ideographs: ``二〇二六``, ``四十五``, ``12``."""
    if spelled.isdecimal():
        return int(spelled)
    if not any(sign in _TENS for sign in spelled):
        return int("".join(str(_ONES[sign]) for sign in spelled))
    total, current = 0, 0
    for sign in spelled:
        if sign in _TENS:
            total += (current or 1) * _TENS[sign]
            current = 0
        else:
            current = _ONES[sign]
    return total + current


def ideographic_dates(text: str) -> Iterator[tuple[str, int, int]]:
    """Find dates: value in ISO 8601 with open parts, start, end. A year alone is ``2026``."""
    if not _CALENDAR.search(text):
        return
    for found in _DAYS.finditer(text):
        days = [
            _iso(number_of(found["year"]) if found["year"] else 0, number_of(found["month"]), number_of(found[end]))
            for end in ("first", "last")
        ]
        if all(days):
            yield days[0], found.start(), found.end("first")
            yield days[1], found.start("last"), found.end()
    for found in _DATE.finditer(text):
        year = number_of(found["year"]) if found["year"] else 0
        if found["era"]:
            year = _ERAS[found["era"]] + number_of(found["of_era"])
        month, day = found["month"] or found["month_alone"] or found["month_only"], found["day"] or found["day_alone"]
        if value := _iso(year, number_of(month) if month else 0, number_of(day) if day else 0):
            yield value, found.start(), found.end()


def _iso(year: int, month: int, day: int) -> str:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return ""
    tail = (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return f"{year:04}{tail}" if year else f"-{tail}"


def ideographic_times(text: str) -> Iterator[tuple[str, int, int]]:
    """Find times of day: value as ``15:30``, start, end. ``3時間`` is a duration and none."""
    for found in _TIME.finditer(text):
        hour = number_of(found["hour"])
        if found["half"] in {"午後", "下午", "晚上"} and hour < _NOON:
            hour += _NOON
        minute = number_of(found["minute"]) if found["minute"] else 30 if found["thirty"] else 0
        if hour <= 24 and minute < 60 and (found["half"] or found["minute"] or found["hour"].isdecimal()):  # noqa: PLR2004
            yield f"{hour:02}:{minute:02}", found.start(), found.end()
