"""A section's newest draft as judges and the arbiter see it: as it would be published, with what was found of it."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple, cast

from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import is_a
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.computed import computed_of
from quire.graphs.run.rounds import drafts_left
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import gather, quotations_of, standing_marked
from quire.nodes.author.placing import as_text
from quire.nodes.checks.checking import check_section, rules_for
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.checks.persons import persons_marked
from quire.nodes.computations.materials import Finding
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import (
    Struck,
    in_context,
    in_their_words,
    kind_of,
    named,
    with_ids,
    with_verdicts,
    without,
)
from quire.nodes.evidence.content import Claim, Evidence, Judged, SectionContent
from quire.nodes.evidence.persons import kept, without_removed


class JudgedDraft(NamedTuple):
    """The newest draft of a section."""

    event: Envelope
    """The ``SectionDrafted``."""
    content: SectionContent
    """As it would be published: without the claims that do not hold, the others with their verdicts."""
    struck: list[Struck]
    """The claims that do not hold."""
    as_drafted: bool
    """Whether it would be published word for word as it was drafted."""
    holds: bool
    """No claim goes back to the writer."""
    last: bool
    """No draft may follow if anything is objected to."""

    @property
    def model(self) -> str | None:
        """The model that wrote it, if one did."""
        return cast("str | None", self.event["data"]["model"])

    @property
    def worth_reading(self) -> bool:
        """Whether a reader's words can change anything: a draft whose claims go back is another one next time."""
        return self.model is not None and bool(self.content["blocks"]) and (self.holds or self.last)


def claims_to_verify(content: SectionContent, model: str | None, *, edited: bool = False) -> list[Claim]:
    """Give the claims of a draft that a model or a person wrote; of a draft without names, all.

    Args:
        content: of the draft.
        model: that wrote it.
        edited: only persons' words are others than those that were judged before.

    """
    if model is None or edited:
        return [c for c in named(with_ids(content)) if "person" in c]
    return named(content) or named(with_ids(content))


async def judged_draft(run: Run, scope: Scope) -> JudgedDraft | None:
    """Give the newest draft of a section run; ``None``: there is none yet."""
    section, epoch = scope["section"]["id"], scope["epoch"]
    events = run.blackboard.events_of(section, epoch)
    drafts = [e for e in events if is_a(e, SectionDrafted)]
    if not drafts:
        return None
    draft = drafts[-1]
    verified = [e["data"] for e in events if is_a(e, ClaimsVerified) and e["cause"] == draft["id"]]
    content, struck = await _as_published(run, scope, draft, ClaimsVerified(**verified[-1]) if verified else None)
    left = drafts_left(events, run.request["options"]["max_rounds"])
    blocks = bool(verified and verified[-1]["blocks"])
    last = not (left.for_claims if blocks else left.rounds)
    as_drafted = not (struck or (verified and verified[-1].get("quoted")))
    return JudgedDraft(draft, content, struck, as_drafted, holds=not blocks, last=last)


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether a draft with these findings cannot stand."""
    return any(f["severity"] == "error" for f in findings)


async def rule_findings(run: Run, scope: Scope, content: SectionContent) -> list[Finding]:
    """Hold a content against the rules that code can check, and its quotations against the sources."""
    rules = rules_for(scope["section"], run.request["blueprint"]["rules"])
    materials, readings = await gather(run, scope), await run.readings()
    found = await asyncio.to_thread(check_section, rules, content, materials)
    return found + await asyncio.to_thread(
        ungrounded, scope["section"]["id"], content, readings, run.words, run.request["options"].get("locale", "")
    )


async def _as_published(
    run: Run, scope: Scope, draft: Envelope, verified: ClaimsVerified | None
) -> tuple[SectionContent, list[Struck]]:
    """Take out what does not hold.

    Where nothing is left of a text that took the place of code's words, these stand. Else, where nothing is left, a
    section that can do without a model quotes the sources, as it does without one; what takes judgement then says
    nothing, for the words of sources are no answer to what it was asked.
    """
    drafted = cast("SectionContent", draft["data"]["content"])
    if verified is None or not verified.verdicts:
        return drafted, []
    full = drafted if verified.verdicts.keys() <= {c["id"] for c in named(drafted)} else with_ids(drafted)
    left, places = without(full, verified.struck)
    claims, texts = {c["id"]: c for c in named(full)}, in_context(full)
    struck = [_struck({**claims[name], "text": texts[name]}, verified, places[name]) for name in verified.struck]
    judged = with_verdicts(left, cast("dict[str, Judged]", verified.verdicts))
    instead = cast("dict[str, list[Evidence]]", verified.quoted)
    quoting = without_removed(in_their_words(judged, instead, lambda said: run.words("section.quoted", text=said)))
    if not named(quoting) and (instead_of := await _in_code_s_words(run, scope)):
        return kept(instead_of, full), [{**s, "block": 0} for s in struck]
    if quoting["blocks"] or scope["section"].get("needs_model"):
        return persons_marked(quoting, run.words), struck
    quoted = await standing_marked(run, scope, await quotations_of(run, scope))
    return kept(quoted, full), [{**s, "block": 0} for s in struck]


async def _in_code_s_words(run: Run, scope: Scope) -> SectionContent | None:
    """Give the section as code words it, where its writer's text took the place of words of code."""
    computed = await computed_of(run, scope)
    return as_text(computed) if computed and any(block.get("yields") for block in computed["blocks"]) else None


def _struck(made: Claim, verified: ClaimsVerified, block: int) -> Struck:
    judged = verified.verdicts[made["id"]]
    reason = "; ".join(judged["reasons"]) or "what it names does not carry it"
    told = Struck(id=made["id"], text=made["text"], reason=reason, verdict=judged["verdict"], block=block)
    return {**told, "kind": "inference"} if kind_of(made) == "inference" else told
