"""Puts the finished sections and the register of sources together into one document. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quire.nodes.evidence.content import claims_of
from quire.nodes.personal.titles import KINDS
from quire.nodes.render.document import Document, DocumentSection, SourceEntry
from quire.nodes.sources.passage import Reading, Withheld

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
    cited = _citations(sections)
    unused = [r["source"] for r in readings if not cited[r["source"]]]
    empty = {r["source"] for r in readings if not r["passages"]}
    loud = [*remarks_on(readings), *(f"No section uses the source “{name}”." for name in unused if name not in empty)]
    loud += [f"The file “{f['name']}” was left out: {f['reason']}." for f in request.get("left_out", ())]
    return Document(
        title=request["title"],
        blueprint=request["blueprint"]["name"],
        subtitle=request["blueprint"]["title"],
        mode="model" if online else "offline",
        facts=dict(request["facts"]),
        cover=_cover(request["facts"]),
        sections=list(sections),
        sources=[_entry(r, cited[r["source"]]) for r in readings],
        warnings=[*loud, *warnings],
        open_questions=[q for s in sections if "content" in s for q in s["content"]["open_questions"]],
    )


def remarks_on(readings: Sequence[Reading]) -> list[str]:
    """Say of the sources what a reader must know, whatever is written from them."""
    unread = [f"Nothing could be read of the source “{r['source']}”." for r in readings if not r["passages"]]
    return [*unread, *(_withheld(r["source"], r["withheld"]) for r in readings if r.get("withheld"))]


def _withheld(source: str, withheld: Sequence[Withheld]) -> str:
    """Count and name what is withheld of a source."""
    counts: dict[str, Counter[str]] = {}
    for told in withheld:
        counts.setdefault(told["field"] or "running text", Counter())[told["what"]] += told["count"]
    named = [f"{field}: {_counted(n, what)}" for field, kinds in counts.items() for what, n in kinds.items()]
    return f"Personal data of the source “{source}” is withheld ({'; '.join(named)})."


_MANY = {"address": "addresses", "e-mail address": "e-mail addresses", "date of birth": "dates of birth"}


def _counted(count: int, what: str) -> str:
    """Count names, numbers and the like; of a field that the brief declares itself, values."""
    if what not in KINDS:
        return f"{count} value{'' if count == 1 else 's'}"
    return f"{count} {what if count == 1 else _MANY.get(what, f'{what}s')}"


def _cover(facts: Mapping[str, Any]) -> list[list[str]]:
    """Choose what stands on the cover: the first facts of the brief, as many as a page bears."""
    rows = [[_label(name), str(value)] for name, value in facts.items() if isinstance(value, str | int)]
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
