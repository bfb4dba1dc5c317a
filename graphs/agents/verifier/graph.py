"""The verifier: measure every claim in code, read what code left open beside its evidence, then report."""

import asyncio
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, NotRequired, cast

from quire.graphs.agents.section.events import UNREAD
from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.agents.verifier.known import keep_verdicts, known_verdicts
from quire.graphs.agents.verifier.measured import Written, measure, refused, resting, unheard, without_a_judge
from quire.graphs.agents.verifier.shown import Library, asked_of, pack_of
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.judged_draft import claims_to_verify
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import evidence_of, gather, quoted_as_found, search
from quire.graphs.run.shown_to_judges import asked_for, written_from
from quire.nodes.author.verifying import (
    Asked,
    Pack,
    answers_yes_or_no,
    batches,
    heard,
    heard_yes_or_no,
    request_verdicts,
    request_yes_or_no,
)
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.claims import in_context, named_by
from quire.nodes.evidence.content import Claim, Evidence, Judged, SectionContent
from quire.nodes.evidence.naming import words_of
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.language.catalogue import Words
from quire.nodes.sources.addressed import addresses_model
from quire.nodes.support.claim_check import Checked
from quire.nodes.support.quotation import quotable, quotation_for

_SYSTEM = prompt("verifier", "read")
_FOUND_FOR_A_GAP = 6


class State(AgentState):
    """The verifier's state."""

    claims: NotRequired[list[Claim]]
    verdicts: NotRequired[dict[str, Judged]]
    left: NotRequired[dict[str, Checked]]
    """Of the claims that code cannot decide: what it would say if nobody could read."""
    read: NotRequired[dict[str, str]]
    model: NotRequired[str]
    quoted: NotRequired[dict[str, list[Evidence]]]
    """Of what nobody could judge: the words of its evidence that are published in its place."""
    unread: NotRequired[list[Finding]]
    """Says that a judge could not be asked again about what it left out, and why."""


async def measure_claims(state: State) -> Update:
    """Hold each claim against what it names, in code. What code finds wrong stands, whatever a judge would say."""
    drafted, run = state["event"]["data"], await run_of(state["scope"]["run"])
    content = cast("SectionContent", drafted["content"])
    claims = claims_to_verify(content, drafted["model"], edited=drafted.get("edited", False))
    if _judged_already(run, state):
        claims = []
    materials = await gather(run, state["scope"])
    written = Written(
        materials.readings,
        materials.convention,
        about=f"{run.request['title']} {state['scope']['section']['title']}",
        asked=asked_for(materials),
        under=named_by(content),
    )
    decided, left = await asyncio.to_thread(measure, claims, written)
    return {"claims": claims, "verdicts": decided, "left": left}


async def read(state: State) -> Update:
    """Have a model read what code left open; where none may be asked, what the evidence itself says is published.

    A claim that the tenant had read before, beside the same passages by the same model, is not read again. Where the
    section was shown words that address a model, nobody reads: writer and judge may both have done as they were told.
    What a judge leaves out of its answers nobody has judged.
    """
    run, left = await run_of(state["scope"]["run"]), state["left"]
    asks = (await run.configured()).verify == "model" and not _is_ordered_about(run, state)
    models = await models_for(run, "verifier") if asks else None
    if models is None:
        return await _unjudged(run, state, left)
    if not left:
        return {}
    library = Library(await run.readings())
    asked = await _asked(run, state, library)
    digests = {a.id: a.digest(_SYSTEM, models[0]) for a in asked}
    before = await known_verdicts(run, state, frozenset(digests.values()))
    known = {name: before[digest] for name, digest in digests.items() if digest in before}
    new = await _judged(run, state, models, [a for a in asked if a.id not in known], library)
    await keep_verdicts(run, {digests[name]: judged for name, judged in new.own.items()})
    found = {**known, **new.all}
    skipped = await _unjudged(run, state, {n: left[n] for n in left.keys() - found.keys() - new.unproved})
    verdicts = {**skipped["verdicts"], **unheard(new.unproved), **found}
    read = {n: d for n, d in digests.items() if n in found}
    unread = [_unread(why, state, run.words) for why in dict.fromkeys(new.silent)]
    return {"verdicts": verdicts, "quoted": skipped["quoted"], "read": read, "model": models[0], "unread": unread}


async def _unjudged(run: Run, state: State, left: Mapping[str, Checked]) -> Update:
    """Decide on what nobody has judged, beside what is decided already."""
    quotations = await _quotations(run, state, left) if left else {}
    judged = state["verdicts"] | without_a_judge(state["claims"], left, quotations)
    return {"verdicts": judged, "quoted": quotations}


def _is_ordered_about(run: Run, state: State) -> bool:
    """Whether something that the section was shown tells a model what to do."""
    shown = (f"{words_of(e)} {e['source']}" for e in evidence_of(run.blackboard, state["scope"]))
    return any(addresses_model(words) for words in shown)


