"""Briefs: from what the user wrote to the plain JSON that the document graph takes.

::

    {"blueprint": name or mapping, "title": …, "facts": {…}, "sources": [{"name", "text" | "base64"}, …],
     "records": {type: […]}, "locale": "de-CH", "options": {"approve": […], "max_rounds": 2, "budget": {…}},
     "language": "de"}

and ``left_out``, ``[{"name", "reason"}, …]``, where files that a glob matches or a message holds cannot be read.
"""

import difflib
import functools
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quire.graphs.intake.agent_check import AgentNames, unknown_agents, unknown_models
from quire.graphs.intake.blueprint import Blueprint, examine, load_builtin, names
from quire.graphs.intake.brief_attachments import with_attachments
from quire.graphs.intake.brief_files import document_at
from quire.graphs.intake.brief_fit import facts_for, misfits
from quire.graphs.intake.brief_models import Brief
from quire.graphs.intake.brief_paths import MAX_BLUEPRINT_FILE, BriefPaths, files_in, no_files
from quire.graphs.intake.brief_plan import following
from quire.graphs.intake.brief_records import as_json, records_in, unverified
from quire.graphs.intake.brief_sources import (
    MAX_TOTAL,
    Collected,
    Placed,
    bytes_of,
    collect,
    readable,
)
from quire.graphs.intake.brief_template import look_through, with_template, without_template
from quire.graphs.intake.brief_tools import is_reply, unnamed
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located, Place, require_plain, shown
from quire.nodes.decode.shaped import salvaged
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import BadInput, attempt, in_order, refusal, refuse

MAX_BYTES = 64 * 1024
"""A brief without its sources and its blueprint, as canonical JSON."""

_MAX_FILE = MAX_TOTAL * 3 // 2
"""Bytes of a brief's file: sources in base64 take a third more."""


