"""The document as GitHub-flavoured Markdown, in which no text of a source or model can become markup."""

import re
from collections.abc import Iterator

from quire.nodes.evidence.content import Column
from quire.nodes.language.catalogue import Words
from quire.nodes.render import wording
from quire.nodes.render.document import Document, number
from quire.nodes.render.numbered import (
    Chapter,
    Citation,
    Computation,
    Notice,
    Numbered,
    Part,
    RegisteredSource,
    Statement,
)

_ESCAPED = re.compile(
    r"""
      [\\`*\[\]<|~${@]           # always markup somewhere: code, emphasis, links, HTML, cells, math, templates, mail
    | (?<![^\W_])_ | _(?![^\W_])  # emphasis, but not within a word
    | &(?=\#?\w+;)               # an entity
    | :(?=//|[a-z+-][\w+-]*:)    # a bare address, an emoji's name
    | (?<=www)\.                 # a bare address
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAILBOX = re.compile(r"(?<=[\w.+-])\\@")
"""Where GitHub begins to see an address; it looks at the text that is left of the escapes, so only a break helps."""
_OPENING = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+=#>])")
"""What makes a block of a line: a list item, a rule, a heading, a quotation."""
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def render(document: Document) -> bytes:
    """Render the document as Markdown, UTF-8."""
    numbered = number(document)
    blocks = [
        *_front(numbered),
        *(block for chapter in numbered.chapters for block in _chapter(chapter, numbered.words)),
        *_back(numbered),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def escape(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    escaped = _MAILBOX.sub(r"<!-- -->\\@", _ESCAPED.sub(r"\\\g<0>", text))
    return _OPENING.sub(lambda found: f"{found.group(1) or ''}\\", escaped)


def _bold(text: str) -> str:
    """Make words strong; without words, the stars alone would be markup."""
    return f"**{escape(text)}**" if text else ""


def _front(numbered: Numbered) -> Iterator[str]:
    yield f"# {escape(numbered.title)}"
    if numbered.subtitle:
        yield _bold(numbered.subtitle)
    if numbered.cover:
        yield "\n".join(f"- {_bold(label)}: {escape(value)}" for label, value in numbered.cover)
    yield f"> {escape(numbered.made)}"
    if numbered.cautions:
        title = numbered.words("document.before-relying")
        lines = [f"> **{title}**", ">", *(f"> - {escape(caution)}" for caution in numbered.cautions)]
        yield "\n".join(lines)
    yield f"## {numbered.words('document.contents')}"
    entries = (("  " * (e.depth - 1), f"{e.number} {escape(e.title)}".strip(), e.anchor) for e in numbered.contents)
    yield "\n".join(f"{indent}- [{title}](#{anchor})" for indent, title, anchor in entries)


def _chapter(chapter: Chapter, words: Words) -> Iterator[str]:
    yield _heading(2, chapter.anchor, f"{chapter.number} {escape(chapter.title)}")
    if chapter.notice:
        yield _notice(chapter.notice)
    for before, part in zip((None, *chapter.parts), chapter.parts, strict=False):
        if before and {before.kind, part.kind} <= {"list", "facts"}:
            yield "<!-- -->"  # else Markdown takes two lists for one
        yield from _part(part, words)


def _heading(level: int, anchor: str, title: str) -> str:
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {title}'


def _notice(notice: Notice) -> str:
    reason = f" {escape(notice.reason)}" if notice.reason else ""
    return f"> **{notice.heading}.**{reason}"


def _part(part: Part, words: Words) -> Iterator[str]:
    if part.kind == "heading":
        yield _heading(part.depth, part.anchor, f"{part.number} {escape(part.text)}")
    elif part.kind in {"table", "chart"}:
        yield from _table(part, words)
    elif part.kind == "facts":
        yield "\n".join(_fact(row) for row in part.rows)
    elif part.kind == "list":
        starts = (f"{n}." if part.ordered else "-" for n in range(1, len(part.items) + 1))
        said = (" ".join(_inline(s) for s in item) for item in part.items)
        yield "\n".join(f"{start} {text}" for start, text in zip(starts, said, strict=True))
    else:
        yield _prose(part)


def _prose(part: Part) -> str:
    text = " ".join(_inline(statement) for statement in part.statements)
    if part.kind == "quote":
        source = f"\n>\n> — {escape(part.attribution)}" if part.attribution else ""
        return f"> {text}{source}"
    if part.kind == "note":
        return f"> **{part.label}:** {text}"
    return text


def _fact(row: tuple[Statement, ...]) -> str:
    label, *values = row
    return f"- {_bold(label.text)}: {' '.join(_inline(value) for value in values)}"


def _table(part: Part, words: Words) -> Iterator[str]:
    caption = f" {escape(part.text)}" if part.text else ""
    drawn = f" {words('chart.as-a-table')}" if part.picture else ""
    yield f'<a id="{part.anchor}"></a>\n\n**{part.label} {part.number}.**{caption}{drawn}'
    if not part.rows:
        yield f"*{words('document.no-rows')}*"
        return
    rows = [[_inline(cell) for cell in row] for row in part.rows]
    yield _grid(part.columns, rows)


def _grid(columns: tuple[Column, ...], rows: list[list[str]]) -> str:
    lines = [[escape(c["title"]) for c in columns], [_RULES[c["align"]] for c in columns], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _inline(statement: Statement) -> str:
    text = escape(statement.text)
    if text and statement.basis == "open":
        text = f"*{text}*"
    flag = f"**\\[{statement.flag}\\]**" if statement.flag else ""
    status = _bold(statement.status)
    return " ".join(part for part in (_bold(statement.lead), text, flag, status, *_marks(statement)) if part)


def _marks(statement: Statement) -> Iterator[str]:
    if statement.citations:
        spans = ["\N{EN DASH}".join(f"[{n}](#evidence-{n})" for n in span) for span in statement.spans]
        yield rf"{statement.arrow}\[{', '.join(spans)}\]"
    if statement.computation:
        yield rf"\[[{statement.computation}](#computation-{statement.computation})\]"


def _back(numbered: Numbered) -> Iterator[str]:
    words = numbered.words
    if numbered.questions:
        yield from _opening("questions", words)
        yield "\n".join(f"{n}. {escape(question)}" for n, question in enumerate(numbered.questions, 1))
    if numbered.computations:
        yield from _opening("computations", words)
        yield "\n".join(_computation(computation, words) for computation in numbered.computations)
    yield from _opening("sources", words)
    yield "\n".join(_source(source, words) for source in numbered.sources) or f"*{words('document.no-sources')}*"
    if numbered.citations:
        yield from _opening("evidence", words)
        yield "\n".join(_citation(citation, words) for citation in numbered.citations)


def _opening(anchor: str, words: Words) -> Iterator[str]:
    yield _heading(2, anchor, words(f"document.{anchor}"))
    yield words(f"introduction.{anchor}")


def _computation(computation: Computation, words: Words) -> str:
    subject = f"{escape(computation.text)}: " if computation.text else ""
    text = f"{subject}{escape(computation.how)}{_used_in(computation.cited_in, words)}"
    return f'- <a id="{computation.anchor}"></a>\\[{computation.mark}\\] {text}'


def _source(source: RegisteredSource, words: Words) -> str:
    title = f", {escape(source.title)}" if source.title else ""
    remarks = "".join(f" {_bold(remark)}" for remark in source.remarks)
    cited = words.count("document.cited-times", source.cited)
    return f"- {_bold(source.name)}{title} · {escape(source.hash)} · {cited}.{remarks}"


def _citation(citation: Citation, words: Words) -> str:
    place = escape(", ".join(part for part in (citation.source, citation.address) if part))
    quotes = " … ".join(f"“{escape(quote)}”" for quote in citation.quotes)
    text = f"{place}{': ' if quotes else ''}{quotes}{_used_in(citation.cited_in, words)}"
    return f'- <a id="{citation.anchor}"></a>\\[{citation.number}\\] {text}'


def _used_in(sections: tuple[str, ...], words: Words) -> str:
    return f" ({wording.used_in(words, sections)})"
