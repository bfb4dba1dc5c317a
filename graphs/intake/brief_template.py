"""The Word template that a brief names: read like a source, looked through before anything is written."""

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput
from quire.nodes.sources.confined import confined_answer
from quire.nodes.sources.read import MAX_BYTES

PLACE = ("options", "template")
"""Where a brief names it."""
_EXAMINE = "quire.nodes.render.docx_template:examine"


def with_template(located: Located, read: Callable[[Located], bytes]) -> Located:
    """Put a template in the place of its path.

    Args:
        located: the brief, as it is written.
        read: gives a file's bytes for the place of its path, or refuses it.

    """
    options = located.value.get("options")
    if not isinstance(options, dict) or not isinstance(options.get("template"), str):
        return located
    content = read(located.part(*PLACE))
    given = {"name": options["template"], "base64": base64.b64encode(content).decode("ascii")}
    return replace(located, value={**located.value, "options": {**options, "template": given}})


def without_template(brief: Mapping[str, Any]) -> dict[str, Any]:
    """Give a brief without its template's bytes, as its size is counted."""
    options = brief.get("options")
    own = {k: v for k, v in options.items() if k != "template"} if isinstance(options, dict) else options
    return {**brief, "options": own}


def template_bytes(template: Mapping[str, Any]) -> bytes:
    """Give a template's bytes.

    Raises:
        BadInput: its base64 is none, or it is too large.

    """
    try:
        data = base64.b64decode(template["base64"], validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("is no base64", field="options.template", hint="encode the file's bytes") from None
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"is larger than {MAX_BYTES // 1_000_000} MB", field="options.template", hint="take pictures out"
        )
    return data


def remarks_on(template: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """Look a template through, and say what cannot be had of it.

    Raises:
        BadInput: it cannot be used.

    """
    try:
        found = confined_answer(_EXAMINE, str(template["name"]), template_bytes(template))
    except BadInput as fault:
        raise BadInput(fault.problem, field="options.template", hint=fault.hint) from fault
    return [*found["remarks"], *_unknown_facts(found["facts"], facts)]


def look_through(located: Located, template: Mapping[str, Any] | None) -> None:
    """See to it that a template can be used, before anything is written.

    Raises:
        BadInput: it cannot; names its place in the brief.

    """
    try:
        if template is not None:
            remarks_on(template, {})
    except BadInput as fault:
        raise located.fault(PLACE, fault.problem, fault.hint) from fault


def _unknown_facts(asked: list[str], facts: Mapping[str, Any]) -> Iterator[str]:
    for name in asked:
        if name not in facts:
            yield f"the template asks for the fact “{name}”, which the brief does not state"
