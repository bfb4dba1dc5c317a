"""A model server on loopback: answers chat completions by the schema it is asked for, and misbehaves on demand.

In a test::

    with ModelServer(script=lambda asked: "error-500" if asked.n == 1 else None) as server:
        ...  # OPENAI_BASE_URL=server.url; server.asked holds every request

By itself, answering at random: ``python tests/model_server.py --port 8080 --seed 1 --faults 0.2 --passing``
"""

import argparse
import asyncio
import json
import random
import re
import sys
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeAlias

Json: TypeAlias = Any

LEAKED_KEY = "sk-leaked-by-the-server"
"""Stands in error texts; must never be seen anywhere else."""
HANG = 30.0
"""Seconds of silence, longer than any deadline in a test."""


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    n: int
    """From 1, in the order they came."""
    at: float
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    path: str = "/v1/chat/completions"
    """With its query."""

    @property
    def model(self) -> str:
        return str(self.body["model"])

    @property
    def stream(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def texts(self) -> list[str]:
        """Give the texts whose vectors are asked for; none where a reply is."""
        return list(self.body.get("input", ()))

    @property
    def prompt(self) -> str:
        return "\n".join([*(message["content"] for message in self.body.get("messages", ())), *self.texts])

    @property
    def drafts(self) -> bool:
        """Whether a writer asks, for a section or a part of one."""
        return re.search("^You write", self.prompt, re.MULTILINE) is not None

    @property
    def schema(self) -> Mapping[str, Any] | None:
        form: Mapping[str, Any] = self.body.get("response_format") or {}
        schema: Mapping[str, Any] | None = form.get("json_schema", {}).get("schema")
        return schema


@dataclass(frozen=True)
class Said:
    """What the model says, whatever way it is sent."""

    text: str | None
    finish: str | None = "stop"
    refusal: str | None = None
    usage: Mapping[str, int] | None = None
    cached: int = 0
    """Tokens of the prompt that were read from a cache."""
    vectors: Iterable[list[float]] = ()
    """Of the texts that are asked about."""


@dataclass(frozen=True)
class Play:
    """A response as bytes: a head, then pieces, each after a pause, and how the connection ends."""

    head: bytes
    pieces: Iterable[tuple[float, bytes]]
    end: Literal["keep", "close", "reset"] = "keep"


Behaviour = Callable[[Asked, Said], Play]


def first_extract(prompt: str) -> str:
    """Give the first passage of a prompt's evidence; empty if it holds none."""
    found = re.search(r"^E1(?: \([^)]*\))?: (.*)$", prompt, re.MULTILINE)
    return found[1] if found else ""


class Wire(Protocol):
    """A provider's protocol, where it is not OpenAI's."""

    def read(self, asked: Asked) -> Asked:
        """Give a request as OpenAI's protocol would have it, so that replies are made alike."""
        ...

    def answer(self, fault: str | None, asked: Asked, said: Said) -> Play:
        """Say it, or misbehave."""
        ...


# --- replies ---------------------------------------------------------------------------------------------------------


def instance(schema: Mapping[str, Any], rng: random.Random, words: list[str]) -> Json:
    """Make a value that fits a JSON schema without references; strings are made of the prompt's own words."""
    if "enum" in schema or "const" in schema:
        return rng.choice(list(schema.get("enum", [schema.get("const")])))
    if "anyOf" in schema:
        return instance(rng.choice(list(schema["anyOf"])), rng, words)
    kinds = schema["type"]
    kind = kinds if isinstance(kinds, str) else rng.choice(list(kinds))
    return _INSTANCES[kind](schema, rng, words)


def _object(schema: Mapping[str, Any], rng: random.Random, words: list[str]) -> Json:
    return {name: instance(part, rng, words) for name, part in schema.get("properties", {}).items()}


def _array(schema: Mapping[str, Any], rng: random.Random, words: list[str]) -> Json:
    least = schema.get("minItems", 0)
    count = rng.randint(least, min(schema.get("maxItems", least + 3), least + 3))
    return [instance(schema["items"], rng, words) for _ in range(count)]


def _string(schema: Mapping[str, Any], rng: random.Random, words: list[str]) -> str:
    text = " ".join(rng.choice(words) for _ in range(rng.randint(3, 12)))
    least, most = schema.get("minLength", 0), schema.get("maxLength", 400)
    return str(text + "." * max(0, least - len(text)))[:most]


_INSTANCES: dict[str, Callable[[Mapping[str, Any], random.Random, list[str]], Json]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": lambda schema, rng, _: rng.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 10))),
    "number": lambda schema, rng, _: round(rng.uniform(schema.get("minimum", 0), schema.get("maximum", 10)), 2),
    "boolean": lambda _schema, rng, _words: rng.random() < 1 / 2,
    "null": lambda _schema, _rng, _words: None,
}


def marked_up(
    sentences: Iterable[Mapping[str, Json]],
    asked: Asked | None = None,
    *,
    gaps: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> str:
    """Write a draft as a writer replies: a paragraph of sentences with their marks, what is open, what is asked for.

    Args:
        sentences: text, and the numbers of its evidence.
        asked: the request; of the numbers, those that it does not give are left out.
        gaps: what is said to be in no source.
        missing: questions.

    """
    given = set(numbers_in(asked.prompt)) if asked else None
    named = [(s["text"], [n for n in s["evidence"] if given is None or n in given]) for s in sentences]
    said = " ".join(_marked(text, ", ".join(names)) for text, names in named)
    open_ = [f"{gap} [∅ looked: the sources]" for gap in gaps]
    return "\n\n".join([*([said] if said else []), *open_, *(f"MISSING: {question}" for question in missing)]) + "\n"


def numbers_in(prompt: str) -> list[str]:
    """Give the numbers of what a prompt gives to stand on."""
    return re.findall(r"^([EVPF]\d+)(?: \([^\n]*?\))?: ", prompt, re.MULTILINE)


def _marked(text: str, names: str) -> str:
    if not names:
        return text
    stopped = text.endswith((".", "!", "?"))
    return f"{text[:-1]} [{names}]{text[-1]}" if stopped else f"{text} [{names}]"


def valid_reply(seed: int) -> Callable[[Asked], str]:
    """Make replies that are a function of the seed and of what is asked."""

    def reply(asked: Asked) -> str:
        rng = random.Random(f"{seed} {asked.model} {asked.prompt}")
        words = re.findall(r"[A-Za-z][a-z]{2,}", asked.prompt) or ["nothing"]
        made = instance(asked.schema or {"type": "string"}, rng, words)
        return json.dumps(made) if asked.schema else _drafted(str(made), asked.prompt, rng)

    return reply


def _drafted(words: str, prompt: str, rng: random.Random) -> str:
    """Make a draft of some words, with marks of what the prompt gives."""
    names = numbers_in(prompt) or ["E1"]
    return marked_up([{"text": f"{words.strip().capitalize()}.", "evidence": [rng.choice(names)]}])


def upheld(asked: Asked) -> str:
    """Say that every claim holds, in words of the first passage that it names: a verifier that says yes to all."""
    named = re.findall(r"^(\S+) is of the kind \w+ and rests on (E\d+|nothing)", asked.prompt, re.MULTILINE)
    shown = dict(re.findall(r"^<<\w+ (E\d+)>>\n(.*)$", asked.prompt, re.MULTILINE))
    shown |= dict(re.findall(r"^(E\d+)(?: \([^\n]*?\))?: (.*)$", asked.prompt, re.MULTILINE))
    verdicts = [
        {
            "claim": claim,
            "verdict": "supported",
            "passage": passage if passage in shown else "",
            "words": shown.get(passage, "")[:300],
            "missing": "",
        }
        for claim, passage in named
    ]
    return json.dumps({"verdicts": verdicts})


def is_verifying(asked: Asked) -> bool:
    """Whether claims are to be held against their evidence."""
    form = asked.body.get("response_format") or {}
    return bool(form.get("json_schema", {}).get("name") == "verdicts")


# --- the wire --------------------------------------------------------------------------------------------------------


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} x", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def whole(status: int, body: bytes, media: str = "application/json", **headers: str) -> Play:
    """Send a body with its length."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    fixed = {"content-type": media, "content-length": str(len(body))}
    return Play(_head(status, fixed | named), [(0, body)])


def events(pieces: Iterable[tuple[float, bytes]], *, terminated: bool = True, reset: bool = False) -> Play:
    """Send server-sent events in chunks, and end them properly or not."""

    def chunks() -> Iterator[tuple[float, bytes]]:
        for pause, piece in pieces:
            yield pause, b"%x\r\n%s\r\n" % (len(piece), piece)
        if terminated:
            yield 0, b"0\r\n\r\n"

    head = _head(200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"})
    return Play(head, chunks(), "reset" if reset else "keep" if terminated else "close")


def hashed(text: str, dimensions: int = 64) -> list[float]:
    """Give a vector of a text that is near to those of texts in the same words: each word counts in one dimension."""
    vector = [0.0] * dimensions
    for word in re.findall(r"[^\W_]+", text.lower()):
        vector[zlib.crc32(word.encode()) % dimensions] += 1.0
    return vector


def embedded(asked: Asked, said: Said) -> dict[str, Any]:
    """Put vectors into a list of embeddings."""
    rows = [{"object": "embedding", "index": n, "embedding": vector} for n, vector in enumerate(said.vectors)]
    made: dict[str, Any] = {"object": "list", "model": asked.model, "data": rows}
    told = (said.usage or {}).get("prompt_tokens")
    return made | ({"usage": {"prompt_tokens": told, "total_tokens": told}} if said.usage else {})


def completion(asked: Asked, said: Said) -> dict[str, Any]:
    """Put what is said into a chat completion, or vectors into a list of embeddings."""
    if asked.texts:
        return embedded(asked, said)
    message = {"role": "assistant", "content": said.text, "refusal": said.refusal}
    made: dict[str, Any] = {
        "id": f"chatcmpl-{asked.n}",
        "object": "chat.completion",
        "created": 1,
        "model": asked.model,
        "choices": [{"index": 0, "message": message, "finish_reason": said.finish}],
    }
    return made | ({"usage": _usage(said)} if said.usage else {})


def _usage(said: Said) -> dict[str, Any]:
    usage = dict(said.usage or {})
    details = {"prompt_tokens_details": {"cached_tokens": said.cached}} if said.cached else {}
    return usage | {"total_tokens": sum(usage.values())} | details


def frames(asked: Asked, said: Said) -> list[bytes]:
    """Put what is said into the events of a stream, without the closing ``[DONE]``."""
    base = {"id": f"chatcmpl-{asked.n}", "object": "chat.completion.chunk", "created": 1, "model": asked.model}

    def chunk(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
        return _event(base | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    made = [chunk({"role": "assistant", "content": "" if said.text is not None else None})]
    made += [chunk({"content": piece}) for piece in re.findall(r".{1,12}", said.text or "", re.DOTALL)]
    made += [chunk({"refusal": said.refusal})] if said.refusal else []
    made += [chunk({}, said.finish)] if said.finish else []
    wanted = asked.body.get("stream_options", {}).get("include_usage")
    return made + ([_event(base | {"choices": [], "usage": _usage(said)})] if wanted and said.usage else [])


def _event(value: Mapping[str, Any] | str) -> bytes:
    return f"data: {value if isinstance(value, str) else json.dumps(value)}\n\n".encode()


DONE = _event("[DONE]")


def speak(asked: Asked, said: Said) -> Play:
    """Answer properly, in the way that was asked for."""
    if asked.stream:
        return events((0, frame) for frame in [*frames(asked, said), DONE])
    return whole(200, json.dumps(completion(asked, said)).encode())


# --- faults ----------------------------------------------------------------------------------------------------------


def _refusing(status: int, code: str | None, *, words: str = "no", **headers: str) -> Behaviour:
    error = {"error": {"message": f"{words} {LEAKED_KEY}", "type": "x", "param": None, "code": code}}
    return lambda _asked, _said: whole(status, json.dumps(error).encode(), **headers)


def _body(body: bytes, media: str = "application/json") -> Behaviour:
    return lambda _asked, _said: whole(200, body, media)


def _saying(**changes: Json) -> Behaviour:
    return lambda asked, said: speak(asked, replace(said, **changes))


def _telling(change: Callable[[str], str]) -> Behaviour:
    return lambda asked, said: speak(asked, replace(said, text=change(said.text or "")))


def _completing(change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Behaviour:
    return lambda asked, said: whole(200, json.dumps(change(completion(asked, said))).encode())


def _streaming(change: Callable[[list[bytes]], Iterable[tuple[float, bytes]]], **ending: bool) -> Behaviour:
    """Change the events of a stream; who asked for none gets a proper answer."""
    return lambda asked, said: events(change(frames(asked, said)), **ending) if asked.stream else speak(asked, said)


def _now(pieces: Iterable[bytes]) -> Iterable[tuple[float, bytes]]:
    return ((0, piece) for piece in pieces)


def _cut(end: Literal["close", "reset"]) -> Behaviour:
    """Stop in the middle of a body that has announced its length."""

    def play(asked: Asked, said: Said) -> Play:
        sent = whole(200, json.dumps(completion(asked, said)).encode())
        (_, body), *_ = sent.pieces
        return Play(sent.head, [(0, body[: len(body) // 2])], end)

    return play


def _dripped(asked: Asked, said: Said) -> Play:
    sent = whole(200, json.dumps(completion(asked, said)).encode())
    (_, body), *_ = sent.pieces
    return Play(sent.head, [(0.05, bytes([byte])) for byte in body])


def _flooding(asked: Asked, said: Said) -> Play:
    text = "x" * 20_000_000
    if not asked.stream:
        return speak(asked, replace(said, text=text))
    return events((0, frame) for frame in repeat(frames(asked, replace(said, text="x" * 12))[1], 1_700_000))


def _claiming(sent: Play, header: str) -> tuple[bytes, Iterable[tuple[float, bytes]]]:
    """Add a header to an answer that does not keep what it says."""
    return sent.head.replace(b"\r\n", f"\r\n{header}\r\n".encode(), 1), sent.pieces


def _finishing(frame: bytes, why: str) -> bytes:
    """End a stream in the middle of what it says."""
    value = json.loads(frame.removeprefix(b"data: "))
    value["choices"][0]["finish_reason"] = why
    return _event(value)


def _with_a_call(made: dict[str, Any]) -> dict[str, Any]:
    """Say what is said, and ask for a tool beside it."""
    call = {"id": "c1", "type": "function", "function": {"name": "shell", "arguments": '{"command": "id"}'}}
    made["choices"][0]["message"]["tool_calls"] = [call]
    made["choices"][0]["finish_reason"] = "tool_calls"
    return made


def _extra_keys(text: str) -> str:
    try:
        return json.dumps(json.loads(text) | {"unasked": 1})
    except json.JSONDecodeError:
        return text  # a draft is no JSON, and has no keys


FAULTS: dict[str, Behaviour] = {
    # statuses
    "rate-limit": _refusing(429, "rate_limit_exceeded", retry_after="2"),
    "rate-limit-ms": _refusing(429, "rate_limit_exceeded", retry_after_ms="1500"),
    "rate-limit-date": _refusing(
        429, None, retry_after="Sun, 22 Nov 2026 10:00:05 GMT", date="Sun, 22 Nov 2026 10:00:00 GMT"
    ),
    "rate-limit-reset": _refusing(
        429, "rate_limit_exceeded", x_ratelimit_remaining_tokens="0", x_ratelimit_reset_tokens="1.2s"
    ),
    "rate-limit-bare": _refusing(429, "rate_limit_exceeded"),
    "rate-limit-hour": _refusing(429, "rate_limit_exceeded", retry_after="3600"),
    "quota": _refusing(429, "insufficient_quota", retry_after="1"),
    "error-500": _refusing(500, None),
    "error-502-html": lambda _asked, _said: whole(502, b"<html>Bad gateway</html>", "text/html"),
    "error-503": _refusing(503, "server_error", retry_after="1"),
    "unauthorized": _refusing(401, "invalid_api_key"),
    "forbidden": _refusing(403, None),
    "model-missing": _refusing(404, "model_not_found"),
    "context-overflow": _refusing(400, "context_length_exceeded"),
    "context-overflow-worded": _refusing(400, None, words="This model's maximum context length is 8 tokens."),
    "prompt-filtered": _refusing(400, "content_filter"),
    "bad-request": _refusing(400, "unsupported_parameter"),
    "conflict": _refusing(409, None),
    "too-large": _refusing(413, None),
    "unprocessable": _refusing(422, None),
    "redirect": _refusing(307, None, location="http://127.0.0.1:9/elsewhere"),
    "overloaded": _refusing(529, "overloaded_error"),
    "timed-out": _refusing(408, None),
    "rate-limit-html": lambda _asked, _said: whole(429, b"<html>Slow down</html>", "text/html", retry_after="1"),
    "payment-required": _refusing(402, None),
    # connections
    "reset": lambda _asked, _said: Play(b"", [], "reset"),
    "close": lambda _asked, _said: Play(b"", [], "close"),
    "body-cut": _cut("close"),
    "body-reset": _cut("reset"),
    "hang": lambda _asked, _said: Play(b"", [(HANG, b"")], "close"),
    "body-drip": _dripped,
    "flood": _flooding,
    "no-http": lambda _asked, _said: Play(b"SMTP ready\r\n\r\n", [], "close"),
    "head-cut": lambda _asked, _said: Play(b"HTTP/1.1 200 OK\r\ncontent-ty", [], "close"),
    "head-drip": lambda _asked, _said: Play(b"HTTP/1.1 200 OK\r\n", repeat((0.05, b"x-more: x\r\n"), 600), "close"),
    "zipped-badly": lambda asked, said: Play(*_claiming(speak(asked, said), "content-encoding: gzip"), "close"),
    # bodies that are no completion
    "html": _body(b"<html>Welcome to our cluster</html>", "text/html"),
    "not-json": _body(b'{"choices": ['),
    "empty-body": _body(b""),
    "deep-body": _body(b"[" * 100_000),
    "error-in-200": _body(b'{"error": {"message": "overloaded", "code": null}}'),
    "quota-in-200": _body(b'{"error": {"message": "pay", "code": "insufficient_quota"}}'),
    "choices-missing": _completing(lambda made: {key: made[key] for key in made if key != "choices"}),
    "choices-null": _completing(lambda made: made | {"choices": None}),
    "choices-empty": _completing(lambda made: made | {"choices": []}),
    "choices-text": _completing(lambda made: made | {"choices": "none"}),
    # what is said
    "finish-length": lambda asked, said: speak(asked, replace(said, text=(said.text or "")[:5], finish="length")),
    "finish-length-whole": _saying(finish="length"),
    "finish-filter": _saying(text="", finish="content_filter"),
    "finish-odd": _saying(finish="insufficient_system_resource"),
    "finish-null": _saying(finish=None),
    "finish-tool-calls": _saying(text=None, finish="tool_calls"),
    "refusal": _saying(text=None, refusal=f"I will not. {LEAKED_KEY}"),
    "empty-content": _saying(text=""),
    "null-content": _saying(text=None),
    "blank-content": _saying(text=" \n "),
    "nul-character": _telling(lambda text: text + "\x00"),
    "bad-json": _telling(lambda text: text[:-1]),
    "wrong-schema": _telling(lambda _: json.dumps({"leak": LEAKED_KEY})),
    "prose": _telling(lambda text: f"Certainly! Here it is: {text}"),
    "extra-keys": _telling(_extra_keys),
    "not-a-number": _telling(lambda _: '{"n": NaN}'),
    "twice-the-key": _telling(lambda text: text.replace("{", '{"n": 1, "n": 2, ', 1)),
    "deep-json": _telling(lambda _: "[" * 5000 + "]" * 5000),
    # streams
    "stream-cut": _streaming(lambda made: _now(made[:3]), terminated=False),
    "stream-reset": _streaming(lambda made: _now(made[:3]), terminated=False, reset=True),
    "stream-unfinished": _streaming(lambda made: _now(made[:3])),
    "stream-done-only": _streaming(lambda made: _now([*made[:3], DONE])),
    "stream-cut-frame": _streaming(lambda made: _now([*made[:3], made[3][:20]])),
    "stream-silent": _streaming(lambda made: [(0, made[0]), (HANG, made[1])]),
    "stream-keepalive": _streaming(lambda made: [(0, made[0]), *repeat((0.05, b": keep-alive\n\n"), 600)]),
    "stream-drip": _streaming(lambda made: [(0.05, made[1])] * 600),
    "stream-bad-frame": _streaming(lambda made: _now([*made[:2], b'data: {"choices": [\n\n', DONE])),
    "stream-error": _streaming(lambda made: _now([*made[:2], _event({"error": {"message": LEAKED_KEY}})])),
    "stream-rate-limit": _streaming(
        lambda made: _now([*made[:2], _event({"error": {"message": "slow", "code": "rate_limit_exceeded"}})])
    ),
    "stream-quota": _streaming(
        lambda made: _now([*made[:2], _event({"error": {"message": "pay", "code": "insufficient_quota"}})])
    ),
    "stream-error-after-all": _streaming(lambda made: _now([*made[:-2], _event({"error": {"message": LEAKED_KEY}})])),
    "stream-reset-after-all": _streaming(lambda made: _now(made[:-2]), terminated=False, reset=True),
    "stream-late-length": _streaming(lambda made: _now([*made[:3], _finishing(made[3], "length"), DONE])),
    "stream-late-filter": _streaming(lambda made: _now([*made[:3], _finishing(made[3], "content_filter"), DONE])),
    "stream-binary": _streaming(lambda made: _now([*made[:2], b"\xff\xfe\x00\x01\n\n", DONE])),
    "stream-huge-frame": _streaming(lambda made: _now([*made[:2], b"data: " + b"x" * 18_000_000])),
    "stream-empty": _streaming(lambda _: []),
    "stream-no-events": _streaming(lambda _: _now([DONE])),
    "stream-as-body": lambda asked, said: whole(200, json.dumps(completion(asked, said)).encode()),
}
"""What can go wrong, by name."""


def _vectors(change: Callable[[list[Any]], Json]) -> Behaviour:
    return _completing(lambda made: made | {"data": change(made.get("data", []))})


FAULTS_OF_VECTORS: dict[str, Behaviour] = {
    "vectors-missing": _completing(lambda made: {key: made[key] for key in made if key != "data"}),
    "vectors-null": _vectors(lambda _: None),
    "vectors-none": _vectors(lambda _: []),
    "vectors-fewer": _vectors(lambda rows: rows[1:]),
    "vectors-more": _vectors(lambda rows: [*rows, rows[0]]),
    "vectors-of-one": _vectors(lambda rows: [row | {"index": 0} for row in rows]),
    "vectors-uneven": _vectors(
        lambda rows: [rows[0] | {"embedding": [1.0]}, *rows[1:], rows[-1] | {"index": len(rows)}]
    ),
    "vectors-empty": _vectors(lambda rows: [row | {"embedding": []} for row in rows]),
    "vectors-of-words": _vectors(lambda rows: [row | {"embedding": ["far", "near"]} for row in rows]),
    "vectors-no-numbers": _vectors(lambda rows: [row | {"embedding": [float("nan"), 1.0]} for row in rows]),
    "vectors-endless": _vectors(lambda rows: [row | {"embedding": [float("inf"), 1.0]} for row in rows]),
    "vectors-huge": _vectors(lambda rows: [row | {"embedding": [10**400, 1]} for row in rows]),
    "vectors-long": _vectors(lambda rows: [row | {"embedding": [1.0] * 20_000} for row in rows]),
    "vectors-flood": _body(b" " * 20_000_000),
    "vectors-unindexed": _vectors(lambda rows: [{"embedding": row["embedding"]} for row in rows]),
}
"""What can go wrong with embeddings beside, by name."""

SLOW = frozenset({"hang", "body-drip", "head-drip", "flood", "stream-silent", "stream-keepalive", "stream-drip"})
"""Faults that take long, or until a deadline."""

LASTING = frozenset(
    {
        *("quota", "quota-in-200", "unauthorized", "forbidden", "model-missing", "redirect", "rate-limit-hour"),
        *("context-overflow", "context-overflow-worded", "too-large", "bad-request", "unprocessable"),
        *("prompt-filtered", "finish-filter", "refusal", "payment-required", "stream-quota", "stream-late-filter"),
    }
)
"""Faults that asking again does not cure."""

HARMLESS: dict[str, Behaviour] = {
    "fenced": _telling(lambda text: f"```json\n{text}\n```"),
    "usage-missing": _saying(usage=None),
    "usage-zero": _saying(usage={"prompt_tokens": 0, "completion_tokens": 0}),
    "stream-half-null": _streaming(lambda made: _now([*made[:3], _event({"choices": None}), *made[3:], DONE])),
    "stream-slow": _streaming(lambda made: ((0.02, piece) for piece in [*made, DONE])),
    "calls-a-tool": lambda asked, said: (speak if asked.stream else _completing(_with_a_call))(asked, said),
    "usage-negative": _saying(usage={"prompt_tokens": -5, "completion_tokens": -5}),
}
"""What looks odd and must be taken all the same."""


def refusing(*, form: bool = False, json: bool = False, length: bool = False, temperature: bool = False) -> Wire:
    """Make a server of OpenAI's protocol that does not take all of a request: its form, its bound, its temperature.

    Args:
        form: strict schemas are refused.
        json: JSON mode is.
        length: ``max_completion_tokens`` is.
        temperature: it is.

    """
    return _Refusing(
        {
            "response_format json_schema is not supported, try json_object": form,
            "This response_format type is unavailable now": json,
            "Unrecognized request argument supplied: max_completion_tokens": length,
            "Unsupported value: 'temperature' does not support 0 with this model": temperature,
        }
    )


class _Refusing:
    def __init__(self, refused: Mapping[str, bool]) -> None:
        self._refused = refused

    def read(self, asked: Asked) -> Asked:
        return asked

    def answer(self, fault: str | None, asked: Asked, said: Said) -> Play:
        body = asked.body
        form = body.get("response_format", {}).get("type")
        has = (form == "json_schema", form == "json_object", "max_completion_tokens" in body, "temperature" in body)
        words = next((w for (w, on), present in zip(self._refused.items(), has, strict=True) if on and present), None)
        if words:
            return _refusing(400, None, words=words)(asked, said)
        return choice(fault)(asked, said) if fault else speak(asked, said)


def choice(fault: str) -> Behaviour:
    """Give a behaviour by its name."""
    return (FAULTS | FAULTS_OF_VECTORS).get(fault) or HARMLESS[fault]


# --- the server ------------------------------------------------------------------------------------------------------


class ModelServer:
    """Serves on a thread of its own, so that programs and loops of any kind can ask it.

    Args:
        reply: gives the text of a good reply; by default a valid instance of the schema.
        judge: gives it where claims are to be held against their evidence; by default, all of them hold.
        script: names a fault for a request, or None.
        delay: seconds before an answer begins, or a function that gives them.
        port: 0 takes a free one.
        wire: what is spoken, if it is not OpenAI's protocol.

    """

    def __init__(
        self,
        reply: Callable[[Asked], str] | None = None,
        script: Callable[[Asked], str | None] = lambda _: None,
        *,
        judge: Callable[[Asked], str] = upheld,
        delay: float | Callable[[Asked], float] = 0.0,
        port: int = 0,
        wire: Wire | None = None,
    ) -> None:
        self._wire = wire
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.port = port
        self.reply = reply or valid_reply(0)
        self.judge = judge
        self.script = script
        self.vector: Callable[[str], list[float]] = hashed
        """Gives the vector of a text."""
        self.hold: Callable[[Asked], bool] | None = None
        """While it says so of a request, its answer is held back."""
        self.cached = 0
        """Tokens of each prompt that were read from a cache, so it says."""
        self._delay = delay if callable(delay) else lambda _: delay
        self._at_once = 0
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._connections: set[asyncio.Future[None]] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def root(self) -> str:
        """Its address without the path that OpenAI's protocol has."""
        return f"http://127.0.0.1:{self.port}"

    def arrived(self) -> int:
        """Count the requests, those included that the client sent just before it died."""

        async def turns() -> None:
            for _ in range(20):
                await asyncio.sleep(0)

        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(turns(), self._loop).result()
        return len(self.asked)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.ensure_future(self._connected(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has gone
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False ends the connection."""
        path, headers = await _head_of(reader)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        asked = Asked(len(self.asked) + 1, time.monotonic(), headers, json.loads(body), path)
        asked = self._wire.read(asked) if self._wire else asked
        self.asked.append(asked)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self._delay(asked))
            while self.hold and self.hold(asked):  # noqa: ASYNC110 - another thread lets go
                await asyncio.sleep(0.01)
            return await _send(writer, self._play(asked))
        finally:
            self._at_once -= 1

    def _play(self, asked: Asked) -> Play:
        fault = self.script(asked)
        text = "" if asked.texts else (self.judge if is_verifying(asked) else self.reply)(asked)
        usage = {"prompt_tokens": len(asked.prompt) // 4 + 1, "completion_tokens": len(text) // 4 + 1}
        said = Said(text, usage=usage, cached=self.cached, vectors=[self.vector(text) for text in asked.texts])
        if self._wire:
            return self._wire.answer(fault, asked, said)
        return (choice(fault) if fault else speak)(asked, said)


async def _head_of(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    first, *head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
    named = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head)}
    return first.split(" ")[1], named


async def _send(writer: asyncio.StreamWriter, play: Play) -> bool:
    writer.write(play.head)
    for pause, piece in play.pieces:
        if pause:
            await writer.drain()
            await asyncio.sleep(pause)
        writer.write(piece)
        await writer.drain()
    if play.end == "reset":
        writer.transport.abort()
    return play.end == "keep"


def random_faults(seed: int, share: float, without: Collection[str] = ()) -> Callable[[Asked], str | None]:
    """Choose a fault for that share of the requests; the same ones for the same seed and order."""
    rng = random.Random(seed)
    names = [name for name in FAULTS if name not in without]
    return lambda _: rng.choice(names) if rng.random() < share else None


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests that go wrong")
    parser.add_argument("--delay", type=float, default=0.0, help="longest delay of an answer, seconds")
    parser.add_argument("--passing", action="store_true", help="only faults that asking again cures")
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    with ModelServer(
        valid_reply(chosen.seed),
        random_faults(chosen.seed, chosen.faults, {"rate-limit-hour", "flood", *(LASTING if chosen.passing else ())}),
        delay=lambda _: rng.uniform(0, chosen.delay),
        port=chosen.port,
    ) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
