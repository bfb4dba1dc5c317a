"""The words in which providers say what happened, and the rows of ``quire.nodes.model.kinds`` that they mean."""

from typing import Final, Literal, TypeAlias

Wish: TypeAlias = Literal["form", "length", "temperature"]
"""What an endpoint may not accept of a request: how JSON is asked for, what bounds it, how freely it is written."""

BY_STATUS: Final = {
    400: "bad-request",
    401: "auth",
    402: "quota",
    403: "forbidden",
    404: "unknown-model",
    408: "deadline",
    409: "conflict",
    413: "context-overflow",
    422: "bad-request",
    429: "rate-limited",
}

BY_CODE: Final = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "billing_not_active": "quota",
    "rate_limit_exceeded": "rate-limited",
    "invalid_api_key": "auth",
    "account_deactivated": "auth",
    "model_not_found": "unknown-model",
    "context_length_exceeded": "context-overflow",
    "string_above_max_length": "context-overflow",
    "content_filter": "content-filter",
    "content_policy_violation": "content-filter",
    "server_error": "server-error",
    # Anthropic
    "authentication_error": "auth",
    "billing_error": "quota",
    "permission_error": "forbidden",
    "not_found_error": "unknown-model",
    "request_too_large": "context-overflow",
    "rate_limit_error": "rate-limited",
    "timeout_error": "deadline",
    "api_error": "server-error",
    "overloaded_error": "server-error",
    # Gemini
    "UNAUTHENTICATED": "auth",
    "PERMISSION_DENIED": "forbidden",
    "NOT_FOUND": "unknown-model",
    "RESOURCE_EXHAUSTED": "rate-limited",
    "DEADLINE_EXCEEDED": "deadline",
    "INTERNAL": "server-error",
    "UNAVAILABLE": "server-error",
}
"""By the ``code``, ``type`` or ``status`` of an error object; it says more than the HTTP status."""

BY_WORDS: Final = {
    "maximum context length": "context-overflow",
    "context window": "context-overflow",
    "prompt is too long": "context-overflow",
    "too many input tokens": "context-overflow",
    "exceeds the maximum number of tokens": "context-overflow",
    "credit balance is too low": "quota",
    "api key not valid": "auth",
}
"""How endpoints that give no code, or one for everything, say what is wrong."""

NAMES_OF_WISHES: Final[tuple[tuple[Wish, tuple[str, ...]], ...]] = (
    ("length", ("max_completion_tokens",)),
    ("temperature", ("temperature",)),
    ("form", ("response_format", "json_schema", "json_object", "output_config", "responsejsonschema", "structured")),
    ("form", ("schema", "grammar", "json mode")),
)
"""How endpoints name what they do not accept; the first that fits counts."""

GOOD_ENDS: Final = frozenset({"stop", "tool_calls"})
"""Why a whole reply ended, as OpenAI's protocol says it."""
ENDED_BY_LENGTH: Final = frozenset({"length", "max_tokens", "model_context_window_exceeded", "model_length"})
ENDED_BY_FILTER: Final = frozenset(
    {"content_filter", "safety", "recitation", "blocklist", "prohibited_content", "spii", "language"}
)
ENDED_BY_REFUSAL: Final = frozenset({"refusal"})
"""Why replies end, as providers say it, in lower case."""
