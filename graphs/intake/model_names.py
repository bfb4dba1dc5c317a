"""What is said of models and agents that there are not, wherever one is chosen."""

import difflib
from collections.abc import Collection


def unset(model: str, known: Collection[str]) -> tuple[str, str]:
    """Say that a model may not be chosen, and which may."""
    return f"{model!r} is no model that is set here", f"one of {', '.join(sorted(known))}"


def unknown(agent: str, agents: Collection[str]) -> tuple[str, str]:
    """Say that there is no such agent, and who is meant."""
    near = difflib.get_close_matches(agent, agents, 1)
    return "no agent is called so", f"did you mean {near[0]}?" if near else f"one of {', '.join(sorted(agents))}"
