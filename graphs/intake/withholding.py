"""What a request says of personal data: which fields of its sources are withheld, and which are shown."""

from collections.abc import Mapping
from typing import Any

from quire.nodes.personal.policy import Policy


def policy_of(asked: Mapping[str, Any]) -> Policy:
    """Give what the blueprint and the brief declare.

    Args:
        asked: ``blueprint``, ``facts`` and ``sources``, as in ``DocumentRequested``.

    """
    blueprint = asked["blueprint"]
    return Policy(
        everywhere=tuple(blueprint.get("personal", ())),
        of_source={source["name"]: tuple(source["personal"]) for source in asked["sources"] if "personal" in source},
        shown=tuple(blueprint.get("show_personal", ())),
        openly="\n".join(str(fact) for fact in asked["facts"].values()),
    )
