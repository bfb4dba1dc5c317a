"""A text against sources: each of its sentences beside the passages that speak of the same."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quire.nodes.evidence.content import Evidence
from quire.nodes.search.retrieval import Index
from quire.nodes.sources.passage import Passage, Reading, language_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.verification.given import GivenClaim

PASSAGES: Final = 6
"""Looked up for a sentence."""
_MARKS = re.compile(r"\s*\[(?:\^?\w{1,4}(?:[-\u2013,;\s]+\^?\w{1,4})*)\]")
"""``[3]``, ``[^1]``, ``[E2, E7]``: what a text names its own evidence by."""


def statements_of(text: Reading, sources: Sequence[Reading]) -> Iterator[GivenClaim]:
    """Give the sentences of a text, in order, each with what was looked up for it; named by source and address.

    Headings, code and questions are no statements.
    """
    passages = [passage for reading in sources for passage in reading["passages"] if passage["kind"] != "heading"]
    index = Index(passages, {reading["source"]: language_of(reading) for reading in sources})
    hashes = {reading["source"]: reading["hash"] for reading in sources}
    for sentence in _statements(text):
        found = index.search(sentence, PASSAGES)
        evidence = [_evidence(passage, hashes[passage["source"]]) for passage in found]
        yield GivenClaim(sentence, evidence, tuple(f"{one['source']}, {one['address']}" for one in evidence))


def _statements(text: Reading) -> Iterator[str]:
    for passage in text["passages"]:
        if passage["kind"] in ("text", "row"):
            said = _MARKS.sub("", passage["text"])
            parts = sentences(said) if passage["kind"] == "text" else [said]
            yield from (one for one in parts if one.strip() and not one.rstrip().endswith("?"))


def _evidence(passage: Passage, digest: str) -> Evidence:
    made = Evidence(source=passage["source"], address=passage["address"], quote=passage["text"], hash=digest)
    if passage["headings"]:
        made["heading"] = " > ".join(passage["headings"])
    return made
