"""What a writer's proposals become: each is said once, with what it was seen in."""

from collections.abc import Iterable

from quire.graphs.events import SectionProposed
from quire.graphs.kernel.agent_state import Outgoing, Scope
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.blackboard import Blackboard
from quire.nodes.author.binding import Desk
from quire.nodes.author.proposing import Proposed


def proposals(blackboard: Blackboard, scope: Scope, desk: Desk, proposed: Iterable[Proposed]) -> list[Outgoing]:
    """Propose the sections that a reply names. What the section proposed before, with another draft, it need not."""
    said = blackboard.growing.proposed_in(scope["section"]["id"])
    return [emit(_proposal(one, desk)) for one in proposed if one.title.casefold() not in said]


def _proposal(one: Proposed, desk: Desk) -> SectionProposed:
    seen = [e for name in one.names for e in desk.grounds[name].evidence]
    evidence = [{"source": e["source"], "address": e["address"], "quote": e["quote"]} for e in seen]
    return SectionProposed(title=one.title, why=one.why, evidence=evidence)
