"""Saying of what is quoted that it no longer counts, or never did: of its source, or of its one value. Pure.

Code says it, whoever wrote the text: a value of a superseded source, a draft or an older report is never shown as what
holds, also where a model states it so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from quire.nodes.differences.differing import Difference, Told, is_conflict
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.survey.status import names_status
from quire.nodes.survey.survey import Surveyed

MOST_NEWER = 60
"""Characters of the value that counts, beside one that does not."""
_FIRST_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f]*\d|\d")
_UNMARKED = frozenset({"fixed", "open", "brief", "unsupported"})


def within(found: Sequence[Difference], sources: Iterable[str]) -> list[Difference]:
    """Keep of the differences what some of the sources say."""
    allowed = frozenset(sources)
    kept = [
        Difference(
            quantity=one["quantity"],
            period=one["period"],
            holds=[told for told in one["holds"] if told["source"] in allowed],
            differs=[told for told in one["differs"] if told["source"] in allowed],
            outdated=[told for told in one["outdated"] if told["source"] in allowed],
        )
        for one in found
    ]
    return [one for one in kept if one["differs"] or one["outdated"]]


def bearing_on(found: Sequence[Difference], evidence: Iterable[Evidence]) -> list[Difference]:
    """Keep of the differences those in which a value of some evidence does not count."""
    told = list(evidence)
    return [one for one in found if any(_of_place(each, [one]) for each in told)]


def noted(evidence: Sequence[Evidence], found: Sequence[Difference]) -> list[Evidence]:
    """Note beside each passage which value of it does not count, and what counts instead, for whoever writes."""
    words = words_in(ENGLISH)
    return [
        {**one, "standing": "; ".join(said)}
        if (said := [_said_of(told, of, words) for told, of in _of_place(one, found)])
        else one
        for one in evidence
    ]


def marked(
    content: SectionContent, surveyed: Mapping[str, Surveyed], found: Sequence[Difference], words: Words
) -> SectionContent:
    """Mark each statement, or row, all of whose evidence does not count."""
    blocks = [_marked_block(block, surveyed, found, words) for block in content["blocks"]]
    return {**content, "blocks": blocks}


def disputed(made: Claim, found: Sequence[Difference]) -> list[Difference]:
    """Give the conflicts of sources one of whose values a claim states."""
    return [one for one in found if is_conflict(one) and _is_stated(made, one)]


def _is_stated(made: Claim, difference: Difference) -> bool:
    return any(_states(made["text"], told) for e in made["evidence"] for told, _ in _of_place(e, [difference]))


def counting_first(
    evidence: Sequence[Evidence], surveyed: Mapping[str, Surveyed], found: Sequence[Difference]
) -> list[Evidence]:
    """Put what holds first, and leave out what something that holds has replaced, where anything else is left."""

    def is_current(one: Evidence) -> bool:
        return one["source"] not in surveyed or surveyed[one["source"]]["status"] == "current"

    def is_replaced(one: Evidence) -> bool:
        gone = one["source"] in surveyed and surveyed[one["source"]]["status"] in {"superseded", "withdrawn"}
        return gone or any(not is_conflict(of) and of["holds"] for _, of in _of_place(one, found))

    kept = [one for one in evidence if not is_replaced(one)] or list(evidence)
    return sorted(kept, key=lambda one: not is_current(one))


def _marked_block(block: Block, surveyed: Mapping[str, Surveyed], found: Sequence[Difference], words: Words) -> Block:
    made = block.copy()
    if "claims" in block:
        made["claims"] = [_with(c, _standing([c], surveyed, found, words)) for c in block["claims"]]
    if "rows" in block:
        made["rows"] = [_marked_row(row, surveyed, found, words) for row in block["rows"]]
    return made


def _marked_row(
    row: Sequence[Claim], surveyed: Mapping[str, Surveyed], found: Sequence[Difference], words: Words
) -> list[Claim]:
    """Mark a row once, in its first cell that cites something."""
    said = _standing(row, surveyed, found, words)
    place = next((n for n, cell in enumerate(row) if cell["evidence"]), None)
    return [_with(cell, said) if n == place else cell for n, cell in enumerate(row)]


def _with(made: Claim, said: str) -> Claim:
    return {**made, "status": said} if said else made


def _standing(
    claims: Sequence[Claim], surveyed: Mapping[str, Surveyed], found: Sequence[Difference], words: Words
) -> str:
    """Say how the evidence of statements stands; nothing where some of it counts, or they say it themselves."""
    if any(c.get("status") for c in claims):
        return ""
    cited = [(c["text"], e) for c in claims if c["basis"] not in _UNMARKED for e in c["evidence"]]
    told = [_of_evidence(text, e, surveyed, found, words) for text, e in cited]
    return told[0] if told and all(told) else ""


def _of_evidence(
    text: str, evidence: Evidence, surveyed: Mapping[str, Surveyed], found: Sequence[Difference], words: Words
) -> str:
    """Say why evidence does not count for a text: its source does not hold, or its value is not the one that counts."""
    stated = [(told, of) for told, of in _of_place(evidence, found) if _states(text, told)]
    if stated:
        return _said_of(*stated[0], words)
    about = surveyed.get(evidence["source"])
    if about and about["status"] != "current":
        if names_status(text, about["status"]):
            return ""
        return _dated(about["status"], about["date"], words)
    return ""


def _dated(status: str, date: str, words: Words) -> str:
    """Name a status and the date of the source: it is not the day since when its status holds."""
    said = words(f"standing.{status.replace(' ', '-')}")
    return f"{said} ({words('differs.dated', date=date)})" if date else said


def _of_place(evidence: Evidence, found: Sequence[Difference]) -> list[tuple[Told, Difference]]:
    """Give the values at a place that do not count, each with its difference."""
    return [(told, of) for of in found for told in (*of["differs"], *of["outdated"]) if _is_at(told, evidence)]


def _is_at(told: Told, evidence: Evidence) -> bool:
    if told["source"] != evidence["source"]:
        return False
    one, other = f"{told['address']}, ", f"{evidence['address']}, "
    if one.startswith(other) or other.startswith(one):
        return True
    return bool(evidence["quote"]) and (told["quote"] in evidence["quote"] or evidence["quote"] in told["quote"])


def _states(text: str, told: Told) -> bool:
    number = _FIRST_NUMBER.search(told["text"])
    return (number[0] if number else told["text"]) in text


def _said_of(told: Told, of: Difference, words: Words) -> str:
    """Say of a value that it does not count, and what does."""
    if is_conflict(of):
        others = dict.fromkeys(one["text"] for one in of["differs"] if one["text"] != told["text"])
        return words("standing.disputed", others="; ".join(others)[:MOST_NEWER])
    known = told["status"] if told["status"] != "current" else "older"
    dated = _dated(known, told["date"], words)
    return words("standing.now", said=dated, value=of["holds"][0]["text"][:MOST_NEWER]) if of["holds"] else dated
