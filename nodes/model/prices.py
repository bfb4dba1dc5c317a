"""What tokens cost: list prices of the models we know, and what the operator says.

List prices in US dollars per million tokens, with the discount for what an endpoint read from its cache and without
that for batches, as OpenAI's pricing page gave them in spring 2026.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from quire.nodes.model.providers import AZURE, OPENAI, split

_SNAPSHOT: Final = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class Price(NamedTuple):
    """US dollars per million tokens."""

    prompt: float
    completion: float
    cached: float | None = None
    """Of a prompt's tokens that the endpoint had in its cache; None: as any other."""

    def of(self, prompt_tokens: int, completion_tokens: int, cached_tokens: int = 0) -> float:
        """Give the US dollars for so many tokens; the cached ones are among the prompt's."""
        cached = self.prompt if self.cached is None else self.cached
        fresh = prompt_tokens - cached_tokens
        return (self.prompt * fresh + cached * cached_tokens + self.completion * completion_tokens) / 1_000_000


LISTED: Final[Mapping[str, Price]] = {
    "gpt-3.5-turbo": Price(0.50, 1.50),
    "gpt-4-turbo": Price(10.00, 30.00),
    "gpt-4.1": Price(2.00, 8.00, 0.5),
    "gpt-4.1-mini": Price(0.40, 1.60, 0.1),
    "gpt-4.1-nano": Price(0.10, 0.40, 0.025),
    "gpt-4o": Price(2.50, 10.00, 1.25),
    "gpt-4o-2024-05-13": Price(5.00, 15.00),
    "gpt-4o-mini": Price(0.15, 0.60, 0.075),
    "gpt-5": Price(1.25, 10.00, 0.125),
    "gpt-5-mini": Price(0.25, 2.00, 0.025),
    "gpt-5-nano": Price(0.05, 0.40, 0.005),
    "gpt-5-pro": Price(15.00, 120.00),
    "gpt-5.1": Price(1.25, 10.00, 0.125),
    "gpt-5.4": Price(2.50, 15.00, 0.25),
    "o1": Price(15.00, 60.00, 7.5),
    "o3": Price(2.00, 8.00, 0.5),
    "o3-mini": Price(1.10, 4.40, 0.55),
    "o4-mini": Price(1.10, 4.40, 0.275),
    "text-embedding-3-large": Price(0.13, 0.0),
    "text-embedding-3-small": Price(0.02, 0.0),
    "text-embedding-ada-002": Price(0.10, 0.0),
}


class Prices:
    """What models cost.

    Args:
        own: the operator's prices, which go before the list's.

    """

    def __init__(self, own: Mapping[str, Price] | None = None) -> None:
        self._own = own or {}
        self._known = {**LISTED, **self._own}
        self.dearest = Price(
            max(price.prompt for price in self._known.values()), max(price.completion for price in self._known.values())
        )
        """Stands in for an unknown price wherever a budget in dollars must hold."""

    def of(self, model: str) -> Price | None:
        """Give a model's price, or its family's for a dated snapshot (``gpt-4o-2024-11-20``); None if unknown.

        With a provider, ``anthropic:claude-sonnet-4-5``, the operator's price of either name counts; the list's prices
        are OpenAI's own, and Azure's.
        """
        provider, bare = split(model)
        if provider in {OPENAI, AZURE}:
            return self._known.get(model) or self._known.get(bare) or self._known.get(_SNAPSHOT.sub("", bare))
        return self._own.get(model) or self._own.get(bare)
