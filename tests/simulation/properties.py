"""What must hold of every play, whatever its seed. Each property gives what is wrong, in words."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import sections_of, status_of
from quire.nodes.event_store.port import Envelope
from simulation.edits import persons_words, wanted
from simulation.ensemble import RESTATED, lines, words_digest
from simulation.oracle import CLOSING, FAILING, OPENING, gatherers, needs
from simulation.play import Outcome
from simulation.scenario import STATED, STATED_ANEW, Scenario
from simulation.versions import Version, version_violations

ENDS = frozenset({"done", "partial", "failed", "cancelled"})


def violations(scenario: Scenario, played: Outcome) -> list[str]:
    """Give everything that does not hold of a play."""
    journal = played.journal
    return [
        *_one_end(journal, played.output),
        *_every_event_once(journal),
        *_every_epoch_closes_once(journal),
        *_gates(journal),
        *_nothing_before_its_gate(journal),
        *_policies(journal),
        *_what_comes_later_is_gathered(journal),
        *_every_proposal_is_decided_on(journal),
        *_nobody_is_left_waiting(journal),
        *_only_dependants_are_held(journal, played),
        *_own_text(scenario, journal, played.output),
        *_rounds(scenario, journal),
        *_nothing_accepted_is_lost(journal, played),
        *_answers_count(journal, played),
        *_replies_are_sources(scenario, journal),
        *(f"called again: {tool}" for tool in played.called_again),
        *played.early,
        *(f"asked again: {key[:5]}" for key in played.asked_again),
        *(f"paid twice: {key[:5]}" for key in played.paid_twice),
    ]


def _replies_are_sources(scenario: Scenario, journal: list[Envelope]) -> Iterator[str]:
    """Each tool was heard of once, before the brief was taken; what it replied is a source, else it is left out."""
    asked = {source["name"] for source in scenario.sources if "mcp" in source}
    fetched = [e for e in journal if e["type"] == "SourceFetched"]
    requested = next((e for e in journal if e["type"] == "DocumentRequested"), None)
    if requested is None:
        return
    if sorted(e["data"]["name"] for e in fetched if e["n"] < requested["n"]) != sorted(asked):
        yield "not every tool was heard of once before the brief was taken"
    had = {e["data"]["name"] for e in fetched if e["data"]["digest"]}
    if not had <= {source["name"] for source in requested["data"]["sources"]}:
        yield "what a tool replied is no source"
    if {file["name"] for file in requested["data"].get("left_out", [])} != asked - had:
        yield "what a tool did not reply is not named"


def _one_end(journal: list[Envelope], output: Mapping[str, Any]) -> Iterator[str]:
    ends = [e for e in journal if e["type"] == "RunEnded"]
    if len(ends) != 1:
        yield f"it ends {len(ends)} times"
    if journal[-1]["type"] != "RunEnded":
        yield f"after its end comes {journal[-1]['type']}"
    told = {output["status"], ends[-1]["data"]["status"], status_of(Journal(journal))} if ends else set()
    if len(told) > 1 or not told <= ENDS:
        yield f"its end is told as {sorted(told)}"


def _every_event_once(journal: list[Envelope]) -> Iterator[str]:
    if [e["n"] for e in journal] != list(range(1, len(journal) + 1)):
        yield "its numbers have holes"
    yield from (f"{i} is there {times} times" for i, times in Counter(e["id"] for e in journal).items() if times > 1)
    known: set[str] = set()
    for event in journal:
        if event["cause"] is not None and event["cause"] not in known:
            yield f"{event['id']} comes before its cause"
        known.add(event["id"])


def _every_epoch_closes_once(journal: list[Envelope]) -> Iterator[str]:
    cut_short = status_of(Journal(journal)) in {"cancelled", "failed"}
    opened = [(e["section"], e["epoch"]) for e in journal if e["type"] in OPENING]
    closed = Counter((e["section"], e["epoch"]) for e in journal if e["type"] in CLOSING)
    for epoch in opened:
        if closed[epoch] > 1 or (closed[epoch] == 0 and not cut_short):
            yield f"{epoch} closes {closed[epoch]} times"
    for section in {s for s, _ in opened}:
        epochs = [e for s, e in opened if s == section]
        if epochs != list(range(1, len(epochs) + 1)):
            yield f"{section} is opened in epochs {epochs}"


def _gates(journal: list[Envelope]) -> Iterator[str]:
    """Every dependency wait opened on what its section waits for, of the epoch it needs, written before."""
    by_id = {e["id"]: e for e in journal}
    asked = {(e["section"], e["epoch"]): e["data"] for e in journal if e["type"] in OPENING}
    for event in (e for e in journal if e["type"] == "SectionOpened"):
        for need in needs(asked[event["section"], event["epoch"]]):
            seen = event["data"]["inputs"].get(need.section)
            read = by_id.get(seen["event"]) if seen else None
            if seen is None or read is None:
                yield f"{event['id']} opened without {need}"
            elif read["n"] > event["n"] or read["epoch"] < need.epoch or read["section"] != need.section:
                yield f"{event['id']} opened on {read['id']} and needs {need}"
            elif read["type"] not in need.met_by:
                yield f"{event['id']} opened on a {read['type']}"


def _nothing_before_its_gate(journal: list[Envelope]) -> Iterator[str]:
    opened: set[tuple[str | None, int]] = set()
    for event in journal:
        if event["type"] == "SectionOpened":
            opened.add((event["section"], event["epoch"]))
        at_work = event["agent"] in {"researcher", "writer", "reviewer", "compliance", "arbiter", "specialist"}
        if at_work and (event["section"], event["epoch"]) not in opened:
            yield f"{event['id']} comes before its gate opened"


def _policies(journal: list[Envelope]) -> Iterator[str]:
    """Whoever builds on what is missing is missing too, or says what it lacks."""
    plans = {e["section"]: e["data"] for e in journal if e["type"] == "SectionPlanned"}
    last = {e["section"]: e for e in journal if e["type"] in CLOSING}
    if status_of(Journal(journal)) not in {"done", "partial"}:
        return
    for section, planned in plans.items():
        for need in (n for n in needs(planned) if last[n.section]["type"] in FAILING):
            if need.policy == "stop" and last[section]["type"] == "SectionApproved":
                yield f"{section} stands although {need.section} failed"
            if last[section]["type"] == "SectionApproved" and need.section not in last[section]["data"]["missing"]:
                yield f"{section} does not say that {need.section} is missing"


def _what_comes_later_is_gathered(journal: list[Envelope]) -> Iterator[str]:
    """Whoever gathers what others say has read what came later, too, if there is no ring between two that gather."""
    if status_of(Journal(journal)) not in {"done", "partial"}:
        return
    last = {e["section"]: e for e in journal if e["type"] in CLOSING}
    stands = {s for s, closed in last.items() if closed["type"] == "SectionApproved"}
    read: dict[str | None, dict[str, Any]] = {}
    for event in (e for e in journal if e["type"] == "SectionOpened"):
        read[event["section"]] = event["data"]["inputs"]
    for section, came in gatherers(journal).items():
        if section in stands and (missed := (came & stands) - read.get(section, {}).keys()):
            yield f"{section} does not gather {sorted(missed)}"


def _every_proposal_is_decided_on(journal: list[Envelope]) -> Iterator[str]:
    if status_of(Journal(journal)) not in {"done", "partial"}:
        return
    said = {e["cause"]: e for e in journal if e["agent"] == "planner"}
    for event in (e for e in journal if e["type"] == "SectionProposed"):
        answer = said.get(event["id"])
        if answer is None:
            yield f"nobody decided on {event['id']}"


def _nobody_is_left_waiting(journal: list[Envelope]) -> Iterator[str]:
    if status_of(Journal(journal)) in {"done", "partial"} and Journal(journal).open_questions():
        yield f"nobody waited for the answers to {sorted(Journal(journal).open_questions())}"


def _only_dependants_are_held(journal: list[Envelope], played: Outcome) -> Iterator[str]:
    """At a pause, whatever is not finished is asked about or builds on something that is."""
    after = {
        str(e["section"]): [item.partition(".")[0] for item in e["data"]["spec"]["after"]]
        for e in journal
        if e["type"] in OPENING
    }
    gathering = gatherers(journal)
    for section, came in gathering.items():
        after[section] += came
    for pause in played.pauses:
        held = {*pause.asked, *(gathering if any("section-proposed" in q for q in pause.questions) else ())}
        while more := {s for s in pause.unfinished - held if held & set(after[s])}:
            held |= more
        if idle := pause.unfinished - held:
            yield f"a pause over {sorted(map(str, pause.asked))} holds {sorted(idle)}"


def _own_text(scenario: Scenario, journal: list[Envelope], output: Mapping[str, Any]) -> Iterator[str]:
    """Each section of the document says what it was last told, knows the facts as they are, and read its neighbours."""
    if output["document"] is None or output["status"] not in {"done", "partial"}:
        return
    sections = {s["id"]: s for s in output["document"]["sections"]}
    standing = {i: s["content"] for i, s in sections.items() if "content" in s}
    wants = {i: wanted(journal, i, scenario.wanted.get(i)) for i in standing}
    yield from persons_words(wants, standing)
    if isinstance(scenario, Version):
        yield from version_violations(scenario, journal, standing)
    own = {i: [_own(block) for block in content["blocks"]] for i, content in standing.items()}
    facts = scenario.brief["facts"] | {
        e["data"]["name"]: e["data"]["value"] for e in journal if e["type"] == "FactChanged"
    }
    specs = {str(e["section"]): dict(e["data"]["spec"]) for e in journal if e["type"] == "SectionPlanned"}
    for opened in (e for e in journal if e["type"] in {"SectionReopened", "SectionOpened"} and e["data"].get("spec")):
        specs[str(opened["section"])]["after"] = opened["data"]["spec"]["after"]
    for change in (e for e in journal if e["type"] == "SectionChanged"):
        specs[str(change["section"])] |= change["data"]["changes"]
    if {s["id"]: s["status"] for s in output["sections"]} != {
        s["id"]: s["status"] for s in sections_of(Journal(journal))
    }:
        yield "the statuses are told otherwise than the journal has them"
    for section, (said, *beside) in own.items():
        gone = wants[section].gone
        quoted = [f"“{scenario.stated}”"] if scenario.restates else []
        spared = gone & {RESTATED, f"“{STATED}”", f"“{STATED_ANEW}”"}
        if [text for block in beside for text in block] not in ([quoted, []] if spared else [quoted]):
            yield f"{section} says {beside} beside its own text, and not the words of a source"
        told = specs[section]["instructions"]
        needs = [item.partition(".")[0] for item in specs[section]["after"]]
        expected = lines(
            section,
            {
                "instructions": told,
                "facts": {name: value for name, value in facts.items() if name in told.split()},
                "read": {n: words_digest(standing[n]) for n in needs if n in standing},
            },
        )
        left = [text for text in expected if text not in gone]
        rest = said[len(left) :]
        whole = any(text.startswith("draft") for text in [*rest[:1], *gone])
        if said[: len(left)] != left or not whole:
            yield f"{section} says {json.dumps(said)} and should say {json.dumps(left)}"


def _own(block: Mapping[str, Any]) -> list[str]:
    """Give what a block says but for persons' words."""
    return [c["text"] for c in block.get("claims", ()) if "person" not in c]


