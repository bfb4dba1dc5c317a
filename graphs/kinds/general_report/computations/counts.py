"""What the long tables of the sources come to, for a section that may use it: nothing where no table is long."""

from quire.graphs.kinds.general_report.computations.question import asked, nearest_first
from quire.graphs.kinds.general_report.computations.sheets import sheets_of
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.graphs.kinds.general_report.computations.tallies import crossed, tallies, values_of
from quire.nodes.computations.blocks import offered, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent

MOST_SHEETS = 4
"""Tables of sources that are counted, those nearest to the question first."""


def compute(materials: Materials) -> SectionContent:
    """Count the long tables, each beside the figures that it comes to; the writer may place them."""
    words = materials.words
    passages = [p for reading in materials.readings for p in reading["passages"] if p["kind"] in {"row", "text"}]
    question = asked(materials)
    order = {(p["source"], p["address"]): n for n, p in enumerate(nearest_first(passages, question))}
    sheets = [sheet for reading in materials.readings for sheet in sheets_of(reading, order) if sheet.rows]
    counted = [
        (sheet, [*tallies(sheet, words, question), *crossed(sheet, words, question)])
        for sheet in sorted(sheets, key=lambda sheet: sheet.rank)
    ]
    shown = [(sheet, blocks) for sheet, blocks in counted if blocks][:MOST_SHEETS]
    values = {name: value for sheet, _ in shown for name, value in values_of(sheet, words, question)}
    return sound(offered(section([block for _, blocks in shown for block in blocks], values)), materials)
