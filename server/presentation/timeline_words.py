"""A timeline in words: one sentence for each thing it has to say, the same on every surface. Pure."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.insight.critical_path import Saving, Step
from quire.graphs.insight.timeline import Awaited, Timeline, TimelineRow

NAMED = 3
"""Of all that a section waited for, how many are named."""
TELLING = 0.1
"""Seconds from which starting a section is worth a word."""


MINUTE = 60
MINUTES_OF_AN_HOUR = 60
FROM_WHOLE_SECONDS = 10
"""Seconds from which hundredths say nothing."""


def seconds(value: float) -> str:
    """Put a length of time into words: ``0.42 s``, ``3 min 5 s``, ``2 h 4 min``."""
    if value < MINUTE:
        return f"{value:.2f} s" if value < FROM_WHOLE_SECONDS else f"{value:.0f} s"
    minutes, rest = divmod(round(value), MINUTE)
    hours, left = divmod(minutes, MINUTES_OF_AN_HOUR)
    return f"{hours} h {left} min" if hours else f"{minutes} min {rest} s"


def length_of(told: Timeline) -> str:
    """Say how long a run took, after what time there was something to read, and how much of it nobody worked."""
    took = f"{'took' if told['over'] else 'has taken'} {seconds(told['seconds'])}"
    if first := told["first"]:
        took += f"; “{first['section']}” could be read after {seconds(first['seconds'])}"
    return f"{took}; nobody worked for {seconds(told['seconds'] - told['worked'])} of it" if told["pauses"] else took


def pauses_of(told: Timeline) -> Iterator[str]:
    """Say when nobody worked, and why."""
    for pause in told["pauses"]:
        why = "it waited for a person" if pause["why"] == "person" else "it was interrupted"
        yield f"from {seconds(pause['start'])} to {seconds(pause['end'])} {why}"


def path_of(told: Timeline) -> Iterator[str]:
    """Say what the critical path was: a line for each stay in a section run, with who worked there and for how long."""
    for (section, epoch), stay in groupby(told["critical_path"], key=lambda s: (s["section"], s["epoch"])):
        steps = list(stay)
        where = f"“{section}”" if section else "the document"
        again = f" (epoch {epoch})" if epoch > 1 else ""
        took = sum(s["seconds"] for s in steps)
        done = ", ".join(step_of(s) for s in steps if s["kind"] != "gate" or s["seconds"] >= TELLING)
        yield f"{seconds(steps[0]['start']):>10} +{seconds(took):>8}  {where}{again}: {done}"


def step_of(step: Step) -> str:
    """Say what a step of the critical path was."""
    known = {"person": "a person answered", "outside": "until somebody changed something", "gate": "wait"}
    return f"{known.get(step['kind'], step['agent'])} {seconds(step['seconds'])}"


def waits_of(told: Timeline) -> Iterator[tuple[float, str]]:
    """Say of each section how long it waited and for what, the longest first."""
    waiting = [row for row in told["lanes"] if row["gate"]]
    found = [(max(a["seconds"] for a in row["gate"]), _waited(row)) for row in waiting]
    return iter(sorted(found, key=lambda f: -f[0]))


def _waited(row: TimelineRow) -> str:
    waits, opened = sorted(row["gate"], key=lambda a: -a["seconds"]), any(a["last"] for a in row["gate"])
    said = ", ".join(_awaited(a) for a in waits[:NAMED])
    said += f" and {len(waits) - NAMED} that came earlier" if len(waits) > NAMED else ""
    again = f" (epoch {row['epoch']})" if row["epoch"] > 1 else ""
    return f"“{row['section']}”{again} {'waited' if opened else 'waits'} for {said}"


def _awaited(waited: Awaited) -> str:
    how = {SectionApproved.__name__: "", SectionDrafted.__name__: " (its draft)", None: " (not there yet)"}
    said = how.get(waited["event"], f" ({waited['event']})")
    return f"“{waited['section']}”{said} {seconds(waited['seconds'])}"


def saving_of(saving: Saving) -> str:
    """Say what would have made the run shorter."""
    shorter, took = seconds(saving["seconds"]), seconds(saving["took"])
    if saving["kind"] == "draft":
        text = f"“{saving['section']}” starts on the draft of “{saving['on']}” (after: [{saving['on']}.drafted])"
        return f"{shorter} if {text} and the draft stands"
    where = f"“{saving['section']}”" if saving["section"] else "the document"
    if saving["kind"] == "person":
        return f"{shorter} if the question on {where} is answered at once (it took {took})"
    return f"{shorter} if the {saving['agent']} of {where} took no time (it took {took})"


def described(told: Timeline, title: str) -> Mapping[str, str]:
    """Give a picture's title and description, for those who do not see it."""
    path = "; ".join(" ".join(line.split()) for line in path_of(told))
    shorter = "; ".join(saving_of(s) for s in told["shorter"])
    lines = [f"The run {length_of(told)}.", *(f"{p.capitalize()}." for p in pauses_of(told))]
    lines += [f"Critical path: {path}."] if path else []
    lines += [f"Shorter by {shorter}."] if shorter else []
    return {"title": f"Timeline of {title}", "desc": " ".join(lines)}
