"""What is done with a seed: its scenario is played, played again in other ways, and all is compared.

The second play is killed and resumed, with other latencies, slower writes, another host and fewer section runs at once.
If nothing reaches the run from outside, the outcome is a function of the scenario: then both documents must be equal,
byte for byte. Changes from outside come at other moments in it; then only the properties are compared.
"""

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import digest_of
from simulation.clock import LivelockError, StandstillError
from simulation.draws import Draws
from simulation.happenings import happenings
from simulation.play import Host, Outcome, Play, Way
from simulation.properties import violations
from simulation.scenario import Scenario
from simulation.versions import Version

HOSTS: tuple[Host, ...] = ("record", "record", "record", "exit", "async", "sync")
MOST_KILLS = 3
os.environ["LANGSMITH_TRACING"] = "false"


class Verdict(NamedTuple):
    """What came of a seed."""

    broken: list[str]
    """Everything that does not hold."""
    happened: frozenset[str]
    """What it was about (``simulation.happenings``)."""


class Played(NamedTuple):
    """A scenario that was played in both ways, undisturbed and not."""

    verdict: Verdict
    plays: tuple[Outcome, ...] = ()
    """Nothing where one of them did not come to an end."""


def judge(seed: int) -> Verdict:
    """Play a seed in both ways, and versions of what came of it, and hold all of it against what must hold."""
    scenario = Scenario(seed)
    verdict, plays = _in_both_ways(scenario, scenario, "")
    if not scenario.is_followed or not plays or not all(_can_be_followed(play) for play in plays):
        return verdict
    one, other = (Version(scenario, play.earlier, play.journal) for play in plays if play.earlier)
    followed, _ = _in_both_ways(one, other, "version ")
    return Verdict(verdict.broken + followed.broken, verdict.happened | followed.happened)


def _can_be_followed(play: Outcome) -> bool:
    return bool(play.output["status"] in {"done", "partial"} and play.earlier and play.earlier["sections"])


def _in_both_ways(one: Scenario, other: Scenario, name: str) -> Played:
    """Play undisturbed, and again in a rougher way; the scenarios differ where what came before them does."""
    seed = one.seed
    first = _played(one, calm(seed), f"{name}calm")
    if isinstance(first, str):
        return Played(Verdict([first], frozenset()))
    found = [f"{name}calm: {v}" for v in violations(one, first)]
    way = rough(seed, first.turns)
    second = _played(other, way, f"{name}rough")
    if isinstance(second, str):
        return Played(Verdict([*found, second], frozenset()))
    found += [f"{name}rough: {v}" for v in violations(other, second)]
    if not other.timed:
        found += [f"{name}rough: {d}" for d in differences(first, second)]
    if Draws(seed).happens(0.1, "same again"):
        found += _other_journal(other, way, second)
    happened = happenings(one, calm(seed), first) | happenings(other, way, second)
    return Played(Verdict(found, frozenset(happened)), (first, second))


def calm(seed: int) -> Way:
    """Choose how a seed is played first: never killed."""
    draws = Draws((seed, "calm"))
    return Way(salt=0, concurrency=draws.one_of((None, None, None, 1, 2, 4), "concurrency"))


def rough(seed: int, turns: int) -> Way:
    """Choose how a seed is played then.

    Args:
        seed: of the choice.
        turns: of the loop, that the first play took.

    """
    draws = Draws((seed, "rough"))
    share = draws.one_of((0.3, 1.0), "early")
    kills = [1 + int(turns * share * draws.share("kill", n)) for n in range(draws.whole(1, MOST_KILLS, "kills"))]
    return Way(
        salt=1,
        host=draws.one_of(HOSTS, "host"),
        concurrency=draws.one_of((None, None, None, 1, 2, 4), "concurrency"),
        slowness=draws.one_of((0.0, 0.01, 0.5), "slowness"),
        kills=tuple(kills),
        gentle=draws.happens(0.2, "gentle"),
    )


def differences(one: Outcome, other: Outcome) -> Iterator[str]:
    """Give what differs between two plays that must end alike."""
    if one.output["status"] != other.output["status"]:
        yield f"it ends {other.output['status']} and not {one.output['status']}"
    elif one.output["document"] != other.output["document"]:
        pairs = zip(_parts(one), _parts(other), strict=False)
        yield f"another document: {next(((a, b) for a, b in pairs if a != b), 'more sections')}"


def _parts(played: Outcome) -> list[str]:
    document: dict[str, Any] = played.output["document"] or {"sections": []}
    return [json.dumps(part, sort_keys=True) for part in [*document["sections"], {**document, "sections": []}]]


def told(journal: list[Envelope]) -> list[str]:
    """Put a journal into lines."""
    return [
        f"{e['n']:4} {e['at'][11:-1]} {e['section'] or '-':4} {e['epoch']}.{e['round']} {e['type']:18} "
        f"by {e['agent']:10} on {e['cause'] or '-'} {digest_of(e['data'])[:8]}"
        for e in journal
    ]


def _played(scenario: Scenario, way: Way, name: str) -> Outcome | str:
    try:
        return Play(scenario, way).perform()
    except (StandstillError, LivelockError, Exception) as fault:  # noqa: BLE001 - whatever it is, it is the seed's
        return f"{name}: {type(fault).__name__}: {fault}"


def _other_journal(scenario: Scenario, way: Way, played: Outcome) -> Iterator[str]:
    again = _played(scenario, way, "again")
    journal = again if isinstance(again, str) else told(again.journal)
    if journal != told(played.journal):
        yield f"the same seed gives another journal: {again if isinstance(again, str) else ''}"
