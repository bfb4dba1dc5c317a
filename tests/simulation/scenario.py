"""What a seed is about: a plan, who disagrees, what fails, what people say, what reaches the run from outside.

Everything is drawn by name, so that it does not depend on who asks first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from simulation.draws import Draws
from simulation.edits import Wanted

Shape = Literal["wide", "deep", "diamond", "single", "random"]
SHAPES: tuple[Shape, ...] = ("wide", "deep", "diamond", "single", "random", "random", "random")
FACTS = ("alpha", "beta")
SPOILT = "SPOILT"
"""A word that the section's rule forbids."""
RULE = {"id": "unspoilt", "text": "Nothing spoilt.", "forbid": [SPOILT]}
NAMED = ["researcher", "writer", "reviewer", "arbiter"]
DECLARED = {"name": "reader", "prompt": "Look for gaps."}


@dataclass(frozen=True)
class Outside:
    """Something that reaches the run from outside: at a moment, as a share of how long the run takes, perhaps twice."""

    number: int
    moment: float
    kind: str
    section: str
    value: str
    twice: bool


@dataclass(frozen=True)
class Outage:
    """A time in which the models' endpoint answers nobody."""

    after: int
    """Calls that it answers before."""
    seconds: float


RECORDS = {"note": {"title": "Notes", "one_per": "mention", "fields": {"note": {"key": True}}}}
NOTE, STATED, STATED_ANEW = "note.md", "The tower stands.", "The tower stands still."
"""A source, what it says, and what it says in a version that follows."""
TOOL_SERVER = "outside"
TOOLS = ("tower", "bridge", "harbour")
"""Each replies what is a source then."""
DIFFERING = ("The height of the tower is {} metres.", "The width of the tower is {} metres.")
HELD = ("one", "other")
"""Names of the sources that differ."""


