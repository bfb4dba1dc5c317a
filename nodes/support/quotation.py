"""What of its evidence a claim is about, in whole sentences: what is published where nobody can judge its own words."""

from collections.abc import Iterator, Mapping, Sequence

from quire.nodes.evidence.content import Claim, Evidence, SectionContent
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.support.clauses import clauses_of
from quire.nodes.support.lexicon import lexicon_of
from quire.nodes.support.matching import Match, match_of
from quire.nodes.support.segments import Segment, has, segments_of
from quire.nodes.support.tokens import content_of, tokens_of


def quotable(content: SectionContent) -> list[Claim]:
    """Give the claims of a section in whose place a quotation can stand: sentences that state a fact of a source.

    A cell has no room for one, and what leads in a list announces what follows.
    """
    return [
        made
        for block in content["blocks"]
        for made in block.get("claims", ())
        if "id" in made
        and made.get("kind", "fact") == "fact"
        and made["basis"] == "source"
        and not made["text"].endswith(":")
    ]


def quotation_for(made: Claim, readings: Mapping[str, Reading], convention: Convention) -> list[Evidence]:
    """Give the sentences and rows of a claim's evidence that share most with its clauses, in the evidence's order."""
    given = [_saying(one, said) for one in made["evidence"] if (said := without_orders(one["quote"]))]
    conventions = {name: convention_of(reading) for name, reading in readings.items()}
    names = [str(n) for n in range(len(given))]
    segments = segments_of(given, lambda source: conventions.get(source, convention), names)
    whole = [segment for segment in segments if segment.tokens == segment.sentence]
    lexicon = lexicon_of(convention.language)
    clauses = [c for c in clauses_of(tokens_of(made["text"], convention), lexicon) if content_of(c)]
    nearest = [match_of(made["text"], clause, whole, lexicon) for clause in clauses if whole]
    chosen = {match.segment for match in nearest} | {one for match in nearest for one in _telling_more(match, whole)}
    told = dict.fromkeys(segment for segment in whole if segment in chosen)
    return [_saying(given[int(segment.name)], segment.text) for segment in told]


def _telling_more(match: Match, whole: Sequence[Segment]) -> Iterator[Segment]:
    """Give the sentences in which the names and figures of a clause stand that its nearest one has not."""
    for token in match.missing:
        if token.named or token.figure is not None:
            yield from [segment for segment in whole if has(segment, token, match.text)][:1]


def _saying(evidence: Evidence, words: str) -> Evidence:
    return {**evidence, "quote": words}
