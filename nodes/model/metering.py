"""How many tokens an attempt may use and has used. Pure.

Without a tokenizer, whose tables would have to be fetched: bounds and estimates go by length.
"""

import json
from typing import Final

from quire.nodes.event_store.port import Usage
from quire.nodes.model.kinds import TURNED_AWAY
from quire.nodes.model.prices import Prices
from quire.nodes.model.question import Question, Received

_CHARACTERS_PER_TOKEN: Final = 4
_BYTES_PER_TOKEN_AT_LEAST: Final = 2
"""Text in any language needs fewer tokens than this makes of it; only random bytes need more."""
_OVERHEAD: Final = 64
"""Tokens that chat formats add."""


def most_prompt_tokens(question: Question) -> int:
    """Bound the tokens of a prompt from above."""
    return _OVERHEAD + len(_sent(question).encode()) // _BYTES_PER_TOKEN_AT_LEAST


def usage_of(prices: Prices, question: Question, received: Received, kind: str) -> Usage:
    """Say what an attempt cost: as reported, else estimated by length; never nothing for work done."""
    prompt, completion = received.prompt_tokens, received.completion_tokens
    if prompt and completion is not None and prompt > 0 and completion >= bool(received.characters):
        return _usage(prices, question.model, prompt, completion, min(received.cached_tokens, prompt), estimated=False)
    if kind in TURNED_AWAY and not received.characters:
        return _usage(prices, question.model, 0, 0, estimated=False)
    written = question.max_tokens if kind == "too-long" else _tokens(received.characters)
    return _usage(prices, question.model, _tokens(len(_sent(question))), written, estimated=True)


def _usage(prices: Prices, model: str, prompt: int, completion: int, cached: int = 0, *, estimated: bool) -> Usage:
    price = prices.of(model)
    worked = prompt or completion
    usd = price.of(prompt, completion, cached) if price else (None if worked else 0.0)
    usage = Usage(prompt_tokens=prompt, completion_tokens=completion, usd=usd, estimated=estimated)
    if cached > 0:
        usage["cached_tokens"] = cached
    return usage


def _tokens(characters: int) -> int:
    return -(-characters // _CHARACTERS_PER_TOKEN)


def _sent(question: Question) -> str:
    schema = json.dumps(question.schema) if question.schema else ""
    return "\n".join([*(text for _, text in question.messages), *question.texts, schema])
