"""The Word edition to work in: changes since an earlier version tracked, what is open as comments. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from quire.nodes.differences.differing import Difference
from quire.nodes.differences.standing import disputed
from quire.nodes.differences.wording import in_words
from quire.nodes.evidence.content import Claim
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.render.document import Document, DocumentSection, nameable_blocks, number
from quire.nodes.render.docx import written
from quire.nodes.render.naming import claims_by_name, document_mark, note_name
from quire.nodes.render.remarks import OBJECTION, STRUCK, struck_at
from quire.nodes.render.text import shown
from quire.nodes.render.tracking import Tracked, with_changes


class StruckWords(NamedTuple):
    """What a statement said that was left out, and why it was."""

    text: str
    reason: str


class Margin(NamedTuple):
    """What is open in a document and stands in no line of it."""

    struck: Mapping[str, Sequence[StruckWords]] = {}
    """By section, in the order of ``DocumentSection.struck``."""
    differing: Sequence[Difference] = ()


def render_review(
    document: Document, margin: Margin, tracked: Tracked | None = None, template: bytes | None = None
) -> bytes:
    """Render a document as DOCX for somebody who works on it.

    Args:
        document: the document.
        margin: what is said beside its lines.
        tracked: what was changed since an earlier version, if it is held against one.
        template: that the document is written in, if there is one.

    """
    numbered = number(document)
    comments = _comments(document, margin, words_in(document.get("language", ENGLISH)))
    mark = document_mark(document)
    changed = with_changes(numbered, tracked) if tracked else numbered
    return written(changed, mark, comments, template=template, facts=document["facts"])


def _comments(document: Document, margin: Margin, words: Words) -> Mapping[str, list[str]]:
    """Give by the name of a statement what is said beside it."""
    found = defaultdict[str, list[str]](list)
    for n, section in enumerate(document["sections"], 1):
        claims = claims_by_name(nameable_blocks(section), n)
        for name, text in (*_conflicts(claims, margin, words), *_struck(section, n, margin, words)):
            found[name].append(text)
        for place, objection in enumerate(section.get("objections", ())):
            about = _about(objection, claims)
            found[about or note_name(n, OBJECTION, place)].append(shown(objection))
    return found


def _conflicts(claims: Mapping[str, Claim], margin: Margin, words: Words) -> Iterator[tuple[str, str]]:
    for name, made in claims.items():
        yield from ((name, shown(in_words(one, words))) for one in disputed(made, margin.differing))


def _struck(section: DocumentSection, number: int, margin: Margin, words: Words) -> Iterator[tuple[str, str]]:
    blocks = len(nameable_blocks(section))
    told = margin.struck.get(section["id"], ())
    for at, said in zip(section.get("struck", ()), told, strict=False):
        text = words("review.struck", text=said.text, reason=said.reason)
        yield note_name(number, STRUCK, struck_at(at, blocks), 0), shown(text)


def _about(objection: str, claims: Mapping[str, Claim]) -> str | None:
    """Name the claim that an objection is about: of those that it quotes the first, the rest stand against it."""
    places = {name: _quoted_at(objection, made) for name, made in claims.items()}
    return min((name for name, at in places.items() if at >= 0), key=lambda name: places[name], default=None)


def _quoted_at(objection: str, made: Claim) -> int:
    """Say where an objection first quotes a claim; -1: nowhere."""
    found = [at for quoted in (f"“{made['text']}”", f"„{made['text']}“") if (at := objection.find(quoted)) >= 0]
    return min(found, default=-1)
