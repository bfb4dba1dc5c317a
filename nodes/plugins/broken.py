"""What is installed and cannot be used: left out, and named once in the log. It keeps nobody from the rest."""

import logging
import traceback
from pathlib import Path
from typing import NamedTuple

import quire.nodes

_log = logging.getLogger("quire")
_TOLD: set["Broken"] = set()
"""What the log has named."""


class Broken(NamedTuple):
    """Something that cannot take part."""

    name: str
    reason: str
    """With file and line, where it has them."""
    what: str = "agent folder"
    """What it would be, and of which package."""


def tell(broken: Broken) -> None:
    """Name it in the log, once."""
    if broken not in _TOLD:
        _log.warning("the %s %r is left out: %s", broken.what, broken.name, broken.reason)
        _TOLD.add(broken)


def reason_of(fault: Exception, folder: str, otherwise: str) -> str:
    """Say what an import raised, and in which line of which file of a folder.

    Args:
        fault: what was raised.
        folder: name of the folder whose lines are of interest.
        otherwise: the file that is named where none of the folder was at work.

    """
    if isinstance(fault, SyntaxError) and fault.filename:
        return f"{_short(fault.filename)}:{fault.lineno}: {type(fault).__name__}: {fault.msg}"
    inside = [f for f in traceback.extract_tb(fault.__traceback__) if Path(f.filename).parent.name == folder]
    place = f"{_short(inside[-1].filename)}:{inside[-1].lineno}" if inside else otherwise
    return f"{place}: {type(fault).__name__}: {fault}"


def _short(file: str) -> str:
    """Give a file's path from the package's folder on, or whole where it stands elsewhere."""
    root = Path(quire.nodes.__file__).parent.parent
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file
