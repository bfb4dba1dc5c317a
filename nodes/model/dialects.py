"""How each LangChain client is told what a reply may be, and what it says of its end: one row a client. Pure.

The same wish has another name at each: ``ChatOllama`` raises on ``max_tokens``, ``ChatGoogleGenerativeAI`` wants
``max_output_tokens``, and a schema that OpenAI's client is given as ``response_format`` it would parse by itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from quire.nodes.model.question import Question
from quire.nodes.model.reply_json import as_sent
from quire.nodes.model.vocabulary import GOOD_ENDS, Wish

_SMALLEST_CONTEXT: Final = 8192
_BYTES_PER_TOKEN_AT_LEAST: Final = 2

Form: TypeAlias = Literal["schema", "json", "words"]
"""How JSON is asked for: held to its schema, held to JSON, or in words alone. The latter two put the schema there."""


class Dialect(NamedTuple):
    """What a client understands."""

    length: str
    """The argument that bounds a reply; empty: it has none that we know."""
    forms: tuple[Form, ...]
    """From the strictest."""
    good_ends: frozenset[str] = GOOD_ENDS
    """What it says of a whole reply; whatever else it says, or if it says nothing, the reply was cut."""
    adds_up: bool = True
    """Chunks tell the tokens of their own part."""
    settings_in_options: bool = False
    """Length and temperature go into ``options``, as Ollama has them."""
    form_in_body: bool = False
    """The form goes into ``extra_body``: as ``response_format`` the SDK would parse the reply itself, and raise before
    we have seen it."""
    streams_anyway: bool = False
    """It asks for a stream even in a plain call, and would gather one without end."""
    keeps_refusals: bool = True
    """A refusal in a stream reaches us; without, the client is not asked to stream."""


_ANTHROPIC_ENDS: Final = frozenset({"end_turn", "stop_sequence", "tool_use"})
_OPENAI: Final = Dialect("max_tokens", ("schema", "json", "words"), adds_up=False)
DIALECTS: Final[Mapping[str, Dialect]] = {
    "ChatOpenAIWithRefusals": _OPENAI._replace(form_in_body=True),
    "BaseChatOpenAI": _OPENAI._replace(form_in_body=True, keeps_refusals=False),
    "ChatMistralAI": _OPENAI,
    "ChatGroq": _OPENAI,
    "ChatAnthropic": Dialect("max_tokens", ("schema", "words"), _ANTHROPIC_ENDS),
    "ChatGoogleGenerativeAI": Dialect("max_output_tokens", ("schema", "json", "words")),
    "ChatOllama": Dialect("num_predict", ("schema", "json", "words"), settings_in_options=True, streams_anyway=True),
}
"""By the name of the client's class, or of one that it derives from."""
UNKNOWN: Final = Dialect("", ("words",), GOOD_ENDS | _ANTHROPIC_ENDS | {""})
"""Any other chat model, a fake for instance: it is asked in words, and need not say why it ended."""


@dataclass(frozen=True)
class Manner:
    """How an endpoint is asked: as strictly as it is known to accept."""

    forms: tuple[Form, ...]
    old_length: bool = False
    """The bound is called ``max_tokens`` on the wire, as before models that reason."""
    no_temperature: bool = False

    def without(self, wish: Wish) -> "Manner | None":
        """Give the next lesser manner; None if there is none."""
        if wish == "form":
            return replace(self, forms=self.forms[1:]) if len(self.forms) > 1 else None
        if wish == "length":
            return None if self.old_length else replace(self, old_length=True)
        return None if self.no_temperature else replace(self, no_temperature=True)


def dialect_of(model: object) -> Dialect:
    """Give the dialect of a chat model."""
    found = (DIALECTS.get(kind.__name__) for kind in type(model).__mro__)
    return next((dialect for dialect in found if dialect), UNKNOWN)


def messages_for(question: Question, manner: Manner) -> list[tuple[str, str]]:
    """Give the messages, with the schema in words where the endpoint is not held to it."""
    if question.schema is None or manner.forms[0] == "schema":
        return question.messages
    schema = json.dumps(as_sent(question.schema), ensure_ascii=False)
    asked = f"Reply with one JSON value and nothing else, that fits this JSON schema: {schema}"
    *before, (role, text) = question.messages
    return [*before, (role, f"{text}\n\n{asked}")]  # at the end, so that prompts with other schemas begin alike


def arguments(question: Question, dialect: Dialect, manner: Manner, *, temperature: float | None) -> dict[str, Any]:
    """Say how long a reply may be and in what form."""
    bound: dict[str, Any] = {dialect.length: question.max_tokens} if dialect.length else {}
    warmth = {} if temperature is None or manner.no_temperature else {"temperature": temperature}
    form = _form(question, manner)
    if dialect.settings_in_options:
        return {"options": bound | warmth | {"num_ctx": _room_for(question)}} | form
    if not dialect.form_in_body:
        return bound | warmth | form
    body = (bound | form) if manner.old_length else form
    return ({} if manner.old_length else bound) | warmth | ({"extra_body": body} if body else {})


def _room_for(question: Question) -> int:
    """Give the context that Ollama must hold: of a longer prompt it cuts off the beginning without a word.

    Rounded up, because another size has it load the model again.
    """
    prompt = sum(len(text.encode()) for _, text in question.messages) // _BYTES_PER_TOKEN_AT_LEAST
    return max(_SMALLEST_CONTEXT, 1 << (prompt + question.max_tokens - 1).bit_length())


def _form(question: Question, manner: Manner) -> dict[str, Any]:
    if question.schema is None or manner.forms[0] == "words":
        return {}
    if manner.forms[0] == "json":
        return {"response_format": {"type": "json_object"}}
    schema = {"name": question.schema_name, "schema": as_sent(question.schema), "strict": True}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}
