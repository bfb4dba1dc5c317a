"""The dates of the procedure: sentences of the request that name a day or a month. Pure."""

from quire.graphs.kinds.rfp_response.computations.requirements import request_of, requirements_in
from quire.nodes.computations.blocks import listing, note, section
from quire.nodes.computations.citing import cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent, claim
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.dates import dates_in


def compute(materials: Materials) -> SectionContent:
    """List them in the order of the request, without those of requirements."""
    asked = {one.text for one in requirements_in(materials)}
    said = [
        claim(sentence, "source", cite_sentence(reading, passage, sentence))
        for reading in request_of(materials)
        for passage in reading["passages"]
        if passage["kind"] == "text"
        for sentence in sentences(without_orders(passage["text"]))
        if any(dates_in(sentence)) and not any(sentence in text for text in asked)
    ]
    return section([listing(said)] if said else [note(claim("The request names no date.", "open"))])
