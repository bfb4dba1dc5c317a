"""Sub-headings and titles of columns: words that no evidence stands behind, so they may say nothing new. Pure."""

import re
from collections.abc import Iterable

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.search.stemming import terms
from quire.nodes.support.carried import invents_figures
from quire.nodes.support.grounding import Given

ENOUGH = 0.5
"""Share of a title's words that must be known from what the writer was given."""
_ANYWHERE = """
    summary overview background context introduction conclusion findings finding results result recommendation
    recommendations recommended action actions next steps step options option comparison compared answer short detail
    details question questions open issue issues risk risks cost costs cause causes effect effects timeline date dates
    time period total item items name names number value values source sources status note notes reason reasons
    difference differences why what how when where who which the and for with from this that are was were between
    about evidence reading means implications implication scope limits gaps gap unknown known key main point points
"""

_ASKS = re.compile(
    r"(?:what|why|how|when|where|who|whose|which|was|warum|weshalb|wie|wann|wo|wer|welche[rs]?)\b", re.IGNORECASE
)
"""A title that begins so asks, and states nothing."""


class Titles:
    """Knows which words a title may have.

    Args:
        words: all that the writer was given, and what it was asked.

    """

    def __init__(self, words: Iterable[Given], convention: Convention) -> None:
        self._words = list(words)
        self._convention = convention
        self._known = {t for given in self._words for t in terms(given.text, given.convention.language)}
        self._known |= set(terms(_ANYWHERE))

    def brings_no_figure(self, words: str) -> bool:
        """Whether words in which a statement is read bring in no figure; whoever judges that one reads them too."""
        return not invents_figures(words, self._words, self._convention)

    def may_stand(self, title: str) -> bool:
        """Whether a title brings in no figure, and mostly words that are known; one that asks, no name that is not."""
        if not self.brings_no_figure(title):
            return False
        if _ASKS.match(title):
            names = " ".join(word for word in title.split()[1:] if word[:1].isupper())
            return set(terms(names, self._convention.language)) <= self._known
        said = {term for term in terms(title, self._convention.language) if len(term) > 1}
        return len(said & self._known) >= ENOUGH * len(said)
