"""Whether a passage has a claim's words as they stand, or a cell of a table the same figure in its row and column."""

from collections.abc import Iterator

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.comparing import Told, carries
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.search.stemming import terms
from quire.nodes.sources.folding import fold_quotes
from quire.nodes.support.naming import stands_under


def is_copied(text: str, evidence: Evidence, of: str, convention: Convention) -> bool:
    """Tell whether a passage says a claim in its words, under what names it.

    Args:
        text: the claim.
        evidence: the passage.
        of: what names the claim where it stands: its row and column, the column last. A figure in a cell may be
            written otherwise there (``11,320`` for ``11320``).
        convention: how the claim writes numbers; a row is read alike.

    """
    if not stands_under(of, evidence):
        return False
    if _within(text, evidence["quote"]):
        return True
    column = set(terms(of.rpartition(", ")[2]))
    return bool(column) and any(
        column == set(terms(title)) and _same_figure(value, text, convention) for title, value in _fields(evidence)
    )


def _within(text: str, quote: str) -> bool:
    said = fold_quotes(text).rstrip(".").casefold()
    return bool(said) and said in fold_quotes(quote).casefold()


def _fields(row: Evidence) -> Iterator[tuple[str, str]]:
    """Give the cells of a row with their titles, whether these stand in it (``built: 2024; …``) or above it."""
    titles, cells = row.get("header", "").split(" | "), row["quote"].split(" | ")
    if len(cells) > 1 and len(titles) == len(cells):
        yield from zip(titles, cells, strict=True)
    for part in row["quote"].split(";"):
        title, _, value = part.partition(":")
        yield title, value


def _same_figure(value: str, text: str, convention: Convention) -> bool:
    """Whether both are one figure and nothing else, and the same."""
    given, claimed = figures_in(value, convention), figures_in(text, convention)
    if len(given) != 1 or len(claimed) != 1:
        return False
    whole = all(f.text.strip() == t.strip().rstrip(".") for f, t in ((given[0], value), (claimed[0], text)))
    return whole and carries(Told(given[0], value), Told(claimed[0], text))