async def _quotations(run: Run, state: State, left: Collection[str]) -> dict[str, list[Evidence]]:
    """Look up what stands, in the words of its source, in the place of a statement that nobody can judge."""
    materials = await gather(run, state["scope"])
    readings = {reading["source"]: reading for reading in materials.readings}
    open_ = [c for c in quotable(cast("SectionContent", state["event"]["data"]["content"])) if c["id"] in left]
    found = {c["id"]: quotation_for(c, readings, materials.convention) for c in open_}
    return {name: said for name, said in found.items() if said}


async def report(state: State) -> Update:
    """Say which claims hold, and why the others do not."""
    claims, section = state["claims"], state["scope"]["section"]["id"]
    verdicts = resting(claims, state["verdicts"])
    texts = in_context(cast("SectionContent", state["event"]["data"]["content"]))
    struck, findings, blocks = refused([c for c in claims if "person" not in c], verdicts, section, texts)
    verified = ClaimsVerified(
        blocks=blocks,
        findings=[dict(f) for f in (*findings, *state.get("unread", ()))],
        verdicts={name: dict(v) for name, v in verdicts.items()},
        struck=struck,
        read=state.get("read", {}),
        model=state.get("model"),
        quoted={name: [dict(e) for e in said] for name, said in state.get("quoted", {}).items()},
    )
    return {"outgoing": [emit(verified)]}


def _unread(why: str, state: State, words: Words) -> Finding:
    message, section = words("finding.unread-claims", why=why), state["scope"]["section"]["id"]
    return Finding(rule=UNREAD, severity="warning", message=message, where=section)


async def _asked(run: Run, state: State, library: Library) -> list[Asked]:
    """Put what is open into the form in which a judge is asked; for a gap, look for what it says is missing."""
    texts = {c["id"]: c["text"] for c in state["claims"]}
    texts |= in_context(cast("SectionContent", state["event"]["data"]["content"]))
    asked = []
    for made in state["claims"]:
        if made["id"] in state["left"]:
            looked = f"{made['text']} {made['looked']}" if made.get("looked") else ""
            passages = await search(run, state["scope"], [looked], _FOUND_FOR_A_GAP) if looked else []
            found = await quoted_as_found(run, passages)
            asked.append(asked_of(made, library, texts, found, state["left"][made["id"]].to_look_at))
    return asked


class _Heard(NamedTuple):
    """What a judge has said, by claim."""

    all: Mapping[str, Judged] = {}
    """Verdicts that count."""
    own: Mapping[str, Judged] = {}
    """Those of the model that is to judge; the others are what its fallback said."""
    unproved: AbstractSet[str] = frozenset()
    """Claims that were judged in words that stand nowhere."""
    silent: tuple[str, ...] = ()
    """Why nobody could be asked about what was left out."""

    def beside(self, other: "_Heard") -> "_Heard":
        """Add what was said besides."""
        counted = {**self.all, **other.all}
        unproved, silent = (self.unproved | other.unproved) - counted.keys(), (*self.silent, *other.silent)
        return _Heard(counted, {**self.own, **other.own}, unproved, silent)


async def _judged(
    run: Run, state: State, models: tuple[str, str | None], asked: list[Asked], library: Library
) -> _Heard:
    if answers_yes_or_no(models[0]):
        replies = {one.id: await ask(run, state, "verifier", one.id, request_yes_or_no(models, one)) for one in asked}
        said = {name: heard_yes_or_no(reply.text) for name, reply in replies.items()}
        return _Heard(said, said)
    shown = await written_from(run, state["scope"], cast("SectionContent", state["event"]["data"]["content"]))
    pack, all_said = pack_of(shown, library), _Heard()
    for n, batch in enumerate(batches(asked), 1):
        all_said = all_said.beside(await _answer(run, state, models, f"read-{n}", batch, pack))
        if left := [one for one in batch if one.id not in all_said.all]:
            all_said = all_said.beside(await _answer_to_the_rest(run, state, models, f"read-{n}-again", left, pack))
    return all_said


async def _answer_to_the_rest(
    run: Run, state: State, models: tuple[str, str | None], step: str, left: list[Asked], pack: Pack
) -> _Heard:
    """Ask again about what an answer left out; where that fails, what was said the first time stands."""
    try:
        return await _answer(run, state, models, step, left, pack)
    except (ModelFault, BudgetSpent) as fault:
        return _Heard(silent=(str(fault),))


async def _answer(
    run: Run, state: State, models: tuple[str, str | None], step: str, asked: list[Asked], pack: Pack
) -> _Heard:
    reply = await ask(run, state, "verifier", step, request_verdicts(models, _SYSTEM, asked, pack))
    found, named = heard(reply.parsed, asked, pack), {given["claim"] for given in reply.parsed["verdicts"]}
    unproved = {one.id for one in asked if one.id in named} - found.keys()
    return _Heard(found, found if reply.model == models[0] else {}, unproved)


def _judged_already(run: Run, state: State) -> bool:
    """Whether judges have spoken on this draft: an older release asked no verifier, and its run goes on as begun."""
    scope = run.blackboard.events_of(state["scope"]["section"]["id"], state["scope"]["epoch"])
    return any(e["cause"] == state["event"]["id"] and "blocks" in e["data"] for e in scope)


graph = subgraph("verifier", (ClaimsVerified,), measure_claims, read, report, state=State)
