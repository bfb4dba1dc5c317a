"""What a brief and its blueprint must agree on."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from quire.graphs.intake.blueprint import Blueprint, SectionSpec, is_lost, when_holds
from quire.graphs.intake.blueprint_languages import languages_of
from quire.graphs.intake.brief_models import Brief
from quire.nodes.decode.expressions import needed_by_template, problems_of_condition, problems_of_template
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput


def facts_for(blueprint: Blueprint, brief: Brief) -> dict[str, Any]:
    """Give the facts the document is made from: the stated ones, then the blueprint's defaults. Null states nothing."""
    stated = {name: value for name, value in brief.facts.items() if value is not None}
    defaults = {name: spec.default for name, spec in blueprint.facts.items() if spec.default is not None}
    return stated | {name: value for name, value in defaults.items() if name not in stated}


def misfits(located: Located, blueprint: Blueprint, brief: Brief, facts: Mapping[str, Any]) -> Iterator[BadInput]:
    """Find required facts that are missing, conditions that cannot be decided, and approvals of no section."""
    yield from _missing(located, blueprint, facts)
    for section in blueprint.sections:
        if section.when is not None and problems_of_condition(section.when):
            continue  # whoever looked at the blueprint has said so
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
    if any(map(is_lost, ids)):
        return  # what is approved may be a section whose id is missing
    for number, approval in enumerate(brief.options.approve):
        section_id = approval.removeprefix("section:")
        if section_id != approval and section_id not in ids:
            problem = f"there is no section {section_id!r}"
            yield located.fault(("options", "approve", number), problem, f"sections are {', '.join(sorted(ids))}")


def _missing(located: Located, blueprint: Blueprint, facts: Mapping[str, Any]) -> Iterator[BadInput]:
    """Find facts that the blueprint requires and nobody states."""
    for name, spec in blueprint.facts.items():
        if spec.required and _is_empty(facts.get(name)):
            problem = f"is missing, and the blueprint {blueprint.name!r} requires it"
            yield located.fault(("facts", name), problem, _slip([name], blueprint, facts) or spec.description.strip())
    for group in blueprint.require_one_of:
        if all(_is_empty(facts.get(name)) for name in group):
            problem = f"state none of {', '.join(group)}, and the blueprint {blueprint.name!r} requires one of them"
            hint = _slip(group, blueprint, facts) or f"state {' or '.join(group)}"
            yield located.fault(("facts",), problem, hint)


def _slip(wanted: Sequence[str], blueprint: Blueprint, facts: Mapping[str, Any]) -> str:
    """Name a fact that is stated, that nobody knows, and that is nearly called as a wanted one."""
    for name in facts:
        if name not in blueprint.facts and (near := difflib.get_close_matches(name, wanted, 1)):
            return f"{name} is stated; did you mean {near[0]}?"
    return ""


def _is_empty(fact: object) -> bool:
    return fact is None or fact in ("", [], {})


def _unfilled(located: Located, section: SectionSpec, facts: Mapping[str, Any]) -> Iterator[BadInput]:
    """Find facts that a section's template names and nobody states."""
    if section.kind != "template" or problems_of_template(section.instructions):
        return  # whoever looked at the blueprint has said so
    for name in needed_by_template(section.instructions):
        if name not in facts:
            near = difflib.get_close_matches(name, list(facts), 1)
            hint = f"did you mean {near[0]}?" if near else "state it, or guard it with `is defined`"
            problem = f"the template of section {section.id!r} names the fact {name!r}, which nobody states"
            yield located.fault(("facts",), problem, hint)


def unknown_facts(blueprint: str, known: Collection[str], stated: Iterable[str]) -> Iterator[str]:
    """Warn of facts that the blueprint does not know: they are evidence, and nothing that it is made of asks for them.

    Args:
        blueprint: its name.
        known: names of the facts that it declares. One that declares none leaves them to the brief.
        stated: names of the facts that there are.

    """
    for name in stated if known else ():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            yield f"facts.{name}: the blueprint {blueprint!r} knows no such fact{hint}"


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
