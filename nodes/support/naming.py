"""What names a passage without being its words: its source, the block that it stands in, the date of its source.

A claim says ``the RX-700 lifts 40 kg`` of a line that only says ``lifts 40 kg``, in the data sheet of the RX-700; and
``in February 2026`` of a bulletin of March 2026 that says ``in February``. Neither is brought in by the claim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import Convention, months
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Reading
from quire.nodes.support.tokens import tokens_of

_WORKING_DAYS: Final = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag"]
)
_WEEKDAYS = re.compile(r"\b(?:week\s?days?|working days?|business days?|werktags?|wochentags?)\b", re.IGNORECASE)
_POSSESSED = re.compile(r"['\u2019]s?$")
"""``Harbour's`` is of Harbour."""
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d-(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def names_of(evidence: Sequence[Evidence], readings: Mapping[str, Reading], about: str) -> str:
    """Give the words that name evidence: what document and section are about, its sources, its blocks."""
    return " ".join([about, *(_source_of(e) for e in evidence), *_blocks(evidence, readings)])


def _source_of(evidence: Evidence) -> str:
    return evidence["source"].replace("_", " ") if evidence["source"] != "brief" else ""


def _blocks(evidence: Sequence[Evidence], readings: Mapping[str, Reading]) -> Iterator[str]:
    """Give what stands under the same headings as the evidence."""
    for one in evidence:
        passages = readings[one["source"]]["passages"] if one["source"] in readings else []
        here = next((p for p in passages if p["address"] == one["address"]), None)
        if here is not None and here["headings"]:
            yield from (p["text"] for p in passages if p["headings"] == here["headings"])


def strangers(text: str, known: Iterable[str], convention: Convention) -> list[str]:
    """Give the names in a text that stand in nothing that is known, by word or stem: its author brought them in.

    A name is told by a capital within a sentence, so in German only by one within a word.
    """
    named = [token for token in tokens_of(text, convention) if token.named and token.kind == "word"]
    if not named:
        return []
    said = " ".join(known)
    words, stems = set(re.findall(r"[^\W\d_]+", said.casefold())), set(terms(said.casefold(), convention.language))
    initials = {word[0] for word in words}
    calendar = months(convention.language)
    dated = {calendar[word] for word in words & calendar.keys()} | {int(month) for month in _MONTH.findall(said)}
    return list(
        dict.fromkeys(
            token.text
            for token in named
            if not {_POSSESSED.sub("", token.text.casefold()), token.text.casefold().removesuffix("s")} & words
            and not set(re.findall(r"[^\W\d_]+", token.text.casefold())) <= words
            and not set(terms(token.text.casefold(), convention.language)) <= stems
            and not (token.text.isupper() and set(token.text.casefold()) <= initials)
            and calendar.get(token.text.casefold()) not in dated
            and not (token.text.casefold() in _WORKING_DAYS and _WEEKDAYS.search(said))
            and not any(_without(end, token.text.casefold()) in words for end in _OF_A_PLACE)
        )
    )


_OF_A_PLACE: Final = ("n", "an", "ese")
"""What English puts behind a place to name what is of it: ``American``, ``Iranian``, ``Japanese``."""
_SHORTEST: Final = 4


def _without(end: str, word: str) -> str:
    left = word.removesuffix(end)
    return left if left != word and len(left) >= _SHORTEST else "-"


def dated_by_source(figure: Figure, evidence: Sequence[Evidence], convention: Convention) -> bool:
    """Whether a date is put together of a month in the evidence and the year that its source is of."""
    if figure.kind != "date" or not isinstance(figure.value, str):
        return False
    year, _, rest = figure.value.partition("-")
    named = {word for word, number in months(convention.language).items() if f"{number:02}" == rest[:2]}
    return len(rest) == len("02") and any(
        year
        in _YEAR.findall(" ".join((one.get("date", ""), one.get("what", ""), one.get("heading", ""), one["source"])))
        and named & set(re.findall(r"[^\W\d_]+", one["quote"].casefold()))
        for one in evidence
    )


_NUMBERED: Final = (
    re.compile(r"(?P<word>[^\W\d_][^\W\d_'\u2019-]+)\s$"),
    re.compile(r"\s(?P<word>[^\W\d_][^\W\d_'\u2019-]+)"),
)
"""The word directly before a number, and the one behind it."""
_LONGEST_IN_A_NAME: Final = 3
"""Digits of a number in a name; a longer one may be a year."""


def is_in_a_name(figure: Figure, text: str, known: str) -> bool:
    """Whether a bare number and the capitalized word beside it stand so in what is known: ``41 Mill Lane``."""
    number = text[figure.span[0] : figure.span[1]].strip(" .,;:")
    if figure.unit or figure.kind != "number" or not number.isdigit() or len(number) > _LONGEST_IN_A_NAME:
        return False
    before, behind = (
        _NUMBERED[0].search(text[: figure.span[0]]),
        _NUMBERED[1].match(text[figure.span[0] + len(number) :]),
    )
    pairs = [f"{before['word']} {number}"] if before and before["word"][0].isupper() else []
    pairs += [f"{number} {behind['word']}"] if behind and behind["word"][0].isupper() else []
    calendar = {*months("en"), *months("de")}
    return any(
        not any(word.casefold() in calendar for word in pair.split())
        and re.search(rf"(?<![\w.,]){re.escape(pair)}(?!\w)", known) is not None
        for pair in pairs
    )


def stands_under(of: str, evidence: Evidence) -> bool:
    """Whether what a cell stands under is in the words of a passage, or in those that it stands under itself."""
    around = (evidence.get(field, "") for field in ("heading", "header", "label", "what"))
    known = set(terms(" ".join((str(evidence["quote"]), *map(str, around)))))
    return set(terms(of)) <= known
