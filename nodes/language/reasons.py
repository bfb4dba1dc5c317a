"""Reasons why a section is not written, in the document's language. Journals have them in English."""

from quire.nodes.evidence.left_out import BY_A_PERSON, NEEDS_MODEL, NOT_APPLICABLE, RUN_ENDED
from quire.nodes.language.catalogue import Words

_KEYS = {
    BY_A_PERSON: "reason.left-out-by-person",
    NOT_APPLICABLE: "reason.does-not-apply",
    NEEDS_MODEL: "reason.takes-a-model",
    RUN_ENDED: "reason.run-ended",
}
_SHORT_KEYS = {BY_A_PERSON: "reason.short-left-out-by-person", NEEDS_MODEL: "reason.short-takes-a-model"}


def reason_in(reason: str, words: Words) -> str:
    """Say a reason of a journal in a language; one that is no fixed reason stays as it is."""
    return words(_KEYS[reason]) if reason in _KEYS else reason


def reason_meant(said: str, words: Words) -> str:
    """Give the reason of a journal that a document says in its language."""
    return next((reason for reason, key in _KEYS.items() if words(key) == said), said)


def in_few_words(reason: str, words: Words) -> str:
    """Say a reason of a journal in a few words that follow a count."""
    return words(_SHORT_KEYS[reason]) if reason in _SHORT_KEYS else reason_in(reason, words)
