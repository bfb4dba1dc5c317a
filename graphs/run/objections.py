"""What judges objected to in sections and nobody mended. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from typing_extensions import TypedDict

from quire.graphs.agents.editor.events import DocumentApproved, ReleaseProposed
from quire.graphs.agents.section.events import UNREAD
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import approved_of
from quire.nodes.author.reading import is_mended
from quire.nodes.author.rewording import reworded
from quire.nodes.evidence.content import SectionContent


class Objection(TypedDict):
    """What a judge objected to and nobody mended."""

    section: str
    rule: str
    """The rule it breaks, or ``review``, or the agent that objected."""
    text: str


def objections_of(journal: Journal) -> list[Objection]:
    """List what judges objected to in the sections as they stand and nobody mended."""
    released = journal.of_type(ReleaseProposed, DocumentApproved)
    worded = released[-1]["data"].get("rewordings", ()) if released else ()
    return [
        Objection(section=str(e["section"]), rule=f["rule"], text=f["message"])
        for e in approved_of(journal)
        for f in open_of(str(e["section"]), e["data"], worded)
        if f["rule"] != UNREAD
    ]


def open_of(
    section: str, said: Mapping[str, Any], rewordings: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Give what is open of a section. Remarks are not, nor what was said of words that are there no more.

    Args:
        section: its name.
        said: the data of the event that says its text.
        rewordings: with which it is published.

    """
    before = cast("SectionContent", said.get("content", {"blocks": []}))
    after = reworded(section, before, rewordings)
    found = (f for f in said.get("findings", ()) if not f.get("remark"))
    yield from (f for f in found if after is before or not is_mended(str(f["message"]), before, after))