class Scenario:
    """One seed's world.

    Args:
        seed: of everything.

    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.draws = Draws(seed)
        self.sections = _plan(self.draws)
        self.approve = _approve(self.draws, [s["id"] for s in self.sections])
        self.outside = _outside(self.draws, [s["id"] for s in self.sections])
        self.trouble = self.draws.one_of((0.0, 0.0, 0.1, 0.3), "trouble")
        """How likely a judge objects, or an agent fails."""
        self.outage = _outage(self.draws)
        self.proposals = _proposals(self.draws, [s["id"] for s in self.sections])
        self.reads = self.draws.happens(0.25, "records")
        """A model reads records before anything is planned."""
        self.restates = not self.reads and self.draws.happens(0.25, "restates")
        """A writer says in words of its own what a source says, and nobody can judge whether it does."""
        self.tools = self.draws.some_of(TOOLS, 3, "tools") if self.draws.happens(0.25, "replies") else []
        self.declared = [DECLARED] if self.draws.happens(0.15, "guest") else []
        self.stated = STATED
        """What the note says."""
        only_edits = not self.proposals and all(change.number >= FIRST_EDIT for change in self.outside)
        self.is_followed = only_edits and self.draws.happens(0.35, "version")
        """A version is made of what comes of it."""
        self.wanted: dict[str, Wanted] = {}
        """By section: what persons wanted of it in the version before."""

    @property
    def timed(self) -> bool:
        """Whether the outcome may depend on when things happen, beyond what they are.

        Of two that propose the same, the first is taken at its word.
        """
        titles = [p["title"] for proposed in self.proposals.values() for p in proposed]
        return bool(self.outside) or len(titles) > len(set(titles))

    @property
    def brief(self) -> dict[str, Any]:
        """The brief that asks for it."""
        blueprint = {
            "name": "play",
            "title": "Play",
            "sections": self.sections,
            "rules": [RULE],
            "agents": self.declared,
        }
        blueprint |= {"records": RECORDS} if self.reads else {}
        options = {"max_rounds": self.draws.whole(1, 3, "max rounds")}
        if self.approve:
            options["approve"] = self.approve
        facts = {name: f"{name}-0" for name in FACTS}
        return {"blueprint": blueprint, "title": "Play", "facts": facts, "sources": self.sources, "options": options}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Sources that differ in one or two quantities, or none, and what tools reply."""
        note = {"name": NOTE, "text": f"# Note\n\n{self.stated}\n"}
        noted: list[dict[str, Any]] = [note] if self.reads or self.restates else []
        noted += [{"name": f"{t}.md", "mcp": {"server": TOOL_SERVER, "tool": t, "arguments": {}}} for t in self.tools]
        if not self.draws.happens(0.3, "sources differ"):
            return noted
        told = DIFFERING[: self.draws.whole(1, 2, "how many differ")]
        return noted + [
            {"name": f"{name}.md", "text": "# Notes\n\n" + "\n\n".join(said.format(n) for said in told)}
            for n, name in enumerate(HELD, 1)
        ]

    def _held(self, question: str) -> str:
        return self.draws.one_of(("", *(f"{name}.md" for name in HELD)), "holds", question)

    def objects(self, *about: object) -> bool:
        """Draw whether somebody objects."""
        return self.draws.happens(self.trouble, "objects", *about)

    def tool_fails(self, tool: str) -> bool:
        """Draw whether a tool fails."""
        return self.draws.happens(0.2, "tool fails", tool)

    def fails(self, *about: object) -> Literal["", "fault", "hangs"]:
        """Draw whether an agent gives up on an event, or never comes back from it."""
        drawn = self.draws.share("fails", *about)
        rare = self.trouble / 8
        return "fault" if drawn < rare else "hangs" if drawn < 1.3 * rare else ""

    def decision(self, question: str, times: int, shown: Sequence[str] = ()) -> dict[str, Any]:
        """Draw what a person answers the ``times``-th time. Sooner or later everybody approves.

        Args:
            question: what is asked.
            times: how often it has been asked.
            shown: the sections of which some may be left out, if a plan is asked about.

        """
        drawn = self.draws.share("decides", question, times)
        if question.startswith("conflict:"):
            return {"decision": "reject"} if drawn < 0.2 else {"decision": "approve", "holds": self._held(question)}
        if times > 2 or drawn < 0.6:
            return {"decision": "approve", "note": ""}
        if question.startswith("section-proposed:"):
            return {"decision": "reject", "note": "not this one"}
        if question == "plan" and drawn < 0.9:
            ids = [s["id"] for s in self.sections if s["id"] in shown]
            return {"decision": "approve", "drop": self.draws.some_of(ids, 2, "drop", times)[: len(ids) - 1]}
        if question != "plan":
            named = self.draws.some_of([s["id"] for s in self.sections], 2, "note", question, times)
            decision = "reject" if drawn > 0.95 else "revise"
            return {"decision": decision, "note": f"look again at {' '.join(named)}".strip()}
        return {"decision": "reject", "note": "not this"}


