"""Whether a section stands as in the version before: looked at when it opens, and foretold by a plan."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.approvals import question_for
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import reads
from quire.graphs.run.earlier import Earlier, EarlierSection, Gathered
from quire.graphs.run.embedding import Asker
from quire.graphs.run.gathering import gathered_again
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import differing_of, facts_of, readings_of
from quire.graphs.versions.comparing import Now, facts_that_reach, why_anew
from quire.graphs.versions.told import made_with, told_of
from quire.nodes.differences.differing import Difference
from quire.nodes.differences.standing import bearing_on, within
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import Evidence, SectionContent, claims_of, digest_of
from quire.nodes.evidence.refreshing import Gone, refreshed, said_digest, saying

WEIGHED = "its sources are weighed otherwise"


class Compared(NamedTuple):
    """What became of the comparison of a section with the version before."""

    because: list[str]
    """Why it is written again; nothing where it stands."""
    approval: dict[str, Any] | None = None
    """The data of the ``SectionApproved`` with which it stands."""


async def compared(run: Run, spec: Mapping[str, Any], inputs: Mapping[str, Mapping[str, Any]]) -> Compared:
    """Compare a section that is about to open with the version before.

    Args:
        run: the run.
        spec: its specification, as it now holds.
        inputs: what it would read of others, as ``SectionOpened`` has it.

    """
    builds_on = {name: _says(run, seen) for name, seen in inputs.items()}
    found = await compared_with(run, spec, builds_on, Asker(spec["id"], 1, 0))
    kept = {name: dict(seen) for name, seen in inputs.items()}
    return found._replace(approval={**found.approval, "kept": kept}) if found.approval else found


async def compared_with(
    run: Run, spec: Mapping[str, Any], builds_on: Mapping[str, str | None], asker: Asker | None = None
) -> Compared:
    """Compare a section that would build on others.

    Args:
        run: the run.
        spec: its specification, as it now holds.
        builds_on: what the others say; ``None``: nobody knows yet.
        asker: for whom a model may be asked what texts mean.

    """
    earlier = run.blackboard.earlier
    if earlier is None:
        return Compared([])
    before = earlier["sections"].get(spec["id"])
    scope = Scope(run=run.id, section=dict(spec), epoch=1)
    now = Now(
        told=told_of(run.request, spec),
        facts=_facts(run, earlier, before, spec["id"]),
        sources=await _sources(run, scope, earlier, before, asker) if before and "approval" in before else [],
        builds_on=builds_on,
        made_with=await made_with(run, spec),
        asks_person=question_for(spec["id"], run.request["options"].get("approve", [])) is not None,
    )
    because = why_anew(before, now)
    if because or before is None:
        return Compared(because)
    approval = before["approval"]
    try:
        content = refreshed(cast("SectionContent", approval["content"]), await run.readings())
    except Gone as gone:
        return Compared([f"what it cites of {gone.evidence['source']} stands there no more"])
    if content == approval["content"]:
        return Compared([], approval)
    return Compared([], {**approval, "content": content, "digest": digest_of(cast("dict[str, Any]", content))})


def reaching_before(blackboard: Blackboard, spec: Mapping[str, Any], changes: Sequence[Envelope]) -> list[Envelope]:
    """Give the changes that can reach what a section said before: in this version, or in the one before."""
    standing = blackboard.last.get(spec["id"])
    before = blackboard.earlier["sections"].get(spec["id"]) if blackboard.earlier else None
    approval = standing["data"] if standing else before.get("approval", {}) if before else {}
    return [change for change in changes if reads(spec, approval.get("content"), change)]


def _says(run: Run, seen: Mapping[str, Any]) -> str:
    content = run.blackboard.events[str(seen["event"])]["data"].get("content")
    return said_digest(content) if content else ""


def _facts(run: Run, earlier: Earlier, before: EarlierSection | None, section: str) -> list[str]:
    now = facts_of(run.blackboard, section, run.request["facts"])
    return facts_that_reach(earlier["facts"], now, before) if before else []


async def _sources(run: Run, scope: Scope, earlier: Earlier, before: EarlierSection, asker: Asker | None) -> list[str]:
    """Say what is other about a section's sources: of what it was given of them, or of all that it computes with."""
    spec = scope["section"]
    then, now = _hashes(earlier["asked"]), _hashes(run.request)
    names = [reading["source"] for reading in await readings_of(run, scope)]
    differed = within([cast("Difference", d) for d in earlier["differences"]], names)
    differ = await differing_of(run, scope)
    weighed = _placeless(differed) != _placeless(differ)
    if spec["kind"] == "template" or (then == now and not weighed):
        return []
    cited = _cited(before)
    changed = [n for n in dict.fromkeys([*names, *_sources_of(cited, then)]) if then.get(n) != now.get(n)]
    told = f"what it was given of its sources changed ({', '.join(changed)})" if changed else WEIGHED
    if spec["compute"] or spec.get("show"):
        return [told] if changed or weighed else []
    given = await _given_again(run, scope, before["gathered"], asker)
    if given is None:
        return [told]
    return [WEIGHED] if bearing_on(_others(differed, differ), [*given, *cited]) else []


def _cited(before: EarlierSection) -> list[Evidence]:
    """Give the evidence that a section cites."""
    content = cast("SectionContent", before["approval"]["content"])
    return [one for block in content["blocks"] for made in claims_of(block) for one in made["evidence"]]


def _sources_of(cited: Sequence[Evidence], then: Mapping[str, str]) -> list[str]:
    """Give the names of the sources that are cited, of those that there were."""
    known = {one["source"] for one in cited}
    return [name for name in then if name in known]


async def _given_again(run: Run, scope: Scope, gathered: list[Gathered], asker: Asker | None) -> list[Evidence] | None:
    """Give the passages that a section was given, wherever they stand now; ``None``: it would be given others."""
    given: list[Evidence] = []
    for one in gathered:
        again = await gathered_again(run, scope, one["queries"], asked=one["answers"], asker=asker)
        if saying(again) != one["digest"]:
            return None
        given += again
    return given if gathered else None


def _others(differed: Sequence[Difference], differ: Sequence[Difference]) -> list[Difference]:
    """Give the differences that there were and are no more, and those that there were not."""
    then, now = _placeless(differed), _placeless(differ)
    gone = [one for one, bare in zip(differed, then, strict=True) if bare not in now]
    return [*gone, *(one for one, bare in zip(differ, now, strict=True) if bare not in then)]


def _placeless(differences: Sequence[Difference]) -> list[Any]:
    """Give what differs, wherever it stands."""

    def bare(told: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in told.items() if key != "address"}

    return [
        {key: [bare(t) for t in value] if isinstance(value, list) else value for key, value in one.items()}
        for one in differences
    ]


def _hashes(asked: Mapping[str, Any]) -> dict[str, str]:
    return {source["name"]: str(source["hash"]) for source in asked["sources"]}
