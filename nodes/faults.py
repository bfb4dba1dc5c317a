"""Everything that can go wrong outside our own code, by name.

::

    Fault
    ├── BadInput            the user's brief, blueprint, source or event cannot be used; says where and what to do;
    │   │                   a ``ValueError`` too
    │   ├── BadInputs       several of them, found in one reading
    │   ├── AlreadyAnswered a question that somebody else has answered otherwise
    │   └── EditedMeanwhile a claim says something else than the person saw who would edit it
    ├── SourceFault         a source cannot be read (after the brief was accepted)
    ├── ModelFault          a model call ended without a usable reply; ``kind`` says how
    ├── EndpointOut         the model endpoint is out of order for long; the run is put aside and goes on later
    ├── BudgetSpent         the next call would exceed what the run or tenant may spend
    ├── DeadlinePassed      an agent took longer than it may
    ├── NobodyThere         an agent called in, or handed over to, one that cannot hear it
    ├── TurnsSpent          an agent asked or handed over again and again
    └── RecordFault         the record refuses a write or does not hold what it must
        ├── RunTaken        another process has taken the run; whoever sees this stops working on it
        ├── RecordedOtherwise  an event's id is there with other content
        ├── ChangedMeanwhile  a run was to end, and something had come from outside that nobody had taken up
        ├── RunOver         an event from outside came after the run's end
        └── RecordUnreachable   its database was away for too long

A ``Fault`` inside an agent becomes an ``AgentFailed`` event and stays inside its section. A ``RecordFault`` stops
the work, since nothing can be relied on any more, and leaves the run open: it goes on once the record can be used
again. ``EndpointOut`` stops it too, where somebody is there who carries the run on later. Any other exception is a bug
and ends the run.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

Made = TypeVar("Made")


class Fault(Exception):
    """A classified fault. ``code`` is stable and safe to show; the message never holds source text or keys."""

    code: ClassVar[str] = "fault"


class BadInput(Fault, ValueError):
    """Input that cannot be used.

    It is a ``ValueError`` as well: hosts such as LangGraph's server show the words of Python's own errors to whoever
    sent the input, and hide those of types that they do not know.

    Args:
        problem: what is wrong, in one sentence, with what was seen.
        file: the file's name as the user gave it, or empty.
        line: line in that file, from 1, or 0 if unknown.
        field: path of the field (``sections[3].after``), or empty.
        hint: what to do about it.

    """

    code = "bad-input"

    def __init__(self, problem: str, *, file: str = "", line: int = 0, field: str = "", hint: str = "") -> None:
        self.problem, self.file, self.line, self.field, self.hint = problem, file, line, field, hint
        where = ":".join(part for part in (file, str(line) if line else "") if part)
        place = ", ".join(part for part in (where, field) if part)
        super().__init__(": ".join(part for part in (place, problem) if part) + (f" ({hint})" if hint else ""))

    @property
    def problems(self) -> tuple["BadInput", ...]:
        """Every refusal, one by one."""
        return (self,)


class BadInputs(BadInput):
    """Several refusals, found in one reading; one a line. File, line, field and hint are the first one's."""

    def __init__(self, problems: Sequence[BadInput]) -> None:
        first = problems[0]
        super().__init__(first.problem, file=first.file, line=first.line, field=first.field, hint=first.hint)
        self._problems = tuple(each for problem in problems for each in problem.problems)
        self.args = ("\n".join(map(str, self._problems)),)

    @property
    def problems(self) -> tuple[BadInput, ...]:
        """Every refusal, in the order of the file."""
        return self._problems


def refusal(problems: Sequence[BadInput]) -> BadInput:
    """Make one fault of one or more."""
    return problems[0] if len(problems) == 1 else BadInputs(problems)


def attempt(problems: list[BadInput], make: Callable[[], Made]) -> Made | None:
    """Make something, or add to the problems why it cannot be made, so that others are found as well."""
    try:
        return make()
    except BadInput as problem:
        problems.append(problem)
        return None


def in_order(problems: Sequence[BadInput]) -> list[BadInput]:
    """Sort problems by line, file by file; what has no line comes first."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    return sorted(problems, key=lambda problem: (files.index(problem.file), problem.line))


def refuse(problems: Sequence[BadInput]) -> None:
    """Raise what was found, as one fault; nothing if nothing was."""
    if problems:
        raise refusal(problems)


class AlreadyAnswered(BadInput):
    """A question that somebody else has answered otherwise.

    Args:
        question: which.
        decision: what was decided.
        note: what was said with it.

    """

    def __init__(self, question: str, decision: str, note: str) -> None:
        self.answer = {"question": question, "decision": decision, "note": note}
        said = f"{decision}: {note}" if note else decision
        super().__init__(f"question {question!r} is answered already: {said}", field="question")


class EditedMeanwhile(BadInput):
    """A claim that a person would edit says something else than the person saw.

    Args:
        section: where it is.
        claim: its name.
        text: what it says.

    """

    def __init__(self, section: str, claim: str, text: str) -> None:
        self.claim = {"section": section, "claim": claim, "text": text}
        super().__init__(f"{claim} of {section!r} says by now: {text}", field="based_on", hint="look at it again")


class SourceFault(Fault):
    """A source cannot be read."""

    code = "source"


class ModelFault(Fault):
    """A model call ended without a usable reply. ``kind`` names how (``refused``, ``truncated``, ``quota`` …)."""

    code = "model"

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


class EndpointOut(Fault):
    """The model endpoint has been out of order for longer than calls wait. Nothing is lost: the run goes on later.

    Args:
        seconds: for how long.

    """

    code = "endpoint-out"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the model endpoint has been out of order for {_lasting(seconds)}")


class BudgetSpent(Fault):
    """The next call would exceed a budget."""

    code = "budget"


class DeadlinePassed(Fault):
    """An agent took longer than its deadline."""

    code = "deadline"


class NobodyThere(Fault):
    """An agent called in, or handed over to, one that nobody declares, takes no part, or does not handle that."""

    code = "nobody-there"


class TurnsSpent(Fault):
    """An agent asked or handed over more often, in one chain of causes, than can lead anywhere."""

    code = "turns"


class RecordFault(Fault):
    """The record refuses a write or does not hold what it must."""

    code = "record"


class RunTaken(RecordFault):
    """Another process has taken the run: nothing more of it can be written here."""

    code = "run-taken"


class RecordedOtherwise(RecordFault):
    """An event's id is there with other content."""

    code = "recorded-otherwise"


class ChangedMeanwhile(RecordFault):
    """A run was to end, and something had come from outside of which whoever ends it has not heard."""

    code = "changed-meanwhile"


class RunOver(RecordFault):
    """An event from outside came after the run's end."""

    code = "run-over"


class RecordUnreachable(RecordFault):
    """The record's database was away for too long. The run goes on once it is back."""

    code = "record-unreachable"


def _lasting(seconds: float) -> str:
    """Put a span into words: ``40 seconds``, ``15 minutes``, ``6.5 hours``."""
    if seconds < 2 * 60:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 2 * 3600 else f"{seconds / 3600:.1f} hours"
