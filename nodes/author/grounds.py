"""What a section may stand on: each thing under the number that the model is given for it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.author.placing import MOST_ROWS, is_worked_out, numbered_claims, placeables
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.claims import led_in
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent
from quire.nodes.evidence.figures.conventions import ENGLISH as US_ENGLISH
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.from_passages import from_brief
from quire.nodes.evidence.naming import named_by
from quire.nodes.sources.passage import is_cell_of
from quire.nodes.support.grounding import Given

MOST_OF_OTHERS = 24_000
"""Characters of other sections that a section is shown."""
_ALONE = frozenset({"computed", "open"})
"""What a statement of another section may stand on without evidence: a reckoning, or that the sources are silent."""


class Ground(NamedTuple):
    """Something a statement may stand on, under the number that the model is given for it."""

    evidence: tuple[Evidence, ...]
    words: str
    basis: str
    convention: Convention = US_ENGLISH
    """How the words write numbers and dates."""
    named: str = ""
    """What names it: its source, heading, label. It counts as its words."""
    under: str = ""
    """Of another section's statement: the section's title; of what code worked out: the number of its piece."""
    looked: str = ""
    """Of another section's gap: where was looked."""
    derived: str = ""
    """Of a row: what code worked out of it, under the row's name; of a statement that rests on one: its words."""
    beside: bool = False
    """That how it was worked out is plain from what stands beside it (``Claim.beside``)."""

    @property
    def all_words(self) -> str:
        """Give what it says, under what names it."""
        return f"{self.named}: {self.words}" if self.named else self.words

    @property
    def how(self) -> str:
        """Give what code worked out of it; empty where it did not."""
        return self.derived or (self.all_words if self.basis == "computed" else "")

    @property
    def given(self) -> Given:
        """Give all its words, as they are written."""
        return Given(self.all_words, self.convention)


def grounds_of(
    materials: Materials, evidence: Sequence[Evidence], computed: SectionContent | None
) -> dict[str, Ground]:
    """Give each thing that the section may stand on a number.

    ``E`` evidence, ``V`` values and rows of computed tables, ``P`` statements of other sections, ``F`` facts of the
    brief.
    """
    ours = materials.convention
    known = {e["source"]: materials.convention_of(e["source"]) for e in evidence}
    grounds = {
        f"E{n}": Ground((e,), e["quote"], "source", known[e["source"]], named_by(e)) for n, e in enumerate(evidence, 1)
    }
    worked_out = [*_values(materials, computed), *_worked_out(computed, ours)]
    grounds |= {f"V{n}": ground for n, ground in enumerate(worked_out, 1)}
    others = shown_of_others(materials)[0]
    grounds |= {f"P{n}": g._replace(evidence=_as_shown(g.evidence, evidence)) for n, g in enumerate(others, 1)}
    facts = [(name.replace("_", " "), from_brief(name, value)) for name, value in materials.facts.items()]
    return grounds | {f"F{n}": Ground((e,), e["quote"], "brief", ours, name) for n, (name, e) in enumerate(facts, 1)}


def shown_of_others(materials: Materials) -> tuple[list[Ground], list[str]]:
    """Give the statements of the sections that this one waited for, and the titles of those shown in part.

    In the order in which the section names them; of a table each row is one statement, and no table is cut.
    """
    shown: list[Ground] = []
    cut: list[str] = []
    left = MOST_OF_OTHERS
    for name, content in materials.inputs.items():
        title = name.replace("-", " ")
        for block in content["blocks"]:
            said = [g for g in _statements(block, title, materials.convention) if g.evidence or g.basis in _ALONE]
            length = sum(len(g.words) for g in said)
            if length > left:
                cut.append(title)
                break
            left -= length
            shown += said
    return shown, cut


def _values(materials: Materials, computed: SectionContent | None) -> list[Ground]:
    """Give the section's computed values, and those of the sections that it waited for, each once."""
    own = [(name, value) for name, value in (computed or {"values": {}})["values"].items()]
    others = [(name, value) for content in materials.inputs.values() for name, value in content["values"].items()]
    ours = materials.convention
    found = [
        Ground(tuple(v["evidence"]), v["text"], "computed", ours, v.get("label") or name.replace("_", " "))
        for name, v in (*own, *others)
    ]
    return list({ground.all_words: ground for ground in reversed(found)}.values())[::-1]


def _statements(block: Block, title: str, ours: Convention) -> Iterator[Ground]:
    """Give what a block states: each claim, and each row of a table as one, with its columns' titles."""
    for said, lead in led_in(block):
        words, looked = f"{lead} {said['text']}".strip(), said.get("looked", "")
        derived = words if "how" in said else ""
        plain = said.get("beside", False)
        yield Ground(tuple(said["evidence"]), words, said["basis"], ours, "", title, looked, derived, plain)
    columns = [column["title"] for column in block.get("columns", ())]
    for row in block.get("rows", ()):
        yield _row(block, row, ours)._replace(under=title, derived=_derived(row, columns))


def _worked_out(computed: SectionContent | None, ours: Convention) -> Iterator[Ground]:
    """Give what code worked out, piece by piece: rows of tables, and statements that a writer's text replaces."""
    for number, piece in placeables(computed).items():
        for block in piece.blocks:
            for row in filter(is_worked_out, block.get("rows", [])[:MOST_ROWS]):
                yield _row(block, row, ours)._replace(basis="computed", named=block.get("caption", ""), under=number)
            for made in numbered_claims(block):
                yield Ground(tuple(made["evidence"]), made["text"], "computed", ours, under=number)


def _row(block: Block, row: Sequence[Claim], ours: Convention) -> Ground:
    columns = [column["title"] for column in block.get("columns", ())]
    cells = [f"{title}{said}" for title, said in _titled(row, columns) if said or not columns]
    evidence = {(e["source"], e["address"], e["quote"]): e for cell in row for e in cell["evidence"]}
    bases = [cell["basis"] for cell in row if cell["evidence"] or cell.get("how")]
    words = "; ".join(cells)
    plain = all(cell.get("beside", False) for cell in row if cell["basis"] == "computed")
    return Ground(tuple(evidence.values()), words, "computed" if "computed" in bases else "source", ours, beside=plain)


def _derived(row: Sequence[Claim], columns: Sequence[str]) -> str:
    """Give the cells of a row that code worked out, with their titles, behind what names the row."""
    told = zip(_titled(row, columns), row, strict=True)
    made = [f"{title}{said}" for (title, said), cell in told if cell["basis"] == "computed"]
    return f"{row[0]['text']}. {'; '.join(made)}" if made and row[0]["basis"] != "computed" else ""


def _titled(row: Sequence[Claim], columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give what the cells of a row say, with their status, each behind what its column is called, if anything."""
    titles = [f"{column}: " if column else "" for column in columns] or [""] * len(row)
    said = (" ".join(dict.fromkeys(part for part in (cell["text"], cell.get("status", "")) if part)) for cell in row)
    return zip(titles, said, strict=True)


def _as_shown(cited: Sequence[Evidence], shown: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Give evidence as the section is shown it: cells of a row that is shown whole are that row, named once."""
    found = [next((one for one in shown if _holds(one, cell)), cell) for cell in cited]
    return tuple({(one["source"], one["address"], one["quote"]): one for one in found}.values())


def _holds(whole: Evidence, cell: Evidence) -> bool:
    """Whether a passage is the one that a quotation is of: at its address, or at that of its row."""
    there = cell["address"] == whole["address"] or is_cell_of(cell["address"], whole["address"])
    return there and cell["source"] == whole["source"] and cell["quote"] in whole["quote"]
