"""One play: the run of a scenario's brief, in virtual time, killed and resumed as often as its way says.

A process is an open run and the tasks that work on it. Killing it cuts its way to the record and throws its tasks
away; the record, the checkpoints and the world outside outlive it.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from quire.graphs.run.earlier import Earlier
from quire.graphs.run.journal import Journal
from quire.graphs.run.outage import seconds_until_due, suspend, suspension
from quire.graphs.run.run import Run, open_run
from quire.graphs.versions.earlier_version import earlier_version
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.port import CallKey, Envelope
from quire.nodes.faults import EndpointOut
from simulation.clock import VirtualLoop
from simulation.disk import Connection, Disk
from simulation.ensemble import STAGES, document
from simulation.oracle import CLOSING, OPENING
from simulation.scenario import Scenario
from simulation.tools import SERVERS, Tools
from simulation.world import World

RUN = "play"
MOST_LEGS = 120
Host = Literal["record", "exit", "async", "sync"]
"""What a run leans on besides the record: nothing, or LangGraph's checkpoints, kept in one of three manners."""
READING = Settings.model_validate({"model_urls": {"EXTRACTOR": "http://model.test/v1"}, "mcp_servers": SERVERS})
"""Nobody but who reads records has a model."""
OFFLINE = Settings.model_validate({"offline_wanted": True, "mcp_servers": SERVERS})
INTERRUPTED = "__interrupt__"
PUT_ASIDE: dict[str, Any] = {}
"""What comes of a attempt that ends because the endpoint is out of order."""


@dataclass(frozen=True)
class Way:
    """How a scenario is played: what must not change what comes of it."""

    salt: int
    """Of the latencies."""
    host: Host = "record"
    concurrency: int | None = None
    slowness: float = 0.0
    """Seconds that a write takes at most."""
    kills: tuple[int, ...] = ()
    """Turns of the loop after which the process dies, one for each of the first attempts."""
    gentle: bool = False
    """It is asked to stop, as by Ctrl-C, and not killed."""


@dataclass(frozen=True)
class Pause:
    """A run that waits for people: who is asked, and what is not finished."""

    asked: frozenset[str | None]
    """Sections that a question is about; ``None``: the plan or the release."""
    unfinished: frozenset[str]
    questions: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What came of a play."""

    journal: list[Envelope]
    output: dict[str, Any]
    turns: int
    took: float
    legs: int
    deaths: int
    accepted: list[Envelope]
    """What reached the run from outside."""
    refused: list[str]
    answered: list[Envelope]
    """What was answered by resuming the graph with it, in a process that did not die."""
    asked_again: list[CallKey]
    """Calls that were made although their reply was recorded."""
    paid_twice: list[CallKey]
    """Calls that were made more than once although no process died."""
    called_again: list[str]
    """Tools that were called although what they replied was written, or twice although no process died."""
    early: list[str]
    """What was done because of an event that was not written yet."""
    pauses: list[Pause]
    earlier: Earlier | None
    """How the document stands, for a version that follows it."""


class Checkpoints(InMemorySaver):
    """LangGraph's checkpoints, which a dead process cannot write any more."""

    cut = False

    def put(self, config: Any, *args: Any) -> Any:
        """Keep a checkpoint."""
        return config if self.cut else super().put(config, *args)

    def put_writes(self, *args: Any) -> None:
        """Keep what a task wrote."""
        if not self.cut:
            super().put_writes(*args)


