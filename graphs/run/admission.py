"""Lets the sections of a run go on in the order of their paths: the one with the longest path ahead first.

All section runs share one event loop. Where several can go on at once, when a plan is sent out or a section closes that
others wait for, they are let in together, in that order, so that the longest path is the first to ask its model.
"""

import asyncio


class SectionAdmission:
    """Lets in at once all that came in the same turn of the event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        """In whose next turn those are let in that wait."""
        self._entering: list[tuple[float, asyncio.Future[bool]]] = []

    def admit(self, entering: "asyncio.Future[bool]", priority: float) -> None:
        """Have ``True`` come to a future when it is its turn. Of equal priorities the first to come is the first."""
        loop = entering.get_loop()
        if self._loop is not loop:  # nobody waits, or only whom a loop that is over left behind
            self._loop, self._entering = loop, []
            loop.call_soon(self._let_in)
        self._entering.append((priority, entering))

    async def enter(self, priority: float) -> None:
        """Wait to be let in."""
        entering: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.admit(entering, priority)
        await entering

    async def step_aside(self) -> None:
        """Let all go first that wait now."""
        if self._entering:
            await self.enter(-1)

    def _let_in(self) -> None:
        entering, self._entering, self._loop = self._entering, [], None
        for _, each in sorted(entering, key=lambda one: -one[0]):
            if not each.done():
                each.set_result(True)
