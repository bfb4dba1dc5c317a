"""Sources that are replies: ``{name, mcp: {server, tool, arguments}}``, of servers that the operator names."""

from collections.abc import Iterator, Mapping
from typing import Any

from quire.graphs.intake.brief_models import ReplySource
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import BadInput, refuse
from quire.nodes.sources.kinds import kind_of
from quire.nodes.tools.servers import ToolServer

MOST_REPLIES = 50
"""Sources of a brief that are replies."""
_MOST_ARGUMENTS = 16_384
"""Bytes of what a tool is given."""


def is_reply(entry: Any) -> bool:
    """Whether an entry of a brief's sources is what a tool replies."""
    return isinstance(entry, dict) and "mcp" in entry


def reply_source(entry: Located) -> dict[str, Any]:
    """Check a source that a tool is to give; none is called.

    Raises:
        BadInput: its form is wrong, its name has no ending that text has, or the arguments are too large.

    """
    given = shaped(ReplySource, entry)
    try:
        is_text = kind_of(given.name).media.startswith("text/")
    except BadInput:
        is_text = False
    if not is_text:
        raise entry.fault(("name",), "ends in nothing that says how text is read", "name it such as prices.md or .csv")
    if len(canonical(given.mcp.arguments).encode()) > _MOST_ARGUMENTS:
        raise entry.fault(("mcp", "arguments"), f"are more than {_MOST_ARGUMENTS // 1024} kB", "give the tool less")
    declared = {"personal": list(given.personal)} if given.personal else {}
    return {"name": given.name, "mcp": given.mcp.model_dump(mode="json"), **declared}


def unnamed(located: Located, usable: Mapping[str, ToolServer]) -> Iterator[BadInput]:
    """Find the replies whose server is none of those that may be used."""
    entries = located.value.get("sources")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        called = entry["mcp"].get("server") if is_reply(entry) and isinstance(entry["mcp"], dict) else None
        if isinstance(called, str) and called not in usable:
            hint = f"those that may be used are {', '.join(sorted(usable))}" if usable else "none may be used here"
            yield located.fault(("sources", number, "mcp", "server"), f"there is no server {shown(called)}", hint)


def require_released(brief: Mapping[str, Any], tenant: str) -> None:
    """Refuse a brief from a network that names a server which is not released for who sends it.

    Raises:
        BadInput: names each place, and the servers that are released; of the others nothing is told.

    """
    refuse(list(unnamed(Located(brief), released(tenant))))


def released(tenant: str) -> dict[str, ToolServer]:
    """Give the servers that a tenant may use over a network."""
    return {name: one for name, one in Settings.read().mcp_servers.items() if one.is_released_for(tenant)}
