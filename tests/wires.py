"""The protocols of Anthropic, Gemini and Ollama, as :class:`model_server.ModelServer` speaks them, well and badly.

Requests are read into OpenAI's form, so that what replies to them need not know who asks.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import repeat
from typing import Any, ClassVar, Final

from model_server import FAULTS, HANG, LEAKED_KEY, Asked, Play, Said, events, whole

_PIECE: Final = 12


class ProviderWire(ABC):
    """A protocol.

    ``ends`` says how it calls the ends of replies, by OpenAI's names.
    """

    ends: ClassVar[Mapping[str, str]]
    always_streams: ClassVar[bool] = False

    @abstractmethod
    def read(self, asked: Asked) -> Asked:
        """Give a request in OpenAI's form."""

    @abstractmethod
    def body(self, asked: Asked, said: Said) -> dict[str, Any]:
        """Put what is said into one answer."""

    @abstractmethod
    def frames(self, asked: Asked, said: Said) -> list[bytes]:
        """Put what is said into the pieces of a stream."""

    @abstractmethod
    def error(self, status: int, words: str) -> dict[str, Any]:
        """Make an error object."""

    @abstractmethod
    def error_frame(self) -> bytes:
        """Make the piece of a stream that tells of an error."""

    def streamed(self, asked: Asked) -> bool:
        """Whether an answer is a stream."""
        return self.always_streams or asked.stream

    def speak(self, asked: Asked, said: Said) -> Play:
        """Answer properly."""
        if self.streamed(asked):
            return self.send((0, frame) for frame in self.frames(asked, said))
        return whole(200, json.dumps(self.body(asked, said)).encode())

    def send(self, pieces: Iterable[tuple[float, bytes]], *, terminated: bool = True, reset: bool = False) -> Play:
        """Send a stream."""
        return events(pieces, terminated=terminated, reset=reset)

    def answer(self, fault: str | None, asked: Asked, said: Said) -> Play:
        """Say it, or misbehave."""
        if fault is None:
            return self.speak(asked, said)
        if fault in ANYWHERE:
            return FAULTS[fault](asked, said)
        return MISBEHAVIOURS[fault](self, asked, said)


def _pieces(text: str | None) -> list[str]:
    return re.findall(rf"(?s).{{1,{_PIECE}}}", text or "")


