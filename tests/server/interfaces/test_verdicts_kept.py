"""What was judged once is not judged again: not in the tenant's later runs, and not after a kill; and nobody else's."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from documents import written_for
from killing import count, finish, kill_at
from killing import quire as begun
from model_server import Asked, ModelServer, is_verifying, marked_up
from serving import command_server
from toys import section, toy_brief

REWORDED = "No building may be higher than 40 feet."
OTHER = "A building may not be taller than 40 feet."


def writing(*texts: str) -> str:
    return marked_up([{"text": text, "evidence": ["E1"]} for text in texts])


def saying(*texts: str) -> Callable[[Asked], str]:
    def reply(asked: Asked) -> str:
        return writing(*texts) if asked.drafts else json.dumps({"grade": 5, "objections": []})

    return reply


def judged_in(asked: list[Asked]) -> list[str]:
    """Give the claims that a judge was asked about, each as often as it was."""
    prompts = [a.prompt for a in asked if is_verifying(a)]
    return [text for prompt in prompts for text in re.findall(r"<<\w+ c\d+>>\n(.*)", prompt)]


@pytest.mark.long
def test_a_later_run_asks_only_about_what_is_new_and_a_pruned_one_leaves_nothing(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(toy_brief(section("height"))))
    with ModelServer(saying(REWORDED)) as server:
        place = {"OPENAI_BASE_URL": server.url}

        def asked_by(name: str, **more: str) -> list[str]:
            before = len(server.asked)
            written = quire("write", "brief.json", "--run-id", name, "--out", name, "--format", "md", **place, **more)
            assert 0 == written.returncode, written.stderr
            return judged_in(server.asked[before:])

        first, second = asked_by("first"), asked_by("second")
        told = [json.loads(line) for line in quire("events", "second", "--json", **place).stdout.splitlines()]
        (verdicts,) = [e["data"]["verdicts"] for e in told if e["type"] == "ClaimsVerified"]
        server.reply = saying(REWORDED, OTHER)
        third = asked_by("third")
        another = asked_by("another", QUIRE_MODEL_VERIFIER="other-judge")
        assert "4 runs are removed" in quire("prune", "--older-than", "0m", **place).stdout
        anew = asked_by("anew")

    assert ([REWORDED], [], [OTHER]) == (first, second, third)
    assert ("supported", "model") == (verdicts["c1"]["verdict"], verdicts["c1"]["by"])
    assert [REWORDED, OTHER] == another
    assert [REWORDED, OTHER] == anew


@pytest.mark.long
def test_what_a_fallback_said_is_not_taken_for_the_judges_word(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "brief.json").write_text(json.dumps(toy_brief(section("height"))))
    with ModelServer(saying(REWORDED), lambda asked: "model-missing" if asked.model == "judge" else None) as server:
        place = {"OPENAI_BASE_URL": server.url, "QUIRE_MODEL_VERIFIER": "judge", "QUIRE_FALLBACK_MODEL": "spare"}
        for name in ("first", "second"):
            quire("write", "brief.json", "--run-id", name, "--out", name, "--format", "md", **place)

    assert [REWORDED, REWORDED] == judged_in([a for a in server.asked if a.model == "spare"])


def test_another_tenant_has_its_own_judged(
    online: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    online.reply = saying(REWORDED)
    monkeypatch.setenv("QUIRE_API_KEYS", "one:acme,two:beta")
    with command_server(tmp_path / "log") as server:
        for key, times in (("one", 1), ("one", 1), ("two", 2)):
            written_for(server, key, toy_brief(section("height")))
            assert times == len(judged_in(online.asked))


@pytest.mark.long
def test_a_resumed_run_asks_for_no_verdict_that_it_had(tmp_path: Path) -> None:
    spec = tmp_path / "brief.json"
    spec.write_text(json.dumps(toy_brief(section("height"), section("a", "height"), section("b", "a"))))
    with ModelServer(saying(REWORDED, OTHER)) as server:
        settings = {"OPENAI_BASE_URL": server.url}

        def begin(name: str) -> Any:
            out = str(tmp_path / f"{name}-out")
            return begun(tmp_path / name, settings, "write", str(spec), "--out", out, "--run-id", "r")

        assert 0 == finish(begin("whole"))
        events = count(tmp_path / "whole")
        for n in range(4):
            server.asked.clear()
            home = tmp_path / f"home-{n}"
            kill_at(begin(f"home-{n}"), home, 6 + n * (events - 8) // 4)
            in_flight = len([a for a in server.asked if is_verifying(a)])
            assert 0 == finish(begun(home, settings, "resume", "r"))
            again = Counter(a.prompt for a in server.asked if is_verifying(a))
            assert sum(again.values()) - len(again) <= 1, "only a call in flight is made again"
            assert in_flight <= sum(again.values())
