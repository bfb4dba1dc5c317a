import asyncio
import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import peer_gated
import peer_quire
import peer_quire_sqlite
import pytest


@dataclass(frozen=True)
class Wanted:
    id: int
    after: tuple[int, ...]
    blocked: bool


@dataclass
class Work:
    sections: tuple[Wanted, ...]
    tmp: str = ""
    built: Any = None
    log: list[tuple[int, str]] = field(default_factory=list)

    async def call(self, section: int, step: str, *_inputs: Any) -> Any:
        self.log.append((section, step))
        await asyncio.sleep(0)
        if step in {"review", "compliance"}:
            return ["unclear"] if self.sections[section].blocked else []
        return f"{step} of section {section}"


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work((Wanted(0, (), False), Wanted(1, (0,), True), Wanted(2, (0, 1), False)), tmp=str(tmp_path))


EXPECTED = {0: "draft of section 0", 1: "revise of section 1", 2: "draft of section 2"}


@pytest.mark.parametrize("peer", [peer_quire, peer_gated])
async def test_the_peer_writes_each_section_once_and_after_what_it_builds_on(work: Work, peer: ModuleType) -> None:
    work.built = peer.build(work)

    assert EXPECTED == await peer.generate(work)
    steps = ("draft", "review", "compliance", "revise")
    assert sorted((s, step) for s in (0, 1, 2) for step in steps[: 4 if s == 1 else 3]) == sorted(work.log)
    assert [0, 0, 0, 1, 1, 1, 1, 2, 2, 2] == [section for section, _ in work.log]


async def test_the_durable_peer_writes_the_same(work: Work) -> None:
    assert EXPECTED == await peer_quire_sqlite.generate(work)
    assert 10 == len(work.log)
    assert (Path(work.tmp) / "quire.db").stat().st_size > 0
