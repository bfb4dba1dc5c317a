"""The brief's facts as claims."""

from quire.nodes.computations.citing import cite_fact
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, claim


def spelled_out(fact: object) -> str:
    """Write a fact for a reader: a list with commas, a mapping as ``name: value``, anything else as it is."""
    if isinstance(fact, dict):
        return "; ".join(f"{name}: {spelled_out(value)}" for name, value in fact.items())
    if isinstance(fact, list):
        return ", ".join(spelled_out(entry) for entry in fact)
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return " ".join(str(fact).split())


def stated(materials: Materials, name: str, text: str = "{}") -> Claim | None:
    """Claim a fact of the brief in words that hold it; nothing if it was not given."""
    evidence = cite_fact(materials, name)
    if evidence is None:
        return None
    return claim(text.format(spelled_out(materials.facts[name])), "brief", evidence)
