"""What a blueprint says of its records: which fields they have, and where these stand in the sources."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FieldType: TypeAlias = Literal["text", "number", "date", "choice", "reference"]
Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Label: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Wordings: TypeAlias = Annotated[list[Label], Field(max_length=50)]


class Declared(BaseModel):
    """Unknown keys are errors, ``"3"`` is no number, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FieldSpec(Declared):
    """A field of a record."""

    type: FieldType = "text"
    description: Annotated[str, StringConstraints(max_length=2_000)] = ""
    label: Annotated[str, StringConstraints(max_length=100)] = ""
    """What documents call it; without one, its name spelled out."""
    titles: Annotated[list[Label], Field(max_length=20)] = []
    """Titles of columns, and labels, under which it stands; none: its name spelled out, and its label."""
    take: Literal["value", "heading", "source"] = "value"
    """Whether it is what stands under its title, the heading that it stands under, or the title of its source.

    Of a source: where it has titles of its own, what stands under them goes before.
    """
    unit: Annotated[str, StringConstraints(max_length=40)] = ""
    """Of a number that bears none where it stands."""
    unit_titles: Annotated[list[Label], Field(max_length=20)] = Field(default=[], exclude_if=lambda titles: not titles)
    """Titles of a column that says, row by row, the unit of a number that bears none."""
    choices: Annotated[list[Label] | dict[Label, Wordings], Field(max_length=100)] = []
    """What a choice may be; in a mapping with the words that say so: ``minimum: [at least, not less than]``.

    Of a reference: what it may name that is no record.
    """
    to: Name | None = Field(default=None, exclude_if=lambda to: to is None)
    """Of a reference: the type whose records it names, each by its first key."""
    key: bool = False
    """Records of one type whose keys are the same speak of the same thing; without its key a record is none."""
    critical: bool = False
    """Much hangs on it: where a model reads it, two readings that differ in form must agree."""

    @property
    def wordings(self) -> Mapping[str, Sequence[str]]:
        """Give the words that say each choice; itself is one of them."""
        said = self.choices if isinstance(self.choices, dict) else dict.fromkeys(self.choices, ())
        return {choice: [choice, *words] for choice, words in said.items()}

    def called(self, name: str) -> str:
        """Give what documents call the field."""
        return self.label or _spelled_out(name)

    def stands_under(self, name: str) -> list[str]:
        """Give the titles and labels under which it is looked for."""
        return self.titles or list(dict.fromkeys([_spelled_out(name), *([self.label] if self.label else [])]))


class RecordType(Declared):
    """A kind of record."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    description: Annotated[str, StringConstraints(max_length=2_000)] = ""
    sources: Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=255)]], Field(max_length=50)] = []
    """Globs over the names of the sources that hold them; none: all."""
    one_per: Literal["row", "heading", "source", "mention"] = "row"
    """What makes one record: a row of a table, all that stands under one heading, a whole source, or a mention.

    Mentions stand in prose: a model finds them, or a file of records names them.
    """
    prose: bool = False
    """A model reads it in the sources in which code finds none, or, of one a source, not every field of it.

    Of mentions it always does.
    """
    fields: Annotated[dict[Name, FieldSpec], Field(min_length=1, max_length=60)]

    @property
    def needed(self) -> list[str]:
        """Names of the keys without which it is no record: of a mention the first, which others only tell apart."""
        return self.keys[:1] if self.one_per == "mention" else self.keys

    @property
    def reads_prose(self) -> bool:
        """Whether a model is asked for it."""
        return self.prose or self.one_per == "mention"

    @property
    def critical(self) -> list[str]:
        """Names of the fields that two readings must agree on."""
        return [name for name, field in self.fields.items() if field.critical]

    def is_in(self, source: str) -> bool:
        """Whether a source, by its name, may hold some."""
        return not self.sources or any(fnmatch(source, glob) for glob in self.sources)

    @property
    def keys(self) -> list[str]:
        """Names of the fields that say which thing a record speaks of."""
        return [name for name, field in self.fields.items() if field.key]


def _spelled_out(name: str) -> str:
    return name.replace("_", " ").capitalize()
