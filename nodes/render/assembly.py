"""Puts the finished sections and the register of sources together into one document. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quire.nodes.checks.editing import without_repeats
from quire.nodes.evidence.content import claims_of
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.language.reasons import reason_in
from quire.nodes.language.remarks import remark_in
from quire.nodes.personal.titles import KINDS
from quire.nodes.render.document import Document, DocumentSection, SourceEntry
from quire.nodes.sources.addressed import ordering
from quire.nodes.sources.passage import Reading, Withheld
from quire.nodes.survey.survey import survey

ON_COVER = 10
NAMED_APART = 3
"""So many sources that no section uses have a line each; more are named in one."""


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
    empty = {r["source"] for r in readings if not r["passages"]}
    over = {about["source"] for about in survey(readings) if about["status"] != "current"}  # it need not be used
    unused = [name for name in unused if name not in empty | over]
    loud = [*remarks_on(readings, words), *_unused(unused, words)]
    left_out = ((file["name"], remark_in(file["reason"], words)) for file in request.get("left_out", ()))
    loud += [words("document.left-out-file", name=name, reason=reason) for name, reason in left_out]
    document = Document(
        title=request["title"],
        blueprint=request["blueprint"]["name"],
        subtitle=request["blueprint"]["title"],
        mode="model" if online else "offline",
        facts=dict(request["facts"]),
        cover=_cover(request["facts"], request["blueprint"].get("facts", {})),
        sections=[_spoken(section, words) for section in sections],
        sources=[_entry(r, cited[r["source"]], words) for r in readings],
        warnings=list(dict.fromkeys([*_of_the_subject(sections), *loud, *warnings])),
        open_questions=without_repeats(q for s in sections if "content" in s for q in s["content"]["open_questions"]),
    )
    if language != ENGLISH:
        document["language"] = language
    if _lists_questions(request, sections):
        document["lists_questions"] = True
    return document


def _of_the_subject(sections: Sequence[DocumentSection]) -> Iterator[str]:
    """Give what sections that stand have for the cover."""
    for section in sections:
        if section["status"] in ("approved", "stub") and "content" in section:
            yield from section["content"].get("cautions", ())


def _lists_questions(request: Mapping[str, Any], sections: Sequence[DocumentSection]) -> bool:
    """Whether a section that is written says what is open."""
    listing = {spec["id"] for spec in request["blueprint"]["sections"] if spec.get("lists_questions")}
    return any(section["id"] in listing for section in sections if "content" in section)


def _unused(names: Sequence[str], words: Words) -> list[str]:
    if len(names) <= NAMED_APART:
        return [words("document.no-section-uses", name=name) for name in names]
    return [words("document.no-section-uses-these", count=len(names), names=", ".join(names))]


def remarks_on(readings: Sequence[Reading], words: Words) -> list[str]:
    """Say of the sources what a reader must know, whatever is written from them."""
    unread = [words("document.nothing-read-of", name=r["source"]) for r in readings if not r["passages"]]
    unread += [words("document.addresses-model", name=name) for name in ordering(readings)]
    return [*unread, *(_withheld(r["source"], r["withheld"], words) for r in readings if r.get("withheld"))]


def _withheld(source: str, withheld: Sequence[Withheld], words: Words) -> str:
    """Count and name what is withheld of a source."""
    counts: dict[str, Counter[str]] = {}
    for told in withheld:
        field = told["field"] or words("withheld.running-text")
        counts.setdefault(field, Counter())[told["what"]] += told["count"]
    named = [f"{field}: {_counted(n, what, words)}" for field, kinds in counts.items() for what, n in kinds.items()]
    return words("document.withheld", name=source, named="; ".join(named))


def _counted(count: int, what: str, words: Words) -> str:
    """Count names, numbers and the like; of a field that the brief declares itself, values."""
    kind = what.replace(" ", "-") if what in KINDS else "value"
    return words.count(f"withheld.{kind}", count)


def _spoken(section: DocumentSection, words: Words) -> DocumentSection:
    """Give a section with the reason why it is not approved in the document's language."""
    return {**section, "reason": reason_in(section["reason"], words)} if "reason" in section else section


def _cover(facts: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Choose what stands on the cover: the first facts that the brief states, as many as a page bears."""
    rows = [
        [known.get(name, {}).get("label") or _label(name), str(value)]
        for name, value in facts.items()
        if isinstance(value, str | int) and value != known.get(name, {}).get("default")
    ]
    return rows[:ON_COVER]


def _citations(sections: Sequence[DocumentSection]) -> Counter[str]:
    shown = [s["content"] for s in sections if "content" in s]
    return Counter(e["source"] for c in shown for b in c["blocks"] for claim in claims_of(b) for e in claim["evidence"])


def _entry(reading: Reading, cited: int, words: Words) -> SourceEntry:
    doubts = reading.get("doubts", [])
    return SourceEntry(
        name=reading["source"],
        hash=reading["hash"],
        media=reading["media"],
        title=reading["title"],
        used=cited > 0,
        cited=cited,
        warnings=[
            *(remark_in(warning, words) for warning in reading["warnings"]),
            *(words("document.ambiguous", figure=f, value=v) for f, v in doubts),
        ],
        passages=len(reading["passages"]),
    )


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
