"""Numbers as ordinances write them: ``7,500``, ``2 1/2``, ``½``, ``thirty-five``, ``thirty-five (35)``."""

import re
from decimal import Decimal

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: n for n, word in enumerate(_SMALL)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_FRACTION_WORDS = {
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "fourth": Decimal("0.25"),
    "third": Decimal(1) / Decimal(3),
}
_GLYPHS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}

_BELOW_TWENTY = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:\s*-\s*{_BELOW_TWENTY}|\s+{_BELOW_TWENTY})?|{_BELOW_TWENTY})"
_BELOW_THOUSAND = rf"(?:{_BELOW_HUNDRED}\s+hundred(?:\s+(?:and\s+)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
_FRACTION = r"(?:(?:one|two|three)[\s-]*(?:half|quarter|fourth|third)s?)"
_SPELLED = (
    rf"(?:{_FRACTION}|{_BELOW_THOUSAND}(?:\s+thousand(?:,?\s+(?:and\s+)?{_BELOW_THOUSAND})?)?"
    rf"(?:\s+(?:and\s+)?{_FRACTION})?)"
)
_FIGURES = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
_VULGAR = rf"(?:\s+\d/\d\d?|\s?-\s?\d/\d\d?|\s?[¼½¾⅓⅔]|\s+and\s+{_FRACTION})"
_REPEAT = rf"(?:\s*\(\s*{_FIGURES}\s*%?\s*\))"

NUMBER = rf"(?:\d/\d\d?(?!\d)|[¼½¾⅓⅔]|{_FIGURES}{_VULGAR}?|(?<![\w-]){_SPELLED}(?![\w-]){_REPEAT}?)"
"""Pattern of a number in either spelling, to be used case-insensitively."""

_FIGURES_ALONE = re.compile(rf"(?P<whole>{_FIGURES})?(?P<rest>.*)", re.DOTALL)
_REPEATED = re.compile(rf"^(?P<words>.*?)\s*\(\s*(?P<figures>{_FIGURES})\s*%?\s*\)$", re.DOTALL)


def number(text: str) -> Decimal | None:
    """Read a text that is nothing but a number.

    Words with figures behind them (``thirty (30)``) are read only if the two agree; otherwise the
    ordinance contradicts itself, and there is no number to be had from it.
    """
    text = " ".join(text.split()).lower()
    if repeated := _REPEATED.match(text):
        spelled, figures = _plain(repeated["words"]), _plain(repeated["figures"])
        return figures if spelled == figures else None
    return _plain(text)


def _plain(text: str) -> Decimal | None:
    if not text:
        return None
    return _figures(text) if re.match(r"[\d.¼½¾⅓⅔]", text) else _spelled(text)


def _figures(text: str) -> Decimal | None:
    found = _FIGURES_ALONE.match(text)
    if found is None:
        return None
    if found["whole"] and (only := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text)):
        return Decimal(only[1]) / Decimal(only[2])
    whole = Decimal(found["whole"].replace(",", "")) if found["whole"] else Decimal(0)
    rest = found["rest"].strip(" -")
    if not rest:
        return whole
    part = _fraction(rest)
    return None if part is None else whole + part


def _fraction(text: str) -> Decimal | None:
    if text in _GLYPHS:
        return _GLYPHS[text]
    if ratio := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        return Decimal(ratio[1]) / Decimal(ratio[2])
    words = re.fullmatch(r"(?:and )?(one|two|three)[- ]*(half|quarter|fourth|third)s?", text)
    if words is None:
        return None
    return _WORDS[words[1]] * _FRACTION_WORDS[words[2]]


def _spelled(text: str) -> Decimal | None:
    ending = re.search(rf"(?:^|\s+)(?:and\s+)?(?P<part>{_FRACTION})$", text)
    part = Decimal(0)
    if ending:
        part = _fraction(ending["part"]) or Decimal(0)
        text = text[: ending.start()]
    words = re.findall(r"[a-z]+", text)
    if not words and not ending:
        return None
    total, current = Decimal(0), Decimal(0)
    for word in words:
        if word in _WORDS:
            current += _WORDS[word]
        elif word in _SCALES:
            current = (current or Decimal(1)) * _SCALES[word]
            if _SCALES[word] > _SCALES["hundred"]:
                total, current = total + current, Decimal(0)
        elif word != "and":
            return None
    return total + current + part
