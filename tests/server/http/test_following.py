"""Following a document over HTTP: drafts as they grow, coming back, another process, a reader who takes nothing."""

import json
import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from model_server import Asked, ModelServer, marked_up
from serving import DATABASES, quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"), section("yards", "height"))
SAID = "The height of a building shall not exceed 40 feet."


@pytest.fixture(autouse=True, params=DATABASES)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _alone: None) -> None:
    if request.param == "postgres":
        monkeypatch.setenv("QUIRE_DATABASE_URL", request.getfixturevalue("postgres").database())


def frames_of(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """Read server-sent events; heartbeats are left out."""
    frame: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line and name:
            frame[name] = value
        elif not line and frame:
            yield frame
            frame = {}


def followed(address: str, document: str, **headers: str) -> list[dict[str, str]]:
    with httpx.stream("GET", f"{address}{document}/events", headers=headers, timeout=30) as response:
        return list(frames_of(response.iter_lines()))


def posted(address: str, brief: dict = BRIEF) -> str:
    accepted = httpx.post(f"{address}/documents", json=brief, timeout=30)
    assert 202 == accepted.status_code, accepted.text
    return str(accepted.headers["location"])


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence, sentence], asked)


def heard(address: str, brief: dict) -> tuple[str, list[dict[str, str]]]:
    """Follow a document from before its first draft; gives it, and what was told."""
    document = posted(address, {**brief, "options": {"approve": ["plan"]}})
    while httpx.get(f"{address}{document}").json()["status"] != "waiting":
        time.sleep(0.05)
    told: list[dict[str, str]] = []
    with httpx.stream("GET", f"{address}{document}/events", timeout=30) as response:
        answer = {"type": "answer", "question": "plan", "decision": "approve"}
        assert 202 == httpx.post(f"{address}{document}/events", json=answer).status_code
        told += frames_of(response.iter_lines())
    return document, told


def test_drafts_are_told_as_they_grow_and_hold_no_json(online: ModelServer) -> None:
    online.reply = reply
    with quire_server() as address:
        document, told = heard(address, BRIEF)
        again = followed(address, document)

    pieces = [json.loads(frame["data"]) for frame in told if frame["event"] == "token"]
    heights = "".join(p["text"] for p in pieces if p["section"] == "height")
    assert f"{SAID} {SAID}" == heights.strip()
    assert all("id" not in frame for frame in told if frame["event"] == "token")
    assert again == [frame for frame in told if frame["event"] != "token"]


@pytest.mark.long
def test_a_draft_whose_attempt_failed_is_told_to_be_void(online: ModelServer) -> None:
    online.reply = reply
    online.script = lambda asked: "stream-unfinished" if asked.n == 1 else None
    with quire_server() as address:
        _, told = heard(address, toy_brief(section("height")))

    pieces = [json.loads(frame["data"]) for frame in told if frame["event"] == "token"]
    void = [piece["void"] for piece in pieces].index(True)
    assert f"{SAID} {SAID}" == "".join(p["text"] for p in pieces[void + 1 :]).strip()


@pytest.mark.long
def test_a_follower_cut_off_at_any_event_comes_back_to_another_process_for_the_same_bytes() -> None:
    with quire_server() as address:
        document = posted(address)
        whole = followed(address, document)
    with quire_server() as address:
        for seen in range(len(whole)):
            assert whole[seen:] == followed(address, document, **{"Last-Event-ID": str(seen)})


@pytest.mark.long
def test_a_last_event_that_is_no_number_is_refused() -> None:
    with quire_server() as address:
        document = posted(address)
        for number in ("-1", "x", "1.5", "9" * 40, "²"):
            refused = httpx.get(f"{address}{document}/events", headers={"Last-Event-ID": number.encode()})
            assert (422, "Last-Event-ID") == (refused.status_code, refused.json()["errors"][0]["field"]), number


@pytest.mark.long
def test_a_reader_who_takes_nothing_is_cut_off() -> None:
    sections = [section(f"s{n}", instructions="x" * 2_000) for n in range(40)]
    with quire_server(send_buffer=4_096, send_timeout=0.5) as address:
        document = posted(address, toy_brief(*sections))
        whole = followed(address, document)
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as stalled:
            stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            stalled.sendall(f"GET {document}/events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            time.sleep(3)
            taken = _all_of(stalled)

    assert 0 < len(taken) < sum(len(frame["data"].encode()) for frame in whole)


def _all_of(connection: socket.socket) -> bytes:
    connection.settimeout(10)
    taken = b""
    while piece := connection.recv(65_536):
        taken += piece
    return taken
