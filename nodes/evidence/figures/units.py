"""Units that figures are written with: one name per unit, whatever its spelling."""

import re

_ADJECTIVES = (
    r"(?:(?:off-street|on-street|parking|loading|accessible|bicycle|compact|standard|guest|dwelling|residential|"
    r"living|hotel|business|calendar|consecutive|working|linear|lineal|vertical|horizontal|additional|required|gross|"
    r"net|new|full|covered|main|principal|accessory)\s+)*"
)
_SPELLINGS = (
    ("percent", r"%|percent\b|per\s+cent\b|pct\b\.?|percentage\s+points?\b"),
    (
        "square foot",
        r"square[\s-]+(?:feet|foot)\b|sq\.?\s*-?\s*(?:ft|feet|foot)\b\.?|s\.\s?f\.|sf\b|sqft\b|ft(?:2\b|²)",
    ),
    ("square meter", r"square\s+met(?:er|re)s?\b|sq\.?\s*m\b\.?|m(?:2\b|²)|sqm\b"),
    ("square inch", r"square\s+inch(?:es)?\b|sq\.?\s*in\b\.?"),
    ("square yard", r"square\s+yards?\b|sq\.?\s*yds?\b\.?"),
    ("square mile", r"square\s+miles?\b|sq\.?\s*mi\b\.?"),
    ("cubic foot", r"cubic\s+(?:feet|foot)\b|cu\.?\s*ft\b\.?|cfs?\b"),
    ("cubic yard", r"cubic\s+yards?\b|cu\.?\s*yds?\b\.?"),
    ("foot", _ADJECTIVES + r"(?:feet|foot|ft)\b\.?|(?:['\u2032\u2019])(?!\w)"),
    ("inch", r"inch(?:es)?\b|in\.(?=\W|$)|\u2033|\"(?!\w)"),
    ("yard", r"yds?\b\.?"),
    ("mile", r"miles?\b"),
    ("meter", r"met(?:er|re)s?\b|m\b(?!\.)"),
    ("centimeter", r"centimet(?:er|re)s?\b|cm\b"),
    ("millimeter", r"millimet(?:er|re)s?\b|mm\b"),
    ("kilometer", r"kilomet(?:er|re)s?\b|km\b"),
    ("acre", r"(?:gross\s+|net\s+)?(?:acres?\b|ac\b\.?)"),
    ("hectare", r"hectares?\b|ha\b"),
    ("mile per hour", r"miles\s+per\s+hour\b|mph\b"),
    ("footcandle", r"foot-?\s?candles?\b|fc\b"),
    ("decibel", r"decibels?\b|dB(?:A|\(A\))?(?!\w)"),
    ("degree", r"degrees?\b|°\s?[CF]?(?!\w)"),
    ("dollar", r"(?:US\s+)?dollars?\b|USD\b"),
    ("euro", r"euros?\b|EUR\b|€"),
    ("pound sterling", r"GBP\b|pounds\s+sterling\b"),
    ("pound", r"pounds?\b|lbs?\b\.?"),
    ("ton", r"tons?\b"),
    ("gallon", r"gallons?\b|gal\b\.?"),
    ("kilowatt", r"kilowatts?\b|kW\b"),
    ("millisecond", r"milliseconds?\b|ms\b"),
    ("second", r"seconds?\b|secs?\b"),
    ("minute", r"minutes?\b|mins?\b"),
    ("hour", _ADJECTIVES + r"(?:hours?\b|hrs?\b\.?)"),
    ("day", _ADJECTIVES + r"days?\b"),
    ("week", r"weeks?\b"),
    ("month", _ADJECTIVES + r"months?\b"),
    ("year", _ADJECTIVES + r"(?:years?\b|yrs?\b\.?)"),
    ("space", _ADJECTIVES + r"(?:spaces?|stalls?)\b"),
    ("unit", _ADJECTIVES + r"(?:units?|dwellings?)\b"),
    ("bedroom", r"bed-?rooms?\b"),
    ("room", _ADJECTIVES + r"rooms?\b"),
    ("story", r"stor(?:y|ies)\b|storeys?\b"),
    ("family", r"famil(?:y|ies)\b"),
    ("seat", r"seats?\b"),
    ("employee", r"employees?\b"),
    ("person", r"persons?\b|people\b"),
    ("lot", r"lots?\b"),
    ("tree", r"trees?\b"),
    ("vehicle", r"vehicles?\b|cars?\b"),
    ("building", _ADJECTIVES + r"buildings?\b"),
    ("lane", r"lanes?\b"),
    ("request", r"requests?\b"),
    ("error", r"errors?\b"),
    ("user", r"users?\b"),
    ("customer", r"customers?\b"),
    ("byte", r"bytes?\b"),
    ("megabyte", r"megabytes?\b|MB\b"),
    ("gigabyte", r"gigabytes?\b|GB\b"),
    ("terabyte", r"terabytes?\b|TB\b"),
)
_UNIT = re.compile(
    r"\s*-?\s*(?:of\s+an?\s+)?(?:"
    + "|".join(f"(?P<u{n}>{spelling})" for n, (_, spelling) in enumerate(_SPELLINGS))
    + ")",
    re.IGNORECASE,
)
_CASED = re.compile(r"[A-Z]")
CURRENCIES = {
    "$": "dollar", "US$": "dollar", "USD": "dollar",
    "€": "euro", "EUR": "euro",
    "£": "pound sterling", "GBP": "pound sterling",
}  # fmt: skip
"""By what stands before an amount."""
EXACT = frozenset({"percent", "dollar", "euro", "pound sterling", "date", "ratio", "identifier"})
"""Units without which a number says something else: ``15`` does not carry ``15 %``."""


def unit_at(text: str, position: int) -> tuple[str, int]:
    """Give the unit that follows a number ending at ``position``, and where it ends; none is empty and ``position``."""
    found = _UNIT.match(text, position)
    if not found or (found[0].endswith('"') and text.count('"', 0, position) % 2):
        return "", position
    return _name(found), found.end()


def unit_named(text: str) -> str:
    """Give the unit a text is the name of (``sq ft``, ``units/acre``, ``% of lot width``); empty if it names none."""
    return unit_at(text.strip(), 0)[0] if text.strip() else ""


def units_announced(text: str) -> set[str]:
    """Give the units that titles announce in brackets for bare numbers: ``Lot size (sq. ft.): 9,000``."""
    return {unit for inside in re.findall(r"\(([^()]{1,30})\)", text) if (unit := unit_named(inside))}


def _name(found: re.Match[str]) -> str:
    return next(unit for n, (unit, _) in enumerate(_SPELLINGS) if found[f"u{n}"] is not None)
