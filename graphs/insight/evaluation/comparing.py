"""What is otherwise than in an earlier evaluation: facts, traps, conflicts, and claim by claim what is said. Pure."""

from collections import Counter
from collections.abc import Sequence

from typing_extensions import TypedDict

from quire.graphs.insight.evaluation.scoring import Evaluation, Said


class Compared(TypedDict):
    """The difference to an earlier evaluation of the same brief."""

    facts_won: list[str]
    facts_lost: list[str]
    traps_left: list[str]
    traps_new: list[str]
    conflicts_won: list[str]
    conflicts_lost: list[str]
    said_new: list[Said]
    said_no_more: list[Said]
    calls: int
    """How many more; below 0: fewer."""
    tokens: int
    """Likewise."""


def compared(now: Evaluation, before: Evaluation) -> Compared:
    """Compare with an earlier evaluation."""
    traps_now, traps_before = (_ids_of_traps(one) for one in (now, before))
    return Compared(
        facts_won=_without(now["facts_found"], before["facts_found"]),
        facts_lost=_without(before["facts_found"], now["facts_found"]),
        traps_left=_without(traps_before, traps_now),
        traps_new=_without(traps_now, traps_before),
        conflicts_won=_without(now["conflicts_named"], before["conflicts_named"]),
        conflicts_lost=_without(before["conflicts_named"], now["conflicts_named"]),
        said_new=_more(now["statements"], before["statements"]),
        said_no_more=_more(before["statements"], now["statements"]),
        calls=now["calls"] - before["calls"],
        tokens=_tokens(now) - _tokens(before),
    )


def is_worse(difference: Compared) -> bool:
    """Whether a fact or a conflict was lost, or a trap fallen into that was not before."""
    return bool(difference["facts_lost"] or difference["traps_new"] or difference["conflicts_lost"])


def _ids_of_traps(one: Evaluation) -> list[str]:
    return list(dict.fromkeys(fallen["id"] for fallen in one["traps_fallen_into"]))


def _without(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return [each for each in some if each not in others]


def _more(some: Sequence[Said], others: Sequence[Said]) -> list[Said]:
    """Give what is said here and not there; what is said twice here and once there is one more."""
    left = Counter((one["section"], one["text"]) for one in others)
    more = []
    for one in some:
        name = (one["section"], one["text"])
        if left[name]:
            left[name] -= 1
        else:
            more.append(one)
    return more


def _tokens(one: Evaluation) -> int:
    return one["prompt_tokens"] + one["completion_tokens"]
