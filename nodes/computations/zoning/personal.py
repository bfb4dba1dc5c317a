"""Personal data in sources: what a report about land leaves out."""

import re
from typing import Final

PERSONAL_TITLE: Final = re.compile(
    r"\bowners?\b|\bapplicants?\b|\bpetitioners?\b|\bcontact\b|\bphone\b|\btelephone\b|\be-?mail\b|\bmailing\b"
    r"|\bgrant(?:or|ee)s?\b|\blessees?\b|\btenant name\b|\bcomplainants?\b",
    re.IGNORECASE,
)
"""Titles of columns and labels of sheets whose values name people or lead to them."""

CONTACT: Final = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b\d{3}-\d{2}-\d{4}\b"
    r"|(?:\(\d{3}\)\s?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b"
    r"|\b(?:tel|phone|telephone|call)\.?:?\s+\(?\d{3}[-.) ]+\d{3,4}"
)
"""E-mail addresses, telephone and social security numbers."""


def is_personal(title: str) -> bool:
    """Say whether a column's title or a label announces personal data."""
    return bool(PERSONAL_TITLE.search(title.replace("_", " ")))
