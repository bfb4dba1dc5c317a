"""Crash enumeration: a whole run is played again and again, and killed at its next durable write each time.

What is durable is found by watching, not by listing: every commit that changes the record, and every result that is
put in its place, counts as two moments, one before and one after. ``kill -9`` comes at any of them, at any two of
them, and the run is carried on as its user would: ``resume``, and an answer to whatever it asks.

By itself, over many documents: ``PYTHONPATH=. python tests/crashing.py --points 2000 --double 500``, with the record in
SQLite; ``--postgres`` starts a PostgreSQL and keeps it there.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from crash_stores import Store, Stores, on_postgres, on_sqlite
from crash_stories import Story, extracting, fetching, growing, living_on, modelled, quoting, searching, unjudged
from killing import FORKING
from model_server import ModelServer
from postgres import MISSING, cluster, programs
from tool_server import calls_of

WAITING = 4
RESULTS = ("document.md", "document.json", "run.json")
PATIENCE = 300
"""Seconds after which a process counts as hung."""


@dataclass(frozen=True)
class Ending:
    """What was seen of a run."""

    code: int
    events: list[dict[str, Any]]
    results: dict[str, bytes]
    replies: int
    """How many are recorded, of the model and of tools."""
    recorded: list[int]
    """How many were recorded at each death."""
    asked: list[int]
    """How many had been asked for at each death, and in the end."""
    moments: int
    """How many the last process went through."""
    sooner: tuple[int, int] | None = None
    """Exit code and moments of a process that was to die and ended by itself before."""


def play(
    home: Path, story: Story, store: Store, deaths: Sequence[int], arrived: Callable[[], int] = lambda: 0
) -> Ending:
    """Play a story in processes that die at that moment of their life each; the last one lives.

    Args:
        home: where everything is but, with some stores, the record.
        story: what is written, and what its user answers.
        store: where the record is.
        deaths: moments, by process.
        arrived: counts what model and tools were asked for.

    Raises:
        AssertionError: a process hung, or ended as none should.

    """
    home.mkdir(parents=True)
    (home / "brief.json").write_text(json.dumps(story.brief))
    recorded, asked, sooner = [], [], None
    for death in deaths:
        code, moments = _lived(home, story, store, death)
        if code != -signal.SIGKILL:
            sooner = (code, moments)  # a process that takes a run up has less to write
            break
        recorded.append(_recorded(store))
        asked.append(arrived())
    code, moments = _lived(home, story, store, 0)
    found = {name: (home / "out" / name).read_bytes() for name in RESULTS if (home / "out" / name).exists()}
    asked.append(arrived())
    return Ending(code, store.events(), found, _recorded(store), recorded, asked, moments, sooner)


def _recorded(store: Store) -> int:
    fetched = [event for event in store.events() if event["type"] == "SourceFetched"] if store.begun() else []
    return store.replies() + len(fetched)


def faults(whole: Ending, ended: Ending) -> list[str]:
    """Say what is not as it should be with a run that was killed, next to one that was not."""
    ids = [e["id"] for e in ended.events]
    checks = {
        "it ended otherwise": ended.code == whole.code,
        f"before it was to die it ended otherwise: {ended.sooner}": ended.sooner is None
        or ended.sooner[0] == whole.code,
        "numbers are not dense": [e["n"] for e in ended.events] == list(range(1, len(ids) + 1)),
        "events are there twice": len(ids) == len(set(ids)),
        "events are lost": not _happened(whole) - _happened(ended),
        "events are new": not _happened(ended) - _happened(whole),
        "the document differs": _documents(whole) == _documents(ended),
        f"run.json differs: {_differing(whole, ended)}": _report(whole) == _report(ended),
        "recorded replies were asked for again": _asked_once(ended),
    }
    return [problem for problem, holds in checks.items() if not holds]


def _happened(ending: Ending) -> set[str]:
    """Give what must be the same; how often a run was taken up is not."""
    return {e["id"] for e in ending.events if e["type"] != "RunResumed"}


def _asked_once(ended: Ending) -> bool:
    """Whether after each death just those replies were asked for that were not recorded then."""
    recorded = [*ended.recorded, ended.replies]
    flights = [a - r for a, r in zip(ended.asked, recorded, strict=True)]
    """How many were asked for and never recorded: those in flight at a death. The last process dies with none."""
    return flights == sorted(flights) and flights[-2:-1] in ([], flights[-1:])


def _documents(ending: Ending) -> dict[str, bytes]:
    return {name: content for name, content in ending.results.items() if name != "run.json"}


def _report(ending: Ending) -> dict[str, Any]:
    """Give ``run.json`` without its times."""
    report: dict[str, Any] = json.loads(ending.results["run.json"])
    return {k: v for k, v in report.items() if k not in {"started", "finished"}}


def _differing(whole: Ending, ended: Ending) -> dict[str, Any]:
    """Give what only the run that was killed says in ``run.json``."""
    said = _report(whole)
    return {name: value for name, value in _report(ended).items() if said.get(name) != value}


def _lived(home: Path, story: Story, store: Store, death: int) -> tuple[int, int]:
    """Let a process live until its death (0: until it is done); give its exit code and the moments it had."""
    moments = FORKING.RawValue("l", 0)
    process = FORKING.Process(target=_live, args=(home, story, store, death, moments), daemon=True)
    process.start()
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError(f"hung, to die at {death}: {(home / 'told').read_text()[-2000:]}")
    code = int(process.exitcode)
    assert code in {0, 1, 3, -signal.SIGKILL}, f"exit {code}: {(home / 'told').read_text()[-2000:]}"
    return code, int(moments.value)


# --- in the process that dies ----------------------------------------------------------------------------------------


def _live(home: Path, story: Story, store: Store, death: int, moments: Any) -> None:
    os.environ |= {**store.settings, **story.settings}
    os.chdir(home)
    for number, name in ((0, os.devnull), (1, "told"), (2, "told")):
        os.dup2(os.open(name, os.O_CREAT | os.O_RDWR | os.O_APPEND), number)
    begun = store.begun()
    for command in () if begun else story.before:
        _quire(*command)  # done once; it is refused where it was done before
    _watch(home, store, death, moments, apart=story.apart)
    code = _quire(
        *(("resume", "r") if begun else (*story.begins, "--out", "out", "--run-id", "r", "--format", "md,json"))
    )
    while code == WAITING:
        code = _quire("answer", "r", *_next_answer(home, story, store))
    sys.exit(code)


def _quire(*arguments: str) -> int:
    from quire.server.cli import main  # noqa: PLC0415 - in the child: settings are read from its environment

    sys.argv = ["quire", *arguments]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    raise AssertionError("a command ends with an exit code")


def _next_answer(home: Path, story: Story, store: Store) -> tuple[str, ...]:
    questions = json.loads((home / "out" / "run.json").read_text())["questions"]
    question = min(q["id"] for q in questions)
    given = sum(e["type"] == "AnswerGiven" and e["data"]["question"] == question for e in store.events())
    answers = story.answers[question]
    return (question, *answers[min(given, len(answers) - 1)])


def _watch(home: Path, store: Store, death: int, moments: Any, *, apart: bool) -> None:
    """Count the moments of this process, and let it die at one."""
    from quire.nodes.event_store import writer_thread  # noqa: PLC0415 - in the child

    def moment() -> None:
        moments.value += 1
        if moments.value == death:
            os.kill(os.getpid(), signal.SIGKILL)

    store.watch(moment)
    if apart:
        assert writer_thread.MOST_TOGETHER
        writer_thread.MOST_TOGETHER = 1

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"os.rename", "tempfile.mkstemp"} and str(arguments[0]).startswith(str(home / "out")):
            moment()

    sys.addaudithook(hear)


# --- the command -----------------------------------------------------------------------------------------------------


KINDS = ("offline", "model", "growing", "extracting", "unjudged", "living on", "fetching", "searching")


class Plot(NamedTuple):
    """A story, by name and seed."""

    kind: str
    seed: int

    def played(self, home: Path, stores: Stores, deaths: Sequence[int] = ()) -> Ending:
        """Play it, with a record of its own, and a model server of its own if it needs one."""
        with stores(home) as store:
            if self.kind == "offline":
                return play(home, quoting(self.seed), store, deaths)
            if self.kind == "fetching":
                calls = home.with_name(f"{home.name}-calls")
                return play(home, fetching(calls, self.seed), store, deaths, lambda: len(calls_of(calls)))
            with ModelServer() as server:
                stories = {
                    "model": modelled,
                    "growing": growing,
                    "extracting": extracting,
                    "unjudged": unjudged,
                    "living on": living_on,
                    "searching": searching,
                }
                return play(home, stories[self.kind](server, self.seed), store, deaths, server.arrived)


class Tally:
    """What came of all points.

    Args:
        base: where stories are played.
        stores: where their records are.
        wholes: what comes of stories that nobody interrupts; those that are missing are played.

    """

    def __init__(
        self, base: Path, stores: Stores = on_sqlite, wholes: MutableMapping[Plot, Ending] | None = None
    ) -> None:
        self.base = base
        self.stores = stores
        self.wholes = {} if wholes is None else wholes
        self.problems: list[str] = []
        self.sooner: list[str] = []
        """Who was to die and was done before."""
        self.points: Counter[str] = Counter()

    def whole(self, plot: Plot) -> Ending:
        """Play a story that nobody interrupts, once."""
        if plot not in self.wholes:
            self.wholes[plot] = plot.played(self.base / f"{plot.kind}-{plot.seed}", self.stores)
        return self.wholes[plot]

    def check(self, plot: Plot, deaths: Sequence[int]) -> None:
        """Play a story that is killed, and note what is wrong with it."""
        home = self.base / "-".join(map(str, [plot.kind, plot.seed, *deaths]))
        try:
            ended = plot.played(home, self.stores, deaths)
            found = faults(self.whole(plot), ended)
            self.points[f"killed {len(ended.recorded)} times"] += 1
            if ended.sooner:
                self.sooner.append(f"{plot.kind} {plot.seed}, to be killed at {deaths}: {ended.sooner}")
        except AssertionError as problem:
            found = [str(problem)]
        problems = [f"{plot.kind} {plot.seed}, killed at {deaths}: {problem}" for problem in found]
        self.problems += problems
        sys.stdout.write("".join(f"{problem}\n" for problem in problems))
        shutil.rmtree(home, ignore_errors=True)


def points_of(tally: Tally, singles: int, doubles: int) -> Iterator[tuple[Plot, tuple[int, ...]]]:
    """Give every moment of one story after the other, then pairs of moments that chance picks."""
    plots = (Plot(kind, seed) for seed in range(1_000_000) for kind in KINDS)
    every = ((plot, (m,)) for plot in plots for m in range(1, tally.whole(plot).moments + 1))
    yield from islice(every, singles)
    rng, known = random.Random(singles), list(tally.wholes)
    for _ in range(doubles):
        plot = rng.choice(known)
        first = rng.randint(1, tally.whole(plot).moments - 1)
        yield plot, (first, rng.randint(1, max(1, (tally.whole(plot).moments - first) // 2)))


def main() -> None:
    """Enumerate, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=2000, help="moments at which a run is killed once")
    parser.add_argument("--double", type=int, default=500, help="runs that are killed again while they recover")
    parser.add_argument("--skip", type=int, default=0, help="of all these, so many are left out: done before")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--postgres", action="store_true", help="keep the record in a PostgreSQL that this starts")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as base, _stores(postgres=chosen.postgres) as stores:
        tally = Tally(Path(base), stores)
        points = islice(points_of(tally, chosen.points, chosen.double), chosen.skip, None)
        with ThreadPoolExecutor(chosen.jobs) as jobs:
            for n, _ in enumerate(jobs.map(lambda point: tally.check(*point), points), 1):
                if n % 100 == 0:
                    sys.stdout.write(f"{n}: {dict(tally.points)}, {len(tally.problems)} problems\n")
                    sys.stdout.flush()
    sys.stdout.write(f"{dict(tally.points)}, {len(tally.problems)} problems\n")
    sys.exit(1 if tally.problems else 0)


@contextlib.contextmanager
def _stores(*, postgres: bool) -> Iterator[Stores]:
    if not postgres:
        yield on_sqlite
        return
    found = programs()
    if found is None:
        raise SystemExit(MISSING)
    with cluster(found) as running:
        yield on_postgres(running)


if __name__ == "__main__":
    main()
