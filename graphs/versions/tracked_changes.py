"""What a version says otherwise than the one before, statement by statement, to be tracked in a Word file. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from quire.graphs.versions.differing_claims import counterparts, says_otherwise, states
from quire.nodes.evidence.content import Claim
from quire.nodes.render.document import Document, nameable_blocks
from quire.nodes.render.naming import claims_by_name
from quire.nodes.render.tracking import Tracked


def tracked_changes(before: Document, now: Document) -> Tracked:
    """Compare two versions, section by section of the later one."""
    old = {section["id"]: claims_by_name(nameable_blocks(section), 0).values() for section in before["sections"]}
    was: dict[str, str] = {}
    gone: dict[str, list[tuple[str, str]]] = {}
    for n, section in enumerate(now["sections"], 1):
        stated = {name: c for name, c in claims_by_name(nameable_blocks(section), n).items() if states(c)}
        earlier = [made for made in old.get(section["id"], ()) if states(made)]
        pairs = counterparts(earlier, list(stated.values()))
        was |= dict(_changed(stated, pairs))
        gone[f"section-{n}"] = list(_gone(earlier, [*stated], pairs))
    return Tracked(was, gone)


def _changed(stated: Mapping[str, Claim], pairs: Mapping[int, Claim]) -> Iterator[tuple[str, str]]:
    for place, (name, made) in enumerate(stated.items()):
        old = pairs.get(place)
        if old is None:
            yield name, ""
        elif says_otherwise(old, made):
            yield name, old["text"]


def _gone(earlier: Sequence[Claim], names: Sequence[str], pairs: Mapping[int, Claim]) -> Iterator[tuple[str, str]]:
    """Give what is said no more, each with the name of what it stood behind."""
    became = {id(old): names[place] for place, old in pairs.items()}
    behind = ""
    for old in earlier:
        if id(old) in became:
            behind = became[id(old)]
        else:
            yield behind, old["text"]
