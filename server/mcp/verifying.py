"""Verifying for callers of tools: a text against sources, or claims beside the evidence that they name."""

from collections.abc import Mapping, Sequence
from typing import Any

from quire.graphs.intake.brief_sources import MAX_SOURCES, bytes_of, inline
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput
from quire.nodes.sources.read import read
from quire.nodes.verification.given import given_claim
from quire.nodes.verification.texts import verify_text
from quire.nodes.verification.verdict import Verified, verified


def verify_against(text: str, sources: Sequence[Mapping[str, Any]]) -> list[Verified]:
    """Verify each sentence of a text, in Markdown, against sources as a brief gives them.

    Raises:
        BadInput: a source cannot be used, or there is none.

    """
    if not 1 <= len(sources) <= MAX_SOURCES:
        raise BadInput(f"are {len(sources)}", field="sources", hint=f"give 1 to {MAX_SOURCES}: {{name, text}}")
    located = Located({"sources": list(sources)})
    given = [inline(located.part("sources", number)) for number in range(len(sources))]
    return list(verify_text(read("text.md", text.encode()), [read(one["name"], bytes_of(one)) for one in given]))


def verify_claims(claims: Sequence[Any]) -> list[Verified]:
    """Verify claims, each beside its own evidence.

    Raises:
        BadInput: one is of another shape.

    """
    return [verified(given_claim(one)) for one in claims]
