"""Units that figures are written with: one name per unit, whatever its spelling, and what it is counted per."""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.currencies import CURRENCIES, MONEY
from quire.nodes.evidence.figures.scripts import LETTER
from quire.nodes.evidence.figures.unit_words import (
    ADJECTIVES,
    IDEOGRAPHIC,
    IN_COMPOUNDS,
    NOT_ALONE,
    PHRASES,
    PHYSICAL,
    SYMBOLS,
    WORDS,
)


class Unit(NamedTuple):
    """A unit and where it ends. ``name`` is empty where none stands."""

    name: str
    """One name, singular: ``square foot``, ``percent``, ``milligram/kilogram``; an unknown one as it is spelled."""
    per: tuple[str, ...]
    """What it is counted per, in the order of the alphabet: ``("month", "robot")``."""
    end: int


EXACT: Final = MONEY | {
    *("percent", "permille", "percentage point", "basis point", "times"),
    *("date", "time", "ratio", "identifier"),
}
"""Units without which a number says something else: ``15`` does not carry ``15 %``."""

_GAP: Final = r"[ \u00a0\u202f\u2009]?-?[ \u00a0\u202f]*"
_START = re.compile(_GAP + r"(?:(?:of\s+an?|d[ei]|of|des?)\s+|d['\u2019])?")
_NO_LETTER: Final = rf"(?!{LETTER})"
_ADJECTIVES = re.compile(ADJECTIVES, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{1,40}(?:-[^\W\d_]{1,40})?")
_ATOM: Final = r"[A-Za-zµ\u03bcΩ\u2126°]{1,12}(?:[²³]|\^?-?[1-4](?!\d)|[⁻]?[¹²³⁴])?"
_SYMBOL = re.compile(rf"{_ATOM}(?:(?:\s?[/·\u22c5*]\s?|(?<=[²³]))(?!\d){_ATOM})*(?!['\u2019]|{LETTER})")
_POWERS: Final = str.maketrans("²³¹⁴⁻", "2314-", "^")
_PER = re.compile(
    r"\s?/\s?(?!\d)|\s+(?:per|pro|par|por|je)\s+"
    r"|\s+(?P<article>(?:an?|every|each|im|al|alla|ao)\s+|(?:all|à\sl)['\u2019]\s?)",
    re.IGNORECASE,
)
_TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "quarter"})
_NO_SYMBOL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST_PER = 3
_DIGIT_FOLLOWS = re.compile(r"\s?\.?\d")
"""Where it stands behind a currency, the currency is that of the next number."""


def unit_at(text: str, position: int) -> Unit:
    """Give the unit that follows a number ending at ``position``; none is empty and ends there."""
    start = _START.match(text, position)
    begin = start.end() if start else position
    name, end = _named(text, begin)
    if not name and begin > position:  # "of" and "d'" belong to what follows only before a unit
        name, end = _named(text, position)
    if not name:
        return Unit("", (), position)
    return rate_at(text, name, end)


@lru_cache(maxsize=4_096)
def unit_named(text: str) -> str:
    """Give the unit a text is the name of (``sq ft``, ``units/acre``, ``% of lot width``); empty if it names none."""
    return unit_at(text.strip(), 0).name if text.strip() else ""


def units_announced(text: str) -> set[str]:
    """Give the units that titles announce for bare numbers.

    ``Lot size (sq. ft.): 9,000``, ``Flow, l/s: 84``, ``invoice_eur: 93.20``.
    """
    said = re.findall(r"\(([^()]{1,30})\)|\[([^\[\]]{1,30})\]|,\s*([^,;:()]{1,20}):", text)
    joined = (_joined(last) for last in re.findall(r"[^\W_]_([^\W\d_]{2,4}):", text))
    return {unit for unit in (*(unit_named("".join(parts)) for parts in said), *joined) if unit}


def _joined(last: str) -> str:
    """Give the unit that the last part of a column's name is, as machines write it: in small letters, and short."""
    return CURRENCIES.get(last.upper()) or (SYMBOLS.get(last, "") if last.islower() else "")


@cache
def _phrase() -> re.Pattern[str]:
    """Compile the pattern of all phrases once it is needed: that takes time."""
    spelt = "|".join(f"(?P<u{n}>{spelling})" for n, (_, spelling) in enumerate(PHRASES))
    return re.compile(spelt.replace(r"\b", _NO_LETTER), re.IGNORECASE)


def _named(text: str, at: int) -> tuple[str, int]:
    following = text[at : at + 1]
    if not following or following.isspace() or following in ",;:()[]\0":
        return "", at
    found = _phrase().match(text, at)
    if found and not (found[0].endswith('"') and text.count('"', 0, at) % 2):
        compound = _SYMBOL.match(text, at)
        if not compound or compound.end() <= found.end():
            return PHRASES[int(str(found.lastgroup)[1:])][0], found.end()
    if following > "\u3000" and (ideographs := IDEOGRAPHIC.match(text, at)):
        return WORDS[ideographs[0]], ideographs.end()
    return _symbol(text, at) or _word(text, at) or _counted(text, at) or ("", at)


