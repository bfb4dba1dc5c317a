"""What a requirement is about, whom it lets depart from it, and for what it is limited."""

import re
from collections.abc import Sequence

_MAIN = re.compile(r"\b(?:main|principal|primary)\s+(?:buildings?|structures?|uses?)", re.IGNORECASE)
_SUBJECTS = (
    ("accessory structures", r"accessory|detached\s+garages?|sheds?|(?<!attached )(?<!detached )(?<!with )garages?"),
    ("fences and hedges", r"fences?|hedges?"),
    ("signs", r"signs?"),
    ("rooftop equipment", r"roof-?\s?top|mechanical\s+equipment|penthouses?|elevator"),
    ("chimneys, antennas and poles", r"chimneys?|antenn\w+|flues?|spires?|steeples?|cupolas?|flag\s*poles?|towers?"),
    ("parking areas", r"parking|driveways?|drives?|aisles?|vehicles?"),
    ("loading", r"loading"),
    (
        "projections",
        r"project(?:ions?|ing)|(?:architectural|entrance)\s+features?|porch(?:es)?|decks?|balcon\w+|awnings?",
    ),
    ("projections", r"canop\w+|fire\s+escapes?|eaves|cornices?|bay\s+windows?|stoops?"),
    ("pools and courts", r"swimming\s+pools?|pools?|recreation\s+courts?|tennis"),
    ("planting", r"plant(?:ed|ing|ings)|trees?|shrubs?|buffers?|screen(?:s|ing)?|landscaped\s+(?:strips?|islands?)"),
    ("equipment", r"generators?|air[\s-]condition\w+|heat\s+pumps?|lighting|utilit(?:y|ies)"),
    ("outdoor areas", r"outdoor\s+\w+"),
    ("distances between buildings", r"(?:between|separation\s+of)\s+(?:main\s+)?(?:buildings|walls|structures)"),
)
_PATTERNS = [(name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for name, pattern in _SUBJECTS]
_USE_SPECIFIC = re.compile(
    r"by\s+type|specific\s+uses?|use\s+(?:standards|regulations)|standards\s+for|special|conditional|supplement|detailed|particular",
    re.IGNORECASE,
)
_MAY = re.compile(r"\bmay\s+(?!not\b)", re.IGNORECASE)
_BINDS = re.compile(r"\b(?:shall|must|required|minimum|maximum|not|no)\b", re.IGNORECASE)
_RELIEF = re.compile(
    r"\bmay\s+(?!not\b)(?:\w+\s+)?(?:be\s+)?(?:reduc|extend|project|rise|exceed|encroach|increas|decreas|waiv|modif|approv|permit|allow|var(?:y|ied)"
    r"|authori|establish|eliminat|adjust|grant)\w*|\bshall\s+(?:be\s+(?:reduced|increased)|project)\b|\b(?:are|is)\s+(?:permitted|allowed)\s+to\s+(?:extend|project)",
    re.IGNORECASE,
)
_RELIEF_TITLE = re.compile(
    r"modif\w+|exceptions?|exemptions?|projections?|encroachments?|variances?|reductions?|waivers?|bonus\w*|averag\w+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:^|[\s(])(?P<words>(?:for|where|when|if|abutting|adjacent\s+to|adjoining|along|on\s+(?:an?\s+|each\s+|the\s+)?(?:corner|interior"
    r"|through)|with|without|from\s+(?:an?|the|any|each)|to\s+(?:an?|the|any|each))\s[^,;.()]*)",
    re.IGNORECASE,
)
_BOUND_ASIDE = re.compile(r",\s*(?:max|min)imum\b,?", re.IGNORECASE)
_OVER = re.compile(r"[;.,]|\bexcept\b|\bshall\b|\bas\s+(?:defined|regulated|provided)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^\W*(?:except\s+(?:that\s+)?)?(?P<words>(?:for|on|in\s+the\s+case\s+of|where|when|if)\s[^,;.]{3,120}?)(?:,|\s+(?:it|this|they)\s|\s+shall\b)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?P<words>for\s+(?:an?\s+|each\s+|all\s+|any\s+)?[^,;.]{3,80}?)\s+(?:shall|must|is|are)\b", re.IGNORECASE
)
_LONGEST = 70
"""Characters of a limitation that fit a label."""
_PLACE = re.compile(r"\b(?:in|within)\s+(?:the|an?)\s+[\w\s-]*\bdistricts?\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:chapter|article|section|sec\.|part|§)?\s*[\d.IVX()-]*[:.]?\s*", re.IGNORECASE)


def is_relief(text: str) -> bool:
    """Say whether the words permit a departure (``may be reduced``) instead of setting a requirement."""
    permits = _MAY.search(text)
    return bool(_RELIEF.search(text) or (permits and not _BINDS.search(text)))


def is_relief_title(title: str) -> bool:
    """Say whether everything under a title is about departures: modifications, exceptions, projections."""
    return bool(_RELIEF_TITLE.search(title))


def subject_in(text: str, titles: Sequence[str]) -> str:
    """Name what a requirement is about, if it is not the lot or the main building.

    The words before the figure decide; where they name nothing, the innermost title that does.
    """
    for words in (text, *reversed(titles)):
        main = _MAIN.search(words)
        others = [(m.start(), name) for name, pattern in _PATTERNS if (m := pattern.search(words))]
        if others and (not main or min(others)[0] < main.start()):
            return min(others)[1]
        if main:
            return ""
    return ""


def use_named(lead: str, titles: Sequence[str]) -> str:
    """Name the use a requirement is for, where the titles say that the section is about particular uses."""
    for position, title in enumerate(titles):
        if position and _USE_SPECIFIC.search(title):
            inner = next(iter(titles[position + 1 :]), "") or lead
            return inner or _NUMBERING.sub("", title)
    return ""


def qualifier_after(text: str, *, more_follows: bool) -> str:
    """Find what a figure is limited to in the words behind it: ``for a one-bedroom unit``.

    Args:
        text: the words up to the next figure.
        more_follows: whether there is one, so that what comes after ``and`` is about it.

    """
    text = _BOUND_ASIDE.sub(" ", text)
    over = _OVER.search(text)
    found = _AFTER.search(text[: over.start()] if over else text)
    if found is None or _PLACE.search(found["words"]):
        return ""
    words = re.split(r"\s+and\b", found["words"])[0] if more_follows else found["words"]
    return _shortened(words)


def _shortened(words: str) -> str:
    """Cut a long limitation at its first joint: the quoted sentence beside it has all of it."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else re.split(r"\s+(?:and|by|which|that|having)\b", words)[0]


def qualifier_before(text: str) -> str:
    """Find what a figure is limited to in the words before it: ``For corner lots, …``."""
    found = _BEFORE.search(text) or _WITHIN.search(text)
    words = found["words"] if found and not _PLACE.search(found["words"]) else ""
    return " ".join((words[:1].lower() + words[1:]).split())
