"""Marked words, in everything that is secret or somebody's own: they turn up nowhere else."""

import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from collector import collector
from model_server import LEAKED_KEY, Asked, ModelServer, marked_up
from serving import free_port, started, stopped, until_it_answers
from tool_server import named, over_stdio
from toys import section, toy_brief

PLACES = """
title fact-value section-title instructions source source-title file-name inline-note answer-note changed-fact
added-title cancel-reason draft question missing objection refusal reply-key model-key api-key other-key
idempotency-key wrong-key bad-value bad-source survey plan verdict tool-argument tool-reply tool-error tool-key
"""
EACH = 8


class Canaries:
    """Gives marked words, and remembers them by where they were put."""

    def __init__(self) -> None:
        self.put = {place: [f"canary{place.replace('-', '')}{n}x" for n in range(EACH)] for place in PLACES.split()}
        self._next = {place: itertools.cycle(marks) for place, marks in self.put.items()}

    def __call__(self, place: str) -> str:
        return next(self._next[place])

    def all_of(self, place: str) -> str:
        return " ".join(self.put[place])

    def seen_in(self, text: bytes | str, *but: str) -> list[str]:
        """Give those that stand in a text, whatever the case, but for those of some places."""
        told = (text.decode(errors="replace") if isinstance(text, bytes) else text).casefold()
        return [m for place, marks in self.put.items() if place not in but for m in marks if m in told]


@pytest.fixture
def canary() -> Canaries:
    return Canaries()


def test_there_are_many_of_them(canary: Canaries) -> None:
    assert sum(map(len, canary.put.values())) >= 240


def speaking(canary: Canaries) -> Callable[[Asked], str]:
    """Say marked words in every text of a reply."""

    def reply(asked: Asked) -> str:
        if "unused" in (asked.schema or {}).get("properties", {}):
            return json.dumps(planned_with(canary.all_of("plan")))
        if "sources" in (asked.schema or {}).get("properties", {}):
            return json.dumps({"sources": [surveyed_with(canary.all_of("survey"))]})
        if "queries" in (asked.schema or {}).get("properties", {}):
            return json.dumps({"queries": ["height of a building", "building height"]})
        if not asked.drafts:
            problem = {"quote": "The height of a building", "problem": canary.all_of("objection")}
            name = next(iter(asked.schema["properties"]["objections"]["items"]["properties"]))  # type: ignore[index]
            return json.dumps({"grade": 1, "objections": [{name: "height", **problem}]})
        texts = ["The height of a building shall not exceed 40 feet.", "No building may be higher than 40 feet."]
        texts.append(f"The draft says {canary.all_of('draft')}.")
        said = [{"text": text, "evidence": ["E1", "E2", "E3"]} for text in texts]
        missing = [canary.all_of("missing")] if asked.n % 2 else []
        return marked_up(said, asked, gaps=[canary.all_of("question")], missing=missing)

    return reply


def doubting(canary: Canaries) -> Callable[[Asked], str]:
    """Find no claim supported, and say in marked words what is missing."""

    def judge(asked: Asked) -> str:
        said = {"verdict": "insufficient", "passage": "", "words": "", "missing": canary.all_of("verdict")}
        names = re.findall(r"^(c\d+) is of the kind", asked.prompt, re.MULTILINE)
        return json.dumps({"verdicts": [{"claim": name, **said} for name in names]})

    return judge


def surveyed_with(words: str) -> dict[str, Any]:
    """Survey a source with marked words wherever it has room for any."""
    said = dict.fromkeys(("date", "period"), "") | dict.fromkeys(("date_words", "period_words"), words[:120])
    rest = {"what": words[:60], "status": "current", "status_words": words[:240], "contents": [words[:80]]}
    return {"source": "S1", **said, **rest}


def planned_with(words: str) -> dict[str, Any]:
    """Plan a section with marked words wherever it has room for any."""
    told = {"purpose": words[:400], "questions": [words[:300]], "answers": ["Q1"], "form": "prose", "words": 120}
    return {
        "sections": [{"id": "height", "title": "Height", **told, "sources": [], "after": []}],
        "unused": [],
        "drop": [],
    }


