"""An attempt as LangChain's callbacks see it: a chat model whose chunks are prose, without marks; JSON has none.

So ``stream_mode="messages"``, ``astream_events`` and tracers see tokens as of any model. It streams only where one of
them wants chunks. An attempt that fails ends with an empty chunk that says ``void``: what it said is not to be shown
any more, and the next attempt has another id.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, Protocol, cast

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.tracers import LangChainTracer

from quire.nodes.model.partial_reply import Prose
from quire.nodes.model.question import Question

VOID = "void"
"""Stands in the metadata of the last chunk of an attempt that failed."""


class Attempt(Protocol):
    """What gives a reply piece by piece."""

    def pieces(self, *, stream: bool) -> AsyncGenerator[BaseMessage]:
        """Ask, and give what comes."""
        ...

    def is_good(self) -> bool:
        """Whether what came can be used."""
        ...


async def watched(
    attempt: Attempt, question: Question, *, streams: bool, on_token: Callable[[str], None] | None
) -> None:
    """Make an attempt under the eyes of the callback handlers of the graph that is under way.

    Args:
        attempt: gives the reply.
        question: what is asked.
        streams: the reply is to come as a stream, whatever handlers want.
        on_token: is told the reply's text as it comes.

    """
    prose = Prose() if question.schema is None else None
    model = _Watched(attempt=attempt, prose=prose, on_token=on_token, called=question.model)
    wish: dict[str, Any] = {"stream": True} if streams else {}
    await model.ainvoke(question.messages, **wish)


class Muted(LangChainTracer):
    """Stands where LangChain would put a tracer of its own, under a call of which the tracer is told already."""

    ignore_llm = ignore_chat_model = ignore_retry = ignore_custom_event = True

    @classmethod
    def make(cls) -> "Muted":
        """Make one that has nobody to send to."""
        return cls(client=cast("Any", object()))


class _Watched(BaseChatModel):
    attempt: Any
    prose: Any
    on_token: Any
    called: str

    @property
    def _llm_type(self) -> str:
        return "quire"

    def _get_ls_params(self, stop: list[str] | None = None, **kwargs: Any) -> Any:
        return {**super()._get_ls_params(stop, **kwargs), "ls_model_name": self.called}

    async def _agenerate(
        self,
        messages: list[BaseMessage],  # noqa: ARG002 - the attempt knows what it asks
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's signature
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's signature
        **_: Any,
    ) -> ChatResult:
        said, usage = list[str](), None
        async with aclosing(self.attempt.pieces(stream=False)) as pieces:
            async for message in pieces:
                said.append(self._said(message))
                usage = getattr(message, "usage_metadata", None) or usage
        return ChatResult(generations=[ChatGeneration(message=AIMessage("".join(said), usage_metadata=usage))])

    async def _astream(
        self,
        messages: list[BaseMessage],  # noqa: ARG002 - the attempt knows what it asks
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's signature
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's signature
        **_: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        try:
            async with aclosing(self.attempt.pieces(stream=True)) as pieces:
                async for message in pieces:
                    if self.on_token is not None and message.text:
                        self.on_token(str(message.text))
                    usage = getattr(message, "usage_metadata", None)
                    if (said := self._said(message)) or usage:
                        yield _chunk(said, usage)
        except Exception:
            yield _chunk("", None, void=True)
            raise
        yield _chunk("", None, void=not self.attempt.is_good())

    def _said(self, message: BaseMessage) -> str:
        text = str(message.text)
        return self.prose.take(text) if self.prose is not None else ""

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("attempts are asynchronous")


def _chunk(text: str, usage: Any, *, void: bool = False) -> ChatGenerationChunk:
    metadata = {VOID: True} if void else {}
    return ChatGenerationChunk(message=AIMessageChunk(content=text, usage_metadata=usage, response_metadata=metadata))
