"""What a play was about, to know that the seeds hold all that they are meant to hold."""

from collections.abc import Iterator, Mapping
from typing import Any

from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.persons import persons_of
from simulation.play import Outcome, Way
from simulation.scenario import Scenario

ALL = frozenset(
    {
        "a process dies", "a process stops when asked", "people are waited for", "the graph is resumed with answers",
        "an answer while others work", "a plan is approved", "a release is approved", "an agent fails",
        "a deadline passes", "a section fails", "a section is left out", "what is missing is named", "a draft is read",
        "a draft read is approved otherwise", "a section is reopened", "a change is taken up", "a section is added",
        "a section is cancelled", "the run is cancelled", "something comes twice", "something comes too late",
        "somebody is called in", "a fact is asked for", "a guest reads", "one section at a time", "two at a time",
        "four at a time", "checkpoints", "the endpoint is out of order", "sources differ",
        "a conflict is settled", "a section is proposed and planned", "a proposed section is declined",
        "a person is asked about a proposed section", "what came later is gathered", "a tool replies", "a tool fails",
        "what nobody can judge is quoted", "a person's words stand", "a person takes words out",
        "nothing is written but a person's words", "a version follows", "a section stands as in the version before",
    }
)  # fmt: skip
AT_ONCE = {1: "one section at a time", 2: "two at a time", 4: "four at a time"}
BY_TYPE = {
    "SectionReopened": "a section is reopened", "ChangesTaken": "a change is taken up",
    "SectionAdded": "a section is added", "SectionCancelled": "a section is cancelled",
    "RunCancelled": "the run is cancelled", "AgentRecruited": "somebody is called in",
    "SectionFailed": "a section fails", "SectionSkipped": "a section is left out",
    "FactRequested": "a fact is asked for", "DraftJudged": "a guest reads",
    "RunSuspended": "the endpoint is out of order", "SectionDeclined": "a proposed section is declined",
    "SectionConsidered": "a person is asked about a proposed section",
    "RecordsExtracted": "records are read",
    "PlanProposed": "a plan is approved", "ReleaseProposed": "a release is approved", "AgentFailed": "an agent fails",
}  # fmt: skip


def happenings(scenario: Scenario, way: Way, played: Outcome) -> set[str]:
    """Name what happened in a play."""
    return {what for event in played.journal for what in _in(event)} | set(_around(scenario, way, played))


def _in(event: Envelope) -> Iterator[str]:
    kind, data = event["type"], event["data"]
    if kind in BY_TYPE:
        yield BY_TYPE[kind]
    if kind == "SourceFetched":
        yield "a tool replies" if data["digest"] else "a tool fails"
    if kind == "ConflictFound":
        yield "a conflict is settled" if data["question"] else "sources differ"
    if kind == "AgentFailed" and data["code"] == "deadline":
        yield "a deadline passes"
    yield from _in_section(kind, data)


def _in_section(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    if kind == "SectionOpened" and any(seen.get("draft") for seen in data["inputs"].values()):
        yield "a draft is read"
    if kind == "RevisionRequested" and data["inputs"]:
        yield "a draft read is approved otherwise"
    if kind == "SectionPlanned" and data["spec"]["id"].startswith("grown-"):
        yield "a section is proposed and planned"
    if kind == "SectionOpened" and any(name.startswith("grown-") for name in data["inputs"]):
        yield "what came later is gathered"
    if kind == "ClaimsVerified" and data.get("quoted"):
        yield "what nobody can judge is quoted"
    if kind == "SectionApproved":
        yield from _of_text(data)
    if kind == "DocumentRequested" and data.get("earlier"):
        yield "a version follows"
    if kind == "SectionDrafted" and data.get("edited"):
        yield "nothing is written but a person's words"


def _of_text(approval: Mapping[str, Any]) -> Iterator[str]:
    if approval["missing"]:
        yield "what is missing is named"
    if approval["content"].get("removed"):
        yield "a person takes words out"
    if approval.get("kept") is not None:
        yield "a section stands as in the version before"
    if own := persons_of(approval["content"]):
        yield "a person's words stand"
    if any("then" in made["person"] for made in own):
        yield "a person's words are shown beside evidence that changed"


def _around(scenario: Scenario, way: Way, played: Outcome) -> Iterator[str]:
    if played.deaths:
        yield "a process stops when asked" if way.gentle else "a process dies"
    if played.pauses:
        yield "people are waited for"
    if played.answered:
        yield "the graph is resumed with answers"
    if any(e["type"] == "AnswerGiven" for e in played.accepted):
        yield "an answer while others work"
    if any(change.twice for change in scenario.outside):
        yield "something comes twice"
    if any("is over" in refusal for refusal in played.refused):
        yield "something comes too late"
    if way.concurrency:
        yield AT_ONCE[way.concurrency]
    if way.host != "record":
        yield "checkpoints"
