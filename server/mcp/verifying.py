"""Verifying for callers of tools: a text against sources, or a claim beside the evidence that is to carry it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from quire.graphs.agents.verifier.given import verified_by_all
from quire.graphs.intake.brief_sources import MAX_SOURCES, bytes_of, inline
from quire.nodes.config.settings import Settings
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput
from quire.nodes.sources.read import read
from quire.nodes.verification.given import GivenClaim, given_claim
from quire.nodes.verification.texts import statements_of
from quire.nodes.verification.verdict import Verified


async def verify_against(text: str, sources: Sequence[Mapping[str, Any]]) -> list[Verified]:
    """Verify each sentence of a text, in Markdown, against sources as a brief gives them.

    Raises:
        BadInput: a source cannot be used, or there is none.

    """
    return await verified_by_all(await asyncio.to_thread(_statements, text, sources), Settings.read())


def _statements(text: str, sources: Sequence[Mapping[str, Any]]) -> list[GivenClaim]:
    if not 1 <= len(sources) <= MAX_SOURCES:
        raise BadInput(f"are {len(sources)}", field="sources", hint=f"give 1 to {MAX_SOURCES}: {{name, text}}")
    located = Located({"sources": list(sources)})
    given = [inline(located.part("sources", number)) for number in range(len(sources))]
    return list(statements_of(read("text.md", text.encode()), [read(one["name"], bytes_of(one)) for one in given]))


async def verify_alone(claim: str, evidence: Sequence[str]) -> Verified:
    """Verify a claim beside its own evidence.

    Raises:
        BadInput: there is no evidence, or too much.

    """
    (found,) = await verified_by_all([given_claim({"claim": claim, "evidence": list(evidence)})], Settings.read())
    return found
