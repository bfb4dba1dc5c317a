"""What a language's words are written down as: lists in plain text, read once by ``quire.nodes.support.lexicon``."""

from typing import NamedTuple


class WordLists(NamedTuple):
    """Words of one language, parted by white space unless it says otherwise; what each list is for says ``Lexicon``."""

    language: str
    negators: str
    negators_of_nouns: str
    ending: str
    causes: str
    """Parted by semicolons."""
    conditions: str
    conditions_of_rules: str
    movable: str
    may: str
    should: str
    must: str
    all_: str
    most: str
    many: str
    some: str
    few: str
    none: str
    only: str
    half: str
    boundaries: str
    stops: str
    passive: str
    by: str
    listing: str
    places: str
    ordinals: str
    """From the first on."""
    ordinal_endings: str
    """Endings of the words before, parted by strokes; the empty one counts."""
    function: str
    reporting: str
    synonyms: str
    """Groups of words that may mean the same, parted by semicolons or lines."""
    opposites: str
    """Couples: ``permit/prohibit``."""
    forms: str
    """An irregular form and its word, couples parted by semicolons or lines."""
    superlatives: str
