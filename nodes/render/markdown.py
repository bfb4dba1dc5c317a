"""The document as GitHub-flavoured Markdown, in which no text of a source or model can become markup."""

import re
from collections.abc import Iterator

from quire.nodes.evidence.content import Column
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
from quire.nodes.render.text import counted

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
        *(block for chapter in numbered.chapters for block in _chapter(chapter)),
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
        lines = [f"> **{wording.BEFORE_RELYING}**", ">", *(f"> - {escape(caution)}" for caution in numbered.cautions)]
        yield "\n".join(lines)
    yield f"## {wording.CONTENTS}"
    entries = (("  " * (e.depth - 1), f"{e.number} {escape(e.title)}".strip(), e.anchor) for e in numbered.contents)
    yield "\n".join(f"{indent}- [{title}](#{anchor})" for indent, title, anchor in entries)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield _heading(2, chapter.anchor, f"{chapter.number} {escape(chapter.title)}")
    if chapter.notice:
        yield _notice(chapter.notice)
    for before, part in zip((None, *chapter.parts), chapter.parts, strict=False):
        if before and {before.kind, part.kind} <= {"list", "facts"}:
            yield "<!-- -->"  # else Markdown takes two lists for one
        yield from _part(part)


def _heading(level: int, anchor: str, title: str) -> str:
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {title}'


def _notice(notice: Notice) -> str:
    reason = f" {escape(notice.reason)}" if notice.reason else ""
    return f"> **{notice.heading}.**{reason}"


def _part(part: Part) -> Iterator[str]:
    if part.kind == "heading":
        yield _heading(part.depth, part.anchor, f"{part.number} {escape(part.text)}")
    elif part.kind == "table":
        yield from _table(part)
    elif part.kind == "facts":
        yield "\n".join(_fact(row) for row in part.rows)
    elif part.kind == "list":
        starts = (f"{n}." if part.ordered else "-" for n in range(1, len(part.statements) + 1))
        yield "\n".join(f"{start} {_inline(s)}" for start, s in zip(starts, part.statements, strict=True))
    else:
        yield _prose(part)


def _prose(part: Part) -> str:
    text = " ".join(_inline(statement) for statement in part.statements)
    if part.kind == "quote":
        source = f"\n>\n> — {escape(part.attribution)}" if part.attribution else ""
        return f"> {text}{source}"
    if part.kind == "note":
        return f"> **{'Warning' if part.warning else 'Note'}:** {text}"
    return text


def _fact(row: tuple[Statement, ...]) -> str:
    label, *values = row
    return f"- {_bold(label.text)}: {' '.join(_inline(value) for value in values)}"


def _table(part: Part) -> Iterator[str]:
    caption = f" {escape(part.text)}" if part.text else ""
    yield f'<a id="{part.anchor}"></a>\n\n**Table {part.number}.**{caption}'
    if not part.rows:
        yield f"*{wording.NO_ROWS}*"
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
    flag = f"**\\[{wording.UNSUPPORTED}\\]**" if statement.basis == "unsupported" else ""
    status = _bold(statement.status)
    return " ".join(part for part in (text, flag, status, *_marks(statement)) if part)


def _marks(statement: Statement) -> Iterator[str]:
    if statement.citations:
        yield rf"{statement.arrow}\[{', '.join(f'[{n}](#evidence-{n})' for n in statement.citations)}\]"
    if statement.computation:
        yield rf"\[[{statement.computation}](#computation-{statement.computation})\]"


def _back(numbered: Numbered) -> Iterator[str]:
    if numbered.questions:
        yield from _opening(wording.QUESTIONS, "questions")
        yield "\n".join(f"{n}. {escape(question)}" for n, question in enumerate(numbered.questions, 1))
    if numbered.computations:
        yield from _opening(wording.COMPUTATIONS, "computations")
        yield "\n".join(_computation(computation) for computation in numbered.computations)
    yield from _opening(wording.SOURCES, "sources")
    yield "\n".join(_source(source) for source in numbered.sources) or f"*{wording.NO_SOURCES}*"
    if numbered.citations:
        yield from _opening(wording.EVIDENCE, "evidence")
        yield "\n".join(_citation(citation) for citation in numbered.citations)


def _opening(title: str, anchor: str) -> Iterator[str]:
    yield _heading(2, anchor, title)
    yield wording.INTRODUCTIONS[title]


def _computation(computation: Computation) -> str:
    subject = f"{escape(computation.text)}: " if computation.text else ""
    text = f"{subject}{escape(computation.how)}{_used_in(computation.cited_in)}"
    return f'- <a id="{computation.anchor}"></a>\\[{computation.mark}\\] {text}'


def _source(source: RegisteredSource) -> str:
    title = f", {escape(source.title)}" if source.title else ""
    remarks = "".join(f" {_bold(remark)}" for remark in source.remarks)
    return f"- {_bold(source.name)}{title} · {escape(source.hash)} · cited {counted(source.cited, 'time')}.{remarks}"


def _citation(citation: Citation) -> str:
    place = escape(", ".join(part for part in (citation.source, citation.address) if part))
    quotes = " … ".join(f"“{escape(quote)}”" for quote in citation.quotes)
    text = f"{place}{': ' if quotes else ''}{quotes}{_used_in(citation.cited_in)}"
    return f'- <a id="{citation.anchor}"></a>\\[{citation.number}\\] {text}'


def _used_in(sections: tuple[str, ...]) -> str:
    return f" ({wording.used_in(sections)})"
