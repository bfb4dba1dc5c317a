"""The records that a brief gives: a file that a person has looked through, or the same as data."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field, RootModel

from quire.graphs.intake.blueprint import Blueprint, resolve
from quire.graphs.intake.brief_sources import bytes_of
from quire.graphs.intake.brief_tools import is_reply
from quire.graphs.intake.withholding import policy_of
from quire.nodes.decode.located import Located, Place, shown
from quire.nodes.decode.shaped import salvaged
from quire.nodes.faults import BadInput
from quire.nodes.language.catalogue import ENGLISH, words_in
from quire.nodes.language.places import place_in
from quire.nodes.personal.masking import masked
from quire.nodes.records.candidates import Candidate, Candidates
from quire.nodes.records.record_types import Name
from quire.nodes.records.verifying import Refusal, verified
from quire.nodes.sources.read import read

MOST = 5_000
"""Records of one type that a brief may give."""


class GivenRecords(RootModel[dict[Name, list[Candidate]]]):
    """Records by type."""

    root: dict[Name, list[Candidate]] = Field(max_length=100)


def records_in(located: Located, blueprint: Blueprint, faults: list[BadInput]) -> Candidates:
    """Read the records that a brief gives, adding to ``faults`` what is wrong with their form."""
    partly = salvaged(GivenRecords, located)
    faults += partly.faults
    if partly.value is None or partly.faults:
        return {}
    given = partly.value.root
    faults += _unfit(located, given, blueprint)
    return given


def _unfit(located: Located, given: Mapping[str, Sequence[Candidate]], blueprint: Blueprint) -> Iterator[BadInput]:
    for name, listed in given.items():
        kind = blueprint.records.get(name)
        if kind is None:
            hint = _nearest(name, blueprint.records) or "the blueprint declares its types under `records`"
            yield located.fault((name,), f"there is no record type {shown(name)}", hint)
            continue
        if len(listed) > MOST:
            yield located.fault((name,), f"holds more than {MOST} records", "leave the type to code, or give fewer")
        for number, one in enumerate(listed):
            for field in one.fields:
                if field not in kind.fields:
                    at = (name, number, "fields", field)
                    yield located.fault(at, f"{name} has no field {shown(field)}", _nearest(field, kind.fields))


def as_json(given: Candidates) -> dict[str, list[dict[str, Any]]]:
    """Give records as a brief carries them."""
    return {name: [one.model_dump(mode="json", exclude_none=True) for one in listed] for name, listed in given.items()}


def unverified(located: Located, asked: Mapping[str, Any]) -> Iterator[BadInput]:
    """Hold the records of a decoded brief against its sources, and give what does not hold, each with its place.

    Args:
        located: the records, where they are written.
        asked: the brief.

    """
    readings = [read(source["name"], bytes_of(source)) for source in asked["sources"] if not is_reply(source)]
    given = GivenRecords.model_validate(asked["records"]).root
    blueprint = resolve(asked["blueprint"])
    types, asked = blueprint.records, {**asked, "blueprint": blueprint.model_dump(mode="json")}
    for refusal in verified(given, types, masked(readings, policy_of(asked)).readings).refusals:
        yield located.fault(_place(refusal, given), _said(refusal), _HINTS.get(refusal.reason, _HINT))


def _place(refusal: Refusal, given: Candidates) -> Place:
    at: Place = (refusal.kind, refusal.number)
    return (*at, "fields", refusal.field) if refusal.field in given[refusal.kind][refusal.number].fields else at


def _said(refusal: Refusal) -> str:
    words = words_in(ENGLISH)
    where = f"{refusal.source}, {place_in(refusal.address, words)}"
    return words(f"records.refused.{refusal.reason}", field=refusal.field, text=refusal.text, where=where)


_HINT = "correct it, or take it out"
_HINTS = {
    "no-source": "name one of the brief's sources as the brief does",
    "no-place": "`quire extract` writes addresses as they are read",
    "not-there": "copy the words from the source, or correct the address",
    "no-header": "say the title of its column: `{value: …, header: …}`",
    "several-numbers": "quote fewer words, so that one number stands in them",
    "several-choices": "quote fewer words, so that they say one of the choices",
    "other-value": "quote it together with what tells it apart, or take it out",
}


def _nearest(name: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}" if known else ""
