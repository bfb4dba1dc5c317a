"""Judging claims that anybody gives, outside of a run: in code, then what code leaves open by the verifier's model.

``QUIRE_VERIFY=code`` leaves it at code, as where no model is configured. A judge that gives no usable reply decides
nothing: what code leans to stands, marked as not sure. ::

    verify("The height may exceed 40 feet.", ["The height shall not exceed 40 feet."])
    # {"claim": …, "verdict": "contradicted", "by": "code", "sure": True, "reasons": ["E1 says at most 40 feet, …"]}
"""

import asyncio
import threading
import uuid
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from quire.graphs.agents.verifier.shown import named
from quire.graphs.run.connections import connections
from quire.nodes.author.verifying import (
    Asked,
    Pack,
    Passage,
    answers_yes_or_no,
    batches,
    heard,
    heard_yes_or_no,
    request_verdicts,
    request_yes_or_no,
)
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.evidence.content import Evidence, Judged
from quire.nodes.faults import ModelFault
from quire.nodes.model.request import Request
from quire.nodes.model.routes import label_of_fallback, route_of
from quire.nodes.sources.addressed import addresses_model
from quire.nodes.verification.given import GivenClaim, given_claim
from quire.nodes.verification.verdict import Verified, shown, verified

_AGENT = "verifier"


def verify(claim: str, evidence: Sequence[str | Mapping[str, Any]]) -> Verified:
    """Tell whether a claim follows from its evidence; without a model, by code alone.

    Args:
        claim: a sentence in any language; German and English are read word for word.
        evidence: texts, or ``{"text", "source", "heading", "header", "label", "what", "date", "status"}``.

    Raises:
        BadInput: the claim or an evidence is of another shape; the field is named.

    """
    given = given_claim({"claim": claim, "evidence": list(evidence)})
    found = verified(given)
    settings = Settings.read()
    if found["sure"] or not _models(settings):
        return found
    told: list[Verified] = []
    asking = threading.Thread(target=lambda: told.extend(asyncio.run(verified_by_all([given], settings))))
    asking.start()  # a thread of its own: a notebook's loop is running already
    asking.join()
    return told[0] if told else found


async def verified_by_all(given: Sequence[GivenClaim], settings: Settings) -> list[Verified]:
    """Judge claims in code, then have a model read those that are open, where one may be asked."""
    found = [await asyncio.to_thread(verified, one) for one in given]
    models = _models(settings)
    if models is None:
        return found
    asked = [_asked(f"c{n}", given[n]) for n, one in enumerate(found) if not one["sure"] and not _ordered(given[n])]
    judged = await _judged(asked, models, settings) if asked else {}
    return [shown(one["claim"], judged[name]) if (name := f"c{n}") in judged else one for n, one in enumerate(found)]


def _models(settings: Settings) -> tuple[str, str | None] | None:
    """Give the model that judges and its fallback; ``None``: nobody does."""
    name = settings.model_for(_AGENT)
    if settings.offline_wanted or settings.verify != "model" or not route_of(settings, _AGENT, name):
        return None
    return name, label_of_fallback(settings, name)


def _ordered(given: GivenClaim) -> bool:
    """Whether something beside the claim tells a model what to do: it might do so."""
    return any(addresses_model(text) for text in (given.claim, *(one["quote"] for one in given.evidence)))


def _asked(name: str, given: GivenClaim) -> Asked:
    return Asked(name, "fact", given.claim, tuple(dict.fromkeys(map(_passage, given.evidence))))


def _passage(evidence: Evidence) -> Passage:
    return Passage(named(evidence), evidence["quote"])


async def _judged(asked: list[Asked], models: tuple[str, str | None], settings: Settings) -> dict[str, Judged]:
    run, record = uuid.uuid4().hex, MemoryRecord()
    gateway = await connections().gateway(run, settings, None)

    async def ask(step: str, request: Request) -> Any:
        key = request.key(section="claims", epoch=1, agent=_AGENT, step=step, round_number=1)
        return await gateway.call(request, run=run, key=key, ledger=record)

    found: dict[str, Judged] = {}
    try:
        if answers_yes_or_no(models[0]):
            for one in asked:
                found[one.id] = heard_yes_or_no((await ask(one.id, request_yes_or_no(models, one))).text)
            return found
        system = (files("quire.graphs.agents.verifier") / "prompts" / "read.md").read_text(encoding="utf-8").strip()
        for n, batch in enumerate(batches(asked), 1):
            reply = await ask(f"read-{n}", request_verdicts(models, system, batch, Pack()))
            found |= heard(reply.parsed, batch, Pack())
    except ModelFault:
        return found
    finally:
        await connections().release(run)
    return found
