"""Drafts that one process makes are heard by those who follow the run in another one."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from threading import Semaphore
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import Asked, ModelServer, marked_up
from postgres import Cluster
from toys import section, toy_brief
from workers import Site, site

from quire.graphs.run.token_stream import Listeners, Words
from quire.server.execution.postgres_relay import PostgresRelay
from quire.server.execution.relayed_words import MOST_CHARACTERS, MOST_WAITING, Inbox, Outbox, read, written

SAID = "The height of a building shall not exceed 40 feet."


def piece(text: str, at: int, step: str = "draft") -> Words:
    return Words("height", 1, 1, "writer", step, text, at)


def shown(told: Sequence[Words]) -> dict[str, str]:
    """Give what a follower shows of each call: pieces one after another, and nothing of what is void."""
    drafts: dict[str, str] = {}
    for words in told:
        drafts[words.step] = drafts.get(words.step, "") + words.text if words.text else ""
    return drafts


def drafted(sizes: Sequence[int], step: str) -> list[Words]:
    """Say a draft in pieces of these sizes; each character tells where it stands."""
    said, at = [], 0
    for size in sizes:
        said.append(piece("".join(chr(0x100 + n) for n in range(at, at + size)), at, step))
        at += size
    return said


DRAFT = st.lists(st.integers(1, 30), min_size=1, max_size=12)


@given(first=DRAFT, again=DRAFT, lost=st.sets(st.integers(0, 40)))
def test_whatever_is_lost_a_follower_shows_the_beginning_of_a_draft_and_nothing_else(
    first: list[int], again: list[int], lost: set[int]
) -> None:
    sent = [*drafted(first, "draft"), piece("", 0), *drafted(again, "draft"), *drafted(again, "part-2")]
    inbox = Inbox()
    told = [each for n, words in enumerate(sent) if n not in lost for each in inbox.take(words)]

    whole = "".join(chr(0x100 + n) for n in range(max(sum(first), sum(again))))
    assert all(whole.startswith(text) for text in shown(told).values())
    if not lost:
        assert whole[: sum(again)] == shown(told)["draft"] == shown(told)["part-2"]


def test_who_joins_in_the_middle_of_a_draft_hears_the_next_one() -> None:
    inbox = Inbox()

    assert [] == inbox.take(piece("second half", 10))
    assert [] == inbox.take(piece("", 0))
    assert [piece("said again", 0)] == inbox.take(piece("said again", 0))


def test_what_waits_to_be_sent_is_bounded_and_what_is_lost_is_void() -> None:
    outbox = Outbox()
    for step in range(MOST_WAITING + 10):
        outbox.take(piece("x", 0, f"part-{step}"))
    sent = outbox.emptied()

    assert MOST_WAITING + 10 == len(sent)
    assert 10 == sum(not words.text for words in sent)
    assert [] == outbox.emptied()


def test_pieces_are_put_together_and_none_is_longer_than_a_notification() -> None:
    outbox = Outbox()
    text = "\U0001f600\ud800\x00" * MOST_CHARACTERS
    for at, character in enumerate(text):
        outbox.take(piece(character, at))
    sent = outbox.emptied()

    assert text == "".join(words.text for words in sent)
    assert len(sent) <= 4
    assert all(len(written(words).encode()) < 8_000 for words in sent)
    assert sent == [read(json.loads(written(words))) for words in sent]


@pytest.mark.parametrize("line", [[], ["followed"], ["a", "b", 1, "c", "d", "e", 1], ["a", 1, 1, "w", "d", None, 0]])
def test_what_another_version_may_have_written_is_no_piece(line: list[Any]) -> None:
    with pytest.raises(TypeError):
        read(line)


@asynccontextmanager
async def relays(url: str, number: int) -> AsyncIterator[list[PostgresRelay]]:
    made = [PostgresRelay(url) for _ in range(number)]
    try:
        yield made
    finally:
        for relay in made:
            await relay.close()


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - what is waited for is not told by an event
            await asyncio.sleep(0.02)


def say(listeners: Listeners, *pieces: Words) -> None:
    for words in pieces:
        listeners.tell(words)


@pytest.mark.long
async def test_each_follower_hears_each_piece_once_and_nobody_is_listened_for_when_they_have_left(
    postgres: Cluster,
) -> None:
    heard: list[list[Words]] = [[], [], []]
    here = Listeners()
    async with relays(postgres.database(), 3) as (worker, one, other):
        with worker.carrying("r", here), worker.following("r", heard[2].append), ExitStack() as following:
            following.enter_context(one.following("r", heard[0].append))
            following.enter_context(other.following("r", heard[1].append))
            await until(lambda: here)
            say(here, *drafted([3, 4, 5], "draft"), piece("", 0), *drafted([6], "draft"))
            await until(lambda: all(shown(told).get("draft", "")[5:] for told in heard[:2]))
            assert [] == heard[2], "what is said in a process does not come back to it"
        assert not here

    assert shown(heard[0]) == shown(heard[1]) == {"draft": drafted([6], "draft")[0].text}


@pytest.mark.long
async def test_what_is_said_last_is_heard_although_nobody_works_on_the_run_any_more(postgres: Cluster) -> None:
    heard: list[Words] = []
    here = Listeners()
    async with relays(postgres.database(), 2) as (worker, api):
        with api.following("r", heard.append):
            with worker.carrying("r", here):
                await until(lambda: here)
                say(here, piece("the last words", 0))
            await until(lambda: heard)

    assert ["the last words"] == [words.text for words in heard]


@pytest.mark.long
async def test_after_the_connection_was_lost_drafts_are_heard_again(postgres: Cluster) -> None:
    heard: list[Words] = []
    here = Listeners()
    async with relays(postgres.database(), 2) as (worker, api):
        with worker.carrying("r", here), api.following("r", heard.append):
            await until(lambda: here)
            say(here, piece("half of a", 0))
            await until(lambda: heard)
            assert postgres.cut() >= 2
            said = 0

            def whole() -> bool:
                nonlocal said
                said += 1
                say(here, piece("whole", 0, f"part-{said}"))
                return any(words.text == "whole" for words in heard)

            await until(whole)


@pytest.mark.long
async def test_a_run_that_is_taken_up_after_it_is_followed_is_heard_and_others_are_not(postgres: Cluster) -> None:
    heard: list[Words] = []
    here, others = Listeners(), Listeners()
    async with relays(postgres.database(), 2) as (worker, api):
        with api.following("r", heard.append):
            await asyncio.sleep(0.5)
            with worker.carrying("r", here), worker.carrying("s", others):
                await until(lambda: here)
                assert not others
                say(here, piece("heard", 0))
                await until(lambda: heard)


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence, sentence], asked)


def follow(found: Site, run: str, pieces: list[dict[str, Any]], follows: Semaphore) -> None:
    """Follow a run to its end, and collect the pieces of its drafts; say when what has happened so far is told."""
    kind = ""
    with httpx.stream("GET", f"{found.address}/documents/{run}/events", timeout=120) as response:
        for line in response.iter_lines():
            name, _, value = line.partition(": ")
            kind = value if name == "event" else kind
            if name == "data" and kind == "PlanProposed":
                follows.release()
            if name == "data" and kind == "token":
                pieces.append(json.loads(value))


def approve(found: Site, run: str, question: str) -> None:
    """Approve what is asked, once it is."""
    deadline = time.monotonic() + 90
    while question not in {q["id"] for q in found.report(run)["questions"]}:
        assert time.monotonic() < deadline, found.report(run)
        time.sleep(0.05)
    answer = {"type": "answer", "question": question, "decision": "approve"}
    assert 202 == httpx.post(f"{found.address}/documents/{run}/events", json=answer).status_code


def told_of(pieces: list[dict[str, Any]], about: str) -> str:
    return "".join(piece["text"] for piece in pieces if piece["section"] == about).strip()


@pytest.mark.long
@pytest.mark.timeout(240)
def test_followers_of_an_api_that_does_not_work_hear_what_a_worker_drafts(postgres: Cluster, tmp_path: Path) -> None:
    with ModelServer(reply) as server, ThreadPoolExecutor(2) as following:
        settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"}
        with site(postgres, tmp_path, **settings) as found:
            found.worker()
            brief = toy_brief(section("height"), section("yards", "height"))
            unheard = found.post(brief)
            found.until([unheard], "done")
            assert not any(asked.stream for asked in server.asked), "without a follower nothing is streamed"

            run = found.post({**brief, "options": {"approve": ["plan", "release"]}})
            follows = Semaphore(0)
            pieces: tuple[list[dict[str, Any]], ...] = ([], [])
            told = [following.submit(follow, found, run, each, follows) for each in pieces]
            assert all(follows.acquire(timeout=60) for _ in told)
            approve(found, run, "plan")
            whole = f"{SAID} {SAID}"
            deadline = time.monotonic() + 60
            while any(told_of(each, "height") != whole for each in pieces) and time.monotonic() < deadline:
                time.sleep(0.05)  # what is told on the way may come behind what is written down
            approve(found, run, "release")
            for each in told:
                each.result(120)

    assert [whole, whole] == [told_of(each, "height") for each in pieces]
    assert any(asked.stream for asked in server.asked)
