"""Those outside a play's process: people who answer, and others who change their mind. They outlive it.

Whoever did not hear that something was done does it again, once there is a process that listens.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from quire.graphs.run import commands as outside
from quire.graphs.run.approvals import ASKING
from quire.graphs.run.edits import claims_to_edit
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput
from simulation.clock import VirtualLoop
from simulation.scenario import EDITS, Outside, Scenario, added

Act = Callable[[Run], Awaitable[Envelope]]
EVENTS_A_SECTION = 9
"""About how many there are, to spread what happens outside over a run."""


class World:
    """Everybody outside.

    Args:
        scenario: what they mean to do.
        salt: of how long they take.
        loop: the time they live in.

    """

    def __init__(self, scenario: Scenario, salt: int, loop: VirtualLoop) -> None:
        self._scenario = scenario
        self._draws = scenario.draws
        self._salt = salt
        self._loop = loop
        self._asked: Counter[str] = Counter()
        self._written = 0
        expected = 4 + EVENTS_A_SECTION * len(scenario.sections)
        self._to_come = sorted(((c.moment * expected, c) for c in scenario.outside), key=lambda pair: pair[0])
        self._due: list[Act] = []
        self._doing: dict[asyncio.Task[None], Act] = {}
        self._listener: Callable[[], Run] | None = None
        self.accepted: list[Envelope] = []
        self.refused: list[str] = []
        self._seen: dict[int, dict[str, Any]] = {}
        """By number of an edit: what its person makes of the claim that they saw."""

    def listen(self, listener: Callable[[], Run] | None) -> None:
        """Know which process listens from now on, if any does; what is due is done at once."""
        self._listener = listener
        if listener is None:
            self._due += [act for task, act in self._doing.items() if not task.done() or task.cancelled()]
            self._doing.clear()
            return
        due, self._due = self._due, []
        for act in due:
            self._do(act)

    def hear(self, events: list[Envelope]) -> None:
        """Hear what was written, and make up one's mind."""
        self._written += len(events)
        for event in events:
            if event["type"] in ASKING and event["data"]["question"]:
                self._asked[event["data"]["question"]] += 1
                if self._draws.happens(0.6, "at once", self._salt, event["id"]):
                    self._soon(self._answer(event), event["id"])
        while self._to_come and self._to_come[0][0] <= self._written:
            self._change(self._to_come.pop(0)[1])

    def speak_up(self) -> None:
        """Do what was still to come: the run has ended, and whoever comes now comes too late."""
        while self._to_come:
            self._change(self._to_come.pop(0)[1])

    def answers(self, journal: list[Envelope]) -> list[Envelope]:
        """Choose which of the open questions are answered now that everybody waits: at least one."""
        asked = list(Journal(journal).open_questions().values())
        if not asked:
            return []
        first = self._draws.one_of(asked, "first", self._salt, len(journal))
        return [e for e in asked if e is first or self._draws.happens(0.4, "too", self._salt, e["id"])]

    def decision(self, asking: Envelope) -> dict[str, Any]:
        """Give what a person makes of a question."""
        question = asking["data"]["question"]
        shown = [section["id"] for section in asking["data"].get("sections", ())]
        return self._scenario.decision(question, self._asked[question], shown)

    def answer_later(self, asking: Envelope) -> None:
        """Have a question answered by whoever listens next."""
        self._due.append(self._answer(asking))

    def pending(self) -> list[asyncio.Task[None]]:
        """Give what is being done."""
        return [task for task in self._doing if not task.done()]

    def _answer(self, asking: Envelope) -> Act:
        decision = self.decision(asking)

        async def answer(run: Run) -> Envelope:
            """Answer, unless it was answered: the same question may have been asked again since."""
            known = run.blackboard.answers.get(asking["id"])
            return known or await outside.answer(run, asking["data"]["question"], decision)

        return answer

    def _change(self, change: Outside) -> None:
        act = self._act_of(change)
        for time in range(2 if change.twice else 1):
            self._soon(act, change.number, time)

    def _act_of(self, change: Outside) -> Act:
        note = f"v{change.number + 1} {change.value}"
        return {
            "fact": lambda run: outside.change_fact(run, change.value, f"{change.value}-{change.number + 1}"),
            "section": lambda run: outside.change_section(run, change.section, {"instructions": note}),
            "added": lambda run: outside.add_section(run, added(change, self._scenario)),
            "cancelled": lambda run: outside.cancel_section(run, change.section),
            "run cancelled": outside.cancel_run,
            **dict.fromkeys(EDITS, lambda run: self._edit(run, change)),
        }[change.kind]

    async def _edit(self, run: Run, change: Outside) -> Envelope:
        """Edit a claim as its person saw it first; where it says something else by now, that is refused."""
        if claims := claims_to_edit(run.blackboard, change.section):
            seen = self._draws.one_of(claims, "claim", change.number)
            edit = {name: seen[name] for name in ("claim", "based_on")}
            self._seen.setdefault(change.number, {**edit, "text": change.value, "behind": change.kind == "put in"})
        return await outside.edit_section(run, change.section, self._seen.get(change.number, {"claim": "", "text": ""}))

    def _soon(self, act: Act, *about: object) -> None:
        delay = self._draws.one_of((0.0, self._draws.between(0, 6, "how soon", self._salt, *about)), "delay", *about)
        self._loop.call_later(delay, self._do, act)

    def _do(self, act: Act) -> None:
        if self._listener is None:
            self._due.append(act)
            return
        task = self._loop.create_task(self._try(act, self._listener()))
        self._doing[task] = act

    async def _try(self, act: Act, run: Run) -> None:
        try:
            await run.filled()
            self.accepted.append(await act(run))
        except BadInput as refusal:
            self.refused.append(str(refusal))
