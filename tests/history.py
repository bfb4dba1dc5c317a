"""Many workers that are stopped, woken and killed at random, and what their history must look like all the same.

By itself, larger: ``PYTHONPATH=. python tests/history.py --workers 16 --runs 200 --seconds 300``
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from model_server import ModelServer
from postgres import MISSING, Cluster, cluster, programs
from toys import section, toy_brief
from workers import Site, site

SECTIONS = (section("height"), section("yards", "height"), section("parking"))
STOPPED = (0.5, 14.0)
"""Seconds that a worker is stopped for: short enough to be missed by nobody, or long enough to lose its runs."""


class Trouble(NamedTuple):
    """What is done to workers."""

    workers: int
    runs: int
    seconds: float
    seed: int


class History(NamedTuple):
    """What came of it."""

    faults: list[str]
    done: dict[str, int]
    """What was done to workers, and how often."""
    resumed: int
    """How often a run was taken up by another worker."""


def played(postgres: Cluster, folder: Path, trouble: Trouble) -> History:
    """Have runs written by workers to whom things happen, then let those that are left finish."""
    rng = random.Random(trouble.seed)
    with ModelServer(delay=lambda asked: 0.05 + (asked.n * 7919 % 100) / 250) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_RUNS_PER_TENANT": "200", "QUIRE_MAX_OPEN_RUNS": "1000"}
        with site(postgres, folder, **settings, QUIRE_RUNS_PER_WORKER="16") as found:
            team = [found.worker() for _ in range(trouble.workers)]
            runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(trouble.runs)]
            done = _happened(found, team, rng, trouble.seconds)
            found.until(runs, "done", 60 + 3 * trouble.runs)
            faults = [*_faults(found, runs), *_calls(found, server, done)]
            return History(faults, dict(done), sum(b["type"] == "RunResumed" for b in _events(found)))


def _happened(found: Site, team: list[Any], rng: random.Random, seconds: float) -> Counter[str]:
    """Stop, wake and kill workers; whoever was killed is replaced. In the end all who live are awake."""
    done, stopped, end = Counter[str](), dict[int, float](), time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(rng.uniform(0.2, 1.5))
        _wake(stopped, time.monotonic())
        place = rng.randrange(len(team))
        victim = team[place]
        if rng.random() < 0.4:
            os.kill(victim.pid, signal.SIGKILL)
            victim.join(30)
            stopped.pop(victim.pid, None)
            team[place] = found.worker()
            done["killed"] += 1
        elif victim.pid not in stopped:
            os.kill(victim.pid, signal.SIGSTOP)
            stopped[victim.pid] = time.monotonic() + rng.uniform(*STOPPED)
            done["stopped"] += 1
    _wake(stopped, float("inf"))
    return done


def _wake(stopped: dict[int, float], now: float) -> None:
    for pid in [pid for pid, until in stopped.items() if until <= now]:
        os.kill(pid, signal.SIGCONT)
        del stopped[pid]


def _events(found: Site) -> list[dict[str, Any]]:
    return [{**json.loads(body), "run": run} for run, body in found.ask("SELECT run, body FROM events ORDER BY run, n")]


def _faults(found: Site, runs: Sequence[str]) -> list[str]:
    """Say what no history may have, whatever happened to whoever wrote it."""
    by_run: dict[str, list[dict[str, Any]]] = {run: [] for run in runs}
    for event in _events(found):
        by_run[event["run"]].append(event)
    return [f"{run}: {fault}" for run, events in by_run.items() for fault in faults_of(events)]


def faults_of(events: Sequence[dict[str, Any]]) -> list[str]:
    """Check a run's history: dense numbers, one end, each step committed once, nothing after the end."""
    steps = Counter((e["section"], e["epoch"], e["round"], e["agent"], e["type"], e["cause"]) for e in events)
    steps = Counter({step: n for step, n in steps.items() if step[4] not in {"RunResumed", "SectionPlanned"}})
    closed = Counter((e["section"], e["epoch"]) for e in events if e["type"] in {"SectionApproved", "SectionFailed"})
    checks = {
        "its numbers are not dense": [e["n"] for e in events] == list(range(1, len(events) + 1)),
        "an event is there twice": len({e["id"] for e in events}) == len(events),
        "a step was committed twice": max(steps.values(), default=0) == 1,
        "a section was closed twice": max(closed.values(), default=0) == 1,
        "it has not one end": [e["type"] for e in events].count("RunEnded") == 1,
        "something came after its end": bool(events) and events[-1]["type"] == "RunEnded",
        "it was not published once": [e["type"] for e in events].count("DocumentPublished") == 1,
    }
    return [fault for fault, holds in checks.items() if not holds]


def _calls(found: Site, server: ModelServer, done: Counter[str]) -> list[str]:
    """Check that no call has two replies, and that no more were asked for than can have been in flight."""
    twice = found.ask(
        'SELECT run, call FROM attempts WHERE body LIKE \'{"ended": "ok"%%\' GROUP BY run, call HAVING count(*) > 1'
    )
    recorded = found.ask("SELECT count(*) FROM attempts")[0][0]
    lost = server.arrived() - recorded
    most = 16 * (done["killed"] + done["stopped"])
    return [
        *(f"{run}: a call has two replies: {call}" for run, call in twice),
        *([f"{lost} replies were asked for again, more than can have been in flight"] if lost > most else []),
    ]


def main() -> None:
    """Play by command, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=0)
    trouble = Trouble(**vars(parser.parse_args()))
    found = programs()
    if found is None:
        raise SystemExit(MISSING)
    with cluster(found) as postgres, tempfile.TemporaryDirectory() as folder:
        history = played(postgres, Path(folder), trouble)
    sys.stdout.write(f"{trouble}: {history.done}, {history.resumed} takeovers\n")
    sys.stdout.write("".join(f"FAULT {fault}\n" for fault in history.faults) or "every step committed once\n")
    raise SystemExit(bool(history.faults))


if __name__ == "__main__":
    main()
