"""What calls cost and may cost, as the operator says it in settings: prices and budgets, as JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, RootModel

from quire.nodes.decode import strict_json
from quire.nodes.decode.shaped import Shape, shaped
from quire.nodes.event_store.accounts import Limits
from quire.nodes.faults import BadInput
from quire.nodes.model.prices import Price

EVERY_TENANT = "*"
"""Stands in the tenants' budgets for whoever is not named there."""

_Dollars: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Price(BaseModel):
    """US dollars per million tokens."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: _Dollars
    completion: _Dollars
    cached: _Dollars | None = None


class _Limits(BaseModel):
    """A budget."""

    model_config = ConfigDict(extra="forbid", strict=True)

    calls: Annotated[int, Field(ge=0)] | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    usd: _Dollars | None = None
    seconds: _Dollars | None = None


class _PriceTable(RootModel[dict[str, _Price]]):
    """Prices by model."""


class _Budgets(RootModel[dict[str, _Limits]]):
    """Budgets by tenant."""


def read_prices(said: str) -> Mapping[str, Price]:
    """Read ``{"my-model": {"prompt": 0.1, "completion": 0.4}}``, or the path of a file that holds it.

    Raises:
        ValueError: says what is wrong.

    """
    table = _read(_PriceTable, said if said.lstrip().startswith("{") else _text_of(Path(said)))
    return {model: Price(price.prompt, price.completion, price.cached) for model, price in table.root.items()}


def read_limits(said: str) -> Limits:
    """Read ``{"calls": 200, "usd": 3.0}``.

    Raises:
        ValueError: says what is wrong.

    """
    return Limits(**_read(_Limits, said).model_dump())


def read_budgets(said: str) -> Mapping[str, Limits]:
    """Read ``{"acme": {"usd": 50}, "*": {"usd": 5}}``.

    Raises:
        ValueError: says what is wrong.

    """
    return {tenant: Limits(**limits.model_dump()) for tenant, limits in _read(_Budgets, said).root.items()}


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unread:
        raise ValueError(f"the file {path} cannot be read: {type(unread).__name__}") from None


def _read(shape: type[Shape], text: str) -> Shape:
    try:
        return shaped(shape, strict_json.parse(text))
    except BadInput as problem:
        raise ValueError(": ".join(part for part in (problem.field, problem.problem) if part)) from None
