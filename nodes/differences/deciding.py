"""What a person's word makes of a conflict. Pure."""

from typing import cast

from quire.nodes.differences.differing import Difference, Told

SET_ASIDE = "set aside"
"""Status of a value that a person has said does not count."""


def decided(difference: Difference, decision: str, holds: str) -> Difference:
    """Settle a conflict: one source's value counts, or none, or it stays as it is.

    Args:
        difference: the conflict.
        decision: ``reject`` where none of the values counts.
        holds: the source whose value counts; others that give the same value count with it.

    """
    if decision == "reject":
        return {**difference, "differs": [], "outdated": [*map(_aside, difference["differs"]), *difference["outdated"]]}
    values = {told["text"] for told in difference["differs"] if told["source"] == holds}
    if not values:
        return difference
    counted = [told for told in difference["differs"] if told["text"] in values]
    others = [_aside(told) for told in difference["differs"] if told not in counted]
    return {**difference, "holds": counted, "differs": [], "outdated": [*others, *difference["outdated"]]}


def _aside(told: Told) -> Told:
    return cast("Told", {**told, "status": SET_ASIDE})
