"""Faults as lines on a terminal."""

import typer.exceptions

from quire.nodes.faults import BadInput, RecordFault
from quire.server.presentation.terminal import safe


def problems(fault: BaseException) -> list[str] | None:
    """Put what the user can put right into lines, one a problem; ``None`` if it is a bug."""
    if isinstance(fault, BadInput):
        return [safe(str(problem)) for problem in fault.problems]
    if isinstance(fault, RecordFault):
        return [safe(f"quire: {fault}")]
    if isinstance(fault, typer.exceptions.TyperException):
        return [safe(f"quire: {fault.format_message()} (quire --help shows what there is)")]
    return None
