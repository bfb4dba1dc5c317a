"""What stands inside a paragraph of Markdown: words without markup, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quire.nodes.sources.folding import fold, lowered, raised
from quire.nodes.sources.inline_math import take_math
from quire.nodes.sources.outline import split_mark
from quire.nodes.sources.sentences import sentences

_INLINE = MarkdownIt("commonmark").enable("strikethrough")
_INLINE.inline.ruler.before("escape", "math", take_math)
_MAX_CHARACTERS = 50_000
_MAX_MARKS = 2_000
"""Above either, a paragraph is taken as it stands: the inline parser's time grows with their square."""

_MARKUP = re.compile(r"[\[\]*_`<!~]")
_SPECIAL = re.compile(r"[\[\]*_`<!\\&~]| \n")
_HARD_BREAK = re.compile(r"(?:\\| {2,})\n")
_TAG = re.compile(r"<\s*(?P<close>/?)\s*(?P<name>[A-Za-z][\w-]*)(?P<rest>[^>]*)>")
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:[\s=/]|$)|display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?= )")
_NOT_WORDS = frozenset({"script", "style", "template", "noscript"})
_STRUCK = frozenset({"del", "s", "strike"})
_EMPTY = frozenset({"br", "img", "hr", "input", "wbr", "meta", "link"})
_BREAKING = frozenset({"br", "tr", "li", "p", "div", "dt", "dd", "table", "ul", "ol", "summary"})
_CELLS = frozenset({"td", "th"})
"""Tags of blocks that stand in a line: what they part is never one word."""


@dataclass(frozen=True)
class Line:
    """A paragraph's words up to a hard line break."""

    text: str
    offset: int
    """Lines of the file between the paragraph's start and this line's."""
    strong: bool
    """All of it is in bold type."""
    lead: str
    """The bold words it begins with after its mark, without closing punctuation: ``Main buildings``."""
    label: str
    """The words it begins with, if markup alone parts them from the rest: ``Applicant:``, or a raised note mark."""
    jump: bool
    """All of it is a link into the same document, as in a table of contents."""
    further: tuple[tuple[int, str], ...] = ()
    """Of words on several lines of the file: those of each but the first, with its distance from that."""


@dataclass
class _Draft:
    offset: int
    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Words, whether bold, whether inside a link to the same document."""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Where another line of the file begins: pieces before it, and lines since the draft's first one."""
    begun: int = 0
    """Lines counted when it began."""


def lines_of(content: str, references: dict[str, Any], struck: list[str]) -> list[Line]:
    """Parse a paragraph's content into lines without markup. Hidden and scripted HTML is left out.

    Args:
        content: the paragraph as its block holds it.
        references: the document's link definitions, as the block parser left them.
        struck: takes up the words that are struck through, which are in no line.

    """
    if not _SPECIAL.search(content):
        further = tuple(enumerate(map(fold, content.split("\n")[1:]), 1))
        plain = Line(fold(content), 0, strong=False, lead="", label="", jump=False, further=further)
        return [plain] if content.strip() else []
    if len(content) > _MAX_CHARACTERS or len(_MARKUP.findall(content)) > _MAX_MARKS:
        return [Line(fold(content), 0, strong=False, lead="", label="", jump=False)]
    tokens: list[Token] = []
    _INLINE.inline.parse(content, _INLINE, references, tokens)
    flow = _Flow()
    for token in tokens:
        flow.take(token)
    struck += filter(str.strip, flow.struck)
    offsets = [0, *(content.count("\n", 0, end.end()) for end in _HARD_BREAK.finditer(content))]
    if len(offsets) == len(flow.drafts):  # a link's label may hide a line end from the tokens
        for draft, offset in zip(flow.drafts, offsets, strict=True):
            draft.offset = offset
    return [line for draft in flow.drafts if (line := _finished(draft)).text]


