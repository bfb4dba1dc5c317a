"""What one attempt sends, and what it brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from langchain_core.messages import BaseMessage

from quire.nodes.model.classify import Answer
from quire.nodes.model.vocabulary import GOOD_ENDS

_ENDS: Final = ("finish_reason", "stop_reason", "done_reason")
"""How OpenAI's protocol and Gemini's, Anthropic's, and Ollama's say why a reply ended."""


@dataclass(frozen=True)
class Question:
    """What one attempt sends."""

    model: str
    messages: list[tuple[str, str]]
    max_tokens: int
    temperature: float | None
    schema: Mapping[str, Any] | None
    schema_name: str
    called: str = ""
    """What its provider calls the model; empty: the same."""
    texts: tuple[str, ...] = ()
    """Their vectors are asked for, instead of a reply."""


@dataclass
class Received:
    """What an attempt brought, filled while it comes: what was received is charged even if the attempt fails."""

    text: list[str] = field(default_factory=list)
    characters: int = 0
    finish_reason: str | None = None
    refusal: str | None = None
    answered_by: str | None = None
    """The model that answered, as its provider calls it."""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int = 0
    """Of the prompt's: read from the endpoint's cache."""
    adds_up: bool = False
    """Chunks each tell the tokens of their own part; otherwise the last one tells all."""
    good_ends: frozenset[str] = GOOD_ENDS
    """What its client says of a whole reply."""

    def take(self, message: BaseMessage) -> str:
        """Take in a message or a chunk of one, and give its text."""
        text = str(message.text)
        self.text.append(text)
        self.characters += len(text)
        self.finish_reason = _end_of(message) or self.finish_reason
        self.refusal = _refusal_in(message) or self.refusal
        self.answered_by = _model_of(message) or self.answered_by
        self._count(getattr(message, "usage_metadata", None))
        return text

    def _count(self, usage: Mapping[str, Any] | None) -> None:
        if not usage:
            return
        before = (self.prompt_tokens or 0, self.completion_tokens or 0, self.cached_tokens)
        told = (usage["input_tokens"], usage["output_tokens"], _cached_in(usage))
        if self.adds_up:
            told = (told[0] + before[0], told[1] + before[1], told[2] + before[2])
        self.prompt_tokens, self.completion_tokens, self.cached_tokens = told

    def unreported(self) -> list[str]:
        """Name what the client did not tell, and need not have told."""
        told = {"finish_reason": self.finish_reason is not None, "usage": self.prompt_tokens is not None}
        return [name for name, there in told.items() if not there] if "" in self.good_ends else []

    def answer(self) -> Answer:
        """Put the pieces together."""
        return Answer("".join(self.text), self.finish_reason, self.refusal, self.good_ends)


def _end_of(message: BaseMessage) -> str | None:
    """Read why a reply ended; a blocked prompt has no reply and says so elsewhere (Gemini)."""
    said = message.response_metadata
    end = next((said[name] for name in _ENDS if said.get(name)), None)
    blocked = said.get("prompt_feedback") or {}
    if end is None and isinstance(blocked, Mapping) and blocked.get("block_reason"):
        return "safety"
    return None if end is None else str(getattr(end, "name", end)).lower()


def _model_of(message: BaseMessage) -> str | None:
    said = message.response_metadata
    named = said.get("model_name") or said.get("model")
    return str(named) if named else None


def _refusal_in(message: BaseMessage) -> str | None:
    said = message.additional_kwargs.get("refusal")
    if said:
        return str(said)
    blocks: Iterable[Any] = message.content if isinstance(message.content, list) else ()
    return next((str(b.get("refusal") or "refused") for b in blocks if _is_refusal(b)), None)


def _is_refusal(block: object) -> bool:
    return isinstance(block, Mapping) and block.get("type") == "refusal"


def _cached_in(usage: Mapping[str, Any]) -> int:
    return int((usage.get("input_token_details") or {}).get("cache_read") or 0)
