"""A plan that a brief follows: sections that somebody has planned, and perhaps edited, in place of the blueprint's."""

from collections.abc import Iterator

from quire.graphs.intake.blueprint import Blueprint, examine
from quire.nodes.decode.located import Located, shown
from quire.nodes.faults import BadInput, refuse

_SHAPE = "a plan is a mapping with sections, as `quire plan --out` writes it"


def following(blueprint: Blueprint, plan: Located) -> tuple[Blueprint, Located]:
    """Give the blueprint with a plan's sections, and where they are written.

    Nothing of it is open any more: the sections are as strictly checked as a blueprint's own, and no model is asked.

    Raises:
        BadInput: every problem of the plan, with its place.

    """
    refuse(list(_misshapen(plan)))
    rest = blueprint.model_dump(mode="json", exclude={"plan", "guidance", "sections"})
    for said in rest.get("translations", {}).values():
        said.pop("sections", None)  # a plan is written in the document's language
    written = Located(rest | {"sections": plan.value["sections"]}, plan.file, plan.lines, plan.root)
    followed, faults = examine(written)
    refuse(faults)
    if followed is None:
        raise plan.fault((), "cannot be read", _SHAPE)
    return followed, written


def _misshapen(plan: Located) -> Iterator[BadInput]:
    if not isinstance(plan.value, dict):
        yield plan.fault((), f"a plan must be a mapping, not {shown(plan.value)}", _SHAPE)
        return
    if "sections" not in plan.value:
        yield plan.fault(("sections",), "is missing", _SHAPE)
    for key in plan.value:
        if key != "sections":
            yield plan.fault((key,), "is no part of a plan", "leave it out")
