"""The five words in which a comparison ends. They are used in no other sense, and nothing is called by a sixth."""

from typing import Final

CONFORMING: Final = "Conforming"
CONFORMING_SUBJECT_TO: Final = "Conforming subject to"
LEGAL_NONCONFORMING: Final = "Legal nonconforming"
NONCONFORMING: Final = "Nonconforming"
INDETERMINATE: Final = "Indeterminate"

STATUSES: Final = (CONFORMING, CONFORMING_SUBJECT_TO, LEGAL_NONCONFORMING, NONCONFORMING, INDETERMINATE)


def status_of(text: str) -> str:
    """Give the status a text begins with; the longest, since one begins with another. Empty if it is none."""
    return max((status for status in STATUSES if text.startswith(status)), key=len, default="")
