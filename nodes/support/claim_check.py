"""A claim beside its evidence, as far as code can tell. Pure.

This is the one place where the agents ask code about a claim.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.sources.folding import fold_quotes
from quire.nodes.support.carried import carried
from quire.nodes.support.grounding import unsupported_figures


class Checked(NamedTuple):
    """What code says of a claim."""

    verdict: Literal["supported", "contradicted", "insufficient", "open"]
    """``open``: only a reader can tell."""
    reasons: tuple[str, ...] = ()
    words: str = ""
    """The words of the evidence that decide."""
    lenient: bool = True
    """Of an open one: whether it may stand where nobody can read."""


def check_claim(made: Claim, premises: Sequence[str] = ()) -> Checked:
    """Hold a claim against what it names.

    Args:
        made: the claim.
        premises: of an inference, the words of the claims that it rests on.

    """
    words = [*(words_of(e) for e in made["evidence"]), made.get("how", ""), *premises]
    known = [w for w in words if w]
    if not known:
        return Checked("insufficient", ("it names nothing that it rests on",))
    if invented := _invented(made["text"], known):
        named = ", ".join(f"“{figure}”" for figure in invented)
        where = "stands" if len(invented) == 1 else "stand"
        return Checked("insufficient", (f"{named} {where} in nothing that it names",))
    if quoted := next((e["quote"] for e in made["evidence"] if _within(made["text"], e["quote"])), ""):
        return Checked("supported", words=quoted)
    return Checked("open", ("too few of its words stand in what it names",), lenient=carried(made["text"], known, ""))


def words_of(evidence: Evidence) -> str:
    """Give the words of a passage with those that it stands under, which count as its own."""
    fact = evidence["address"].removeprefix("facts.").replace("_", " ") if evidence["source"] == "brief" else ""
    above = (evidence.get("heading", ""), evidence.get("header", ""), evidence.get("label", ""), fact)
    return ". ".join(part for part in (*above, evidence["quote"]) if part)


def _invented(text: str, known: Sequence[str]) -> list[str]:
    given = " ".join(known).casefold()
    unread = [word for word in numerals_unread(text) if word.casefold() not in given]
    return list(dict.fromkeys([*unread, *(f.text.rstrip(".") for f in unsupported_figures(text, known, []))]))


def _within(text: str, quote: str) -> bool:
    said = fold_quotes(text).rstrip(".").casefold()
    return bool(said) and said in fold_quotes(quote).casefold()
