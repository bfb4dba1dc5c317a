"""Having a model say what sources are, in one call for many: what it is shown, and which of its words count. Pure.

What code found stands. A model fills in what it did not find, says which of several dates at a source's head is its
own where none is said to be, and only in words that stand in the source.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from quire.nodes.evidence.content import digest_of
from quire.nodes.model.request import Fenced, Request
from quire.nodes.search.stemming import terms
from quire.nodes.sources.folding import fold_quotes
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.dates import dates_in, may_be_dated, quarters_in
from quire.nodes.survey.heads import as_words, head_of
from quire.nodes.survey.status import Status
from quire.nodes.survey.survey import LONGEST, MOST_CONTENTS, Surveyed

MOST_AT_ONCE = 60
"""Sources of one call: those beyond it are what code says of them."""
MOST_TOPICS = 12
_MOST_HEADINGS = 20
_BEGINNING = 600
"""Characters of a source's text that are shown: what it is stands at its beginning."""
_PER_SOURCE = 160
"""Tokens of a reply on one source."""
_LEAST_WORDS = 3
"""Of a notice: one word that stands somewhere says nothing of the source itself."""
_LONGEST_KIND = 4
"""Words of what a source is."""
STATUSES: tuple[Status, ...] = ("current", "superseded", "draft", "archived", "withdrawn")


class Shown(NamedTuple):
    """A source as a model is shown it."""

    reading: Reading
    about: Surveyed
    """What code found."""

    @property
    def text(self) -> str:
        """Give its name, its headings or columns, and how it begins."""
        headings = "; ".join(self.about["contents"][:_MOST_HEADINGS])
        said = " ".join(p["text"] for p in self.reading["passages"] if p["kind"] != "heading")[:_BEGINNING]
        return f"{self.reading['source']} “{self.about['title']}”\nHeadings or columns: {headings or 'none'}\n{said}"

    def key(self, system: str, model: str) -> str:
        """Give a digest of all that the answer depends on: the bytes, what is shown of them, who is asked and how."""
        return digest_of(["survey", self.reading["hash"], self.text, system, model])


def request_survey(shown: Mapping[str, Shown], models: tuple[str, str | None], system: str) -> Request:
    """Ask what sources are, each by its number (``S1``)."""
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=(f"Say what each of {', '.join(shown)} is.",),
        evidence=tuple(Fenced(number, one.text) for number, one in shown.items()),
        schema=_schema([*shown]),
        schema_name="survey",
        max_tokens=512 + _PER_SOURCE * len(shown),
    )


def rows_of(reply: Mapping[str, Any], shown: Mapping[str, Shown]) -> dict[str, str]:
    """Give what was said of each source as a text to be kept, by its number; of one that was left out, nothing."""
    said = {row["source"]: row for row in reversed(reply["sources"])}
    return {number: json.dumps(said.get(number, {}), ensure_ascii=False) for number in shown}


def surveyed_with(told: str, shown: Shown, today: str = "") -> Surveyed:
    """Give a survey with what was said of a source, as far as its words stand there.

    Args:
        told: what was said.
        shown: the source.
        today: the date that the document bears, if it bears one.

    """
    row: Mapping[str, Any] = json.loads(told)
    about = shown.about
    if not row:
        return about
    told_words = _Words(shown.reading)
    filled: dict[str, Any] = {}
    if about["what"] == about["title"] and len(row["what"].split()) <= _LONGEST_KIND and told_words.know(row["what"]):
        filled["what"] = row["what"].strip()
    dated = row["date"]
    better = _tells_more(dated, about["date"]) or may_be_dated(head_of(shown.reading), dated, today)
    if better and dated in dates_in(row["date_words"]) and told_words.hold(row["date_words"]):
        filled["date"] = dated
    if not about["period"] and told_words.hold(row["period_words"]) and _covers(row["period"], row["period_words"]):
        filled["period"] = row["period"]
    notice = row["status_words"]
    if about["status"] == "current" and len(notice.split()) >= _LEAST_WORDS and told_words.hold(notice):
        filled["status"] = row["status"]
    topics = [topic.strip()[:LONGEST] for topic in row["contents"] if told_words.know(topic)]
    filled["contents"] = _together(topics, about["contents"])
    return cast("Surveyed", {**about, **filled})


class _Words:
    """The words of a source, its name included."""

    def __init__(self, reading: Reading) -> None:
        said = [as_words(reading["source"]), reading["title"], *(p["text"] for p in reading["passages"])]
        self._text = fold_quotes(" ".join(said)).casefold()
        self._terms = frozenset(terms(self._text))

    def hold(self, words: str) -> bool:
        """Whether these very words stand there."""
        wanted = fold_quotes(words).casefold().strip(" .…\"'")
        return bool(wanted) and wanted in self._text

    def know(self, words: str) -> bool:
        """Whether each of these words stands there, in whatever form and place."""
        wanted = frozenset(terms(words.casefold()))
        return bool(wanted) and wanted <= self._terms


def _tells_more(date: str, found: str) -> bool:
    """Whether a date is told where none was found, or the month and day of the one that was."""
    return date != found and date.startswith(found)


def _covers(period: str, words: str) -> bool:
    """Whether words name a period: a quarter or half, or the years that it is made of."""
    if period in quarters_in(words):
        return True
    years = period.split("/")
    return all(len(year) == len("2026") and year.isdigit() and year in words for year in years)


def _together(topics: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Put topics before headings, each once."""
    said: dict[str, str] = {}
    for one in (*topics, *headings):
        said.setdefault(one.casefold(), one)
    return list(said.values())[:MOST_CONTENTS]


def _schema(numbers: Sequence[str]) -> dict[str, Any]:
    source = _object(
        source={"type": "string", "enum": list(numbers)},
        what=_text(60),
        date=_text(10),
        date_words=_text(120),
        status={"type": "string", "enum": list(STATUSES)},
        status_words=_text(240),
        period=_text(12),
        period_words=_text(120),
        contents={
            "type": "array",
            "items": {"type": "string", "minLength": 2, "maxLength": 80},
            "maxItems": MOST_TOPICS,
        },
    )
    return _object(sources={"type": "array", "items": source, "maxItems": 2 * len(numbers)})


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}


def numbered(shown: Iterable[Shown]) -> dict[str, Shown]:
    """Give sources the numbers that a model names them by."""
    return {f"S{n}": one for n, one in enumerate(shown, 1)}
