"""What sources in force say on one topic, with the time of each source. Pure."""

from collections.abc import Iterator

from quire.graphs.kinds.due_diligence.computations.measures import of_company
from quire.graphs.kinds.due_diligence.computations.topics import TOPICS, Name, topic_of_heading, topic_of_sentence
from quire.nodes.computations.blocks import heading, listing, note, section
from quire.nodes.computations.citing import cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.search.stemming import terms
from quire.nodes.sources.addressed import without_orders
from quire.nodes.sources.passage import Passage, Reading, language_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.survey import Surveyed, by_source, survey

MOST = 30
"""Statements that one topic shows."""


def excerpts(materials: Materials, topic: Name) -> SectionContent:
    """Show what is said on a topic, source by source, the newest first."""
    surveyed = by_source(survey(materials.readings))
    readings = [r for r in of_company(materials) if surveyed[r["source"]]["status"] in ("current", "draft")]
    readings.sort(key=lambda r: surveyed[r["source"]]["date"], reverse=True)
    blocks: list[Block] = []
    left = MOST
    for reading in readings:
        claims = list(_claims(reading, topic))
        if claims and left > 0:
            blocks += [heading(_titled(surveyed[reading["source"]])), listing(claims[:left])]
        left -= len(claims)
    if left < 0:
        blocks.append(note(claim(f"{-left} further statements are not shown.", "fixed")))
    return section(blocks or [note(claim(TOPICS[topic].nothing, "open"))])


def _titled(about: Surveyed) -> str:
    known = ", ".join(part for part in (about["date"], about["status"]) if part and part != "current")
    return f"{about['title']} ({known})" if known else about["title"]


def _claims(reading: Reading, topic: Name) -> Iterator[Claim]:
    language = language_of(reading)
    for passage in reading["passages"]:
        if passage["kind"] != "text":
            continue
        of_heading = topic_of_heading(list(terms(_above(passage), language)))
        said = without_orders(passage["text"])
        if of_heading == topic:
            yield _claim(reading, passage, said)
        elif of_heading is None:
            label = _label(passage)
            for sentence in sentences(said):
                if topic_of_sentence(list(terms(f"{label} {sentence}", language))) == topic:
                    yield _claim(reading, passage, sentence)


def _above(passage: Passage) -> str:
    """Give the headings above a passage; the title of all counts for sentences, and not for the imprint below it."""
    label = _label(passage)
    headings = [heading for heading in passage["headings"] if heading != label]
    if headings[1:]:
        return " ".join(headings[1:])
    return " ".join(headings) if passage["text"].endswith((".", "!", "?")) else ""


def _claim(reading: Reading, passage: Passage, said: str) -> Claim:
    made = claim(said, "source", cite_sentence(reading, passage, said))
    if label := _label(passage):
        made["lead"] = f"{label}:"
    return made


def _label(passage: Passage) -> str:
    return next(iter(passage.get("fields", {})), "")
