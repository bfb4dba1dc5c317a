"""Records as somebody says they stand in the sources, before code has looked: a person's file, or a model's reply.

In YAML, by type::

    standard:
      - source: ordinance/1137.md
        address: § 1137.03(a), line 112
        quote: The front yard shall be not less than 50 feet.
        fields:
          standard: front yard
          bound: {value: minimum, quote: not less than}
          required: 50 feet
      - source: survey.csv
        address: row 4
        fields:
          lot: {value: "12", header: Lot no.}

What a field leaves out is its record's: address and quote. Without a quote anywhere the value is the quote.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from quire.nodes.records.record_types import Declared, Name

Words: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]
Where: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Said(Declared):
    """A field as somebody says it is stated."""

    value: Words
    """As the source writes it; of a choice, which it is."""
    quote: Words | None = None
    """The words that say so."""
    address: Where | None = None
    header: Where | None = None
    """Title of its column, where that is none under which the field is looked for."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        """Take a bare value; a number is its digits."""
        said = given if isinstance(given, dict) else {"value": given}
        value = said.get("value")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return {**said, "value": str(value)} if is_number else said


class Candidate(Declared):
    """A record as somebody says it stands in a source."""

    source: Where
    address: Where
    """Where it begins: of a row, a heading, a passage."""
    quote: Words | None = None
    """The words that its fields stand in."""
    fields: Annotated[dict[Name, Said], Field(min_length=1, max_length=60)]


Candidates: TypeAlias = Mapping[str, Sequence[Candidate]]
"""By type."""


def candidates_in(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[Candidate]]:
    """Read candidates of a run's own record."""
    return {name: [Candidate.model_validate(one) for one in listed] for name, listed in data.items()}
