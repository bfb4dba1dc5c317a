"""What sections that were written side by side tell alike, whose matter it is, and what of it may go. Pure.

Two statements tell the same where they stand on one passage and give its figures alike, or, without figures, say it in
nearly the same words. It stays where it is told to belong; elsewhere it may go, or be shortened to what its own section
needs. Then what is lost must stand in the statement that tells it as well.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from quire.nodes.author.rewording import Fate, Rewording, fate_of, figures_of, minuses_in, names_in, words_of
from quire.nodes.evidence.claims import in_context, kind_of, named, without
from quire.nodes.evidence.content import Claim, SectionContent
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.search.stemming import terms

MOST_SHOWN = 24
"""Matters that an editor is shown, those first that are told most often."""
_HALF = 0.5
"""Share of the figures of the shorter of two statements that both give, from which on they tell the same."""
_ALIKE = 0.6
"""And of its words, where neither gives a figure."""


class At(NamedTuple):
    """Where a statement stands."""

    section: str
    claim: str


class Retold(NamedTuple):
    """A matter that more than one section tells."""

    owner: str
    """The section whose matter it is by what the sections are for."""
    told: Sequence[At]
    """In the order of the document."""

    def shown(self) -> str:
        """Show it in a line: where it belongs, then where else it is told."""
        own = ", ".join(claim for section, claim in self.told if section == self.owner)
        return f"{self.owner} {own}; also " + ", ".join(f"{s} {c}" for s, c in self.told if s != self.owner)


class Whole(NamedTuple):
    """A document as proposals are held against it."""

    contents: Mapping[str, SectionContent]
    titles: Collection[str]
    """Of all sections: what points to one may name it."""
    reads: Mapping[str, Collection[str]]
    """The sections that each builds on, directly or not: what they say is told there, and only taken up by it."""
    questions: Mapping[str, int]
    """How many questions each must answer: it keeps a statement for each."""


class _Stated(NamedTuple):
    at: At
    places: frozenset[tuple[str, str]]
    figures: frozenset[tuple[str, str]]
    terms: frozenset[str]


def retold(whole: Whole, purposes: Mapping[str, str], convention: Convention) -> list[Retold]:
    """Find what more than one section tells.

    Args:
        whole: the document, its sections in their order.
        purposes: what each is for, in words; one that is not here, such as a summary, may tell again.
        convention: how the document writes figures.

    """
    told = {name: content for name, content in whole.contents.items() if name in purposes}
    stated = [one for name, content in told.items() for one in _stated(name, content, convention)]
    groups = {one.at: [one] for one in stated}
    for one, other in combinations(stated, 2):
        if groups[one.at] is not groups[other.at] and _tell_the_same(one, other):
            joined = sorted([*groups[one.at], *groups[other.at]], key=stated.index)
            groups |= {each.at: joined for each in joined}
    found = [
        _retold(group, purposes, whole.reads) for group in {id(group): group for group in groups.values()}.values()
    ]
    often = sorted((one for one in found if one is not None), key=lambda one: -len({at.section for at in one.told}))
    return often[:MOST_SHOWN]


def shown_to_editor(found: Sequence[Retold]) -> str:
    """Say what is told in more than one section."""
    told = (
        "Told in more than one section, a matter a line: first the section that it belongs to by the plan, with the "
        "statements there, then where else it is told:"
    )
    return "\n".join([told, *(matter.shown() for matter in found)])


def fate_in(proposed: Rewording, whole: Whole, before: Sequence[Rewording], convention: Convention) -> Fate:
    """Say whether a proposal is one, in a document that may tell elsewhere what it takes away.

    Args:
        proposed: names in ``twice`` the statement that tells it as well.
        whole: the document.
        before: proposals that were heard before: what one of them takes away, none counts on, and the other way round.
        convention: how the document writes figures.

    """
    fate = fate_of(proposed, whole.contents, whole.titles, convention)
    if fate == "reworded" or not proposed["twice"]:
        return fate
    return "reworded" if _may_go(proposed, whole, before, convention) else "unheard"


def _may_go(proposed: Rewording, whole: Whole, before: Sequence[Rewording], convention: Convention) -> bool:
    """Whether a statement may go, or be shortened, since another tells what is lost."""
    own, teller = At(proposed["section"], proposed["claim"]), _teller(proposed)
    content = whole.contents[own.section]
    claims = {c["id"]: c for c in named(content)}
    is_gap = kind_of(claims[own.claim]) == "gap"  # what was looked for is found again by its very words
    told = in_context(whole.contents[teller.section]).get(teller.claim) if teller.section in whole.contents else None
    if told is None or own == teller or is_gap or _rests_on(own.claim, claims):
        return False
    taken = {At(p["section"], p["claim"]) for p in before if p["twice"]}
    if teller in taken or own in map(_teller, before) or own.section in whole.reads.get(teller.section, ()):
        return False
    return _loses_nothing(proposed, told, whole.titles, convention) and _keeps_enough(own, proposed, whole, before)


def _teller(proposed: Rewording) -> At:
    section, _, name = proposed["twice"].rpartition(" ")
    return At(section, name)


def _rests_on(name: str, claims: Mapping[str, Claim]) -> bool:
    return any(name in c.get("premises", ()) for c in claims.values())


def _loses_nothing(proposed: Rewording, told: str, titles: Collection[str], convention: Convention) -> bool:
    """Whether all that goes stands in the other statement, and nothing comes in but the title of a section."""
    before, after = proposed["before"], proposed["text"]
    for title in sorted(titles, key=len, reverse=True):
        after = after.replace(title, "")
    was, is_now = figures_of(before, convention), figures_of(after, convention)
    brings_in = is_now - was or names_in(after) - words_of(before) or minuses_in(after) > minuses_in(before)
    lost = names_in(before) - words_of(proposed["text"])
    return not brings_in and was - is_now <= figures_of(told, convention) and lost <= words_of(told)


def _keeps_enough(own: At, proposed: Rewording, whole: Whole, before: Sequence[Rewording]) -> bool:
    """Whether as many statements are left to a section as it must answer questions, and one in any case."""
    if proposed["text"]:
        return True
    gone = {p["claim"] for p in before if p["section"] == own.section and not p["text"]}
    left, _ = without(whole.contents[own.section], {*gone, own.claim})
    return len(named(left)) >= max(1, whole.questions.get(own.section, 0))


def _stated(section: str, content: SectionContent, convention: Convention) -> Iterator[_Stated]:
    """Give what a section states as facts; a conclusion may need a figure again, and a gap is told where it is felt."""
    said = in_context(content)
    for made in named(content):
        if made["evidence"] and kind_of(made) in {"fact", "computed"}:
            text = said[made["id"]]
            yield _Stated(
                At(section, made["id"]),
                frozenset((e["source"], e["address"]) for e in made["evidence"]),
                frozenset(figures_of(text, convention)),
                frozenset(terms(text.casefold(), convention.language)),
            )


def _tell_the_same(one: _Stated, other: _Stated) -> bool:
    if one.at.section == other.at.section or not one.places & other.places:
        return False
    if one.figures and other.figures:
        return len(one.figures & other.figures) >= _HALF * min(len(one.figures), len(other.figures))
    if one.figures or other.figures:
        return False
    return len(one.terms & other.terms) >= _ALIKE * min(len(one.terms), len(other.terms))


def _retold(
    group: Sequence[_Stated], purposes: Mapping[str, str], reads: Mapping[str, Collection[str]]
) -> Retold | None:
    """Put what tells the same under whose matter it is; never a section's that builds on another which tells it."""
    sections = list(dict.fromkeys(one.at.section for one in group))
    if len(sections) == 1:
        return None
    about = frozenset[str]().union(*(one.terms for one in group))
    may_own = [name for name in sections if not set(sections) & set(reads.get(name, ()))]
    fitting = {name: len(about & frozenset(terms(purposes[name].casefold()))) for name in may_own}
    return Retold(max(may_own, key=lambda name: fitting[name]), [one.at for one in group])
