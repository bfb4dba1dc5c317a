"""``kill -9`` while a document is written, then a resume in another process: what is asked for again, what goes wrong.

::

    python benchmarks/crash.py              at 25, 50 and 75 % of a run, then at 100 random moments
    python benchmarks/crash.py --random 20 --seed 5

Every call leaves a line in a file when it begins and when it has its answer; the file outlives the process. A reply is
*recorded* when the record's ledger holds it. One that was recorded may never be asked for again. One that was under
way when the process died has to be: nobody has seen its answer.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import multiprocessing
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import peer_quire_sqlite
from scenarios import Work, draw

SCENARIO = "dag60"
FASTER = 10
"""Calls are this much shorter than the scenario has them: more happens at once, and 100 kills take two minutes."""
FORKING = multiprocessing.get_context("forkserver")


class Outcome(NamedTuple):
    """What a killed and resumed run came to, as counts of calls or sections."""

    recorded: int
    """Replies in the ledger when the process was killed."""
    in_flight: int
    """Calls that had begun and were not recorded."""
    asked_again: int
    """Recorded replies that were asked for again."""
    wrong: int
    """Sections that ended with another text than their own, or with none."""


class Counted(Work):
    """A work whose calls are written down outside the process."""

    async def call(self, section: int, step: str, *inputs: Any) -> Any:
        """Ask the model, and leave a line before and after."""
        with (Path(self.tmp) / "calls").open("a") as lines:
            lines.write(f"begun {section} {step}\n")
        answer = await super().call(section, step, *inputs)
        with (Path(self.tmp) / "calls").open("a") as lines:
            lines.write(f"ended {section} {step}\n")
        return answer


def work_in(folder: str) -> Counted:
    """Draw the document, with shorter calls."""
    faster = [
        dataclasses.replace(s, seconds={step: t / FASTER for step, t in s.seconds.items()})
        for s in draw(SCENARIO).sections
    ]
    return Counted(faster, tmp=folder)


def prepare() -> None:
    """Have what the processes need imported once, for all of them, by the server that they are forked from.

    Python 3.11 does not hand it the path on which modules are found, except in the environment.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    FORKING.set_forkserver_preload(["peer_quire_sqlite"])


def write(folder: str) -> None:
    """Write the document over the record in a folder, or carry it on, and leave its texts there."""
    texts = asyncio.run(peer_quire_sqlite.generate(work_in(folder)))
    (Path(folder) / "texts").write_text(json.dumps(texts))


def killed_and_resumed(after: float) -> Outcome:
    """Kill a run so many seconds after its first call began, resume it, and count."""
    with tempfile.TemporaryDirectory() as folder:
        _kill(folder, after)
        begun, recorded = _begun(folder), _recorded(folder)
        before = begun.total()
        _finish(_started(folder))
        again = _begun(folder) - begun
        work = work_in(folder)
        texts = json.loads((Path(folder) / "texts").read_text())
        wrong = [s for s in work.sections if texts.get(str(s.id)) != work.expected(s)]
        return Outcome(len(recorded), before - len(recorded), sum(again[call] for call in recorded), len(wrong))


def seconds_of_a_run() -> float:
    """Say how long a run takes that nobody kills."""
    with tempfile.TemporaryDirectory() as folder:
        process = _started(folder)
        begun = _first_call(folder)
        _finish(process)
        return time.monotonic() - begun


def _started(folder: str) -> Any:
    process = FORKING.Process(target=write, args=(folder,), daemon=True)
    process.start()
    return process


def _kill(folder: str, after: float) -> None:
    process = _started(folder)
    time.sleep(max(0.0, _first_call(folder) + after - time.monotonic()))
    process.kill()
    process.join()


def _first_call(folder: str) -> float:
    while not (Path(folder) / "calls").exists():
        time.sleep(0.001)
    return time.monotonic()


def _finish(process: Any) -> None:
    process.join(120)
    if process.exitcode != 0:
        raise RuntimeError(f"a run ended with {process.exitcode}")


def _begun(folder: str) -> Counter[tuple[str, str]]:
    lines = [line.split() for line in (Path(folder) / "calls").read_text().splitlines()]
    return Counter((section, step) for what, section, step in lines if what == "begun")


def _recorded(folder: str) -> set[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(Path(folder) / "quire.db")) as db:
        keys = [json.loads(call) for (call,) in db.execute("SELECT call FROM attempts")]
    return {(section, step) for section, _epoch, step, *_ in keys}


def main() -> None:
    """Print one line a kill, and the sum of the random ones."""
    parser = argparse.ArgumentParser(description="Kill runs and resume them.")
    parser.add_argument("--random", type=int, default=100, metavar="KILLS")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    prepare()
    whole, rng = seconds_of_a_run(), random.Random(asked.seed)
    print(f"{SCENARIO}, calls {FASTER} times shorter, {work_in('').steps} calls, {whole:.2f} s undisturbed")
    for part in (0.25, 0.5, 0.75):
        print(f"killed at {part:.0%}: {_said(killed_and_resumed(whole * part))}", flush=True)
    if kills := [killed_and_resumed(rng.uniform(0, whole)) for _ in range(asked.random)]:
        print(f"{len(kills)} random moments: {_said(Outcome(*map(sum, zip(*kills, strict=True))))}")


def _said(o: Outcome) -> str:
    return (
        f"{o.recorded} recorded, {o.in_flight} in flight, {o.asked_again} recorded asked again, {o.wrong} texts wrong"
    )


if __name__ == "__main__":
    main()