def _rounds(scenario: Scenario, journal: list[Envelope]) -> Iterator[str]:
    """No section is drafted more often than its rounds, and what others made due, allow."""
    most = scenario.brief["options"]["max_rounds"]
    for epoch in {(e["section"], e["epoch"]) for e in journal if e["type"] == "SectionDrafted"}:
        scope = [e for e in journal if (e["section"], e["epoch"]) == epoch]
        free = sum(
            e["type"] == "ChangesTaken"
            or (e["type"] == "RevisionRequested" and bool(e["data"]["by_person"] or e["data"]["inputs"]))
            for e in scope
        )
        drafts = sum(e["type"] == "SectionDrafted" for e in scope)
        if drafts > most + free:
            yield f"{epoch} is drafted {drafts} times"


def _nothing_accepted_is_lost(journal: list[Envelope], played: Outcome) -> Iterator[str]:
    known = {e["id"] for e in journal}
    yield from (f"{e['id']} was accepted and is not in the journal" for e in played.accepted if e["id"] not in known)
    if status_of(Journal(journal)) not in {"done", "partial"}:
        return
    planned = {e["section"] for e in journal if e["type"] == "SectionPlanned"}
    for event in journal:
        if event["type"] == "SectionAdded" and event["data"]["spec"]["id"] not in planned:
            yield f"{event['data']['spec']['id']} was accepted and never planned"


def _answers_count(journal: list[Envelope], played: Outcome) -> Iterator[str]:
    """Whoever answers by resuming the graph is heard, unless nobody waits for that answer any more."""
    answers = {e["cause"] for e in journal if e["type"] == "AnswerGiven"}
    for asking in (e for e in played.answered if e["id"] not in answers):
        since = {e["type"] for e in journal if e["n"] > asking["n"] and e["section"] in {None, asking["section"]}}
        if not since & {"RunCancelled", "SectionCancelled", "ChangesTaken"}:
            yield f"the answer to {asking['id']} is lost"
