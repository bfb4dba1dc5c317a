"""Drafting with a model: what the writer is asked.

It replies in Markdown with marks (``quire.nodes.evidence.marks``) that name by number what each statement stands on;
what may be made of its reply is worked out in ``quire.nodes.author.binding``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from quire.nodes.author.grounds import Ground, shown_of_others
from quire.nodes.author.mending import numbered
from quire.nodes.author.placing import Placeable, shown_table
from quire.nodes.author.reply import Problem
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence
from quire.nodes.language.catalogue import ENGLISH, Words
from quire.nodes.model.material import material
from quire.nodes.model.request import Fenced, Request

DRAFT = "draft"
"""Name of the replies that are text to be read while it grows."""


class Brief(NamedTuple):
    """What the writer is to do this time."""

    model: str
    fallback_model: str | None
    system: str
    findings: Sequence[Mapping[str, Any]] = ()
    """What was objected to in the last draft."""
    last_draft: str = ""
    """As it is shown, with the names of its claims (``quire.nodes.author.revising``)."""
    changed: str = ""
    """What has changed in sections that this one builds on since."""
    begun: str = ""
    """A reply of this time that lacked something, which was looked for."""
    tables: Mapping[str, Placeable] = {}
    """What code computed, by number."""
    elsewhere: Mapping[str, str] = {}
    """What the other sections are for, by their titles; empty of one that has no purpose but its title."""


def request_draft(
    materials: Materials, evidence: Sequence[Evidence], grounds: Mapping[str, Ground], brief: Brief
) -> Request:
    """Ask for a draft of the section: evidence first, then what else may be used, then what is to be done."""
    spec = materials.section
    user: list[str | Fenced] = [
        shown_table(name, table, [number for number, g in grounds.items() if g.under == name and number[0] == "V"])
        for name, table in brief.tables.items()
    ]
    user.append(f"Write the section “{spec['title']}” of “{materials.title}”, in about {spec['words'] or 250} words.")
    if language := written_in(materials.words):
        user.append(language)
    if spec["instructions"]:
        user.append(f"What it must do: {spec['instructions']}")
    if planned := as_planned(spec):
        user += ["What the section is for, and the questions that it must answer, as planned:", *planned]
    user += told_elsewhere(brief.elsewhere)
    user += _placing(brief.tables)
    return Request(
        model=brief.model,
        fallback_model=brief.fallback_model,
        system=brief.system,
        user=(*user, *_so_far(brief)),
        evidence=material(evidence),
        beside=beside(materials, grounds),
        schema_name=DRAFT,
    )


def as_planned(spec: Mapping[str, Any]) -> list[Fenced]:
    """Give what a section is for, and its questions, as far as a plan or blueprint has any."""
    told = {"purpose": spec.get("purpose", ""), "questions": "\n".join(spec.get("questions", ()))}
    return [Fenced(name, text) for name, text in told.items() if text]


def told_elsewhere(sections: Mapping[str, str]) -> list[str | Fenced]:
    """Say which sections there are besides, so that each matter is told by the one that is for it.

    Args:
        sections: what each is for, by its title.

    """
    if not sections:
        return []
    lines = "\n".join(f"{title}: {purpose}" if purpose else title for title, purpose in sections.items())
    told = (
        "The other sections, and what each is for. What one of them is for is told there: do not tell it again. Where "
        "a conclusion of this section needs a figure of theirs, give that figure, and leave the rest to them:"
    )
    return [told, Fenced("other sections", lines)]


def written_in(words: Words) -> str:
    """Tell a model in which language to write; what it is told is English, and so is what it writes unless told."""
    return "" if words.language == ENGLISH else f"Write in {words('name')}."


def asked_again(request: Request, reply: str, problems: Sequence[Problem]) -> Request:
    """Send a reply back for what could not be taken as it stands: only the lines that change are asked for."""
    listed = "\n".join(f"line {problem.line}: {problem.problem}" for problem in problems)
    told = (
        "Your reply, here line by line, could not be taken as it stands. Mend what is named below: give the lines that "
        "change, and no others, each with its number and bar as it is shown (3| …). What you do not give stays as it "
        "is; a number with nothing behind its bar takes its line out."
    )
    return replace(request, user=(*request.user, Fenced("reply", numbered(reply)), told, Fenced("problems", listed)))


def _so_far(brief: Brief) -> Iterator[str | Fenced]:
    """Show what was written before, and what became of it."""
    if brief.last_draft:
        yield "Your last draft, each statement under its name. What stands is to be kept word for word, with its marks:"
        yield Fenced("draft", brief.last_draft)
    if brief.changed:
        yield "What it builds on has changed since. Change what that touches, and nothing else:"
        yield Fenced("changed", brief.changed)
    if brief.findings:
        yield "Your last draft was sent back. The objections:"
        yield Fenced("objections", "\n".join(f"- {finding['message']}" for finding in brief.findings))
    if brief.begun:
        yield "You had begun as follows and asked for what was missing. What was found is among the material: go on."
        yield Fenced("begun", brief.begun)


def beside(materials: Materials, grounds: Mapping[str, Ground]) -> tuple[str | Fenced, ...]:
    """Show what a section may stand on besides evidence, alike to all who work on it."""
    shown = tuple(_others(grounds))
    if cut := shown_of_others(materials)[1]:
        return (*shown, f"Of these sections only the beginning is shown, for want of room: {', '.join(cut)}.")
    return shown


def _others(grounds: Mapping[str, Ground]) -> Iterator[Fenced]:
    """Give one line each, under what it is."""
    shown = (("computed values", "V"), ("facts of the brief", "F"))
    for name, letter in shown:
        lines = [
            f"{number} ({g.named}): {_line(g.words)}"
            for number, g in grounds.items()
            if number[0] == letter and not g.under
        ]
        if lines:
            yield Fenced(name, "\n".join(lines))
    others: dict[str, list[str]] = {}
    for number, ground in grounds.items():
        if number[0] == "P":
            silent = " (in no source)" if ground.basis == "open" else ""
            if silent and ground.looked:
                silent = f" (in no source; looked: {ground.looked})"
            others.setdefault(ground.under, []).append(f"{number}: {_line(ground.words)}{silent}")
    yield from (Fenced(f"section {title}", "\n".join(lines)) for title, lines in others.items())


def _line(text: str) -> str:
    return " ".join(text.split())


def _placing(tables: Mapping[str, Placeable]) -> Iterator[str]:
    """Say what must be placed, and what may be."""
    must = [name for name, piece in tables.items() if piece.must_stand]
    instead = [name for name, piece in tables.items() if piece.yields]
    may = [name for name in tables if name not in {*must, *instead}]
    if must:
        yield f"Place each of {', '.join(must)} once, by a line of its own such as [[{must[0]}]]."
    if may:
        yield f"Place of {', '.join(may)} what serves the reader, each by such a line ([[{may[0]}]]), not the rest."
    if instead:
        yield (
            f"Your text takes the place of {', '.join(instead)}, whose words stand only where nobody writes: say what "
            f"is said there as far as this section's reader needs it, with its figures, or place it whole where its "
            f"very words count ([[{instead[0]}]]). Never both; what you neither say nor place is left out."
        )