def faulty(asked: Asked) -> str | None:
    """Fail every third request, each time otherwise, with a key in the error's text."""
    faults = ("error-500", "refusal", "wrong-schema", "rate-limit-ms", "bad-json", "unauthorized")
    return faults[asked.n // 3 % len(faults)] if asked.n % 3 == 0 else None


def brief_of(canary: Canaries, **more: Any) -> dict[str, Any]:
    text = f"# {canary.all_of('source-title')}\n\nThe height of a building shall not exceed 40 feet.\n\n"
    sections = [
        {
            **section(name),
            "title": f"Height of a building {canary.all_of('section-title')}",
            "instructions": canary.all_of("instructions"),
        }
        for name in ("height", "yards")
    ]
    source = {
        "name": f"{canary('file-name')}.md",
        "text": text + f"The height of a building at {canary.all_of('source')}.\n",
    }
    facts = {"client": canary.all_of("fact-value"), "note": {"inner": [canary.all_of("inline-note")]}}
    return toy_brief(*sections, sources=[source], **more) | {"title": canary.all_of("title"), "facts": facts}


@pytest.fixture
def served(
    canary: Canaries, tmp_path: Path, online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path, list[tuple[str, bytes]]]]:
    """Serve as an operator does, with logs and traces; gives the address, the log, and what the collector takes."""
    online.reply, online.judge, online.script = speaking(canary), doubting(canary), faulty
    monkeypatch.setenv("OPENAI_API_KEY", canary("model-key"))
    monkeypatch.setenv("QUIRE_EMBEDDING_MODEL", "embed-1")
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", "1000")
    keys = [f"{key}:acme" for key in canary.put["api-key"]] + [f"{key}:beta" for key in canary.put["other-key"]]
    monkeypatch.setenv("QUIRE_API_KEYS", ",".join(keys))
    tools = over_stdio(tmp_path / "calls", tenants=["acme"], env={"NOTES_KEY": canary("tool-key")})
    monkeypatch.setenv("QUIRE_MCP_SERVERS", named(notes=tools))
    log, port = tmp_path / "log", free_port()
    with collector() as (endpoint, taken):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        process = started(dict(os.environ), "serve", "--port", str(port), told=log)
        until_it_answers(f"http://127.0.0.1:{port}/health", process.is_alive)
        yield f"http://127.0.0.1:{port}", log, taken
        if process.is_alive():
            stopped(process)


