"""What a brief and its blueprint must agree on."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from quire.graphs.intake.blueprint import Blueprint, SectionSpec, when_holds
from quire.graphs.intake.blueprint_languages import languages_of
from quire.graphs.intake.brief_models import Brief
from quire.nodes.decode.expressions import needed_by_template
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput


def facts_for(blueprint: Blueprint, brief: Brief) -> dict[str, Any]:
    """Give the facts the document is made from: the stated ones, then the blueprint's defaults. Null states nothing."""
    stated = {name: value for name, value in brief.facts.items() if value is not None}
    defaults = {name: spec.default for name, spec in blueprint.facts.items() if spec.default is not None}
    return stated | {name: value for name, value in defaults.items() if name not in stated}


def misfits(located: Located, blueprint: Blueprint, brief: Brief, facts: Mapping[str, Any]) -> Iterator[BadInput]:
    """Find required facts that are missing, conditions that cannot be decided, and approvals of no section."""
    for name, spec in blueprint.facts.items():
        if spec.required and facts.get(name, "") in ("", [], {}):
            problem = f"is missing, and the blueprint {blueprint.name!r} requires it"
            yield located.fault(("facts", name), problem, spec.description.strip())
    for section in blueprint.sections:
        try:
            written = when_holds(section, facts)
        except BadInput as fault:
            yield located.fault(("facts",), f"section {section.id!r}: {fault.problem}", fault.hint)
        else:
            yield from _unfilled(located, section, facts) if written else ()
    if brief.language and brief.language not in languages_of(blueprint):
        problem = f"the blueprint {blueprint.name!r} is not written in {brief.language!r}"
        yield located.fault(("language",), problem, f"choose one of {', '.join(languages_of(blueprint))}")
    ids = {section.id for section in blueprint.sections}
    for number, approval in enumerate(brief.options.approve):
        section_id = approval.removeprefix("section:")
        if section_id != approval and section_id not in ids:
            problem = f"there is no section {section_id!r}"
            yield located.fault(("options", "approve", number), problem, f"sections are {', '.join(sorted(ids))}")


def _unfilled(located: Located, section: SectionSpec, facts: Mapping[str, Any]) -> Iterator[BadInput]:
    """Find facts that a section's template names and nobody states."""
    for name in needed_by_template(section.instructions) if section.kind == "template" else ():
        if name not in facts:
            near = difflib.get_close_matches(name, list(facts), 1)
            hint = f"did you mean {near[0]}?" if near else "state it, or guard it with `is defined`"
            problem = f"the template of section {section.id!r} names the fact {name!r}, which nobody states"
            yield located.fault(("facts",), problem, hint)


def unused(blueprint: Blueprint, sources: Sequence[str]) -> Iterator[str]:
    """Warn of sections that are to quote sources and have none, for whoever checks a brief."""
    quoting = [section for section in blueprint.sections if section.kind == "prose" and not section.compute]
    if not sources and quoting:
        those = "1 section quotes" if len(quoting) == 1 else f"{len(quoting)} sections quote"
        yield f"there are no sources, and {those} them"
        return
    for section in blueprint.sections:
        if section.sources and not any(fnmatchcase(name, glob) for name in sources for glob in section.sources):
            yield f"section {section.id!r}: no source fits {', '.join(section.sources)}"
