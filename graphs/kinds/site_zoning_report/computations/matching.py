"""Matches a use, as a client words it, with the words of a code: clearly, perhaps, or not."""

import re
from functools import partial
from typing import Final

from quire.nodes.search.stemming import stem

_COMMON: Final = """
    the and for with are was were has have that this these those from into not but its their there which who all
    each any other more most some only such under over between within upon than use uses used using
    establishment establishments engaged primarily including include includes sale sales selling shop shops
    store stores business businesses facility facilities similar general type types kind regulated section
    chapter permitted district districts up to of in on at by or as be is it an may shall no per parlor parlors
    premises
"""
_NOISE = frozenset(_COMMON.split())
_EXCLUDED = re.compile(
    r"[,;]?\s+(?:but\s+)?(?:excluding|except(?:ing)?(?:\s+for)?|not\s+including|other\s+than)\s+(?P<words>[^.;]*)",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\b(?:without|no|non-?)\s*(?P<word>[a-z]+)", re.IGNORECASE)
_ITEMS = re.compile(
    r"\s*(?:[,;.:()/]|\band\b|\bor\b|\bincluding\b|\bsuch\s+as\b|\blike\b|\bestablishments?\s+(?:primarily\s+)?engaged\b|\bthose\s+selling\b)\s*",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\s*(?:,|\(|\bwith\b|\bwithout\b|\babove\b|\bon\s+the\b|\bof\s+(?:more|less|up)\b|\bup\s+to\b|\bmore\s+than\b)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r",?\s*(?:up\s+to|not?\s+more\s+than|more\s+than|over|at\s+least|less\s+than|fewer\s+than)\s+[\d,]+.*$",
    re.IGNORECASE,
)
_NEAR: Final = """
    bakeri bake cafe coffe deli restaur eat food tavern bar pub dine cater
    retail store shop merchandis grocer groceri boutiqu market
    medic dental dentist doctor clinic physician health
    offic profession administr
    dwell apart residenti condominium multi-famili multifamili hous
    gym fit exercis yoga
    hotel motel inn lodg bed
    school class instruct train daycar nurseri
    worship church mosqu synagogu templ assembl
    warehous storag distribut wholesal
    manufactur industri product process workshop breweri distilleri
    bank credit save financi
    salon barber beautician tailor laundromat clean person
    repair garag automot vehicl
"""
_ONE_THING = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\b(?:eating|dining)\s+(?:places?|establishments?|and\s+drinking\s+places?)\b", "restaurant"),
        (
            r"\b(?P<kind>(?:de|at)tached\s+)?(?:one|single)-?\s+(?:and|or)\s+two[\s-]*family(?:\s+dwellings?)?\b",
            r"\g<kind>onefamily, \g<kind>twofamily",
        ),
        (
            r"\b(?:one|single)[\s-]*family(?:\s+(?:detached\s+)?(?:dwellings?|houses?|homes?|residences?))?\b",
            "onefamily",
        ),
        (r"\b(?:two[\s-]*family(?:\s+(?:dwellings?|houses?))?|duplex(?:es)?)\b", "twofamily"),
        (
            r"\b(?:multi(?:ple)?[\s-]*family(?:\s+(?:dwellings?|buildings?))?|apartments?(?:\s+(?:houses?|buildings?))?)\b",
            "multifamily",
        ),
        (r"\b(?:places?\s+of\s+worship|church(?:es)?|synagogues?|mosques?|temples?)\b", "worship"),
        (
            r"\b(?:physical\s+fitness|fitness\s+(?:cent(?:er|re)|facilit(?:y|ies))|health\s+clubs?|gym(?:nasium)?s?)\b",
            "fitness",
        ),
        (r"\bdoctors?['\u2019]?s?\s+offices?\b", "medical office"),
        (r"\b(?:day\s*care|child\s*care)(?:\s+cent(?:er|re)s?)?\b", "daycare"),
    )
)
"""Names that ordinances use for the same thing."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_COMPOUND = re.compile(r"\b(?P<what>[a-z]{3,})(?P<where>stores?|shops?)\b")
_PLACES = frozenset({"store", "stores", "shop", "shops", "sale", "sales", "service", "services"})
_KIN = tuple(frozenset(line.split()) for line in _NEAR.strip().splitlines())
"""Stems of uses that are near each other: near enough to name a candidate, never to decide."""
_SHORTEST_KIN = 4

WHOLE, EXACT, COVERED, GENERAL, TOUCHED, KINDRED = 4.5, 4.0, 3.0, 2.5, 1.0, 0.5
"""How well words fit: the entry is the use; one of its items is; its words hold all of the use; it is general and
holds the use; they share a word; they are of kin."""
CLEAR = GENERAL


def _named(text: str) -> str:
    """Write the names that codes give one thing in one way: eating places are restaurants."""
    for pattern, name in _ONE_THING:
        text = pattern.sub(name, text)
    return text


def terms(text: str) -> frozenset[str]:
    """Take the stems that carry meaning; ``without seating`` is another term than ``seating``."""
    text = _named(_LIMIT.sub("", text).lower())
    negated = {f"no-{stem(m['word'])}" for m in _WITHOUT.finditer(text)}
    words = [
        w for w in re.findall(r"[a-z]+(?:-[a-z]+)?|\d+(?=-)", _WITHOUT.sub(" ", text)) if len(w) > 1 and w not in _NOISE
    ]
    return frozenset(stem(word) for word in words) | frozenset(negated)


def head(use: str) -> frozenset[str]:
    """Take the terms of what a use is, without what it is with: ``Bakery with seating`` is a bakery."""
    return terms(_QUALIFIED.split(use, maxsplit=1)[0]) or terms(use)


def excluded_in(text: str) -> str:
    """Give the uses that a paragraph expressly leaves out: ``but excluding tattoo establishments``."""
    return "; ".join(found["words"] for found in _EXCLUDED.finditer(text))


def fit(use: str, text: str) -> float:
    """Weigh how well a use fits an entry of a code, by the best of the things that the entry names."""
    wanted, core = terms(use), head(use)
    if not wanted:
        return 0.0
    body = _named(_EXCLUDED.sub(" ", text).lower())
    if terms(body) == wanted:
        return WHOLE
    items = [terms(item) for item in _ITEMS.split(body)] + [terms(body.split(". ")[0]), terms(body)]
    return max((_fit(wanted, core, item) for item in items if item), default=0.0)


def _fit(wanted: frozenset[str], core: frozenset[str], item: frozenset[str]) -> float:
    if wanted == item:
        return EXACT
    if wanted <= item:
        return COVERED
    if core <= item <= wanted:
        return GENERAL
    if core & item:
        return TOUCHED
    return KINDRED if any(map(partial(_kindred, item), core)) else 0.0


def related(use: str, text: str) -> bool:
    """Say whether a text has a word of the use or one with the same beginning: ``bakery`` and ``baking``."""
    words = terms(text)
    return any(_prefixes(stem, word) for stem in head(use) for word in words)


def _kindred(item: frozenset[str], stem: str) -> bool:
    near = any(stem in kin and kin & item for kin in _KIN)
    return near or any(_prefixes(stem, other) for other in item)


def _prefixes(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_KIN and longer.startswith(shorter)
