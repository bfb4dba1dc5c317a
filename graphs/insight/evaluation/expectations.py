"""Evaluation files: the facts a document should state, the traps it should keep out of, the conflicts it should name.

::

    brief: brief.yaml
    facts:
      - {id: recovery, says: 'time to recovery.*75 minutes', section: figures}
      - {id: login, record: {Incident: Nobody could log in, Severity: SEV1}}
    traps:
      - {id: old-price, says: '40[.,]000', unless: ['2024', superseded]}
    conflicts:
      - {id: staff, says: ['212', '198']}
    at_least: 1
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from quire.graphs.intake.brief_files import document_at
from quire.nodes.decode.patterns import problem_of_pattern
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput

SUFFIX = "evaluation.yaml"
"""How the name of an evaluation file ends."""
_MAX_FILE = 1_000_000


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _sound(patterns: list[str]) -> list[str]:
    for pattern in patterns:
        if problem := problem_of_pattern(pattern):
            raise ValueError(f"{pattern!r} {problem}")
    return patterns


Pattern: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Patterns: TypeAlias = Annotated[list[Pattern], BeforeValidator(_as_list), Field(max_length=20)]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class _Part(BaseModel):
    """Unknown keys are errors, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Expected(_Part):
    """A statement that is looked for: a sentence, an item of a list, or a row of a table."""

    id: Id
    says: Patterns = []
    """Regular expressions that one statement must match, all of them; capitals make no difference."""
    record: dict[str, str] = {}
    """Cells of one row by the titles of their columns, or by the label beside them."""
    section: str = ""
    """The only section that it counts in; without it, all."""

    @model_validator(mode="after")
    def _has_one(self) -> "Expected":
        if bool(self.says) == bool(self.record):
            raise ValueError("must have exactly one of `says` and `record`")
        _sound(self.says)
        return self


class Trap(Expected):
    """A statement that must not be made."""

    unless: Patterns = []
    """Regular expressions that make it right: the date beside an old value. One of them is enough."""

    @model_validator(mode="after")
    def _is_sound(self) -> "Trap":
        _sound(self.unless)
        return self


class Expectations(_Part):
    """What is expected of one brief's document."""

    brief: Annotated[str, StringConstraints(min_length=1)] = "brief.yaml"
    """Its file, from where the evaluation file stands."""
    facts: list[Expected] = []
    traps: list[Trap] = []
    conflicts: list[Expected] = []
    """Statements that name the values between which nothing decides."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """Facts that are enough; without it, all."""

    @model_validator(mode="after")
    def _told_apart(self) -> "Expectations":
        ids = [each.id for each in (*self.facts, *self.traps, *self.conflicts)]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"uses an id twice: {', '.join(twice)}")
        if self.at_least is not None and self.at_least > len(self.facts):
            raise ValueError(f"`at_least` is {self.at_least}, and there are {len(self.facts)} facts")
        return self


class Case(NamedTuple):
    """One brief that is evaluated."""

    name: str
    """Path of its evaluation file within the folder."""
    brief: Path
    expectations: Expectations


def cases_in(folder: Path) -> list[Case]:
    """Read the evaluation files of a folder and of those within it, in the order of their names.

    Raises:
        BadInput: there is none, or one is none; with file, line and field.

    """
    if not folder.is_dir():
        raise BadInput(f"there is no folder {folder}", hint="name the folder that holds the evaluation files")
    cases = list(_cases(folder))
    if not cases:
        raise BadInput(
            f"no file in {folder} is named *{SUFFIX}",
            hint="write one beside a brief: facts, traps and conflicts that its document is held against",
        )
    return cases


def _cases(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        name = str(file.relative_to(folder))
        located = document_at(file, _MAX_FILE, partial(_unreadable, file))
        expectations = shaped(Expectations, located)
        yield Case(name, file.parent / expectations.brief, expectations)


def _unreadable(file: Path, problem: str, hint: str) -> BadInput:
    return BadInput(problem, file=str(file), hint=hint)
