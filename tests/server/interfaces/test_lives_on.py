"""A document that lives on for long: edits, changed sources and rebuilds at random, held against what must stand."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from following import chain

from quire.graphs.intake.brief import decode
from quire.graphs.run.edits import is_words
from quire.nodes.config.settings import Settings
from quire.nodes.evidence.claims import named
from quire.nodes.evidence.content import Claim, claims_of
from quire.nodes.evidence.persons import nameable
from quire.nodes.render.document import Document
from quire.server.execution.runs import Runs, opened
from quire.server.execution.versions import Edits, following

LENGTH = 6
KINDS = ("edit", "edit", "put in", "take out", "source", "nothing")


@dataclass
class Standing:
    """What must stand, whatever is written again."""

    words: dict[str, list[str]] = field(default_factory=dict)
    """By section: persons' words."""
    removed: dict[str, list[str]] = field(default_factory=dict)
    """By section: what persons took out, and nobody says again."""

    def says(self, section: str, text: str) -> None:
        self.words.setdefault(section, []).append(text)

    def unsays(self, section: str, text: str) -> bool:
        """Forget a person's words, if these were any."""
        known = self.words.get(section, [])
        return text in known and not known.remove(text)

    def assert_held(self, document: Document, step: str) -> None:
        for section in document["sections"]:
            claims = [c for block in section["content"]["blocks"] for c in claims_of(block)]
            said = [c["text"] for c in claims if "person" in c]
            assert sorted(self.words.get(section["id"], [])) == sorted(said), f"{step}: lost or twice"
            texts = {c["text"] for c in claims if "person" not in c}
            assert not texts & set(self.removed.get(section["id"], [])), f"{step}: said again"


class Living:
    """A document and its versions."""

    def __init__(self, runs: Runs, seed: int) -> None:
        self.runs, self.draws, self.standing = runs, random.Random(seed), Standing()
        self.sources: dict[str, str] = {}
        self.versions = 0
        self.document: Document

    async def write(self, edits: list[Edits]) -> None:
        brief: dict[str, Any] = decode(chain(LENGTH, **self.sources))
        if self.versions:
            brief = await following(self.runs, brief, f"v{self.versions}", edits)
        self.versions += 1
        run = await self.runs.begin(brief, run_id=f"v{self.versions}", remembered={})
        async for _ in self.runs.carry_on(run):
            pass
        document = await self.runs.document(run)
        assert document is not None
        self.document = document

    async def step(self, n: int) -> None:
        kind = self.draws.choice(KINDS)
        section = self.draws.choice(self.document["sections"])
        claims = [c for c in named(nameable(section["content"])) if is_words(c)]
        made = self.draws.choice(claims) if claims else None
        if kind == "source" or made is None:
            kind, reached = "source", self._change_source(n)
            edits: list[Edits] = []
        else:
            edits, reached = self._edit(kind, section["id"], made, n)
        before = {s["id"]: json.dumps(s, sort_keys=True) for s in self.document["sections"]}
        await self.write(edits)
        after = {s["id"]: json.dumps(s, sort_keys=True) for s in self.document["sections"]}
        other = {name for name in before if before[name] != after[name]}
        assert other <= reached, f"step {n}, {kind}: more was written than it reaches"
        self.standing.assert_held(self.document, f"step {n}, {kind}")

    def _change_source(self, n: int) -> set[str]:
        number = self.draws.randrange(LENGTH)
        self.sources[f"s{number}"] = f"Pump {number} moves {100 + n} litres in a minute."
        return _built_on(number)

    def _edit(self, kind: str, section: str, made: Claim, n: int) -> tuple[list[Edits], set[str]]:
        if kind == "nothing":
            return [], set()
        text = "" if kind == "take out" else f"Words {n} of a person."
        behind = kind == "put in"
        if not behind and not self.standing.unsays(section, made["text"]) and kind == "take out":
            self.standing.removed.setdefault(section, []).append(made["text"])
        if text:
            self.standing.says(section, text)
        return [Edits(section, [{"claim": made["id"], "text": text, "behind": behind}])], _built_on(int(section[5:]))


def _built_on(number: int) -> set[str]:
    """Give the sections that a change of one can reach: itself, and those of its three that come behind it."""
    return {f"part-{n}" for n in range(number, number - number % 3 + 3)}


async def live_on(home: Path, monkeypatch: pytest.MonkeyPatch, seed: int, steps: int) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(home))
    async with opened(Settings.read()) as runs:
        living = Living(runs, seed)
        await living.write([])
        for n in range(steps):
            await living.step(n)


async def test_a_few_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await live_on(tmp_path, monkeypatch, 7, 4)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(4))
async def test_of_two_hundred_edits_changes_and_rebuilds_nothing_is_lost_or_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await live_on(tmp_path, monkeypatch, seed, 50)
