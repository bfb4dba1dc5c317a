"""What the examples of the kinds that ship say without a model: nothing of it changes unseen.

After a change that is meant, keep the new documents: ``quire evaluate examples --json > examples/golden.jsonl``.
"""

import json
from pathlib import Path

import pytest
from cli import Done, Quire
from killing import finish
from killing import quire as start
from serving import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture
def quire(tmp_path: Path) -> Quire:
    def run(*arguments: str) -> Done:
        code = finish(start(tmp_path / "home", {}, *arguments, told=tmp_path))
        return Done(code, (tmp_path / "stdout").read_text(), (tmp_path / "stderr").read_text())

    return run


@pytest.mark.long
@pytest.mark.timeout(300)
def test_they_state_what_they_should_and_what_they_did(quire: Quire) -> None:
    done = quire("evaluate", str(EXAMPLES), "--against", str(EXAMPLES / "golden.jsonl"), "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]

    kept = [json.loads(line)["name"] for line in (EXAMPLES / "golden.jsonl").read_text().splitlines()]
    assert kept == [one["name"] for one in told]
    for one in told:
        assert len(one["facts_found"]) >= one["facts_needed"], one["facts_missing"]
        assert ([], []) == (one["traps_fallen_into"], one["conflicts_missing"]), one["name"]
        assert ([], []) == (one["difference"]["said_new"], one["difference"]["said_no_more"]), one["name"]
    assert 0 == done.returncode
