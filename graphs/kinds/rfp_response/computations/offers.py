"""What answers a requirement: rows of earlier answers, and sentences of product documents, the nearest first. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from quire.graphs.kinds.rfp_response.computations.requirements import Requirement, request_of
from quire.nodes.computations.citing import cite, cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence
from quire.nodes.search.stemming import terms
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.survey import Surveyed, by_source, survey

NEAR: Final = 0.45
"""Share of a requirement's weight that an offer has to have in common with it."""
_QUESTION: Final = re.compile(r"requirements?|questions?|demand|asked", re.IGNORECASE)
_ANSWER: Final = re.compile(r"answers?|responses?|reply|replies|our answer|statement", re.IGNORECASE)
_COMPLIANCE: Final = re.compile(r"compliance|complies|compliant|status|fulfilled|met", re.IGNORECASE)
_NOISE: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "at",
        "on",
        "by",
        "for",
        "from",
        "to",
        "with",
        "and",
        "or",
        "is",
        "are",
        "be",
        "been",
        "shall",
        "must",
        "should",
        "may",
        "will",
        "can",
        "not",
        "no",
        "all",
        "each",
        "every",
        "any",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "as",
        "than",
        "contractor",
        "supplier",
        "bidder",
        "tenderer",
        "vendor",
        "provider",
        "provide",
        "provides",
        "deliver",
        "we",
        "our",
        "us",
        "least",
        "most",
        "up",
        "within",
        "into",
        "under",
        "during",
        "their",
        "there",
        "than",
        "have",
        "has",
        "per",
    ]
)


class Offer(NamedTuple):
    """Something that was answered before, or that a document says."""

    text: str
    asked: str
    """The requirement that it answered; empty of a sentence."""
    compliance: str
    """As it was stated then; empty if it was not."""
    evidence: Evidence
    date: str
    status: str
    """Of its source."""
    stems: frozenset[str]


class Match(NamedTuple):
    """A requirement and the offer that answers it best."""

    requirement: Requirement
    offer: Offer | None
    shared: float
    """How much of the requirement's weight the offer has: 1 is all."""


def matches(requirements: Sequence[Requirement], materials: Materials) -> list[Match]:
    """Find for each requirement what answers it best: of what holds first, then the nearest, then the newest."""
    offers = offers_in(materials)
    spread = Counter(stem for offer in offers for stem in offer.stems)
    return [_best(requirement, offers, spread) for requirement in requirements]


def offers_in(materials: Materials) -> list[Offer]:
    """Give all that could answer a requirement, of every source but the request."""
    request = {reading["source"] for reading in request_of(materials)}
    surveyed = by_source(survey(materials.readings))
    found: list[Offer] = []
    for reading in materials.readings:
        if reading["source"] in request:
            continue
        about = surveyed[reading["source"]]
        for passage in reading["passages"]:
            fields = passage.get("fields", {})
            asked, answer, compliance = (_cell(fields, p) for p in (_QUESTION, _ANSWER, _COMPLIANCE))
            if passage["kind"] == "row" and asked and answer:
                evidence = cite(reading, passage, field=answer)
                stated = fields[compliance] if compliance else ""
                found.append(_offer(fields[answer], fields[asked], stated, evidence, about))
            elif passage["kind"] == "text":
                found += [
                    _offer(sentence, "", "", cite_sentence(reading, passage, sentence), about)
                    for sentence in sentences(without_orders(passage["text"]))
                ]
    return found


def _cell(fields: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    return next((title for title in fields if pattern.fullmatch(title.strip())), "")


def _offer(text: str, asked: str, compliance: str, evidence: Evidence, about: Surveyed) -> Offer:
    return Offer(text, asked, compliance, evidence, about["date"], about["status"], told(f"{asked} {text}"))


def told(text: str) -> frozenset[str]:
    """Give the stems of the words that say what is meant."""
    return frozenset(terms(text, "en", _NOISE))


def _best(requirement: Requirement, offers: Sequence[Offer], spread: Mapping[str, int]) -> Match:
    wanted = told(requirement.text)
    scored = [(_shared(wanted, offer.stems, spread), offer) for offer in offers]
    near = [(shared, offer) for shared, offer in scored if shared >= NEAR]
    if not near:
        return Match(requirement, None, 0)
    shared, offer = max(near, key=lambda one: (one[1].status == "current", round(one[0], 1), one[1].date))
    return Match(requirement, offer, shared)


def _shared(wanted: frozenset[str], has: frozenset[str], spread: Mapping[str, int]) -> float:
    """Weigh what two have in common; a word that stands in many offers says less, one that no offer has says most."""
    weights = {stem: 1 / (1 + spread.get(stem, 0) / 4) for stem in wanted}
    return sum(weights[stem] for stem in wanted & has) / (sum(weights.values()) or 1)
