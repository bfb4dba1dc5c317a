"""Why a section was planned by the blueprint and is not written: the reasons, and what each means for the document."""

from typing import Final

NOT_APPLICABLE: Final = "it does not apply to this brief"
"""Its condition (``when``) does not hold: nothing is missing."""
BY_A_PERSON: Final = "a person left it out of the plan"
"""Somebody decided so when the plan was approved: nothing is missing that was wanted."""
NEEDS_MODEL: Final = "it takes a model, and there was none"
"""It applies, and could not be written."""
RUN_ENDED: Final = "the run ended before it was written"
"""It was still to be written when the run was stopped or failed."""

_IN_SHORT: Final = {NEEDS_MODEL: "need a model", BY_A_PERSON: "a person decided so"}


def applies(status: str, reason: str) -> bool:
    """Whether the section belongs to this document, written or not."""
    return status != "skipped" or reason != NOT_APPLICABLE


def is_left_out(status: str, reason: str) -> bool:
    """Whether the section applies and was left out."""
    return status == "skipped" and applies(status, reason)


def is_missing(status: str, reason: str) -> bool:
    """Whether the section was left out although it is wanted: the document is not whole without it."""
    return is_left_out(status, reason) and reason != BY_A_PERSON


def in_short(reason: str) -> str:
    """Give a reason in a few words that follow a count: ``4 left out: need a model``."""
    return _IN_SHORT.get(reason, reason)