def load(
    path: str | os.PathLike[str],
    *,
    agents: AgentNames | None = None,
    plan: str | os.PathLike[str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Read a brief from a YAML or JSON file, and every source and blueprint it names.

    Paths and globs are relative to the brief; a source is called by its path from there.

    Args:
        path: the file.
        agents: who can take part, if the agents that the blueprint names are to be held against them.
        plan: a YAML or JSON file with the sections to write, in the place of the blueprint's.
        facts: what is known beside its own; they take the place of those of the same name.

    Raises:
        BadInput: with file, line and field; every problem that could be found at once.

    """
    brief = Path(path)
    located = _with_facts(_document(brief, _MAX_FILE), facts or {})
    followed = _document(Path(plan), MAX_BLUEPRINT_FILE) if plan is not None else None
    return _decode(located, files_in(brief.parent, located), agents, followed)


def facts_stated(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read the facts that a brief's file states, as they are written."""
    written = _document(Path(path), _MAX_FILE).value
    stated = written.get("facts") if isinstance(written, dict) else None
    return dict(stated) if isinstance(stated, dict) else {}


def _with_facts(located: Located, facts: Mapping[str, Any]) -> Located:
    own = located.value.get("facts", {}) if isinstance(located.value, dict) else None
    if not facts or not isinstance(own, dict):
        return located
    return replace(located, value={**located.value, "facts": {**own, **facts}})


def decode(data: Mapping[str, Any], *, over_network: bool = False) -> dict[str, Any]:
    """Check a brief whose sources are inline, and fill in what it leaves out.

    Args:
        data: the brief as JSON.
        over_network: it comes from another machine; only changes what the messages advise.

    Raises:
        BadInput: with the field; every problem that could be found at once.

    """
    return _decode(Located(data), no_files(over_network=over_network))


def load_blueprint(path: str | os.PathLike[str], *, agents: AgentNames) -> Blueprint | None:
    """Read a blueprint from a YAML or JSON file; ``None`` if the file is none but, perhaps, a brief.

    Raises:
        BadInput: with file, line and field; every problem.

    """
    written = _document(Path(path), _MAX_FILE)
    if not isinstance(written.value, dict) or "blueprint" in written.value or "sections" not in written.value:
        return None
    blueprint, faults = examine(written)
    faults += unknown_agents(blueprint, agents, written) if blueprint else ()
    refuse(in_order(faults))
    return blueprint


def check(brief: Mapping[str, Any]) -> None:
    """Read every source of a decoded brief, and hold the records that it gives against them, before a run starts.

    Raises:
        BadInput: naming each source that cannot be read, or each record that does not hold.

    """
    located = Located(brief)
    faults: list[BadInput] = []
    given = [Placed(("sources", number), source) for number, source in enumerate(brief["sources"])]
    readable(located, Collected(given, []), faults)
    refuse(faults)
    if "records" in brief:
        refuse(list(unverified(located.part("records"), brief)))


def _document(file: Path, limit: int) -> Located:
    return document_at(file, limit, lambda problem, hint: BadInput(problem, file=str(file), hint=hint))


def _decode(
    located: Located, paths: BriefPaths, agents: AgentNames | None = None, followed: Located | None = None
) -> dict[str, Any]:
    if not isinstance(located.value, dict):
        raise located.fault((), "a brief must be a mapping", "begin with `blueprint:`, `title:` and `sources:`")
    located = with_template(located, paths.template)
    require_plain(located, raw=_is_content)
    _require_small(located)
    brief, faults, _ = salvaged(Brief, located)
    meant = _meant(located, paths, faults)
    if followed is None and located.value.get("plan") is not None:
        followed = located.part("plan")
    if meant is not None and followed is not None and not faults:
        meant = attempt(faults, functools.partial(following, meant[0], followed))
    before = len(faults)
    collected = collect(located, paths.sources, faults)
    if paths.reads and len(faults) == before:
        collected = _seen(located, collected, faults)
    if len(faults) == before:
        collected = with_attachments(collected)
    if brief is None or meant is None:
        raise refusal(in_order(faults))
    blueprint, written = meant
    facts = facts_for(blueprint, brief)
    faults += misfits(located, blueprint, brief, facts)
    options = brief.options.model_dump(mode="json", exclude_none=True)
    if agents:
        faults += unknown_agents(blueprint, agents, written)
        faults += unknown_models(options, blueprint, agents, Settings.read(), located, written)
    attempt(faults, lambda: look_through(located, options.get("template")))
    entry = attempt(faults, lambda: _records(located, paths))
    given = records_in(entry, blueprint, faults) if entry else {}
    refuse(in_order(faults))
    left_out = {file["name"]: file for file in [*(f.model_dump() for f in brief.left_out), *collected.left_out]}
    decoded = {
        "blueprint": written.value,
        "title": brief.title or blueprint.title,
        "facts": facts,
        "sources": [placed.source for placed in collected.found],
        "options": options,
        **({"left_out": list(left_out.values())} if left_out else {}),
        **({"language": brief.language} if brief.language else {}),
    }
    decoded |= {"locale": brief.locale} if brief.locale else {}
    if entry is None:
        return decoded
    decoded["records"] = as_json(given)
    if paths.reads:
        refuse(in_order(list(unverified(entry, decoded))))
    return decoded


def _seen(located: Located, collected: Collected, faults: list[BadInput]) -> Collected:
    """Look whether sources can be had: files are read; of replies the server must be one that the operator names."""
    if any(is_reply(placed.source) for placed in collected.found):
        faults += unnamed(located, Settings.read().mcp_servers)
    return readable(located, collected, faults)


def _records(located: Located, paths: BriefPaths) -> Located | None:
    """Give the records that a brief gives, where they are written: in it, or in a file that it names."""
    if located.value.get("records") is None:
        return None
    entry = located.part("records")
    return paths.records(entry) if isinstance(entry.value, str) else entry


def _is_content(place: Place) -> bool:
    """Whether a place is a source's text, which may hold what a brief's own words may not."""
    return len(place) == len(("sources", 0, "text")) and place[0] == "sources" and place[2] == "text"


def _require_small(located: Located) -> None:
    brief = without_template(located.value)
    own = {key: value for key, value in brief.items() if key not in ("sources", "blueprint", "plan", "records")}
    if len(canonical(own).encode()) > MAX_BYTES:
        raise located.fault((), f"the brief is larger than {MAX_BYTES // 1024} kB", "put long texts into sources")


def _meant(located: Located, paths: BriefPaths, faults: list[BadInput]) -> tuple[Blueprint, Located] | None:
    """Find the blueprint that a brief means, and where it is written, as far as it can be looked at."""
    if "blueprint" not in located.value:
        return None
    entry = located.part("blueprint")
    if isinstance(entry.value, str) and entry.value in names():
        return load_builtin(entry.value), entry
    written = attempt(faults, lambda: _written(entry, paths))
    examined = attempt(faults, lambda: examine(written)) if written else None
    if written is None or examined is None:
        return None
    faults += examined[1]
    return (examined[0], written) if examined[0] else None


def _written(entry: Located, paths: BriefPaths) -> Located:
    """Give a blueprint as it is written: in the brief, or in a file that it names."""
    if not isinstance(entry.value, str):
        return entry
    if not entry.value.endswith((".yaml", ".yml", ".json")):
        near = difflib.get_close_matches(entry.value, names(), 1) or names()
        raise entry.fault((), f"there is no blueprint {shown(entry.value)}", f"did you mean {' or '.join(near)}?")
    return paths.blueprint(entry)


__all__ = ["bytes_of", "check", "decode", "facts_stated", "load", "load_blueprint"]
