"""Asking a model whether claims hold: what it is shown, and which of its verdicts count. Pure.

A verdict counts only if the words that it says decide stand in a passage that its claim names: a judge's word alone
carries nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.evidence.content import Judged, digest_of
from quire.nodes.model.request import Fenced, Request, defused
from quire.nodes.sources.folding import fold_quotes

MOST_AT_ONCE = 20
"""Claims that are judged in one call."""
VERDICTS = ("supported", "contradicted", "insufficient")
MOST_AROUND = 400
"""Characters of what stands before or after a passage."""
_YES_OR_NO = "minicheck"
"""Stands in the names of models that answer Yes or No to a document and a claim, and to nothing else."""


_VERDICT = {
    "type": "object",
    "properties": {
        "claim": {"type": "string", "minLength": 1, "maxLength": 12},
        "verdict": {"type": "string", "enum": list(VERDICTS)},
        "passage": {"type": "string", "maxLength": 12},
        "words": {"type": "string", "maxLength": 600},
        "missing": {"type": "string", "maxLength": 600},
    },
    "required": ["claim", "verdict", "passage", "words", "missing"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"verdicts": {"type": "array", "items": _VERDICT, "maxItems": 2 * MOST_AT_ONCE}},
    "required": ["verdicts"],
    "additionalProperties": False,
}
"""The same for all claims, so that no prompt begins otherwise for it. What names no claim or passage is not heard."""


class Passage(NamedTuple):
    """A passage as a judge is shown it."""

    name: str
    """What it stands under: source, headings, row and column titles, address."""
    quote: str
    around: tuple[str, str] = ("", "")
    """What stands before and after it in its source, of each :data:`MOST_AROUND` characters."""

    @property
    def text(self) -> str:
        """All that is shown of it."""
        before, after = self.around
        lines = [self.name, before and f"(before) {before}", self.quote, after and f"(after) {after}"]
        return "\n".join(line for line in lines if line)


class Pack(NamedTuple):
    """What a draft was written from, as whoever wrote it was shown it."""

    evidence: tuple[Fenced, ...] = ()
    beside: tuple[str | Fenced, ...] = ()
    numbers: Mapping[Passage, str] = {}
    """Under which number each passage stands there."""
    size: int = 0
    """How many numbers it takes."""


class Asked(NamedTuple):
    """A claim that is to be read."""

    id: str
    kind: str
    text: str
    passages: tuple[Passage, ...]
    premises: tuple[str, ...] = ()
    """Of an inference: the claims that it rests on."""

    def digest(self, system: str, model: str) -> str:
        """SHA-256 (hex) of all that the verdict depends on, the claim's name left out."""
        shown = [[*p.around, p.name, p.quote] for p in self.passages]
        return digest_of([self.kind, self.text, shown, list(self.premises), system, model])


def answers_yes_or_no(model: str) -> bool:
    """Whether a model speaks the protocol of MiniCheck (arXiv 2404.10774): ``Document: … Claim: …``, Yes or No."""
    return _YES_OR_NO in model.casefold()


def batches(asked: Sequence[Asked]) -> list[list[Asked]]:
    """Cut claims into what is judged in one call."""
    return [list(asked[n : n + MOST_AT_ONCE]) for n in range(0, len(asked), MOST_AT_ONCE)]


def request_verdicts(models: tuple[str, str | None], system: str, asked: Sequence[Asked], pack: Pack) -> Request:
    """Ask for verdicts on some claims: the section's evidence first, what they rest on besides, then the claims."""
    numbers = _numbered(asked, pack)
    told = [*_besides(numbers, pack), "The claims:"]
    for one in asked:
        names = ", ".join(numbers[p] for p in one.passages) or "nothing"
        told += [f"{one.id} is of the kind {one.kind} and rests on {names}.", Fenced(one.id, one.text)]
        if one.premises:
            told += [f"{one.id} rests on these claims, which hold:", Fenced("premises", "\n".join(one.premises))]
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(told),
        evidence=pack.evidence,
        beside=pack.beside,
        schema=SCHEMA,
        schema_name="verdicts",
    )


