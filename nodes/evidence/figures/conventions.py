"""How a language and a country write numbers and dates: decimal sign, thousands, months, the order of day and month.

Nothing here asks the process for its locale: a convention is given, by evidence in a source or by the brief.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_symbol


@dataclass(frozen=True)
class Convention:
    """What the figures of a text mean. Hashable, so that readings are kept by text and convention."""

    language: str = "en"
    """ISO 639-1 code: ``de``."""
    decimal: str = "."
    """``.`` or ``,``."""
    spaced: bool = False
    """Whether a plain space parts thousands: ``1 234``. The narrow and the hard space always do."""
    month_first: bool = True
    """Whether ``3/4/2026`` is 4 March."""
    decimal_known: bool = True
    """Whether something tells the decimal sign. Else ``1.234`` is read, and marked as ambiguous."""
    order_known: bool = True
    """Whether something tells the order of day and month."""
    yuan: bool = False
    """Whether a bare ``¥`` is China's currency. Elsewhere, in Taiwan too, it is Japan's."""


ENGLISH = Convention()
"""Where nothing else is told."""

_FORM = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_SHORTEST = 3
"""Letters of a month's name: shorter ones are narrow forms."""
_OTHER_SCRIPTS = ("ar", "el", "he", "ru", "uk")
_ALSO_SPELLED = {"de": ("de_AT",)}
"""Countries that have names of months of their own: ``Jänner``."""
_SPACED = frozenset("\u00a0\u202f ")


@lru_cache(maxsize=256)
def convention_of(locale: str) -> Convention:
    """Give the convention of a locale as BCP 47 writes it: ``de``, ``de-CH``, ``en-GB``, ``pt-BR``.

    English without a country is that of the United States in all but what is sure: whether day or month comes first.

    Raises:
        ValueError: no locale of this name is known.

    """
    known = _locale(locale)
    symbols = known.number_symbols.get("latn", known.number_symbols)
    short = known.date_formats["short"].pattern
    return Convention(
        language=str(known.language),
        decimal="," if symbols["decimal"] == "," else ".",
        spaced=symbols["group"] in _SPACED,
        month_first=0 <= short.lower().find("m") < short.lower().find("d"),
        order_known=known.language != "en" or known.territory is not None,
        yuan=get_currency_symbol("CNY", known) == "¥",
    )


def _locale(name: str) -> Locale:
    if not _FORM.fullmatch(name):
        raise ValueError(f"{name!r} is no locale")
    try:
        found = Locale.parse(name.replace("-", "_"), resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{name!r} is no locale that is known") from error
    if found.territory and found.territory not in get_global("territory_languages"):
        raise ValueError(f"{name!r} names no country that is known")
    return found


@lru_cache(maxsize=64)
def months(language: str) -> Mapping[str, int]:
    """Give the names of months, in lower case and without their full stop, with their numbers.

    English names are always among them, since reports in every language quote them, and those in scripts of their own,
    which are no other language's words.
    """
    named: dict[str, int] = {}
    for code in dict.fromkeys((language, *_ALSO_SPELLED.get(language, ()), "en", *_OTHER_SCRIPTS)):
        try:
            locale = Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[use][width].items():
                    named.setdefault(name.lower().rstrip("."), number)
    named.setdefault("sept", 9)
    told = {name: number for name, number in named.items() if name[:1].isalpha() and len(name) >= _SHORTEST}
    return MappingProxyType(told)
