"""In which district the site lies: who says so, and whether they agree."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quire.graphs.kinds.site_zoning_report.computations.catalogue import Listed, catalogue
from quire.graphs.kinds.site_zoning_report.computations.items import items
from quire.graphs.kinds.site_zoning_report.computations.names import Names, is_symbol, normalized, words_of
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, provisions
from quire.graphs.kinds.site_zoning_report.computations.roles import Role, with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import said
from quire.nodes.computations.citing import cite_fact
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence

_FACT = "district"
_RECORDS: Final[tuple[Role, ...]] = ("zoning letter", "survey", "property record", "permit history", "other")
_SITED = r"\b(?:is|are|lies?|lying|located|situated|zoned|classified|designated)\b"
_OF_ZONING = r"\bzon(?:e|ed|ing)\b|\bdistricts?\b"
_ELSEWHERE = re.compile(
    r"\b(?:adjacent|adjoin\w*|abut\w*|surround\w*|nearby|neighbou?r\w*|across|to\s+the\s+(?:north|south|east|west)|amendment|use\s+in)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:current\s+|existing\s+|base\s+)?zon(?:e|ing)(?:\s+(?:district|classification|designation|code))?$|^district$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Says:
    """One source's word on the district of the site."""

    listed: Listed
    evidence: Evidence
    by_client: bool


@dataclass(frozen=True)
class Sited:
    """What the sources say of the site's district."""

    district: Listed | None
    """The one they agree on; nothing if none says or they differ."""
    says: tuple[Says, ...]
    overlays: tuple[Says, ...]
    unknown: str
    """The client's words, where the code lists no such district."""
    listed: tuple[Listed, ...]
    """All districts of the code."""

    @property
    def names(self) -> Names:
        """How titles and sentences name the district."""
        district = self.district
        symbols = {entry.symbol for entry in self.listed if entry.symbol}
        if district is None:
            return Names("", "", frozenset(symbols))
        return Names(district.symbol, district.name, frozenset(symbols - {district.symbol}))


def find_district(materials: Materials) -> Sited:
    """Find the district of the site in the facts and in the records of the site."""
    return sited(materials, provisions(materials.readings))


def sited(materials: Materials, code: list[Provision]) -> Sited:
    """Find it, given the provisions of the code."""
    listed = catalogue(code) + _unlisted(materials, code)
    says = [*_by_fact(materials, listed), *_by_records(materials, listed)]
    base = [word for word in says if not word.listed.overlay] or [word for word in says if word.by_client]
    agreed = {id(word.listed) for word in base}
    stated = str(materials.facts.get(_FACT) or "").strip()
    unknown = stated if stated and not any(word.by_client for word in says) else ""
    return Sited(
        district=base[0].listed if len(agreed) == 1 and not unknown else None,
        says=tuple(base),
        overlays=tuple(word for word in says if word.listed.overlay),
        unknown=unknown,
        listed=tuple(listed),
    )


def _unlisted(materials: Materials, code: list[Provision]) -> list[Listed]:
    """Take the client's symbol for a district's where no list or title has it, and the code's sentences do."""
    stated = str(materials.facts.get(_FACT) or "").strip()
    symbol = next(iter(stated.split()), "")
    if not is_symbol(symbol) or resolve(stated, catalogue(code)):
        return []
    names = Names(symbol, "")
    said_in = next((p for p in code if p.passage["kind"] == "text" and names.in_sentence(p.text)), None)
    return [Listed(symbol, "", overlay=False, evidence=said_in.evidence(), where=said_in.where)] if said_in else []


def _by_fact(materials: Materials, listed: Sequence[Listed]) -> Iterator[Says]:
    evidence = cite_fact(materials, _FACT)
    if evidence and (entry := resolve(evidence["quote"], listed)):
        yield Says(entry, evidence, by_client=True)


def _by_records(materials: Materials, listed: Sequence[Listed]) -> Iterator[Says]:
    readings = with_role(materials.readings, *_RECORDS)
    for item in items(readings):
        if _LABEL.match(item.label.strip()) and (entry := resolve(item.value, listed)):
            yield Says(entry, item.evidence, by_client=False)
    for sentence in said(readings, _SITED, _OF_ZONING):
        if not _ELSEWHERE.search(sentence.text):
            for entry in listed:
                if Names(entry.symbol, entry.name).in_sentence(sentence.text):
                    yield Says(entry, sentence.evidence, by_client=False)


def resolve(stated: str, listed: Sequence[Listed]) -> Listed | None:
    """Find the one district that a statement means: ``R``, ``retail business``, ``R (Retail Business) District``.

    Symbol and name together outweigh either alone; if two districts fit equally well, neither is taken.
    """
    weighed = sorted(((_weight(stated, entry), n) for n, entry in enumerate(listed)), reverse=True)
    if not weighed or not weighed[0][0] or (len(weighed) > 1 and weighed[1][0] == weighed[0][0]):
        return None
    return listed[weighed[0][1]]


def _weight(stated: str, entry: Listed) -> int:
    """Weigh how well a statement fits: whole symbol 8, symbol among words 4, whole name 3, part of the name 1."""
    weight = 0
    if entry.symbol and normalized(stated) == normalized(entry.symbol):
        return 8
    parts = [part for part in re.split(r"[\s,;:()]+", stated) if part]
    if entry.symbol and any(is_symbol(part) and normalized(part) == normalized(entry.symbol) for part in parts):
        weight += 4
    said_words, words = words_of(stated) - words_of(entry.symbol), words_of(entry.name)
    if words and words <= said_words:
        weight += 3
    elif said_words < words and 2 * len(said_words) >= len(words):
        weight += 1
    return weight


def differing(says: Iterable[Says]) -> bool:
    """Say whether the sources name more than one base district."""
    return len({word.listed.called for word in says}) > 1
