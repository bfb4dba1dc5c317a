"""What a downloaded document is called (RFC 6266)."""

import re
from urllib.parse import quote

SHOWN = frozenset({"html", "pdf"})
"""Formats that a browser shows; the others it keeps."""
_LONGEST = 80
"""Characters of a name: with its ending, every file system takes it."""


def disposition(title: str, ending: str) -> str:
    """Give the header: whether to show or keep it, and its name, in ASCII for old clients and in full for others."""
    words = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', " ", title)
    name = " ".join(words.split())[:_LONGEST].strip(". ") or "document"
    ascii_only = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "document"
    how = "inline" if ending in SHOWN else "attachment"
    return f"{how}; filename=\"{ascii_only}.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"
