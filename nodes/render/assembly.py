"""Puts the finished sections and the register of sources together into one document. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quire.nodes.evidence.content import claims_of
from quire.nodes.language.catalogue import ENGLISH, words_in
from quire.nodes.render.document import Document, DocumentSection, SourceEntry
from quire.nodes.sources.passage import Reading

ON_COVER = 10


def assemble(
    request: Mapping[str, Any],
    sections: Sequence[DocumentSection],
    readings: Sequence[Reading],
    warnings: Sequence[str],
    *,
    online: bool,
) -> Document:
    """Assemble the document: a function of what was asked, written and read, without clock or run."""
    cited, language = _citations(sections), request.get("language", ENGLISH)
    words = words_in(language)
    unused = [r["source"] for r in readings if not cited[r["source"]]]
    empty = [r["source"] for r in readings if not r["passages"]]
    loud = [words("document.nothing-read-of", name=name) for name in empty]
    loud += [words("document.no-section-uses", name=name) for name in unused if name not in empty]
    document = Document(
        title=request["title"],
        blueprint=request["blueprint"]["name"],
        subtitle=request["blueprint"]["title"],
        mode="model" if online else "offline",
        facts=dict(request["facts"]),
        cover=_cover(request["facts"], request["blueprint"].get("facts", {})),
        sections=list(sections),
        sources=[_entry(r, cited[r["source"]]) for r in readings],
        warnings=[*loud, *warnings],
        open_questions=[q for s in sections if "content" in s for q in s["content"]["open_questions"]],
    )
    if language != ENGLISH:
        document["language"] = language
    return document


def _cover(facts: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Choose what stands on the cover: the first facts of the brief, as many as a page bears."""
    rows = [
        [known.get(name, {}).get("label") or _label(name), str(value)]
        for name, value in facts.items()
        if isinstance(value, str | int)
    ]
    return rows[:ON_COVER]


def _citations(sections: Sequence[DocumentSection]) -> Counter[str]:
    shown = [s["content"] for s in sections if "content" in s]
    return Counter(e["source"] for c in shown for b in c["blocks"] for claim in claims_of(b) for e in claim["evidence"])


def _entry(reading: Reading, cited: int) -> SourceEntry:
    return SourceEntry(
        name=reading["source"],
        hash=reading["hash"],
        media=reading["media"],
        title=reading["title"],
        used=cited > 0,
        cited=cited,
        warnings=reading["warnings"],
        passages=len(reading["passages"]),
    )


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
