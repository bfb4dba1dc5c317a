"""What a judge is shown of a claim: the passages it names, each with what stands around it; and what it rests on."""

from collections.abc import Mapping, Sequence

from quire.nodes.author.reading import Shown
from quire.nodes.author.verifying import MOST_AROUND, Asked, Pack, Passage
from quire.nodes.evidence.claims import kind_of, premises_of
from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.model.material import material
from quire.nodes.sources.passage import Passage as SourcePassage
from quire.nodes.sources.passage import Reading


class Library:
    """The sources by place, for looking up what stands around a passage."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._passages = {r["source"]: [p for p in r["passages"] if p["kind"] != "heading"] for r in readings}
        self._places: dict[tuple[str, str], int] = {}
        for reading in readings:
            for n, passage in enumerate(self._passages[reading["source"]]):
                self._places.setdefault((reading["source"], passage["address"]), n)
                for part in (*passage.get("cells", {}).values(), *(line for _, line in passage.get("lines", ()))):
                    self._places.setdefault((reading["source"], part), n)

    def shown(self, evidence: Evidence) -> Passage:
        """Show a passage under its names, with its neighbours; those of a row are other rows, and say nothing of it."""
        n = self._place_of(evidence)
        if n is None:
            return Passage(named(evidence), evidence["quote"])
        passages = self._passages[evidence["source"]]
        around = ("", "") if passages[n]["kind"] == "row" else (_at(passages, n - 1), _at(passages, n + 1))
        return Passage(named(evidence, passages[n]["headings"]), evidence["quote"], around)

    def _place_of(self, evidence: Evidence) -> int | None:
        """Find the passage at an address, or the row that a cell at it belongs to."""
        address = evidence["address"]
        while address:
            found = self._places.get((evidence["source"], address))
            if found is not None:
                return found
            address = address.rpartition(", ")[0]
        return None


LOOK_AT = "what code comes to for figures that stand in no passage: look whether it is what the claim means"
"""Names the reckonings that code tried; one that comes to a figure by chance is none."""


def asked_of(
    made: Claim,
    library: Library,
    texts: Mapping[str, str],
    found: Sequence[Evidence] = (),
    to_look_at: Sequence[str] = (),
) -> Asked:
    """Put a claim into the form in which a judge is asked about it.

    Args:
        made: the claim.
        library: the sources.
        texts: by name, the words of the claims of its section (``quire.nodes.evidence.claims.in_context``).
        found: of a gap, what a search for the answer has found.
        to_look_at: what comes to figures of it that stand nowhere.

    """
    passages = tuple(dict.fromkeys(library.shown(e) for e in (*made["evidence"], *found)))
    how = [Passage("worked out by code", made["how"])] if made.get("how") else []
    tried = [Passage(LOOK_AT, "; ".join(to_look_at))] if to_look_at else []
    return Asked(made["id"], kind_of(made), texts[made["id"]], (*passages, *how, *tried), premises_of(made, texts))


def pack_of(shown: Shown, library: Library) -> Pack:
    """Give what a draft was written from as its writer was shown it, and the numbers of the passages there."""
    numbers: dict[Passage, str] = {}
    for number, item in enumerate(shown.evidence, 1):
        numbers.setdefault(library.shown(item), f"E{number}")
    return Pack(material(shown.evidence), shown.beside, numbers, len(shown.evidence))


def _at(passages: Sequence[SourcePassage], n: int) -> str:
    return passages[n]["text"][:MOST_AROUND] if 0 <= n < len(passages) else ""


def named(evidence: Evidence, headings: Sequence[str] = ()) -> str:
    """Say what a passage stands under: source, kind, date, status, headings, titles, label, address."""
    parts = [
        evidence["source"],
        evidence.get("what", ""),
        evidence.get("date", ""),
        evidence.get("status", ""),
        evidence.get("standing", ""),
        evidence.get("heading", "") or " > ".join(headings),
        evidence.get("header", ""),
        evidence.get("label", ""),
        evidence["address"],
    ]
    return " · ".join(part for part in parts if part)
