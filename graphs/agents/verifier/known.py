"""Verdicts that nobody needs to be asked for again, by digest of claim, evidence, prompt and model."""

import json
from collections.abc import Collection, Mapping
from typing import Any, cast

from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.run import Run
from quire.nodes.evidence.content import Judged, digest_of


async def known_verdicts(run: Run, state: AgentState, digests: Collection[str]) -> dict[str, Judged]:
    """Give those of the section's earlier drafts, and of what else the tenant has had judged."""
    found = {d: v for d, v in _read_before(run, state).items() if d in digests}
    keys = {_key(digest): digest for digest in digests if digest not in found}
    kept = await run.record.kept.of(run.tenant, run.id, keys) if keys else {}
    return found | {keys[key]: cast("Judged", json.loads(text)) for key, text in kept.items()}


async def keep_verdicts(run: Run, found: Mapping[str, Judged]) -> None:
    """Keep verdicts, by digest, for the tenant's other sections and later runs."""
    if found:
        texts = {_key(digest): json.dumps(judged, ensure_ascii=False) for digest, judged in found.items()}
        await run.record.kept.keep(run.tenant, run.id, texts)


def _read_before(run: Run, state: AgentState) -> dict[str, Judged]:
    section = state["scope"]["section"]["id"]
    reports = [
        e
        for epoch in range(1, state["scope"]["epoch"] + 1)
        for e in run.blackboard.events_of(section, epoch, ClaimsVerified)
    ]
    return {
        digest: cast("Any", report["data"]["verdicts"][name])
        for report in reports
        for name, digest in report["data"]["read"].items()
    }


def _key(digest: str) -> str:
    return digest_of(["verdict", digest])
