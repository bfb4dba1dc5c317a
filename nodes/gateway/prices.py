"""What tokens cost, for the models we know.

List prices in US dollars per million tokens, without discounts for cached prompts or batches, as OpenAI's
pricing page gave them in spring 2026.
"""

import re
from typing import Final, NamedTuple


class Price(NamedTuple):
    """US dollars per million tokens."""

    prompt: float
    completion: float


PRICES: Final[dict[str, Price]] = {
    "gpt-3.5-turbo": Price(0.50, 1.50),
    "gpt-4-turbo": Price(10.00, 30.00),
    "gpt-4.1": Price(2.00, 8.00),
    "gpt-4.1-mini": Price(0.40, 1.60),
    "gpt-4.1-nano": Price(0.10, 0.40),
    "gpt-4o": Price(2.50, 10.00),
    "gpt-4o-2024-05-13": Price(5.00, 15.00),
    "gpt-4o-mini": Price(0.15, 0.60),
    "gpt-5": Price(1.25, 10.00),
    "gpt-5-mini": Price(0.25, 2.00),
    "gpt-5-nano": Price(0.05, 0.40),
    "gpt-5-pro": Price(15.00, 120.00),
    "gpt-5.1": Price(1.25, 10.00),
    "gpt-5.4": Price(2.50, 15.00),
    "o1": Price(15.00, 60.00),
    "o3": Price(2.00, 8.00),
    "o3-mini": Price(1.10, 4.40),
    "o4-mini": Price(1.10, 4.40),
}

DEAREST: Final = Price(max(p.prompt for p in PRICES.values()), max(p.completion for p in PRICES.values()))
"""Stands in for an unknown price wherever a budget in dollars must hold."""


def price_of(model: str) -> Price | None:
    """Give a model's price, or its family's for a dated snapshot (``gpt-4o-2024-11-20``); None if unknown."""
    return PRICES.get(model) or PRICES.get(re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model))


def cost(price: Price, prompt_tokens: int, completion_tokens: int) -> float:
    """US dollars for so many tokens."""
    return (price.prompt * prompt_tokens + price.completion * completion_tokens) / 1_000_000
