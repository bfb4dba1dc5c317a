"""Who hears replies grow: while somebody listens to a run, its model calls are streamed.

What is heard is a preview. An attempt may still fail after it has said much, so nothing of it is kept, numbered
or played again; the reply that counts comes from the gateway, whole.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

from langchain_core.callbacks import BaseCallbackManager
from langchain_core.runnables import RunnableConfig


class Words(NamedTuple):
    """A piece of a reply, as it comes."""

    section: str
    """``document`` for agents of the document."""
    epoch: int
    round: int
    agent: str
    step: str
    """Which of the agent's calls: ``draft``, ``part-2``, ``read`` …"""
    text: str
    """The next characters of the reply's prose, never of the JSON around it. Empty: all that this call said is void."""
    at: int = 0
    """How many characters of the prose come before."""


Listener: TypeAlias = Callable[[Words], None]
"""Called on the run's event loop, between two pieces of a stream: it must be quick and must not raise."""


class Listeners:
    """Those who listen to a run. True while there is one."""

    def __init__(self) -> None:
        self._listening: list[Listener] = []

    def __bool__(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listening)

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[None]:
        """Let somebody listen. A call that is under way is heard from the next one on."""
        self._listening.append(listener)
        try:
            yield
        finally:
            self._listening.remove(listener)

    def tell(self, words: Words) -> None:
        """Tell all who listen now."""
        for listener in list(self._listening):
            listener(words)


def is_heard(config: RunnableConfig) -> bool:
    """Whether a callback handler of LangChain's is told of what runs under a config."""
    callbacks = config.get("callbacks")
    if not isinstance(callbacks, BaseCallbackManager):
        return True  # the environment may still bring one
    return bool(callbacks.handlers or callbacks.inheritable_handlers)
