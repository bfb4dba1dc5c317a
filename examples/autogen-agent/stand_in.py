"""What the example uses of ``autogen_core``, in the same shape: a runtime that sends messages to agents by type."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, get_type_hints


class AgentId(NamedTuple):
    type: str
    key: str


class MessageContext(NamedTuple):
    sender: AgentId | None = None


def message_handler(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    handler.target = get_type_hints(handler)["message"]
    return handler


class SingleThreadedAgentRuntime:
    def __init__(self) -> None:
        self._agents: dict[str, RoutedAgent] = {}

    def start(self) -> None:
        """Begin to deliver; here a message is delivered as it is sent."""

    async def stop(self) -> None:
        """Deliver no more."""

    def take(self, name: str, made: "RoutedAgent") -> None:
        self._agents[name] = made

    async def send_message(self, message: object, recipient: AgentId) -> Any:
        return await self._agents[recipient.type].on_message(message, MessageContext())


class RoutedAgent:
    def __init__(self, description: str) -> None:
        self.description = description

    @classmethod
    async def register(
        cls, runtime: SingleThreadedAgentRuntime, name: str, factory: Callable[[], "RoutedAgent"]
    ) -> None:
        runtime.take(name, factory())

    async def on_message(self, message: object, ctx: MessageContext) -> Any:
        handlers = (getattr(self, name) for name in dir(self))
        handler = next(h for h in handlers if getattr(h, "target", None) is type(message))
        return await handler(message, ctx)
