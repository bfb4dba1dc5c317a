"""The extractor: what has a form is read by code, prose by a model, whose word counts only where code finds it.

A refusal goes back once, with its reason. Where fields are critical the passages are read twice, in another order, in
other words and by another model where one is set, and only what both readings say stands. What a model said once of
the same passages serves the tenant's later runs.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, NotRequired

from typing_extensions import TypedDict

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.extraction import record_types_of
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import known_records_of, survey_of
from quire.nodes.evidence.content import Evidence, digest_of
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.records.agreement import agreed
from quire.nodes.records.asking import MOST_EVIDENCE, Mending, batches, candidates_of, request_records
from quire.nodes.records.candidates import Candidate, candidates_in
from quire.nodes.records.completing import added, read_whole
from quire.nodes.records.gathering import as_refused
from quire.nodes.records.record import Extracted, Record, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.referring import Names, names_of
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import Verified, verified
from quire.nodes.sources.passage import Reading

_SYSTEMS = (prompt("extractor", "read"), prompt("extractor", "read_again"))
_AGENTS = ("extractor", "extractor-2")
"""Whose model reads first, and whose reads again (``QUIRE_MODEL_EXTRACTOR_2``)."""


class Part(TypedDict):
    """What one reading of one batch of passages said."""

    type: str
    again: int
    """0, or 1 of the second reading."""
    batch: int
    said: list[dict[str, Any]]
    """``quire.nodes.records.candidates.Candidate``."""
    reason: str
    """Why it could not be read, if it could not."""
    model: str
    """Who read it."""


class State(AgentState):
    """The extractor's state."""

    read: NotRequired[Extracted]
    """What code read."""
    parts: NotRequired[list[Part]]


async def read_structured(state: State) -> Update:
    """Read what has a form, by code."""
    run = await run_of(state["scope"]["run"])
    return {"read": await asyncio.to_thread(extract, _types(run, state), await run.readings())}


async def read_prose(state: State) -> Update:
    """Have a model read what code did not read whole, source by source in batches, and what is critical twice."""
    run = await run_of(state["scope"]["run"])
    tasks = [
        _read(run, state, name, again, number, evidence)
        for name, kind in _types(run, state).items()
        for again in range(2 if kind.critical else 1)
        for number, evidence in enumerate(await _batches(run, state, name, again))
    ]
    return {"parts": list(await asyncio.gather(*tasks))}


async def send_back(state: State) -> Update:
    """Send what code refuses back to whoever read it, once, with the reasons."""
    run = await run_of(state["scope"]["run"])
    return {"parts": list(await asyncio.gather(*(_mended(run, state, part) for part in state["parts"])))}


async def join(state: State) -> Update:
    """Put together what holds."""
    run, read = await run_of(state["scope"]["run"]), state["read"]
    types = _types(run, state)
    records: list[Record] = [*read["records"]]
    refused: list[Refused] = [*read["refused"], *_unread(state["parts"], run)]
    readings, names = await run.readings(), await _names(run, state)
    for name, kind in types.items():
        first, second = [
            await asyncio.to_thread(_verified, name, kind, state["parts"], n, readings, names) for n in (0, 1)
        ]
        refused += as_refused(first.refusals)
        own = [one for one in read["records"] if one["type"] == name]
        if not kind.critical:
            records += added(own, first.records, kind)
            continue
        both = agreed(first.records, second.records, kind)
        records += added(own, both.records, kind)
        refused += both.refused
    extracted = RecordsExtracted(
        types=list(types),
        records=[dict(one) for one in records],
        refused=[dict(one) for one in refused],
        models=sorted({part["model"] for part in state["parts"] if part["model"]}),
        reason="; ".join(dict.fromkeys(part["reason"] for part in state["parts"] if part["reason"])),
    )
    return {"outgoing": [emit(extracted)]}


def _types(run: Run, state: State) -> dict[str, RecordType]:
    known = record_types_of(run.request["blueprint"])
    return {name: known[name] for name in state["event"]["data"]["types"]}