def _symbol(text: str, at: int) -> tuple[str, int] | None:
    """Read a symbol (``kV``, ``mg/kg``); one that nobody knows is a unit of its own if it cannot be a word."""
    found = _SYMBOL.match(text, at)
    if not found:
        return None
    spelled = found[0]
    if name := _compound(spelled):
        return (name, found.end()) if spelled not in NOT_ALONE else None
    first = re.split(r"\s?[/·\u22c5*]", spelled)[0]
    if (name := _compound(first)) and first not in NOT_ALONE and first.lower() not in WORDS:
        return name, at + len(first)
    if spelled.lower() in WORDS or first.lower() in WORDS or spelled in CURRENCIES or first in CURRENCIES:
        return None
    return None if _is_word(spelled) else (spelled, found.end())


def _is_word(spelled: str) -> bool:
    """Tell ``rooms`` and ``EU`` from ``gpm``, ``dBm`` and ``gal/ft``."""
    first, *rest = re.split(r"\s?[/·\u22c5*]\s?", spelled)
    if first[:1].isupper() and first[1:2].islower() and not rest:  # "BauO"
        return True
    if any(one in IN_COMPOUNDS for one in rest):
        return False
    shortened = first.islower() and 1 < len(first) <= len("kgpm") and not set(first) & set("aeiouy")
    return bool(_NO_SYMBOL.fullmatch(first)) and not shortened


@lru_cache(maxsize=4_096)
def _compound(spelled: str) -> str:
    """Name a symbol whose every part is known: ``mg/kg`` is ``milligram/kilogram``; empty otherwise."""
    parts = re.split(r"(\s?[/·\u22c5*]\s?|(?<=[²³])(?=[^/·\u22c5*\s]))", spelled)
    names, below = [], False
    known = SYMBOLS if len(parts) == 1 else IN_COMPOUNDS
    for number, part in enumerate(parts):
        if number % 2:
            below = below or "/" in part
            names.append("/" if below else "*")
            continue
        atom = re.fullmatch(r"(.*?)(\^?-?[1-4]|⁻?[¹²³⁴]|[²³])?", part)
        base = known.get(atom[1]) if atom else None
        if atom is None or base is None:
            return ""
        names.append(base + (f"**{atom[2].translate(_POWERS)}" if atom[2] else ""))
    whole = "".join(names)
    return _SPELLED_OUT.get(whole, whole)


_SPELLED_OUT: Final = {
    f"{base}**{power}": f"{word} {base}"
    for power, word in ((2, "square"), (3, "cubic"))
    for base in ("meter", "kilometer", "foot", "inch", "yard", "mile")
}


def _word(text: str, at: int) -> tuple[str, int] | None:
    found = _WORD.match(text, at)
    if not found:
        return None
    whole = found[0]
    if whole in CURRENCIES:
        return None if _DIGIT_FOLLOWS.match(text, found.end()) else (CURRENCIES[whole], found.end())
    for spelled in dict.fromkeys((whole, whole.split("-")[0])):
        if (unit := WORDS.get(spelled.lower())) and len(spelled) > 1:
            end = at + len(spelled)
            dot = text.startswith(".", end) and len(spelled) <= len("yrd") and spelled.lower() not in _NO_DOT
            return unit, end + dot
    return None


_NO_DOT: Final = frozenset({"ms", "day", "dag", "ora", "uur", "año", "ano", "mes", "mês", "jour", "lot", "car"})
"""Short words that a full stop after them does not belong to."""


def _counted(text: str, at: int) -> tuple[str, int] | None:
    """Read what is counted behind words that describe it: ``12 accessible parking stalls``."""
    described = _ADJECTIVES.match(text, at)
    if not described:
        return None
    found = _WORD.match(text, described.end())
    unit = WORDS.get(found[0].lower()) if found else None
    return (unit, found.end()) if unit and found else None


def rate_at(text: str, name: str, end: int) -> Unit:
    """Read what a unit that ends at ``end`` is counted per: a measure becomes another measure, all else a rate."""
    per: list[str] = []
    while len(per) < _MOST_PER and (found := _PER.match(text, end)):
        one, after = _named(text, found.end())
        if not one:
            word = _WORD.match(text, found.end())
            if not word or found["article"]:
                break
            one, after = word[0].lower(), word.end()
        if found["article"] and one not in _TIMES:
            break
        if name in PHYSICAL and one in PHYSICAL and not per:
            name = f"{name}/{one}"
        else:
            per.append(one)
        end = after
    return Unit(name, tuple(sorted(per)), end)