class Play:
    """A scenario being played in some way."""

    def __init__(self, scenario: Scenario, way: Way) -> None:
        self.scenario = scenario
        self.way = way
        self._loop = VirtualLoop()
        self._disk = Disk(self._loop)
        self._world = World(scenario, way.salt, self._loop)
        self._saver = None if way.host == "record" else Checkpoints()
        self._early: list[str] = []
        self._tools = Tools(self)
        self._connection = self._connect()
        self._legs = self._deaths = 0
        self._style = scenario.draws.one_of(("none", "even", "heavy"), "style", way.salt)
        self._answering: list[Envelope] = []
        self._answered: list[Envelope] = []
        self._asked_again: list[CallKey] = []
        self._made: Counter[CallKey] = Counter()
        self._under_way = 0
        self._out: tuple[float, float] | None = None
        """When the endpoint fell out of order, and when it answers again."""
        self._pauses: list[Pause] = []

    def latency(self, *about: object) -> float:
        """Seconds that something takes."""
        if self._style == "none":
            return 0.0
        share = self.scenario.draws.share("latency", self.way.salt, *about)
        return share if self._style == "even" else 8 * share**6

    @asynccontextmanager
    async def calling(self, key: CallKey) -> AsyncIterator[None]:
        """Make a call. While the endpoint is out of order, the run is put aside once nothing of it is under way."""
        while (lasting := self._outage()) is not None:
            if not self._under_way:
                self._out = (self._loop.time() - lasting, max(self._out[1] if self._out else 0, self._loop.time() + 1))
                raise EndpointOut(lasting)
            await asyncio.sleep(0.05)
        self._asked(key)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    def _outage(self) -> float | None:
        """Give the seconds for which the endpoint has been out of order; None if it answers."""
        outage, now = self.scenario.outage, self._loop.time()
        if self._out is None and outage is not None and self._made.total() >= outage.after:
            self._out = (now, now + outage.seconds)
        return now - self._out[0] if self._out is not None and now < self._out[1] else None

    def _asked(self, key: CallKey) -> None:
        """Note that a call is made because of the event that its step is named after."""
        self._made[key] += 1
        if key.step not in {e["id"] for e in self.journal}:
            self._early.append(f"{key.agent} calls because of {key.step} too early")
        if any(known[:5] == key[:5] for known in self._disk.replied(RUN)):
            self._asked_again.append(key)

    @property
    def journal(self) -> list[Envelope]:
        """What is written of the run."""
        return self._disk.journal(RUN)

    def perform(self) -> Outcome:
        """Play to the end.

        Raises:
            StandstillError: somebody waits for what will never happen.
            LivelockError: it goes round in circles.

        """
        STAGES[RUN] = self
        try:
            with self._tools.instead_of_processes():
                output = self._legs_to_the_end()
                earlier = self._standing()
        finally:
            self._die()
            self._loop.close()
            del STAGES[RUN]
        return Outcome(
            journal=self.journal,
            output=output,
            turns=self._loop.turns,
            took=self._loop.time(),
            legs=self._legs,
            deaths=self._deaths,
            accepted=self._world.accepted,
            refused=self._world.refused,
            answered=self._answered,
            asked_again=self._asked_again,
            paid_twice=[] if self._deaths else [key for key, times in self._made.items() if times > 1],
            called_again=[*self._tools.called_again, *([] if self._deaths else self._tools.called_twice)],
            early=self._early,
            pauses=self._pauses,
            earlier=earlier,
        )

    def _legs_to_the_end(self) -> dict[str, Any]:
        entry: Any = {**self.scenario.brief, "id": RUN}
        while self._legs < MOST_LEGS:
            out = self._leg(entry)
            if out is None:
                self._deaths += 1
                entry = self._entry_after_death()
            elif out is PUT_ASIDE:
                self._wait_until_due()
                entry = self._entry_after_death()
            elif INTERRUPTED in out:
                entry = self._entry_after_pause()
            else:
                self._come_too_late()
                return out
        raise AssertionError(f"no end after {MOST_LEGS} legs")

    def _standing(self) -> Earlier | None:
        """Give how the document stands, as whoever begins a version reads it from the record."""
        run = Run(RUN, self._connect())
        self._loop.run_until(self._loop.create_task(run.filled()))
        return earlier_version(run.blackboard)

    def _leg(self, entry: Any) -> dict[str, Any] | None:
        """Carry the run on in a process of its own until it ends or pauses; ``None``: the process died."""
        kills = self.way.kills[self._legs : self._legs + 1]
        self._legs += 1
        run = self._open()
        graph = document()
        graph.checkpointer = self._saver
        manner = {"durability": self.way.host} if self._saver else {}
        process = self._loop.create_task(graph.ainvoke(entry, self._config(), context=run, **manner))
        self._world.listen(lambda: run)
        answering, self._answering = self._answering, []
        if not self._loop.run_until(process, *kills):
            self._die()
            return None
        self._answered += answering
        if isinstance(fault := process.exception(), EndpointOut):
            self._loop.run_until(self._loop.create_task(suspend(run, fault)))
            self._die()
            return PUT_ASIDE
        if INTERRUPTED in process.result():
            self._pauses.append(_pause(process.result(), self.journal))
        self._settle()
        self._die()
        return process.result()

    def _open(self) -> Run:
        """Begin a process: a run over a new way to the record."""
        self._connection = self._connect()
        if self._saver:
            self._saver.cut = False
        run = open_run(RUN, self._connection)
        run.settings = READING if self.scenario.reads else OFFLINE
        self._under_way = 0
        return run

    def _die(self) -> None:
        """End the process. Nothing that it still means to do reaches anybody, unless it may clean up first."""
        if not self.way.gentle:
            self._cut()
        self._loop.abandon()
        self._cut()
        self._world.listen(None)

    def _cut(self) -> None:
        self._connection.cut()
        if self._saver:
            self._saver.cut = True

    def _wait_until_due(self) -> None:
        """Let the time pass for which the run is put aside; whoever comes meanwhile is let in."""
        self._connection = self._connect()
        run = Run(RUN, self._connection)
        self._world.listen(lambda: run)
        if suspended := suspension(Journal(self.journal)):
            pause = seconds_until_due(suspended, self._loop.utc())
            self._loop.run_until(self._loop.create_task(asyncio.sleep(pause)))
        self._settle()
        self._die()

    def _settle(self) -> None:
        """Let those who are posting something finish."""
        for task in self._world.pending():
            self._loop.run_until(task)

    def _entry_after_death(self) -> Any:
        """Resume as interfaces do: from the checkpoint if there is one, else with the brief.

        Answers are not given again: those that were journalled hold, the others will be asked for.
        """
        kept = self._saver and self._saver.get_tuple(self._config())
        return None if kept else {**self.scenario.brief, "id": RUN}

    def _entry_after_pause(self) -> Any:
        journal = self._disk.journal(RUN)
        answers = self._world.answers(journal)
        if self._saver and self.scenario.draws.happens(0.5, "command", self.way.salt, len(journal)):
            self._answering = answers
            return Command(resume={e["data"]["question"]: self._world.decision(e) for e in answers})
        for event in answers:
            self._world.answer_later(event)
        self._post_while_nobody_works()
        return None if self._saver else {**self.scenario.brief, "id": RUN}

    def _post_while_nobody_works(self) -> None:
        """Do what is due, by a process that only posts."""
        self._connection = self._connect()
        run = Run(RUN, self._connection)
        self._world.listen(lambda: run)
        self._settle()
        self._die()

    def _come_too_late(self) -> None:
        self._world.speak_up()
        self._post_while_nobody_works()

    def _connect(self) -> Connection:
        connection = Connection(self._disk, self.way.slowness, self.scenario.draws)
        connection.on_written, connection.early = self._world.hear, self._early
        return connection

    def _config(self) -> Any:
        config: dict[str, Any] = {"configurable": {"thread_id": RUN, "checkpoint_ns": ""}, "recursion_limit": 10_000}
        return config if self.way.concurrency is None else {**config, "max_concurrency": self.way.concurrency}


def _pause(out: dict[str, Any], journal: list[Envelope]) -> Pause:
    opened = {(e["section"], e["epoch"]) for e in journal if e["type"] in OPENING}
    closed = {(e["section"], e["epoch"]) for e in journal if e["type"] in CLOSING}
    return Pause(
        asked=frozenset(q["section"] for i in out[INTERRUPTED] for q in i.value["questions"]),
        unfinished=frozenset(str(section) for section, _ in opened - closed),
        questions=frozenset(q["id"] for i in out[INTERRUPTED] for q in i.value["questions"]),
    )
