"""What only the whole document shows: things said twice, and one figure given two ways. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quire.nodes.computations.materials import Finding
from quire.nodes.differences.differing import Difference, is_conflict
from quire.nodes.differences.wording import in_words, quantity_in_words
from quire.nodes.evidence.content import SectionContent, claims_of
from quire.nodes.language.catalogue import Words
from quire.nodes.search.stemming import terms

REPETITION = "repetition"
"""The rule of a finding that words stand twice."""
MOST_NAMED = 12
"""Differences between sources that are named before the text."""
DECIDED_APART = 2
"""So many quantities of which one value counts have a line each; more are named in one."""
ALIKE = 0.85
"""Share of the words of two questions that they have in common, from which on they are one."""
SHORTEST = 60
"""Characters from which on a sentence said twice is a repetition and not a phrase."""


def repetitions(sections: Mapping[str, SectionContent], titles: Mapping[str, str], words: Words) -> list[Finding]:
    """Find what a later section says again, one finding for each two sections, called by their titles."""
    first: dict[str, str] = {}
    again: dict[tuple[str, str], list[str]] = {}
    for section, content in sections.items():
        for text in _sentences(content):
            if (before := first.setdefault(text, section)) != section:
                again.setdefault((section, before), []).append(text)
    return [
        Finding(rule=REPETITION, severity="warning", message=_repeats(titles[before], texts, words), where=section)
        for (section, before), texts in again.items()
    ]


def _repeats(before: str, texts: Sequence[str], words: Words) -> str:
    more = len(texts) - 1
    key = "finding.repeats-more" if more else "finding.repeats"
    return words(key, section=before, said=texts[0][:160], n=more)


def without_repeats(questions: Iterable[str]) -> list[str]:
    """Put the sections' open questions into one list: of those that ask the same in nearly the same words, the first.

    Questions with different figures are different ones.
    """
    kept: dict[str, tuple[list[str], frozenset[str]]] = {}
    for question in questions:
        asked = re.findall(r"\d+", question), frozenset(terms(question.casefold()))
        if not any(_the_same(asked, known) for known in kept.values()):
            kept.setdefault(question, asked)
    return [*kept]


def _the_same(one: tuple[list[str], frozenset[str]], other: tuple[list[str], frozenset[str]]) -> bool:
    together, shared = one[1] | other[1], one[1] & other[1]
    return one[0] == other[0] and bool(together) and len(shared) >= ALIKE * len(together)


def contradictions(sections: Mapping[str, SectionContent], titles: Mapping[str, str], words: Words) -> list[Finding]:
    """Find values that two sections, called by their titles, give under one name with different words."""
    first: dict[str, tuple[str, str]] = {}
    found = []
    for section, content in sections.items():
        for name, value in content["values"].items():
            said, by = first.setdefault(name, (value["text"], section))
            if said != value["text"]:
                message = words("finding.contradicts", name=name, said=value["text"], section=titles[by], other=said)
                found.append(Finding(rule="contradiction", severity="error", message=message, where=section))
    return found


def differences_of(found: Sequence[Difference], words: Words) -> list[Finding]:
    """Name the quantities that sources give different values to, those first between which nothing decides."""
    apart = [one for one in found if is_conflict(one) or not one["holds"]]
    decided = [one for one in found if one not in apart]
    if len(decided) <= DECIDED_APART:
        apart, decided = [*apart, *decided], []
    ordered = sorted(apart, key=lambda one: not is_conflict(one))
    named = [in_words(one, words) for one in ordered[:MOST_NAMED]]
    left = len(ordered) - MOST_NAMED
    told = [*named, *([words("differs.left", n=left)] if left > 0 else []), *_decided(decided, words)]
    return [Finding(rule="differing-sources", severity="warning", message=message, where="") for message in told]


def _decided(found: Sequence[Difference], words: Words) -> list[str]:
    """Name the quantities of which a value counts, with it, in one line: nobody has to do anything about them."""
    if not found:
        return []
    of = "; ".join(f"{quantity_in_words(one)} ({one['holds'][0]['text']})" for one in found[:MOST_NAMED])
    return [words("differs.decided", n=len(found), of=f"{of} …" if found[MOST_NAMED:] else of)]


def _sentences(content: SectionContent) -> Iterator[str]:
    for block in content["blocks"]:
        if block["kind"] in {"paragraph", "list"}:
            for claim in claims_of(block):
                text = " ".join(claim["text"].split())
                if len(text) >= SHORTEST and claim["basis"] not in {"fixed", "open"}:
                    yield text