class _Flow:
    """Goes through inline tokens and keeps track of what is bold, linked, raised and hidden."""

    def __init__(self) -> None:
        self.drafts = [_Draft(0)]
        self.offset = 0
        self.bold = 0
        self.jump = False
        self.raised = self.lowered = False
        self.hidden: list[str] = []
        self.struck: list[str] = []
        self.striking = 0

    def take(self, token: Token) -> None:
        match token.type:
            case "strong_open" | "strong_close":
                self.bold += token.nesting
            case "s_open" | "s_close":
                self._strike(token.nesting)
            case "link_open":
                self.jump = str(token.attrGet("href") or "").startswith("#")
            case "link_close":
                self.jump = False
            case "softbreak" | "hardbreak":
                self.offset += 1
                if token.type == "hardbreak":
                    self.drafts.append(_Draft(self.offset, begun=self.offset))
                self._say(" ")
                if token.type == "softbreak":
                    draft = self.drafts[-1]
                    draft.breaks.append((len(draft.pieces), self.offset - draft.begun))
            case "html_inline":
                self._tag(token.content)
            case _:
                self._say(token.content)
        self.offset += token.content.count("\n")

    def _say(self, words: str) -> None:
        if self.striking and not self.hidden:
            self.struck[-1] += words
        elif not self.hidden:
            pieces = self.drafts[-1].pieces
            before = pieces[-1][0] if pieces and self.lowered else ""
            pieces.append((raised(words) if self.raised else lowered(words, before), self.bold > 0, self.jump))

    def _strike(self, nesting: int) -> None:
        self.striking = max(0, self.striking + nesting)
        if nesting > 0:
            self.struck.append("")

    def _tag(self, tag: str) -> None:
        found = _TAG.match(tag)
        if not found or (name := found["name"].lower()) in _EMPTY - {"br"}:
            return
        if name in _CELLS:
            self._say(" ")
        if name in _BREAKING:
            self.drafts.append(_Draft(self.offset, begun=self.offset))
        elif name in _STRUCK:
            self._strike(-1 if found["close"] else 1)
        elif found["close"]:
            if self.hidden and self.hidden[-1] == name:
                self.hidden.pop()
            self.raised, self.lowered = self.raised and name != "sup", self.lowered and name != "sub"
        elif self.hidden or name in _NOT_WORDS or _HIDDEN.search(found["rest"]):
            self.hidden.append(name)
        else:
            self.raised, self.lowered = self.raised or name == "sup", self.lowered or name == "sub"


def _finished(draft: _Draft) -> Line:
    text = fold("".join(words for words, _, _ in draft.pieces))
    bold = _leading_bold(draft)
    lead = bold if bold and len(bold) < len(text) else ""
    worded = [(is_bold, is_jump) for words, is_bold, is_jump in draft.pieces if words.strip()]
    return Line(
        text=text,
        offset=draft.offset,
        strong=bool(worded) and all(is_bold for is_bold, _ in worded),
        lead=bold.rstrip(" .:"),
        label=_label_of(text, lead),
        jump=bool(worded) and all(is_jump for _, is_jump in worded),
        further=tuple(_further(draft)),
    )


def _further(draft: _Draft) -> Iterator[tuple[int, str]]:
    """Give the words of each line behind the first."""
    ends = [*(pieces for pieces, _ in draft.breaks[1:]), len(draft.pieces)]
    for (begins, lines), end in zip(draft.breaks, ends, strict=False):
        yield lines, fold("".join(words for words, _, _ in draft.pieces[begins:end]))


def _label_of(text: str, lead: str) -> str:
    """Give a beginning that no full stop parts from the rest, so that quoting across it would quote no one's words."""
    if note := _NOTE_MARK.match(text):
        return note[0]
    after_mark = split_mark(text)[1]
    if not (lead.endswith((".", ":")) and after_mark.startswith(lead)):
        return ""
    parts_itself = lead in accumulate(sentences(after_mark), "{} {}".format)
    return "" if parts_itself else lead


def _leading_bold(draft: _Draft) -> str:
    """Collect the bold words at the start, a mark before them not counted."""
    plain, bold = "", ""
    for words, is_bold, _ in draft.pieces:
        if is_bold:
            bold += words
        elif bold and words.strip():
            break
        elif bold:
            bold += words
        else:
            plain += words
            if split_mark(f"{fold(plain)} words".lstrip())[1] != "words":
                return ""
    return fold(bold)