class Tenant(httpx.Client):
    """A caller with a key."""

    def __init__(self, address: str, key: str) -> None:
        super().__init__(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def everything(tenant: Tenant, run: str) -> dict[str, bytes]:
    """Ask a tenant's every question about a document."""
    paths = [f"/documents/{run}", f"/documents/{run}/events", "/documents", "/metrics"]
    paths += [f"/documents/{run}/content?format={name}" for name in ("md", "html", "json")]
    given = {path: tenant.get(path, headers={"Accept": "application/json"}) for path in paths}
    return {path: answer.content + str(answer.headers).encode() for path, answer in given.items()}


def refused(tenant: Tenant, canary: Canaries) -> list[httpx.Response]:
    """Send what cannot be taken, with marked words in it."""
    bad, brief = canary.all_of("bad-value"), brief_of(canary)
    source = {"name": "a.pdf", "text": canary.all_of("bad-source")}
    bodies: list[Any] = [
        {**brief, "sources": [source]}, {**brief, "options": {"max_rounds": bad}}, {**brief, "blueprint": [bad]},
        {**brief, "title": [bad]}, {**brief, "sources": [{"name": "a.md", "base64": f"!{bad}"}]},
        {**brief, "sources": [{"name": "a.md", "text": f"\x00{canary.all_of('bad-source')}"}]},
        {**brief, "facts": bad}, {**brief, "sources": [{"name": "a.csv", "text": f'a,b\n"{bad},1\n'}]},
    ]  # fmt: skip
    answers = [tenant.post("/documents", json=body) for body in bodies]
    answers += [
        tenant.post("/documents", content=f'{{"title": "{bad}",,}}', headers={"Content-Type": "application/json"})
    ]
    key = {"Idempotency-Key": canary("idempotency-key")}
    answers += [tenant.post("/documents", json={**brief_of(canary), "title": t}, headers=key) for t in ("a", "b")][1:]
    wrong = {"Authorization": f"Bearer {canary('wrong-key')}"}
    return [*answers, tenant.get("/documents", headers=wrong), tenant.post("/documents/x/events", json={"type": bad})]


def carried_on(acme: Tenant, canary: Canaries) -> str:
    """Have a document written, with a change, a section more, one less, and an answer from outside."""
    key = {"Idempotency-Key": canary("idempotency-key")}
    run = str(acme.post("/documents", json=brief_of(canary, options={"approve": ["plan"]}), headers=key).json()["id"])
    told: list[dict[str, Any]] = [
        {"type": "fact", "name": "client", "value": canary.all_of("changed-fact")},
        {"type": "section_added", "section": {"id": "more", "title": canary.all_of("added-title")}},
        {"type": "answer", "question": "plan", "decision": "approve", "note": canary.all_of("answer-note")},
        {"type": "section_cancelled", "section": "yards", "reason": canary.all_of("cancel-reason")},
    ]
    for _ in range(200):
        if acme.get(f"/documents/{run}").json()["status"] == "waiting":
            break
    for event in told:
        acme.post(f"/documents/{run}/events", json=event)
    acme.get(f"/documents/{run}/events")
    return run


def planned(acme: Tenant, canary: Canaries) -> str:
    """Have a document planned by a model, and written, over a source that no prompt holds, so that it is embedded."""
    brief = brief_of(canary)
    rows = "\n\n".join(f"Row {n}: the height of a building at {canary('source')}." for n in range(80))
    brief["sources"] += [
        {"name": f"{canary('file-name')}.md", "text": f"# {canary.all_of('source-title')}\n\n{rows}\n"}
    ]
    sections = [{**section("intro", kind="template", instructions="Read on."), "frame": True}]
    blueprint = {**brief["blueprint"], "plan": "open", "sections": [*sections, *brief["blueprint"]["sections"]]}
    run = str(acme.post("/documents", json={**brief, "blueprint": blueprint}).json()["id"])
    acme.get(f"/documents/{run}/events")
    return run


def fetched(acme: Tenant, canary: Canaries) -> str:
    """Have a document written from what tools reply: one replies in marked words, one fails in some."""
    brief = brief_of(canary)
    said = f"# Notes\n\nThe height of a building at {canary.all_of('tool-reply')}.\n"
    given = {"turned": said, "broken": canary.all_of("tool-error")}
    replies = [
        {"name": f"{tool}.md", "mcp": {"server": "notes", "tool": tool, "arguments": {"words": words[::-1]}}}
        for tool, words in given.items()
    ]
    replies[1]["mcp"]["arguments"] |= {"about": canary.all_of("tool-argument")}
    run = str(acme.post("/documents", json={**brief, "sources": [*brief["sources"], *replies]}).json()["id"])
    acme.get(f"/documents/{run}/events")
    return run


@pytest.mark.long
def test_marked_words_are_found_with_their_owner_and_nowhere_else(
    served: tuple[str, Path, list[tuple[str, bytes]]], canary: Canaries, online: ModelServer
) -> None:
    address, log, taken = served
    acme, beta = (Tenant(address, canary.put[place][0]) for place in ("api-key", "other-key"))
    runs = [make(acme, canary) for make in (carried_on, planned, fetched)]
    theirs = beta.post("/documents", json=toy_brief(section("height"), title="Other")).json()["id"]
    beta.get(f"/documents/{theirs}/events")
    problems = refused(acme, canary)
    own = {f"{n} {at}": text for n, r in enumerate(runs) for at, text in everything(acme, r).items()}
    others = {n: text for r in (theirs, *runs) for n, text in everything(beta, r).items()}
    metrics = acme.get("/metrics").content
    acme.close()
    beta.close()

    keys = ("model-key", "api-key", "other-key", "idempotency-key", "wrong-key", "tool-key", "tool-error")
    assert {"title", "fact-value", "source", "draft", "changed-fact", "plan", "verdict", "tool-reply"} <= places(
        canary, b"".join(own.values())
    )
    assert not set(keys) & places(canary, b"".join(own.values()))
    assert [answer.status_code for answer in problems if answer.status_code < 400] == []
    assert [answer.text for answer in problems if canary.seen_in(answer.text, "file-name")] == []
    assert canary.seen_in(metrics) == []
    assert {path: seen for path, text in others.items() if (seen := canary.seen_in(text, *SAID_TO_ALL))} == {}
    told, sent = log.read_text(), b"".join(body for _, body in taken)
    assert (canary.seen_in(told), canary.seen_in(sent)) == ([], [])
    assert all(where in sent for where in (b"section", b"invoke_agent"))
    assert "model call" in told
    assert {"embed-1"} == {a.model for a in online.asked if a.texts}
    assert {"turned", "broken"} == set((log.parent / "calls").read_text().split())
    assert LEAKED_KEY not in told + str(own) + str(others) + sent.decode(errors="replace")


SAID_TO_ALL = ("draft", "question", "missing", "objection", "verdict")
"""What the model says to everybody who asks it."""


def places(canary: Canaries, text: bytes) -> set[str]:
    found = set(canary.seen_in(text))
    return {place for place, marks in canary.put.items() if found & set(marks)}


@pytest.mark.long
@pytest.mark.parametrize("fault", ["unauthorized", "refusal", "wrong-schema", None])
def test_the_command_line_complains_without_a_word_of_them(
    quire: Quire, canary: Canaries, tmp_path: Path, fault: str | None
) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(brief_of(canary)))
    bad = {**brief_of(canary), "sources": [{"name": "a.pdf", "text": canary.all_of("bad-source")}]}
    (tmp_path / "bad.json").write_text(json.dumps(bad))
    with ModelServer(speaking(canary), lambda _: fault, judge=doubting(canary)) as server:
        settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": canary("model-key"), "QUIRE_CALL_TIMEOUT": "10"}
        written = quire("write", "brief.json", "--run-id", "r", "--out", "out", **settings)
        refused_ = quire("write", "bad.json", "--run-id", "s", **settings)

    assert written.returncode in {0, 1, 3}
    assert 2 == refused_.returncode
    assert canary.seen_in(written.stderr + refused_.stderr) == []
    shown = ("section-title", "file-name", "question", "missing", "objection", "draft", "verdict")
    complaints = [line for line in written.stdout.splitlines() if "It repeats what" not in line]  # quotes its document
    assert canary.seen_in("\n".join(complaints), *shown) == []
    assert LEAKED_KEY not in written.stdout + written.stderr + (tmp_path / "out" / "run.json").read_text()
