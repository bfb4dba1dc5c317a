"""What is wrong with a plan that a model has made. Pure.

What is said of a fault goes back to the model, and names sections by their number: their own words are not ours.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from quire.graphs.agents.planner.outline import Assignment, Outline, Planned
from quire.graphs.intake.blueprint_models import ID, MAX_SECTIONS, SectionSpec
from quire.graphs.intake.ordering import cycle
from quire.nodes.search.stemming import terms
from quire.nodes.support.carried import invents_figures

MOST_WORDS = 12_000
"""Of all planned sections together."""
SAME = 0.8
"""Share of the words of two purposes that they have in common, from which on they are one."""
_TITLE_WORDS = 14
_NO_TITLE = re.compile(r"[<>\[\]{}|`\n]|https?:|www\.|[.!;]$")
"""Markup, addresses, and the end of a sentence: a title names what its section is about, and states nothing."""


def problems_of(outline: Outline, assignment: Assignment) -> list[str]:
    """Find everything that is wrong with a plan."""
    sections = outline["sections"]
    standing = {section.id for section in assignment.standing} - set(outline["drop"])
    if not sections and not standing:
        return ["no section is left"]
    return [
        *_of_ids(sections, {section.id for section in assignment.standing}),
        *_of_titles(sections, assignment),
        *_of_order(sections),
        *_of_size(sections, len(standing)),
        *_of_purposes(sections),
        *_of_questions(sections, assignment),
        *_of_sources(outline, assignment),
    ]


def _of_ids(sections: Sequence[Planned], taken: set[str]) -> Iterator[str]:
    seen = set(taken)
    for number, section in enumerate(sections, 1):
        if not re.fullmatch(ID, section["id"]):
            yield f"the id of section {number} is not made of lower-case letters, digits and hyphens"
        elif section["id"] in seen:
            yield f"the id of section {number} is taken"
        seen.add(section["id"])


def _of_titles(sections: Sequence[Planned], assignment: Assignment) -> Iterator[str]:
    """Refuse titles that state something: they stand in the document, and nothing carries them."""
    read = [assignment.title, *assignment.questions, *map(str, assignment.facts.values())]
    read += [source.told() for source in assignment.sources]
    for number, section in enumerate(sections, 1):
        title = section["title"]
        if not is_plain(title):
            yield f"the title of section {number} is not a few plain words that name its subject"
        elif invents_figures(title, read):
            yield f"the title of section {number} holds a figure that stands in nothing you were given"


def is_plain(title: str) -> bool:
    """Whether a title is a few plain words, which name a subject and state nothing."""
    return bool(title) and title == title.strip() and not _NO_TITLE.search(title) and len(title.split()) <= _TITLE_WORDS


def _of_order(sections: Sequence[Planned]) -> Iterator[str]:
    ids = [section["id"] for section in sections]
    known = True
    for number, section in enumerate(sections, 1):
        if unknown := [needed for needed in section["after"] if needed not in ids]:
            known = False
            yield f"section {number} waits for {len(unknown)} sections that are not planned"
    if known and len(set(ids)) == len(ids) and all(re.fullmatch(ID, one) for one in ids):
        specs = [SectionSpec(id=s["id"], title="x", after=list(dict.fromkeys(s["after"]))) for s in sections]
        if ring := cycle(specs):
            yield f"sections wait for each other: {' -> '.join(str(ids.index(one) + 1) for one in ring)}"


def _of_size(sections: Sequence[Planned], standing: int) -> Iterator[str]:
    words = sum(section["words"] for section in sections)
    if words > MOST_WORDS:
        yield f"the sections take {words} words together; {MOST_WORDS} are the most"
    if len(sections) + standing > MAX_SECTIONS:
        yield f"that makes {len(sections) + standing} sections; {MAX_SECTIONS} are the most"


def _of_purposes(sections: Sequence[Planned]) -> Iterator[str]:
    for (one, section), (other, further) in combinations(enumerate(sections, 1), 2):
        if alike(section["title"], further["title"]) or alike(section["purpose"], further["purpose"]):
            yield f"sections {one} and {other} have one purpose"


def alike(one: str, other: str) -> bool:
    """Whether two titles, or two purposes, say the same."""
    said, further = frozenset(terms(one.casefold())), frozenset(terms(other.casefold()))
    if not said | further:
        return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    return len(said & further) >= SAME * len(said | further)


def _of_questions(sections: Sequence[Planned], assignment: Assignment) -> Iterator[str]:
    answered = {number for section in sections for number in section["answers"]}
    for number in assignment.numbered_questions:
        if number not in answered:
            yield f"no section answers {number}"


def _of_sources(outline: Outline, assignment: Assignment) -> Iterator[str]:
    everything = not assignment.questions or any(not section["sources"] for section in outline["sections"])
    used = {number for section in outline["sections"] for number in section["sources"]}
    left = {one["source"] for one in outline["unused"]}
    for number, source in assignment.numbered_sources.items():
        if number in used and number in left:
            yield f"{number} is drawn on by a section and named as unused"
        elif source.is_current and number not in used | left and not everything:
            yield f"{number} is neither drawn on by a section nor named as unused"
