"""The calls of a run, at whichever endpoints: when the run may be put aside, and that nothing of it begins then."""

from collections.abc import Iterator
from contextlib import contextmanager

from quire.nodes.faults import EndpointOut


class RunCalls:
    """What the calls of a run know of each other. While an attempt is under way, which is paid, the run goes on."""

    def __init__(self) -> None:
        self.can_suspend = False
        """Whoever works on the run carries it on later if it is put aside, and nobody needs to stay with it."""
        self._under_way = 0
        self._out: EndpointOut | None = None

    @property
    def may_be_put_aside(self) -> bool:
        """Whether somebody carries the run on later, and nothing would be lost that is paid."""
        return self.can_suspend and not self._under_way

    @property
    def is_put_aside(self) -> bool:
        """Whether nothing of the run may begin any more."""
        return self._out is not None

    def put_aside(self, seconds: float) -> None:
        """Have the run put aside for an endpoint that has been out of order for so long.

        Raises:
            EndpointOut: always.

        """
        self._out = EndpointOut(seconds)
        raise self._out

    def check(self) -> None:
        """Hold up a call that is about to begin.

        Raises:
            EndpointOut: the run is being put aside, as another call of it has found.

        """
        if self._out is not None:
            raise EndpointOut(self._out.seconds)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Count an attempt as under way, until it is recorded."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