def request_yes_or_no(models: tuple[str, str | None], asked: Asked) -> Request:
    """Ask a judge that answers Yes or No about one claim."""
    document = "\n".join([*(p.text for p in asked.passages), *asked.premises])
    return Request(
        model=models[0],
        fallback_model=None,
        system="",
        user=(f"Document: {defused(document, _NO_FENCE)}\nClaim: {defused(asked.text, _NO_FENCE)}",),
        max_tokens=16,
    )


def heard(reply: Mapping[str, Any], asked: Sequence[Asked], pack: Pack) -> dict[str, Judged]:
    """Give the verdicts that count, by claim. Of two on one claim the first counts."""
    shown = {number: p for p, number in _numbered(asked, pack).items()}
    known, found = {a.id: a for a in asked}, dict[str, Judged]()
    for given in reply["verdicts"]:
        one = known.get(given["claim"])
        if one is not None and one.id not in found and _counts(given, one, shown):
            place = _place_of(given["words"], one, shown.get(given["passage"]))
            found[one.id] = _judged(given["verdict"], given["words"], given["missing"], place)
    return found


def heard_yes_or_no(text: str) -> Judged:
    """Read Yes as supported, and anything else as insufficient."""
    if text.strip().casefold().startswith("yes"):
        return _judged("supported", "", "", None)
    return _judged("insufficient", "", "what it names does not say it", None)


_NO_FENCE = "\x00"


def _numbered(asked: Sequence[Asked], pack: Pack) -> dict[Passage, str]:
    """Give the passages that claims name their numbers: those of the evidence, and further ones for all others."""
    passages = dict.fromkeys(p for one in asked for p in one.passages)
    others = (p for p in passages if p not in pack.numbers)
    more = {p: f"E{n}" for n, p in enumerate(others, pack.size + 1)}
    return {p: pack.numbers.get(p) or more[p] for p in passages}


def _besides(numbers: Mapping[Passage, str], pack: Pack) -> list[str | Fenced]:
    """Show what the evidence does not: further passages, and what stands around those that claims name."""
    known = {p.quote[:MOST_AROUND] for p in pack.numbers}
    more = [Fenced(number, p.text) for p, number in numbers.items() if p not in pack.numbers]
    around = [
        Fenced(f"{where} {number}", text)
        for p, number in numbers.items()
        if p in pack.numbers
        for where, text in zip(("before", "after"), p.around, strict=True)
        if text and text not in known
    ]
    told: list[str | Fenced] = ["Further passages:", *more] if more else []
    return [*told, "What stands around some passages in their sources:", *around] if around else told


def _counts(given: Mapping[str, Any], one: Asked, shown: Mapping[str, Passage]) -> bool:
    """Whether the words that decide stand in what the claim names, be it in another passage than was said."""
    if given["verdict"] == "insufficient" or (one.kind == "gap" and given["verdict"] == "supported"):
        return True
    texts = [p.text for p in one.passages] if given["passage"] in shown else []
    return any(_stands(given["words"], text) for text in (*texts, *one.premises))


def _place_of(words: str, one: Asked, named: Passage | None) -> Passage | None:
    """Give the passage that has words, the one that was named before others; else the one beside which they stand."""
    having = [p for p in one.passages if _stands(words, p.quote)] or [p for p in one.passages if _stands(words, p.text)]
    return named if named in having or not having else having[0]


def _stands(words: str, text: str) -> bool:
    return bool(_folded(words)) and _folded(words) in _folded(text)


def _folded(text: str) -> str:
    return fold_quotes(text).casefold().strip(" .…\"'")


def _judged(verdict: Any, words: str, missing: str, passage: Passage | None) -> Judged:
    where = f" ({passage.name})" if passage and passage.name else ""
    said = {
        "supported": [],
        "contradicted": [f"“{words}” says otherwise{where}" + (f": {missing}" if missing else "")],
        "insufficient": [missing or "what it names does not say it"],
    }
    return Judged(verdict=verdict, by="model", sure=True, words=words, reasons=said[verdict])
