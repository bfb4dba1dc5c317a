"""Ranking passages by what they mean, where an embedding model is set: at whose expense, and what is asked only once.

Vectors are recorded as every reply is, and kept for the tenant by text and model.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.connections import connections
from quire.graphs.run.run import Run
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.search.meaning import batches, key_of, meant_by, rankings, unpacked
from quire.nodes.sources.passage import Passage

if TYPE_CHECKING:
    from quire.nodes.model.request import Request

EMBED: Final = "embed"
_PASSAGES: Final = ""
"""Stands for all that the sources say: no query is empty."""
_MOST: Final = 10_000
"""Passages that are ranked by meaning: of more, each search would take seconds."""


class Meant(NamedTuple):
    """Passages ranked by what they mean."""

    rankings: Sequence[Sequence[int]] = ()
    """By query: the places of the passages, the nearest first; nothing where they are searched by words alone."""
    model: str = ""
    """Which said what they mean."""
    reason: str = ""
    """Why they are searched by words alone, where a model is set."""


class Asker(NamedTuple):
    """For whom vectors are asked for."""

    section: str
    epoch: int
    round: int


FOR_ALL: Final = Asker("document", 1, 0)
"""Whoever asks what passages mean asks for every section."""


def asker_of(scope: Scope, round_number: int) -> Asker:
    """Say for whom a section's queries are embedded."""
    return Asker(scope["section"]["id"], scope["epoch"], round_number)


async def meant(run: Run, passages: Sequence[Passage], queries: Sequence[str], asker: Asker | None) -> Meant:
    """Rank passages by how near they are in meaning to each query.

    Args:
        run: the run.
        passages: to be ranked, of its sources.
        queries: what is searched for.
        asker: for whom; without one nobody is asked, and what is not known yet is not ranked.

    """
    settings = await run.configured()
    model = settings.embedding_model
    if model is None or not settings.embeds or not passages:
        return Meant()
    if len(passages) > _MOST:
        return Meant(reason=f"there are more than {_MOST} passages")
    texts, vectors = [meant_by(passage) for passage in passages], run.library.vectors
    try:
        async with _alone(run, [_PASSAGES]):
            await _fetch(run, model, _calls(await _all_texts(run), texts), FOR_ALL if asker else None)
        async with _alone(run, queries):
            await _fetch(run, model, batches(dict.fromkeys(queries)), asker)
    except (ModelFault, BudgetSpent) as fault:
        return Meant(reason=str(fault))
    if not vectors.keys() >= {*texts, *queries}:
        return Meant()
    ranked = await asyncio.to_thread(rankings, [vectors[q] for q in queries], [vectors[t] for t in texts])
    return Meant(ranked, model)


@asynccontextmanager
async def _alone(run: Run, texts: Iterable[str]) -> AsyncIterator[None]:
    """Let nobody else of the run ask what these texts mean meanwhile. In one order: no two wait for each other."""
    async with AsyncExitStack() as held:
        for text in sorted({*texts}):
            await held.enter_async_context(run.library.embedding.setdefault(text, asyncio.Lock()))
        yield


async def _all_texts(run: Run) -> list[str]:
    passages = (p for reading in await run.readings() for p in reading["passages"] if p["kind"] != "heading")
    return list(dict.fromkeys(map(meant_by, passages)))


def _calls(everything: Sequence[str], needed: Iterable[str]) -> list[list[str]]:
    """Part all that the sources say, so that whoever asks first parts it alike, and give the parts that are needed."""
    wanted = frozenset(needed)
    return [batch for batch in batches(everything) if not wanted.isdisjoint(batch)]


async def _fetch(run: Run, model: str, calls: Iterable[Sequence[str]], asker: Asker | None) -> None:
    """Have the vectors of texts known: from the tenant's earlier runs, else by asking. What came is kept in any case.

    Raises:
        ModelFault: of some there is no usable reply.
        BudgetSpent: the run may not spend as much.

    """
    vectors, calls = run.library.vectors, [*calls]
    keys = {key_of(text, model): text for call in calls for text in call if text not in vectors}
    kept = await run.record.kept.of(run.tenant, run.id, keys)
    vectors |= {keys[key]: unpacked(text) for key, text in kept.items()}
    left = [texts for call in calls if (texts := [text for text in call if text not in vectors])]
    if asker is None or not left:
        return
    answers = await asyncio.gather(*(_ask(run, model, texts, asker) for texts in left), return_exceptions=True)
    for texts, answer in zip(left, answers, strict=True):
        if not isinstance(answer, BaseException):
            vectors |= {text: unpacked(vector) for text, vector in zip(texts, answer, strict=True)}
            new = {key_of(text, model): vector for text, vector in zip(texts, answer, strict=True)}
            await run.record.kept.keep(run.tenant, run.id, new)
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer


async def _ask(run: Run, model: str, texts: Sequence[str], asker: Asker) -> list[str]:
    # it brings the clients of models, which nobody needs where none is set
    embedding = await asyncio.to_thread(import_module, "quire.nodes.model.embedding")
    request: Request = embedding.request_vectors(model, texts)
    key = request.key(
        section=asker.section, epoch=asker.epoch, agent="researcher", step=EMBED, round_number=asker.round
    )
    gateway = await connections().gateway(run.id, await run.configured(), run.record.leases)
    reply = await gateway.call(
        request,
        run=run.id,
        key=key,
        ledger=run.record,
        budget=await run.budget(),
        priority=run.blackboard.priority(asker.section),
        calls=run.calls,
    )
    return list(embedding.vectors_in(reply.text))
