"""What an agent is tried with: what a form shows of it, and what is wrong with it."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, NoReturn, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.editor.events import DocumentApproved
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import DocumentRequested, types_below
from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.blueprint_models import Part
from quire.graphs.intake.brief_input import Sources
from quire.graphs.intake.brief_sources import Source, collect
from quire.graphs.kernel.contract import Agent
from quire.nodes.decode.located import Located, require_plain, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.evidence.content import digest_of
from quire.nodes.faults import BadInput, attempt, refusal

REQUESTED = DocumentRequested.__name__
_CONTENT: dict[str, Any] = {"blocks": [], "values": {}, "open_questions": []}
_EMPTY = digest_of(_CONTENT)
BEFORE: Mapping[str, Mapping[str, Any]] = {
    SectionPlanned.__name__: {"position": 0, "priority": 1},
    SectionOpened.__name__: {"inputs": {}, "findings": [], "changes": [], "spec": None},
    EvidenceGathered.__name__: {"evidence": [], "answers": None},
    SectionDrafted.__name__: {"content": _CONTENT, "digest": _EMPTY, "words": 0, "model": None},
    SectionReviewed.__name__: {"blocks": False, "findings": [], "grade": 5},
    SectionApproved.__name__: {
        "content": _CONTENT, "digest": _EMPTY, "words": 0, "rounds": 1, "findings": [], "missing": {}, "models": [],
    },
    DocumentApproved.__name__: {"findings": []},
}  # fmt: skip
"""What happens to a section, in order, with the least that each event says."""


@with_config(title="Event", extra="allow", strict=True)
class TrialEvent(TypedDict, total=False):
    """An event, or as much of it as matters."""

    type: str
    data: dict[str, Any]


@with_config(extra="allow", strict=True)
class Trial(TypedDict):
    """What an agent is tried with. All of it may be left out."""

    event: NotRequired[
        Annotated[
            TrialEvent,
            Field(description="What wakes the agent: its type, and of its data what matters. By default the first."),
        ]
    ]
    section: NotRequired[
        Annotated[
            dict[str, Any],
            Field(
                description="The section that it works on: id, title, instructions, words, rules …",
                examples=[{"id": "height", "title": "Height", "instructions": "Say how high a building may be."}],
            ),
        ]
    ]
    facts: NotRequired[Annotated[dict[str, Any], Field(description="Facts of the brief.")]]
    sources: NotRequired[Sources]


class Tried(NamedTuple):
    """What an agent is tried with, checked and filled in."""

    event: str
    """The type of the event that wakes it."""
    data: Mapping[str, Any]
    section: SectionSpec
    facts: Mapping[str, Any]
    sources: list[Source]


class _Event(Part):
    type: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)


class _Given(Part):
    event: _Event = _Event()
    section: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    sources: list[Any] = Field(default_factory=list)


def tried(agent: Agent, given: Mapping[str, Any]) -> Tried:
    """Check what an agent is to be tried with, and fill in what is left out.

    Args:
        agent: who is tried.
        given: a ``Trial``.

    Raises:
        BadInput: with every field that cannot be used.

    """
    section = given.get("section", {})
    named = {"id": "trial", "title": "Trial", **section} if isinstance(section, dict) else section
    located = Located({**given, "section": named})
    require_plain(located, raw=lambda place: place[-1:] == ("text",))
    asked = shaped(_Given, located)
    faults: list[BadInput] = []
    spec = attempt(faults, lambda: shaped(SectionSpec, located.part("section")))
    sources = [placed.source for placed in collect(located, _refused, faults).found]
    woken = attempt(faults, lambda: _woken_by(agent, asked.event, spec)) if spec else None
    if spec is None or woken is None or faults:
        raise refusal(faults)
    return Tried(*woken, spec, asked.facts, sources)


def least(kind: str, section: SectionSpec) -> dict[str, Any]:
    """Give the least that an event says when it is about this section."""
    return {
        **BEFORE.get(kind, {}),
        **({"spec": section.model_dump(mode="json")} if kind == SectionPlanned.__name__ else {}),
    }


def _woken_by(agent: Agent, given: _Event, section: SectionSpec) -> tuple[str, dict[str, Any]]:
    """Choose the event that wakes the agent, and fill in what it says."""
    kinds = {name: kind for handled in agent.handles for name, kind in types_below(handled).items()}
    chosen = given.type or next(name for name in (REQUESTED, *BEFORE) if name in kinds)
    place = Located(given.model_dump(), root=("event",))
    if chosen not in kinds:
        handled = ", ".join(sorted(kinds))
        raise place.fault(("type",), f"{agent.name} does not handle {shown(chosen)}", f"it handles {handled}")
    if chosen == REQUESTED:
        if given.data:
            raise place.fault(("data",), "is made of section, facts and sources", "give those instead")
        return REQUESTED, {}
    data = {**least(chosen, section), **given.data}
    shaped(kinds[chosen], Located(data, root=("event", "data")))
    return chosen, data


def _refused(entry: Located) -> NoReturn:
    raise entry.fault((), f"{shown(entry.value)} is a path, and paths are not read here", "give the content itself")
