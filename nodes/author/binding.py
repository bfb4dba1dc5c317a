"""What is made of a writer's reply: blocks of claims, each bound to what it names. Pure.

The model words; it never cites by itself. It names by number what a statement stands on; what cannot be bound is
reported with its line, all of it at once, so that one message can send it back, and is unsupported after that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from quire.nodes.author.arithmetic import NotWorkedOut, worked_out_of
from quire.nodes.author.envelope import is_json, parted
from quire.nodes.author.grounds import Ground
from quire.nodes.author.marked import basis_of, kind_of_marks, names_in, retold
from quire.nodes.author.placing import Placeable
from quire.nodes.author.proposing import Proposed, read_proposals
from quire.nodes.author.reply import Problem, ReplyBlock, Statement, read_reply
from quire.nodes.author.revising import the_same, unchanged
from quire.nodes.author.titles import Titles
from quire.nodes.evidence.claims import INFERENCES
from quire.nodes.evidence.content import Block, Claim, Column, Evidence, Kind, claim, claims_of
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.marks import MOST_NAMED, Mark
from quire.nodes.support.carried import invents_figures, without_counts
from quire.nodes.support.grounding import Given
from quire.nodes.support.numbers import counts_of

_EMPTY = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "n/a"})
_SHOWN = 80
_LONGEST_NAME = 8
"""Words of a cell that names its row."""


class Desk(NamedTuple):
    """What a writer was given to write from."""

    grounds: Mapping[str, Ground]
    title: str
    asked: str = ""
    """What the section must do."""
    tables: Mapping[str, Placeable] = {}
    last: Mapping[str, Claim] = {}
    """The claims of the last draft, by name."""
    accepted: Mapping[str, Claim] = {}
    """Those that stand, word for word."""
    convention: Convention = ENGLISH
    inferences: float = INFERENCES
    """Share of the claims that may be conclusions; those beyond it are judged as facts."""


class Bound(NamedTuple):
    """What became of a reply."""

    blocks: list[Block | str]
    """A text is the number of a computed piece that is placed there."""
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]
    """What the writer asks for."""
    proposed: tuple[Proposed, ...] = ()
    """Sections that it proposes."""


Check = Callable[[Claim, Sequence[Given]], Claim]
"""Holds a claim against the words of what it names."""


def bind(text: str, desk: Desk, check: Check = lambda made, _words: made) -> Bound:
    """Bind a reply to what its statements name."""
    asked, missing = parted(text)
    plain, proposed, unreadable = read_proposals(asked, desk.grounds)
    if is_json(plain):
        return Bound([], (Problem(1, "it is JSON: write the section itself, in Markdown"),), missing)
    read = read_reply(plain)
    binder = _Binder(desk, check)
    blocks = list(binder.blocks(read.blocks))
    said = model_claims(blocks)
    stated = len(said) + sum(_stated_by(desk.tables[name]) for name in blocks if isinstance(name, str))
    most = max(1, int(desk.inferences * stated))
    if (concluded := sum(c.get("kind") == "inference" and "looked" not in c for c in said)) > most:
        binder = _Binder(desk, check, most)
        blocks = list(binder.blocks(read.blocks))
        told = f"{concluded} of {stated} statements are conclusions; at most {most} may be"
        binder.problems.append(Problem(1, told))
    problems = {*read.problems, *binder.problems, *unreadable}
    return Bound(blocks, tuple(sorted(problems)), missing, proposed)


def _stated_by(piece: Placeable) -> int:
    """Count what a piece that is placed states: its rows, or its claims."""
    return sum(len(block.get("rows") or list(claims_of(block))) for block in piece.blocks)


def model_claims(blocks: Iterable[Block | str]) -> list[Claim]:
    """Give the claims of blocks that a writer wrote, in reading order."""
    return [c for block in blocks if not isinstance(block, str) for c in claims_of(block) if c["basis"] != "fixed"]


class _Binder:
    """Binds one reply and keeps the problems it meets."""

    def __init__(self, desk: Desk, check: Check, conclusions: int | None = None) -> None:
        self._conclusions = conclusions
        self.problems: list[Problem] = []
        self._desk = desk
        self._check = check
        self._accepted = dict(desk.accepted)
        asked = Given(f"{desk.title}\n{desk.asked}", desk.convention)
        self._titles = Titles([asked, *(g.given for g in desk.grounds.values())], desk.convention)

    def blocks(self, read: Sequence[ReplyBlock]) -> Iterator[Block | str]:
        for block, following in zip(read, [*read[1:], None], strict=True):
            if block.kind == "heading":
                if block.text.casefold() != self._desk.title.casefold() and self._title(block.text):
                    yield Block(kind="heading", text=block.text, depth=block.depth)
            elif block.kind == "placed":
                yield from self._placed(block.name)
            elif block.kind == "table":
                yield self._table(block)
            else:
                yield self._said(block, following)

    def _placed(self, name: str) -> Iterator[str]:
        if name in self._desk.tables:
            yield name
        else:
            self.problems.append(Problem(1, f"[[{name}]]: there is no computed table of that number"))

    def _said(self, block: ReplyBlock, following: ReplyBlock | None) -> Block:
        claims = [self._in_its_item(s, block, following) for s in block.statements]
        match block.kind:
            case "list":
                return Block(kind="list", claims=claims, ordered=block.ordered)
            case "note":
                return Block(kind="note", claims=claims, level="warning" if block.warning else "info")
            case "quote":
                return Block(kind="quote", claims=claims)
        return Block(kind="paragraph", claims=claims)

    def _in_its_item(self, statement: Statement, block: ReplyBlock, following: ReplyBlock | None) -> Claim:
        """Bind a sentence; in a list it stands on what its item names, where it names nothing of its own."""
        item = [s for s in block.statements if statement.item and s.item == statement.item]
        lent = tuple(mark for s in item for mark in s.marks if mark.kind == "evidence")
        made = self._claim(
            statement, self._lent(statement, following) or lent or self._around(statement, block, following)
        )
        placed = {key: value for key, value in made.items() if key not in ("item", "lead")}
        if len(item) > 1:
            placed["item"] = statement.item
        if statement.lead and self._titles.brings_no_figure(statement.lead):
            placed["lead"] = statement.lead
        return cast("Claim", placed)

    def _lent(self, statement: Statement, following: ReplyBlock | None) -> tuple[Mark, ...]:
        """Give what a lead-in stands on: what it leads to."""
        if following is None or statement.marks or not statement.text.endswith(":"):
            return ()
        names = names_in(following)[:MOST_NAMED]
        return (Mark("evidence", names),) if names else ()

    def _around(self, statement: Statement, block: ReplyBlock, following: ReplyBlock | None) -> tuple[Mark, ...]:
        """Give what a sentence without marks sums up: what its block names, or the list or table behind it."""
        if statement.marks or block.kind not in ("paragraph", "note", "list"):
            return ()
        tabled = following if following is not None and following.kind in ("list", "table") else None
        names = names_in(block) or (names_in(tabled) if tabled else ())
        words = self._words(names)
        most = max((len(names), *counts_of(statement.text, ())))  # "four risks: …" counts what it lists itself
        if not names or invents_figures(without_counts(statement.text, most), words, self._desk.convention):
            return ()
        return (Mark("inference", names[:MOST_NAMED]),)

    def _table(self, block: ReplyBlock) -> Block:
        rows = [self._row(row, [c.title for c in block.columns]) for row in block.rows]
        columns = [Column(title=c.title if self._title(c.title) else "", align=c.align) for c in block.columns]
        return Block(kind="table", columns=columns, rows=rows)

    def _title(self, title: str) -> bool:
        """Whether a title may stand; one that says something new does not, for nothing carries it."""
        if self._titles.may_stand(title):
            return True
        self.problems.append(Problem(1, f"“{title[:_SHOWN]}”: a title brings in no figure and no new matter"))
        return False

    def _row(self, row: Sequence[Statement], titles: Sequence[str]) -> list[Claim]:
        """Bind the cells of a row; one without marks of its own stands on what its row names.

        What names the row is no statement, and is not judged: the other cells are, as those of that row.
        """
        lent = tuple(mark for cell in row for mark in cell.marks if mark.kind == "evidence")
        blank = [cell.text in _EMPTY for cell in row]
        named = len(row) > 1 and not all(blank[1:]) and self._names_row(row[0])
        return [
            claim(cell.text, "fixed")
            if empty or (n == 0 and named)
            else self._claim(cell, () if cell.marks else lent, f"{row[0].text} {title}")
            for n, (cell, empty, title) in enumerate(zip(row, blank, titles, strict=True))
        ]

    def _names_row(self, cell: Statement) -> bool:
        """Whether a first cell only names its row: few words, no sentence, and nothing that was not given."""
        short = len(cell.text.split()) <= _LONGEST_NAME and not cell.text.endswith((".", "!", "?"))
        plain = all(mark.kind == "evidence" for mark in cell.marks)
        return short and plain and self._titles.may_stand(cell.text)

    def _claim(self, statement: Statement, lent: tuple[Mark, ...] = (), of: str = "") -> Claim:
        marks = statement.marks or lent
        if not marks:
            return self._refused(statement, "it names nothing that it stands on")
        names = list(dict.fromkeys(name for mark in marks for name in mark.names))
        if unknown := [name for name in names if name not in self._desk.grounds and name not in self._desk.last]:
            self._problem(statement, f"{', '.join(unknown)} was not given")
        made = self._made(statement, marks, names, of)
        if stands := the_same(made, self._accepted):
            return self._accepted.pop(stands)
        if name := unchanged(made, self._desk.last):
            made["id"] = name
        return self._check(made, [*self._words(names), *([Given(made["how"])] if "how" in made else [])])

    def _made(self, statement: Statement, marks: Sequence[Mark], names: Sequence[str], of: str) -> Claim:
        grounds = [self._desk.grounds[name] for name in names if name in self._desk.grounds]
        made = claim(statement.text, basis_of(grounds), *self._evidence(names))
        marks = retold(marks, grounds)
        made["kind"] = self._kind_of(marks)
        hows = [g.how for g in grounds if g.how]
        looked = "; ".join(dict.fromkeys(mark.looked for mark in marks if mark.looked))
        if made["kind"] == "gap":
            made["basis"], made["looked"] = "open", looked
            return made
        plain = all(g.beside for g in grounds if g.how)
        hows += (own := list(self._worked_out(statement, marks, of)))
        if made["kind"] == "inference":
            made["basis"], made["premises"] = "inference", list(names)
            if silent := [g.words for g in grounds if g.basis == "open"]:
                made["silent"] = silent
        elif made["kind"] == "computed":
            made["basis"] = "computed"
        if looked:
            made["looked"] = looked
        if hows:
            made["how"] = "; ".join(dict.fromkeys(hows))
            if plain and not own and made["evidence"]:
                made["beside"] = True
            elif not own and made["evidence"] and all(g.under for g in grounds if g.how):
                made["retells"] = True
        return made

    def _kind_of(self, marks: Sequence[Mark]) -> Kind:
        """Give the kind that the marks propose; of conclusions only so many, but for what is silent in part."""
        kind = kind_of_marks(marks)
        if kind != "inference" or self._conclusions is None or any(mark.kind == "gap" for mark in marks):
            return kind
        self._conclusions -= 1
        return kind if self._conclusions >= 0 else "fact"

    def _worked_out(self, statement: Statement, marks: Sequence[Mark], of: str) -> Iterator[str]:
        told = self._words(name for mark in marks for name in mark.names)
        hows: list[str] = []
        for mark in marks:
            if mark.kind != "computed":
                continue
            named = {name: self._words([name]) for name in mark.names}
            own = {name: self._own_words(name) or words for name, words in named.items()}
            try:
                ways = (own, named)
                hows.append(worked_out_of(mark.expression, statement.text, ways, self._desk.convention, told, hows, of))
                yield hows[-1]
            except NotWorkedOut as problem:
                self._problem(statement, str(problem))

    def _evidence(self, names: Iterable[str]) -> list[Evidence]:
        found: dict[tuple[str, str, str], Evidence] = {}
        for name in names:
            ground, before = self._desk.grounds.get(name), self._desk.last.get(name)
            for e in ground.evidence if ground else before["evidence"] if before else ():
                found.setdefault((e["source"], e["address"], e["quote"]), e)
        return list(found.values())

    def _own_words(self, name: str) -> list[Given]:
        """Give what something given says itself, without its source, headings and label."""
        ground = self._desk.grounds.get(name)
        return [Given(ground.words, ground.convention)] if ground else []

    def _words(self, names: Iterable[str]) -> list[Given]:
        words = []
        for name in names:
            if name in self._desk.grounds:
                words.append(self._desk.grounds[name].given)
            elif name in self._desk.last:
                words.append(Given(self._desk.last[name]["text"], self._desk.convention))
        return words

    def _refused(self, statement: Statement, problem: str) -> Claim:
        self._problem(statement, problem)
        made = claim(statement.text, "unsupported")
        made["kind"] = "fact"
        return self._check(made, ())

    def _problem(self, statement: Statement, problem: str) -> None:
        text = statement.text if len(statement.text) <= _SHOWN else f"{statement.text[:_SHOWN]}…"
        self.problems.append(Problem(statement.line, f"“{text}”: {problem}"))