async def _names(run: Run, state: State) -> Names:
    """Give what references may name: what code reads, what the brief gives, what a model has said of other types."""
    types = record_types_of(run.request["blueprint"])
    said: dict[str, list[Candidate]] = {}
    for part in state.get("parts", []):
        if part["again"] == 0 and types[part["type"]].one_per == "mention":
            said.setdefault(part["type"], []).extend(candidates_in({part["type"]: part["said"]})[part["type"]])
    given = {**said, **known_records_of(run).given}
    return await asyncio.to_thread(names_of, types, given, await run.readings())


async def _batches(run: Run, state: State, name: str, again: int) -> list[list[Evidence]]:
    """Quote the sources that a model reads, in the order in which it does: from the last passage on the second time."""
    kind = _types(run, state)[name]
    told = read_whole([one for one in state["read"]["records"] if one["type"] == name], kind)
    readings = [
        r for r in await run.readings() if r["passages"] and kind.is_in(r["source"]) and r["source"] not in told
    ]
    budget = min((await run.configured()).evidence_tokens, MOST_EVIDENCE)
    found = batches(readings, await survey_of(run), budget)
    return [batch[::-1] for batch in found] if again else found


async def _read(run: Run, state: State, name: str, again: int, number: int, evidence: Sequence[Evidence]) -> Part:
    part = Part(type=name, again=again, batch=number, said=[], reason="", model="")
    return await _asked(run, state, part, evidence)


async def _mended(run: Run, state: State, part: Part) -> Part:
    """Give a part with what was refused of it said again."""
    name, kind = part["type"], _types(run, state)[part["type"]]
    said = candidates_in({name: part["said"]})
    names = await _names(run, state)
    held: Verified = await asyncio.to_thread(verified, said, {name: kind}, await run.readings(), names)
    if not held.refusals:
        return part
    wrong = {refusal.number for refusal in held.refusals}
    evidence = (await _batches(run, state, name, part["again"]))[part["batch"]]
    again = await _asked(run, state, {**part, "said": []}, evidence, Mending(said[name], held.refusals))
    better = {(one["source"], one["address"]) for one in again["said"]}
    kept = [
        one
        for number, one in enumerate(part["said"])
        if number not in wrong or (one["source"], one["address"]) not in better
    ]
    return {**part, "said": [*kept, *again["said"]]}


async def _asked(
    run: Run, state: State, part: Part, evidence: Sequence[Evidence], mending: Mending | None = None
) -> Part:
    kind, again = _types(run, state)[part["type"]], part["again"]
    models = await models_for(run, _AGENTS[again]) or await models_for(run, _AGENTS[0])
    if models is None:
        return {**part, "reason": run.words("records.no-model")}
    step = ("read", "read-again")[again] if mending is None else ("mend", "mend-again")[again]
    names = await _names(run, state)
    request = request_records(kind, names, evidence, models, _SYSTEMS[again], run.words, mending)
    key = digest_of(["records", request.hash()])
    told = (await run.record.kept.of(run.tenant, run.id, [key])).get(key)
    if told is None:
        try:
            reply = await ask(run, state, "extractor", step, request)
        except (ModelFault, BudgetSpent) as fault:
            return {**part, "reason": str(fault)}
        told = json.dumps({"model": reply.model, "records": reply.parsed["records"]}, ensure_ascii=False)
        await run.record.kept.keep(run.tenant, run.id, {key: told})
    heard = json.loads(told)
    said = [one.model_dump(mode="json", exclude_none=True) for one in candidates_of(heard, evidence)]
    return {**part, "model": heard["model"], "said": said}


def _verified(
    name: str, kind: RecordType, parts: Sequence[Part], again: int, readings: Sequence[Reading], names: Names
) -> Verified:
    said = [one for part in parts if (part["type"], part["again"]) == (name, again) for one in part["said"]]
    return verified(candidates_in({name: said}), {name: kind}, readings, names)


def _unread(parts: Sequence[Part], run: Run) -> list[Refused]:
    """Name the batches that nobody could read: what stands in them is not known."""
    return [
        Refused(
            type=part["type"],
            field="",
            source=run.words("records.sources"),
            address="",
            text=part["reason"],
            reason="unread",
        )
        for part in parts
        if part["reason"] and not part["said"]
    ]


graph = subgraph("extractor", (RecordsExtracted,), read_structured, read_prose, send_back, join, state=State)
