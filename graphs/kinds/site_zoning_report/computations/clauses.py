"""The code's clauses on nonconformities: continuation, repair, enlargement, damage, abandonment, change, proof."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.units import quantities, shown
from quire.nodes.sources.sentences import sentences

Topic: TypeAlias = Literal[
    "continuation",
    "repair",
    "enlargement",
    "damage",
    "abandonment",
    "change of use",
    "moving",
    "parking",
    "landscaping",
    "lots",
    "proof",
]
Kind: TypeAlias = Literal["building", "use", "parking", "landscaping", "lot"]

_CHAPTER = re.compile(r"\bnon-?\s?conform\w*", re.IGNORECASE)
_TOPICS: Final[tuple[tuple[Topic, re.Pattern[str]], ...]] = (
    ("damage", re.compile(r"\bdamage\w*|\bdestr(?:oyed|uction)|\brestor(?:ation|ed)\b|\brebuil[dt]\w*", re.IGNORECASE)),
    (
        "abandonment",
        re.compile(r"\bdiscontinu\w*|\babandon\w*|\bceased?\b|\bvacan(?:t|cy)\b.*\bperiod\b", re.IGNORECASE),
    ),
    ("parking", re.compile(r"\bparking\b|\bloading\b", re.IGNORECASE)),
    (
        "lots",
        re.compile(
            r"\blots?\s+of\s+record\b|\bvacant\s+(?:nonconforming\s+)?lots?\b|\binsufficient\s+size\b", re.IGNORECASE
        ),
    ),
    ("proof", re.compile(r"\bburden\b|\bproof\b|\bprov(?:e|ing)\b", re.IGNORECASE)),
    ("moving", re.compile(r"\bmov(?:ed|ing)\b", re.IGNORECASE)),
    ("enlargement", re.compile(r"\benlarg\w*|\badditions?\b|\bexpan\w*|\bextend\w*|\baltered\b", re.IGNORECASE)),
    ("change of use", re.compile(r"\bchange[ds]?\b", re.IGNORECASE)),
    ("repair", re.compile(r"\brepair\w*|\bmaint(?:enance|ained)\b|\bkept\s+up\b", re.IGNORECASE)),
    ("continuation", re.compile(r"\bcontinu\w*|\bmay\s+be\s+occupied\b", re.IGNORECASE)),
)
_LEADS: Final[tuple[tuple[Topic, re.Pattern[str]], ...]] = (
    ("repair", re.compile(r"^maint|^repair", re.IGNORECASE)),
    ("enlargement", re.compile(r"^addition|^enlarg|^expan|^extension|^alteration", re.IGNORECASE)),
    ("damage", re.compile(r"^restor|^damage|^destr|^rebuild", re.IGNORECASE)),
    ("abandonment", re.compile(r"^discontinu|^abandon|^cessation", re.IGNORECASE)),
    ("change of use", re.compile(r"^change", re.IGNORECASE)),
    ("moving", re.compile(r"^moving|^relocat", re.IGNORECASE)),
    ("parking", re.compile(r"^nonconforming\s+parking", re.IGNORECASE)),
    ("continuation", re.compile(r"^continu", re.IGNORECASE)),
    ("lots", re.compile(r"^insufficient|^single\s+lots|^lots\b", re.IGNORECASE)),
)
_KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("parking", re.compile(r"\bparking\b|\bloading\b", re.IGNORECASE)),
    ("lot", re.compile(r"\blots?\b|\buse\s+of\s+land\b", re.IGNORECASE)),
    ("use", re.compile(r"\buses?\b", re.IGNORECASE)),
    ("building", re.compile(r"\bbuildings?\b|\bstructures?\b", re.IGNORECASE)),
)
_PARKING = re.compile(r"\bparking\b", re.IGNORECASE)
_ASIDE = re.compile(r"\bsigns?\b|\bperformance\b|\bintent\b|\bpurpose", re.IGNORECASE)
_PERIOD = re.compile(
    rf"(?P<period>{NUMBER}\s+(?:consecutive\s+|continuous\s+|calendar\s+)?(?:years?|months?|days?))", re.IGNORECASE
)
_OF_VALUE = re.compile(r"\bof\s+(?:its|the|their)\s+(?:[a-z]+\s+){0,2}(?:value|cost|area|replacement)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A provision on nonconformities, with what it is about."""

    topic: Topic
    kind: Kind
    provision: Provision


@dataclass(frozen=True)
class Figure:
    """A threshold or period in the words of a clause."""

    text: str
    quote: str
    provision: Provision


def clauses(code: Sequence[Provision]) -> list[Clause]:
    """List the clauses on nonconforming buildings, uses, lots and parking."""
    found = []
    for provision in code:
        titled = any(_CHAPTER.search(title) for title in provision.titles[:2])
        if provision.passage["kind"] != "text" or not titled or any(_ASIDE.search(t) for t in provision.titles[1:]):
            continue
        topic = _topic(provision)
        if topic and not _ASIDE.search(provision.text.split(".")[0]):
            found.append(Clause(topic, _kind(provision), provision))
    return found


def _topic(provision: Provision) -> Topic | None:
    lead = provision.text.split(".")[0]
    by_lead = next((topic for topic, pattern in _LEADS if pattern.search(lead)), None)
    if by_lead or any(_PARKING.search(title) for title in provision.titles[1:]):
        return by_lead or "parking"
    return next((topic for topic, pattern in _TOPICS if pattern.search(provision.text)), None)


def _kind(provision: Provision) -> Kind:
    """Say what a clause is for: its own lead-in decides, then the title of its section, then its words."""
    titles = [title for title in provision.titles[1:] if _CHAPTER.search(title)] or list(provision.titles[-1:])
    for words in (provision.text.split(".")[0][:60], *reversed(titles), provision.text):
        for kind, pattern in _KINDS:
            if pattern.search(re.sub(r"(?i)\b(?:use\s+of\s+buildings?)\b", "use", words)):
                return kind
    return "building"


def of(found: Sequence[Clause], topic: Topic, *kinds: Kind) -> list[Clause]:
    """Keep the clauses on a topic for the kinds of nonconformity there are."""
    return [clause for clause in found if clause.topic == topic and (not kinds or clause.kind in kinds)]


def rebuild_threshold(found: Sequence[Clause]) -> Figure | None:
    """Find up to which damage a building may be restored: ``50% of its reproduction value``."""
    for clause in of(found, "damage"):
        for sentence in sentences(clause.provision.text):
            shares = [f for f in quantities(sentence) if f.quantity.unit.startswith("%")]
            if shares:
                of_what = _OF_VALUE.search(sentence, shares[0].end)
                text = shown(shares[0].quantity) + (f" {of_what[0]}" if of_what else "")
                return Figure(text, sentence, clause.provision)
    return None


def rebuild_period(found: Sequence[Clause]) -> Figure | None:
    """Find within which time a damaged building must be restored."""
    return _period(found, "damage")


def abandonment_period(found: Sequence[Clause]) -> Figure | None:
    """Find after which time a use that has ceased may not be resumed."""
    return _period(found, "abandonment")


def _period(found: Sequence[Clause], topic: Topic) -> Figure | None:
    for clause in of(found, topic):
        for sentence in sentences(clause.provision.text):
            if period := _PERIOD.search(sentence):
                return Figure(period["period"], sentence, clause.provision)
    return None
