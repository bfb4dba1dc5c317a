"""The requirements of a request: rows and numbered sentences with ids, in the order of the request. Pure."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Final, NamedTuple

from quire.nodes.computations.citing import cite, cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.passage import Passage, Reading

_ID_TITLES: Final = re.compile(
    r"(?:req(?:uirement)?\.?\s*)?(?:id|no\.?|nr\.?|number|ref(?:erence)?\.?|item)|#", re.IGNORECASE
)
_TEXT_TITLES: Final = re.compile(
    r"requirements?|description|requirement text|text|specification|demand|question", re.IGNORECASE
)
_PRIORITY_TITLES: Final = re.compile(r"priority|obligation|level|moscow|type|weight|category", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?:^|(?<=[.;:]\s))(?P<id>[A-Z]{1,6}[-_]?\d{1,4}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})+)[:.)]?\s+(?=[A-Z])"
)
_DEMANDS: Final = re.compile(r"\b(?:must|shall|should|may|is to|are to|required|has to|have to|will)\b", re.IGNORECASE)
_STRENGTH: Final = (
    ("must", r"must|shall|required|has to|have to|is to|are to|will"),
    ("should", r"should"),
    ("may", r"may"),
)


class Requirement(NamedTuple):
    """One thing that the request asks for."""

    id: str
    text: str
    priority: str
    """As the request says it, else ``must``, ``should`` or ``may`` by its words."""
    id_evidence: Evidence
    evidence: Evidence


def request_of(materials: Materials) -> list[Reading]:
    """Give the sources that are the request; the fact ``request`` names them by a glob."""
    glob = str(materials.facts.get("request") or "request/*")
    return [reading for reading in materials.readings if fnmatch(reading["source"], glob)]


def requirements_in(materials: Materials) -> list[Requirement]:
    """Give the requirements of the request, each id once."""
    found: dict[str, Requirement] = {}
    for reading in request_of(materials):
        for passage in reading["passages"]:
            for one in _of(reading, passage):
                found.setdefault(one.id, one)
    return list(found.values())


def _of(reading: Reading, passage: Passage) -> Iterator[Requirement]:
    if passage["kind"] == "row":
        yield from _in_row(reading, passage)
    elif passage["kind"] == "text":
        yield from _numbered(reading, passage)


def _in_row(reading: Reading, passage: Passage) -> Iterator[Requirement]:
    fields = passage.get("fields", {})
    id_title, text_title, priority = (_title(fields, p) for p in (_ID_TITLES, _TEXT_TITLES, _PRIORITY_TITLES))
    if id_title and text_title and fields[id_title].strip() and fields[text_title].strip():
        text = fields[text_title]
        yield Requirement(
            fields[id_title].strip(),
            text,
            fields[priority] if priority else strength_of(text),
            cite(reading, passage, field=id_title),
            cite(reading, passage, field=text_title),
        )


def _title(fields: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    return next((title for title in fields if pattern.fullmatch(title.strip())), "")


def _numbered(reading: Reading, passage: Passage) -> Iterator[Requirement]:
    starts = list(_NUMBERED.finditer(passage["text"]))
    ends = [*(found.start() for found in starts[1:]), len(passage["text"])]
    for found, end in zip(starts, ends[: len(starts)], strict=True):
        text = passage["text"][found.end() : end].strip()
        if _DEMANDS.search(text):
            evidence = cite_sentence(reading, passage, text)
            named = {**evidence, "quote": passage["text"][found.start() : end].strip()}
            yield Requirement(found["id"], text, strength_of(text), Evidence(**named), evidence)  # type: ignore[typeddict-item]  # the same keys


def strength_of(text: str) -> str:
    """Tell by its words how strong a demand is."""
    return next((name for name, words in _STRENGTH if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), "")
