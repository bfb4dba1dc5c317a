"""What a host sets for all documents that it has written: an assistant in Studio, a program of one's own."""

from collections.abc import Mapping
from typing import Annotated, Any

from langgraph.runtime import get_runtime
from pydantic import Field, with_config
from typing_extensions import TypedDict


@with_config(title="How documents are made", strict=True)
class DocumentContext(TypedDict, total=False):
    """Counts where a brief says nothing of it."""

    model: Annotated[str, Field(description="What every agent asks, of the models that are set.", examples=["gpt-4o"])]
    models: Annotated[dict[str, str], Field(description="What single agents ask.", examples=[{"writer": "gpt-4o"}])]
    max_rounds: Annotated[int, Field(description="Drafts of a section, 1 to 10.", json_schema_extra={"default": 2})]


def with_context(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in the options of a brief that it leaves out and the host has set."""
    context: Any = get_runtime().context
    options = asked.get("options") or {}
    if not isinstance(context, Mapping) or not isinstance(options, Mapping):
        return dict(asked)  # started by an interface of ours, or in no good shape, which is said where briefs are read
    known = {name: context[name] for name in DocumentContext.__annotations__ if context.get(name) is not None}
    return {**asked, "options": {**known, **options}} if known else dict(asked)
