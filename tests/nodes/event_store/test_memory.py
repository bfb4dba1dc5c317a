"""The record in memory keeps the promises of its port."""

import pytest

from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Record, Usage
from quire.nodes.faults import RecordFault

KEY = CallKey("a", 1, "writer", "draft", 1, "f" * 64)


def event(name: str, **data: object) -> Envelope:
    return Envelope(
        n=0, id=name, type="T", at="", section=None, epoch=1, round=0, agent="planner", cause=None, data=dict(data)
    )


def attempt(kind: str, tokens: int, usd: float | None) -> Attempt:
    usage = Usage(prompt_tokens=tokens, completion_tokens=1, usd=usd, estimated=False)
    return Attempt(ended="ok" if kind == "ok" else "retry", kind=kind, model="m", usage=usage)


async def test_it_is_a_record() -> None:
    record: Record = MemoryRecord()

    assert await record.events("r") == []


async def test_events_are_numbered_densely_from_one_in_each_run() -> None:
    record = MemoryRecord(now=lambda: "2026-11-22T10:00:00Z")
    await record.append("r", [event("a"), event("b")])
    await record.append("other", [event("a")])
    last = await record.append("r", [event("c")])

    assert [e["n"] for e in await record.events("r")] == [1, 2, 3]
    assert [e["n"] for e in last] == [3]
    assert last[0]["at"] == "2026-11-22T10:00:00Z"
    assert [e["id"] for e in await record.events("r", after=1, limit=1)] == ["b"]


async def test_an_event_written_again_comes_back_as_it_was() -> None:
    times = iter(["first", "second"])
    record = MemoryRecord(now=lambda: next(times))
    once = await record.append("r", [event("a", x=1)])
    again = await record.append("r", [event("a", x=1)])

    assert once == again
    assert len(await record.events("r")) == 1


async def test_the_same_id_with_other_content_is_refused_and_nothing_of_the_batch_is_kept() -> None:
    record = MemoryRecord()
    await record.append("r", [event("a", x=1)])
    with pytest.raises(RecordFault):
        await record.append("r", [event("b"), event("a", x=2)])

    assert [e["id"] for e in await record.events("r")] == ["a"]


async def test_a_blob_is_found_under_its_digest_and_nothing_else_is() -> None:
    record = MemoryRecord()
    digest = await record.put("r", b"text")
    await record.append("r", [], {digest: b"text"})

    assert await record.get(digest) == b"text"
    with pytest.raises(RecordFault):
        await record.get("0" * 64)
    with pytest.raises(RecordFault):
        await record.append("r", [event("a")], {"0" * 64: b"text"})
    assert await record.events("r") == []


async def test_attempts_are_kept_in_order_and_summed() -> None:
    record = MemoryRecord()
    await record.add_attempt("r", KEY, attempt("empty", 10, 0.5))
    await record.add_attempt("r", KEY, attempt("ok", 20, 0.25))

    assert [a["kind"] for a in await record.attempts("r", KEY)] == ["empty", "ok"]
    assert await record.attempts("other", KEY) == []
    assert await record.usage("r") == Usage(prompt_tokens=30, completion_tokens=2, usd=0.75, estimated=False)
    assert await record.calls("r") == 2
    assert [(key.agent, a["kind"]) for key, a in await record.ledger("r")] == [("writer", "empty"), ("writer", "ok")]


async def test_a_sum_with_an_unknown_price_is_unknown() -> None:
    record = MemoryRecord()
    await record.add_attempt("r", KEY, attempt("ok", 10, 0.5))
    await record.add_attempt("r", KEY, attempt("ok", 10, None))

    assert (await record.usage("r"))["usd"] is None


async def test_what_was_packed_is_taken_up_whole() -> None:
    record, other = MemoryRecord(), MemoryRecord()
    digest = await record.put("r", b"\x00\xff")
    await record.append("r", [event("a", text="\ud800 é")])
    await record.add_attempt("r", KEY, attempt("ok", 3, None))

    other.unpack("r", await record.packed("r"))

    assert await record.events("r") == await other.events("r")
    assert await record.ledger("r") == await other.ledger("r")
    assert b"\x00\xff" == await other.get(digest)


@pytest.mark.parametrize("packed", ["", "no base64!", "AAAA", "eJyrrgUAAXUA+Q=="])
def test_what_is_packed_and_damaged_is_refused(packed: str) -> None:
    with pytest.raises(RecordFault, match="damaged"):
        MemoryRecord().unpack("r", packed)
