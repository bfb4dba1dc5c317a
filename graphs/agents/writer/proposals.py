"""What a writer's proposals become: each is said once, with what it was seen in."""

from collections.abc import Iterable

from quire.graphs.events import SectionProposed
from quire.graphs.kernel.agent_state import Draft, Lane
from quire.graphs.kernel.emitting import say
from quire.graphs.run.blackboard import Board
from quire.nodes.author.binding import Desk
from quire.nodes.author.proposing import Proposed


def proposals(board: Board, lane: Lane, desk: Desk, proposed: Iterable[Proposed]) -> list[Draft]:
    """Propose the sections that a reply names. What the section proposed before, with another draft, it need not."""
    said = board.growing.proposed_in(lane["section"]["id"])
    return [say(_proposal(one, desk)) for one in proposed if one.title.casefold() not in said]


def _proposal(one: Proposed, desk: Desk) -> SectionProposed:
    seen = [e for name in one.names for e in desk.grounds[name].evidence]
    evidence = [{"source": e["source"], "address": e["address"], "quote": e["quote"]} for e in seen]
    return SectionProposed(title=one.title, why=one.why, evidence=evidence)
