"""Reads parking ratios: the words of a schedule as a formula, or nothing if a word of them fits none."""

import re
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.ratios import Ratio, Term, Tier

_FLOOR = r"sq(?:uare|\.)?[\s-]*f(?:ee|oo)?t\.?|s\.?\s?f\.?(?!\w)|sqft"
_BASES = (
    ("use_floor_area", _FLOOR),
    ("seats", r"(?:fixed\s+)?seats?(?:\s+or\s+stools?)?"),
    ("units", r"(?:dwelling|housekeeping|living|residential)?\s*units?|dwellings?|apartments?"),
    ("rooms", r"(?:guest|sleeping|rental|rented|hotel)?\s*rooms?(?:\s+or\s+(?:unit|suite)s?)?"),
    ("beds", r"beds?"),
    ("employees", r"(?:\w+\s+)?(?:employees?|staff(?:\s+persons?)?|workers?)"),
    ("students", r"students?|pupils?"),
    ("classrooms", r"class\s*rooms?"),
    ("lanes", r"(?:bowling\s+)?(?:lanes?|alleys?)"),
    ("bays", r"(?:service\s+)?bays?"),
    ("occupants", r"(?:occupants?|persons?|patrons?)"),
)
_BASIS = "|".join(f"(?P<b{n}>{pattern})" for n, (_, pattern) in enumerate(_BASES))
_ONE = rf"(?:{NUMBER}|l(?=\s+additional)|an?(?=\s+(?:additional\s+)?(?:parking\s+)?space))"
_TERM = re.compile(
    rf"^\W*(?:an?\s+(?:additional\s+)?|minimum\s+(?:of\s+)?|at\s+least\s+)?(?P<count>{_ONE})\s*(?:additional\s+)?(?:off-street\s+)?(?:parking\s+)?(?:spaces?|stalls?)?\s*"
    rf"(?:\([^)]*\)?\s*)?(?:shall\s+be\s+provided\s+|required\s+)?(?:for\s+each|for\s+every|per|for|each|/|:)\s*(?:additional\s+)?(?P<per>{NUMBER})?\s*-?\s*(?:{_BASIS})(?![a-z])\.?"
    rf"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FIXED = re.compile(rf"^\W*(?P<count>{NUMBER})\s*(?:parking\s+)?(?:spaces?|stalls?)?\s*$", re.IGNORECASE)
_EXCESS = re.compile(
    rf"\b(?:in\s+excess\s+of|over|above|beyond)\s+(?:the\s+first\s+)?(?P<number>{NUMBER})", re.IGNORECASE
)
_PARTICULAR = re.compile(
    r"\b(?:assembly|office|sales|used|principal|dining|waiting|display|service|patron|customer)\b", re.IGNORECASE
)
_LEAST = re.compile(
    rf",?\s*(?:but\s+)?(?:in\s+no\s+case|not|never|no)\s+(?:be\s+)?(?:less|fewer)\s+than\s+(?P<number>{NUMBER})(?:\s+spaces?)?",
    re.IGNORECASE,
)
_WHICHEVER = re.compile(
    r",?\s*whichever\s+(?:is\s+|number\s+is\s+|results\s+in\s+the\s+)?(?P<kind>great|larg|high|more|less|small)\w*(?:\s+number)?[^.;]*",
    re.IGNORECASE,
)
_TIER = re.compile(r"\([a-z]\)\s*", re.IGNORECASE)
_RANGES = (
    (re.compile(rf"^(?:less\s+than|under|up\s+to)\s+(?P<high>{NUMBER})", re.IGNORECASE)),
    (re.compile(rf"^(?P<low>{NUMBER})\s*(?:-|\u2013|to)\s*(?P<high>{NUMBER})", re.IGNORECASE)),
    (re.compile(rf"^(?:over|more\s+than|at\s+least)\s+(?P<low>{NUMBER})", re.IGNORECASE)),
    (re.compile(rf"^(?P<low>{NUMBER})\s*(?:{_FLOOR})?\s*or\s+(?:greater|more|over)", re.IGNORECASE)),
)
_ONE_TIER = 2


def parse_ratio(text: str) -> Ratio | None:
    """Read a ratio; nothing if any of its words cannot be made part of the formula."""
    text = " ".join(text.split()).rstrip(" .")
    least = _LEAST.search(text)
    if least:
        text = (text[: least.start()] + text[least.end() :]).strip(" ,")
    minimum = number(least["number"]) if least else None
    read = _tiered(text) or _alternatives(text) or _added(text)
    if read is None or (least and minimum is None):
        return None
    return Ratio(read.terms, read.alternatives, read.counts, read.tiers, minimum or Decimal(0))


def _tiered(text: str) -> Ratio | None:
    pieces = [piece.strip() for piece in _TIER.split(text)]
    if pieces[0] or len(pieces) <= _ONE_TIER:
        return None
    tiers: list[Tier] = []
    for piece in pieces[1:]:
        range_, _, formula = piece.partition(" - ") if not re.match(rf"{NUMBER}\s*-", piece) else _after_range(piece)
        found = next((match for pattern in _RANGES if (match := pattern.match(range_))), None)
        ratio = _added(formula)
        if found is None or ratio is None:
            return None
        bounds = found.groupdict()
        low, high = number(bounds.get("low") or "0"), number(bounds["high"]) if bounds.get("high") else None
        tiers.append(Tier(low or Decimal(0), high, ratio))
    return Ratio(tiers=tuple(tiers))


def _after_range(piece: str) -> tuple[str, str, str]:
    """Part ``3,000 - 10,000 sq.ft. per unit - 8 spaces …`` at its second dash."""
    first, _, rest = piece.partition("-")
    second, dash, formula = rest.partition(" - ")
    return f"{first}-{second}", dash, formula


def _alternatives(text: str) -> Ratio | None:
    found = _WHICHEVER.search(text)
    if found is None:
        return None
    pieces = re.split(r",?\s+or\s+(?=(?:an?\b|one\b|\d|two\b|three\b|four\b|five\b|six\b))", text[: found.start()])
    read = [_added(piece) for piece in pieces]
    if len(read) == 1 or any(one is None for one in read):
        return None
    lesser = found["kind"].lower() in {"less", "small"}
    return Ratio(alternatives=tuple(one for one in read if one), counts="least" if lesser else "greatest")


def _added(text: str) -> Ratio | None:
    pieces = re.split(r"\s*(?:,?\s*\bplus\b|;|,\s+and\s+(?=one|\d))\s*", text)
    terms = [_term(piece) for piece in pieces if piece.strip()]
    return Ratio(terms=tuple(t for t in terms if t)) if terms and all(terms) else None


def _term(text: str) -> Term | None:
    if fixed := _FIXED.match(text):
        count = number(fixed["count"])
        return Term(count) if count is not None else None
    found = _TERM.match(text)
    if found is None:
        return None
    basis = next(name for n, (name, _) in enumerate(_BASES) if found[f"b{n}"])
    rest = found["rest"]
    if _PARTICULAR.search(rest.split(",")[0]):
        basis = f"{basis}: {rest.split(',')[0].strip(' .')}"
    count = Decimal(1) if found["count"].lower() in {"l", "a", "an"} else number(found["count"])
    per = number(found["per"]) if found["per"] else Decimal(1)
    excess = _EXCESS.search(rest)
    beyond = number(excess["number"]) if excess else Decimal(0)
    if count is None or not per or beyond is None:
        return None
    return Term(count, per, basis, beyond)