def _schema_of(schema: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give the form of a reply as OpenAI's protocol does; the name is told by what the schema asks for."""
    if not schema:
        return {}
    known = {
        "queries": "queries",
        "verdicts": "verdicts",
        "paragraphs": "draft",
        "parts": "outline",
        "objections": "reading",
        "accept": "weighed",
        "sections": "plan",
        "records": "records",
        "sources": "survey",
    }
    name = next((name for key, name in known.items() if key in schema.get("properties", {})), "reply")
    return {"response_format": {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}}


def _sse(value: Mapping[str, Any], event: str = "") -> bytes:
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {json.dumps(value)}\n\n".encode()


class Anthropic(ProviderWire):
    """``POST /v1/messages``."""

    ends: ClassVar[Mapping[str, str]] = {
        "stop": "end_turn",
        "length": "max_tokens",
        "refusal": "refusal",
        "odd": "pause_turn",
    }

    def read(self, asked: Asked) -> Asked:
        """Give a request in OpenAI's form."""
        body = asked.body
        system = body.get("system") or ""
        texts = [_text_of(system)] if system else []
        texts += [_text_of(message["content"]) for message in body["messages"]]
        messages = [{"role": "user", "content": text} for text in texts]
        schema = (body.get("output_config") or {}).get("format", {}).get("schema")
        return replace(asked, body={**body, "messages": messages, **_schema_of(schema)})

    def body(self, asked: Asked, said: Said) -> dict[str, Any]:
        """Put what is said into one answer."""
        end = self.ends.get(said.finish or "", said.finish)
        content = [{"type": "text", "text": said.text}] if said.text else []
        return self._message(asked, said) | {"content": content, "stop_reason": end}

    def _message(self, asked: Asked, said: Said) -> dict[str, Any]:
        usage = said.usage or {"prompt_tokens": 0, "completion_tokens": 0}
        counted = {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"]}
        base = {"id": f"msg_{asked.n}", "type": "message", "role": "assistant", "model": asked.model}
        return base | {"content": [], "stop_reason": None, "stop_sequence": None, "usage": counted}

    def frames(self, asked: Asked, said: Said) -> list[bytes]:
        """Put what is said into the pieces of a stream."""
        message = self._message(asked, said)
        block = {"index": 0, "content_block": {"type": "text", "text": ""}}
        made = [{"type": "message_start", "message": message}, {"type": "content_block_start", **block}]
        for piece in _pieces(said.text):
            delta = {"type": "text_delta", "text": piece}
            made.append({"type": "content_block_delta", "index": 0, "delta": delta})
        made.append({"type": "content_block_stop", "index": 0})
        if said.finish:
            end = {"stop_reason": self.ends.get(said.finish, said.finish), "stop_sequence": None}
            made.append({"type": "message_delta", "delta": end, "usage": message["usage"]})
            made.append({"type": "message_stop"})
        return [_sse(each, each["type"]) for each in made]

    def error(self, status: int, words: str) -> dict[str, Any]:
        """Make an error object."""
        kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}
        kinds |= {400: "invalid_request_error", 529: "overloaded_error"}
        kind = kinds.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": f"{words} {LEAKED_KEY}"}}

    def error_frame(self) -> bytes:
        """Make the piece of a stream that tells of an error."""
        return _sse(self.error(529, "Overloaded"), "error")


class Gemini(ProviderWire):
    """``POST /v1beta/models/…:generateContent`` and ``:streamGenerateContent``."""

    ends: ClassVar[Mapping[str, str]] = {
        "stop": "STOP",
        "length": "MAX_TOKENS",
        "content_filter": "SAFETY",
        "refusal": "PROHIBITED_CONTENT",
        "odd": "MALFORMED_FUNCTION_CALL",
    }

    def read(self, asked: Asked) -> Asked:
        """Give a request in OpenAI's form."""
        body, config = asked.body, asked.body.get("generationConfig", {})
        contents = [*([body["systemInstruction"]] if body.get("systemInstruction") else []), *body["contents"]]
        texts = ["".join(part.get("text", "") for part in content["parts"]) for content in contents]
        found = re.search(r"/models/([^:]+):", asked.path)
        read = {
            "model": found[1] if found else "",
            "messages": [{"role": "user", "content": text} for text in texts],
            "stream": "streamGenerateContent" in asked.path,
        }
        return replace(asked, body={**body, **read, **_schema_of(config.get("responseJsonSchema"))})

    def body(self, asked: Asked, said: Said) -> dict[str, Any]:
        """Put what is said into one answer."""
        made = self._piece(asked, said.text or "", self.ends.get(said.finish or "", said.finish))
        return made | self._usage(said)

    def _piece(self, asked: Asked, text: str, end: str | None = None) -> dict[str, Any]:
        candidate: dict[str, Any] = {
            "index": 0,
            "content": {"role": "model", "parts": [{"text": text}] if text else []},
        }
        candidate |= {"finishReason": end} if end else {}
        return {"candidates": [candidate], "modelVersion": asked.model, "responseId": f"r{asked.n}"}

    def _usage(self, said: Said) -> dict[str, Any]:
        usage = said.usage or {}
        counts = {
            "promptTokenCount": usage.get("prompt_tokens", 0),
            "candidatesTokenCount": usage.get("completion_tokens", 0),
        }
        return {"usageMetadata": counts | {"totalTokenCount": sum(counts.values())}} if usage else {}

    def frames(self, asked: Asked, said: Said) -> list[bytes]:
        """Put what is said into the pieces of a stream."""
        made = [self._piece(asked, piece) for piece in _pieces(said.text)]
        if said.finish:
            made.append(self._piece(asked, "", self.ends.get(said.finish, said.finish)) | self._usage(said))
        return [_sse(each) for each in made] or [_sse(self._piece(asked, ""))]

    def error(self, status: int, words: str) -> dict[str, Any]:
        """Make an error object."""
        names = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}
        names |= {429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
        return {"error": {"code": status, "status": names.get(status, "UNKNOWN"), "message": f"{words} {LEAKED_KEY}"}}

    def error_frame(self) -> bytes:
        """Make the piece of a stream that tells of an error."""
        return _sse(self.error(503, "Overloaded"))


class Ollama(ProviderWire):
    """``POST /api/chat``; the client asks for a stream even where it gives the reply in one piece."""

    ends: ClassVar[Mapping[str, str]] = {"stop": "stop", "length": "length", "odd": "unload"}
    always_streams = True

    def read(self, asked: Asked) -> Asked:
        """Give a request in OpenAI's form."""
        form = asked.body.get("format")
        return replace(asked, body={**asked.body, **_schema_of(form if isinstance(form, dict) else None)})

    def body(self, asked: Asked, said: Said) -> dict[str, Any]:
        """Put what is said into one answer."""
        return json.loads(self.frames(asked, said)[-1])

    def frames(self, asked: Asked, said: Said) -> list[bytes]:
        """Put what is said into the pieces of a stream."""
        base = {"model": asked.model, "created_at": "2026-11-28T00:00:00Z"}

        def line(text: str, **more: Any) -> bytes:
            return (
                json.dumps({**base, "message": {"role": "assistant", "content": text}, "done": False, **more}).encode()
                + b"\n"
            )

        made = [line(piece) for piece in _pieces(said.text)]
        if said.finish:
            usage = said.usage or {}
            counts = {"prompt_eval_count": usage.get("prompt_tokens"), "eval_count": usage.get("completion_tokens")}
            made.append(line("", done=True, done_reason=self.ends.get(said.finish, said.finish), **counts))
        return made or [line("")]

    def error(self, status: int, words: str) -> dict[str, Any]:
        """Make an error object."""
        del status
        return {"error": f"{words} {LEAKED_KEY}"}

    def error_frame(self) -> bytes:
        """Make the piece of a stream that tells of an error."""
        return json.dumps(self.error(500, "the runner has died")).encode() + b"\n"


def _text_of(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


WIRES: Final[Mapping[str, ProviderWire]] = {"anthropic": Anthropic(), "google_genai": Gemini(), "ollama": Ollama()}

Misbehaviour = Callable[[ProviderWire, Asked, Said], Play]


def _refusing(status: int, words: str = "no", **headers: str) -> Misbehaviour:
    return lambda wire, _asked, _said: whole(status, json.dumps(wire.error(status, words)).encode(), **headers)


def _saying(**changes: Any) -> Misbehaviour:
    return lambda wire, asked, said: wire.speak(asked, replace(said, **changes))


def _telling(change: Callable[[str], str]) -> Misbehaviour:
    return lambda wire, asked, said: wire.speak(asked, replace(said, text=change(said.text or "")))


def _streaming(
    change: Callable[[ProviderWire, list[bytes]], Iterable[tuple[float, bytes]]], **ending: bool
) -> Misbehaviour:
    """Change the pieces of a stream; who asked for none gets a proper answer."""

    def play(wire: ProviderWire, asked: Asked, said: Said) -> Play:
        if not wire.streamed(asked):
            return wire.speak(asked, said)
        return wire.send(change(wire, wire.frames(asked, said)), **ending)

    return play


def _now(pieces: Iterable[bytes]) -> Iterable[tuple[float, bytes]]:
    return ((0, piece) for piece in pieces)


def _flooding(wire: ProviderWire, asked: Asked, said: Said) -> Play:
    text = "x" * 20_000_000
    if not wire.streamed(asked):
        return wire.speak(asked, replace(said, text=text))
    frames = wire.frames(asked, replace(said, text="x" * _PIECE * 3))
    head, piece = (frames[:2], frames[2]) if len(frames) > 4 else (frames[:1], frames[0])
    return wire.send((0, each) for each in [*head, *repeat(piece, 200_000)])


def _extra_keys(text: str) -> str:
    return json.dumps(json.loads(text) | {"unasked": 1})


ANYWHERE: Final = frozenset(
    {"reset", "close", "hang", "no-http", "head-cut", "head-drip", "html", "empty-body", "error-502-html", "redirect"}
)
"""Faults of the model server that are the same in any protocol."""

MISBEHAVIOURS: Final[Mapping[str, Misbehaviour]] = {
    "rate-limit": _refusing(429, "slow down", retry_after="2"),
    "error-500": _refusing(500),
    "error-503": _refusing(503, "overloaded"),
    "unauthorized": _refusing(401),
    "forbidden": _refusing(403),
    "model-missing": _refusing(404),
    "context-overflow-worded": _refusing(400, "prompt is too long: it exceeds the maximum number of tokens allowed"),
    "bad-request": _refusing(400),
    "finish-length": lambda wire, asked, said: wire.speak(
        asked, replace(said, text=(said.text or "")[:5], finish="length")
    ),
    "finish-length-whole": _saying(finish="length"),
    "finish-odd": _saying(finish="odd"),
    "finish-null": _saying(finish=None),
    "refusal": _saying(text="", finish="refusal"),
    "empty-content": _saying(text=""),
    "bad-json": _telling(lambda text: text[:-1]),
    "wrong-schema": _telling(lambda _: json.dumps({"leak": LEAKED_KEY})),
    "prose": _telling(lambda text: f"Certainly! Here it is: {text}"),
    "extra-keys": _telling(_extra_keys),
    "stream-cut": _streaming(lambda _, made: _now(made[:3]), terminated=False),
    "stream-reset": _streaming(lambda _, made: _now(made[:3]), terminated=False, reset=True),
    "stream-unfinished": _streaming(lambda _, made: _now(made[:3])),
    "stream-silent": _streaming(lambda _, made: [(0, made[0]), (HANG, made[1])]),
    "stream-drip": _streaming(lambda _, made: [(0, made[0]), (0, made[1]), *[(0.05, made[2])] * 600]),
    "stream-error": _streaming(lambda wire, made: _now([*made[:3], wire.error_frame()])),
    "stream-huge-frame": _streaming(lambda _, made: _now([*made[:2], b"data: " + b"x" * 18_000_000])),
    "flood": _flooding,
}
"""What can go wrong in a provider's own protocol, by name."""

PROVIDER_FAULTS: Final = sorted({*ANYWHERE, *MISBEHAVIOURS})
"""Every fault of a provider's server."""
