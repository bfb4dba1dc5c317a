"""What a brief and its blueprint must agree on."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphs.blueprint import Blueprint, when_holds
from graphs.brief_models import Brief
from nodes.faults import BadInput
from nodes.located import Located


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
            when_holds(section, facts)
        except BadInput as fault:
            yield located.fault(("facts",), f"section {section.id!r}: {fault.problem}", fault.hint)
    ids = {section.id for section in blueprint.sections}
    for number, approval in enumerate(brief.options.approve):
        section_id = approval.removeprefix("section:")
        if section_id != approval and section_id not in ids:
            problem = f"there is no section {section_id!r}"
            yield located.fault(("options", "approve", number), problem, f"sections are {', '.join(sorted(ids))}")
