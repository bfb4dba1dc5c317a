"""Putting planned sections between those that frame them. Pure."""

import glob
from collections.abc import Sequence

from quire.graphs.agents.planner.outline import Assignment, Outline, Planned
from quire.graphs.intake.blueprint import Blueprint, SectionSpec
from quire.nodes.evidence.claims import INFERENCES

INSTRUCTIONS = {
    "prose": "Answer the questions of this section, the weightiest first. Keep what a source states apart from what "
    "it supposes.",
    "list": "Answer the questions of this section in a list, an item a matter. Keep what a source states apart from "
    "what it supposes.",
    "table": "Answer the questions of this section in a table, a row a matter, with the words around it that a reader "
    "needs.",
}
"""What a planned section is told to do, by its form. Its purpose and questions stand in fields of their own."""
CONCLUDING = 0.9
"""Share of conclusions that a planned section may have that builds on others, which hold the facts already."""


def spec_of(planned: Planned, assignment: Assignment) -> SectionSpec:
    """Make a section of a blueprint out of what was planned."""
    names = [assignment.numbered_sources[number].name for number in dict.fromkeys(planned["sources"])]
    return SectionSpec(
        id=planned["id"],
        title=planned["title"],
        instructions=INSTRUCTIONS[planned["form"]],
        purpose=planned["purpose"],
        questions=planned["questions"],
        words=planned["words"],
        sources=[glob.escape(name) for name in names],
        after=list(dict.fromkeys(planned["after"])),
        inferences=CONCLUDING if planned["after"] else INFERENCES,
    )


def framed(blueprint: Blueprint, outline: Outline, assignment: Assignment) -> list[SectionSpec]:
    """Give all sections of a document in order: the planned ones stand where the first one stood that they replace.

    A section that waited for one that is replaced waits for all planned ones.
    """
    made = (spec_of(section, assignment) for section in outline["sections"])
    planned = [section.model_copy(update={"compute": blueprint.offers}) for section in made]
    standing = blueprint.standing
    replaced = [section.id for section in blueprint.sections if section not in standing]
    kept = {section.id for section in standing} - set(outline["drop"])
    ids = [section.id for section in planned]
    sections: list[SectionSpec] = []
    for section in blueprint.sections:
        if section.id in kept:
            sections.append(_waiting(section, replaced, ids))
        elif section.id in replaced[:1]:
            sections += planned
    return sections if replaced else [*sections, *planned]


def outline_of(sections: Sequence[SectionSpec], blueprint: Blueprint, assignment: Assignment) -> Outline:
    """Give the plan that made these sections, as the planner would say it again."""
    standing, ids = {section.id for section in assignment.standing}, {section.id for section in sections}
    numbers = {glob.escape(source.name): number for number, source in assignment.numbered_sources.items()}
    planned = [section for section in sections if section.id not in standing]
    return Outline(
        sections=[
            Planned(
                id=s.id,
                title=s.title,
                purpose=s.purpose or s.title,
                questions=s.questions,
                answers=[],
                form=next((form for form, told in INSTRUCTIONS.items() if told == s.instructions), "prose"),
                words=s.words or 0,
                sources=[numbers[name] for name in s.sources if name in numbers],
                after=[item for item in s.needs if item in {other.id for other in planned}],
            )
            for s in planned
        ],
        unused=[],
        drop=[s.id for s in blueprint.standing if s.id not in ids],
    )


def _waiting(section: SectionSpec, replaced: Sequence[str], planned: Sequence[str]) -> SectionSpec:
    """Have a framing section wait for the planned ones in the place of those that they replace."""
    after: dict[str, str] = {}
    for item in section.after:
        needed, dot, draft = item.partition(".")
        for one in planned if needed in replaced else [needed]:
            after.setdefault(one, f"{one}{dot}{draft}")
    policy = section.wait_failed
    if isinstance(policy, dict):
        stands = next((policy[one] for one in replaced if one in policy), None)
        rest = {one: how for one, how in policy.items() if one not in replaced}
        policy = rest | (dict.fromkeys(planned, stands) if stands else {})
    return section.model_copy(update={"after": list(after.values()), "wait_failed": policy})
