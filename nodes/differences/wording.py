"""Differences in words, for whoever reads the document or is asked: each value with source, date, status. Pure."""

from quire.nodes.differences.differing import Difference, Told, is_conflict
from quire.nodes.language.catalogue import Words

MOST_TOLD = 6
"""Values of one difference that are named."""


def in_words(difference: Difference, words: Words) -> str:
    """Say what differs, and what counts."""
    if is_conflict(difference):
        return conflict_in_words(difference, words)
    outdated = "; ".join(value_in_words(told, words) for told in difference["outdated"][:MOST_TOLD])
    if not difference["holds"]:
        return words("differs.none-holds", of=quantity_in_words(difference), outdated=outdated)
    holds = value_in_words(difference["holds"][0], words)
    return words("differs.holds", of=quantity_in_words(difference), holds=holds, outdated=outdated)


def conflict_in_words(difference: Difference, words: Words) -> str:
    """Say between which values nothing decides."""
    told = "; ".join(value_in_words(one, words) for one in difference["differs"][:MOST_TOLD])
    return words("differs.conflict", of=quantity_in_words(difference), told=told)


def quantity_in_words(difference: Difference) -> str:
    """Name the quantity, with its period."""
    named = difference["quantity"]
    return f"{named} ({difference['period']})" if difference["period"] else named


def value_in_words(told: Told, words: Words) -> str:
    """Give a value with its source, date, and why it does not count where it does not."""
    dated = words("differs.dated", date=told["date"]) if told["date"] else words("differs.undated")
    status = "" if told["status"] == "current" else words(f"standing.{told['status'].replace(' ', '-')}")
    return f"{told['text']} ({', '.join(part for part in (told['source'], dated, status) if part)})"
