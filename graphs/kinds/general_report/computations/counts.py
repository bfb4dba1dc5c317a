"""What the long tables of the sources come to, for a section that may use it: nothing where no table is long."""

from collections.abc import Mapping, Sequence

from quire.graphs.kinds.general_report.computations.question import asked_of, nearest_first, texts_of
from quire.graphs.kinds.general_report.computations.sheets import sheets_of
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.graphs.kinds.general_report.computations.tallies import crossed, tallies, values_of
from quire.nodes.computations.blocks import offered, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, SectionContent

MOST_SHEETS = 4
"""Tables of sources that are counted, those nearest to the question first."""


def compute(materials: Materials) -> SectionContent:
    """Count the long tables, each beside the figures that it comes to; the writer may place them.

    What a section that it waited for has placed is not offered again: it stands among that section's statements.
    """
    words, asked = materials.words, asked_of(materials)
    passages = [p for reading in materials.readings for p in reading["passages"] if p["kind"] in {"row", "text"}]
    order = {
        (p["source"], p["address"]): n for n, p in enumerate(nearest_first(passages, asked.section or asked.brief))
    }
    sheets = [sheet for reading in materials.readings for sheet in sheets_of(reading, order) if sheet.rows]
    texts = texts_of(materials)
    counted = [
        (sheet, [*tallies(sheet, words, asked, texts), *crossed(sheet, words, asked)])
        for sheet in sorted(sheets, key=lambda sheet: sheet.rank)
    ]
    shown = [(sheet, blocks) for sheet, blocks in counted if blocks][:MOST_SHEETS]
    values = {name: value for sheet, _ in shown for name, value in values_of(sheet, words, asked)}
    blocks = without_placed([block for _, blocks in shown for block in blocks], materials.inputs)
    return sound(offered(section(blocks, values)), materials)


def without_placed(blocks: Sequence[Block], others: Mapping[str, SectionContent]) -> list[Block]:
    """Leave out the tables that other sections show, with the notes that lead up to them."""
    placed = {
        block.get("caption") for content in others.values() for block in content["blocks"] if block.get("caption")
    }
    kept: list[Block] = []
    leading: list[Block] = []
    for block in blocks:
        leading.append(block)
        if block["kind"] == "table":
            kept += [] if block.get("caption") in placed else leading
            leading = []
    return [*kept, *leading]