def _proposals(draws: Draws, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Draw who proposes which sections, once they have a first draft: by the section's id."""
    if not draws.happens(0.35, "proposals"):
        return {}
    made: dict[str, list[dict[str, Any]]] = {}
    for number in range(draws.whole(1, 4, "how many proposals")):
        by = draws.one_of([*ids, *(f"grown-{TREES[n]}" for n in range(number))], "proposed by", number)
        proposed = {
            "title": f"Grown {TREES[number].title()}",
            "why": f"{TREES[number]} is missing",
            "after": draws.some_of(ids, 2, "proposed after", number),
        }
        if draws.happens(0.3, "proposed behind", number):
            proposed["behind"] = draws.one_of(ids, "behind", number)
        made.setdefault(by, []).append(proposed)
        if draws.happens(0.2, "proposed twice", number):
            made.setdefault(draws.one_of(ids, "again by", number), []).append(proposed)
    return made


TREES = ("aspen", "birch", "cedar", "dogwood")


def _outage(draws: Draws) -> Outage | None:
    if not draws.happens(0.25, "outage"):
        return None
    return Outage(
        draws.whole(1, 8, "outage", "calls"), draws.one_of((3.0, 60.0, 4000.0, 6 * 3600.0), "outage", "length")
    )


def _plan(draws: Draws) -> list[dict[str, Any]]:
    shape = draws.one_of(SHAPES, "shape")
    count = 1 if shape == "single" else draws.whole(2, draws.one_of((3, 4, 4, 7), "size"), "sections")
    drafted = draws.one_of((0.0, 0.0, 0.4), "drafted")
    ids = [f"s{n}" for n in range(count)]
    waits = {s: _after(shape, n, ids, draws) for n, s in enumerate(ids)}
    order = sorted(ids, key=lambda s: draws.share("order", s)) if draws.happens(0.5, "mixed") else ids
    return [_section(s, waits[s], drafted, draws) for s in order]


def _after(shape: Shape, number: int, ids: Sequence[str], draws: Draws) -> list[str]:
    before = list(ids[:number])
    if shape == "wide" or not before:
        return []
    if shape == "deep":
        return before[-1:]
    if shape == "diamond":
        return before[1:] if number == len(ids) - 1 and number > 1 else before[:1]
    return draws.some_of(before, 3, "after", number)


def _section(id_: str, after: Sequence[str], drafted: float, draws: Draws) -> dict[str, Any]:
    waits = [f"{a}.drafted" if draws.happens(drafted, "drafted", id_, a) else a for a in after]
    named = draws.some_of(FACTS, 2, "facts", id_)
    made: dict[str, Any] = {"id": id_, "title": id_.upper(), "after": waits, "instructions": f"v0 {' '.join(named)}"}
    if after and draws.happens(0.5, "policy", id_):
        policies = {a: draws.one_of(("stop", "stub"), "policy", id_, a) for a in after}
        made["wait_failed"] = draws.one_of(("stub", policies), "policies", id_)
    if draws.happens(0.1, "named", id_):
        made["agents"] = NAMED
    if draws.happens(0.05, "skipped", id_):
        made["when"] = "facts.alpha == 'no'"
    return made


def _approve(draws: Draws, ids: Sequence[str]) -> list[str]:
    if not draws.happens(0.4, "people"):
        return []
    chosen = [q for q in ("conflicts", "plan", "release") if draws.happens(0.3, "approve", q)]
    if draws.happens(0.15, "approve", "sections"):
        return [*chosen, "sections"]
    return chosen + [f"section:{s}" for s in ids if draws.happens(0.3, "approve", s)]


KINDS = ("fact", "fact", "section", "section", "added", "cancelled", "run cancelled")


EDITS = ("worded", "worded", "put in", "taken out")
"""What a person does to a claim: says it otherwise, puts words behind it, takes it out."""
FIRST_EDIT = 10
"""Number of a seed's first edit: the other things from outside are fewer."""


def _outside(draws: Draws, ids: Sequence[str]) -> list[Outside]:
    found: list[Outside] = []
    if draws.happens(0.4, "outside"):
        found += [_one_outside(n, draws, ids) for n in range(draws.whole(1, 4, "how much outside"))]
    return found + edits_drawn(draws, ids, FIRST_EDIT)


def edits_drawn(draws: Draws, ids: Sequence[str], first: int) -> list[Outside]:
    """Draw what persons edit while a document is written, numbered from the first."""
    if not draws.happens(0.25, "edits"):
        return []
    return [_one_edit(first + n, draws, ids) for n in range(draws.whole(1, 4, "how many edits"))]


def _one_edit(number: int, draws: Draws, ids: Sequence[str]) -> Outside:
    kind = draws.one_of(EDITS, "edit", number)
    return Outside(
        number=number,
        moment=draws.between(0.3, 1.2, "moment", number),
        kind=kind,
        section=draws.one_of(ids, "which", number),
        value="" if kind == "taken out" else f"Words {number} of a person.",
        twice=draws.happens(0.2, "twice", number),
    )


def _one_outside(number: int, draws: Draws, ids: Sequence[str]) -> Outside:
    kind = draws.one_of(KINDS, "outside", number)
    if kind == "run cancelled" and draws.happens(0.5, "spared", number):
        kind = "fact"
    return Outside(
        number=number,
        moment=draws.between(0.0, 1.2, "moment", number),
        kind=kind,
        section=draws.one_of(ids, "which", number),
        value=draws.one_of(FACTS, "what", number),
        twice=draws.happens(0.2, "twice", number),
    )


def added(change: Outside, scenario: Scenario) -> dict[str, Any]:
    """Draw a section to be added."""
    waits = scenario.draws.some_of([s["id"] for s in scenario.sections], 2, "added after", change.number)
    return {"id": f"x{change.number}", "title": "Added", "after": waits, "instructions": f"v0 {change.value}"}
