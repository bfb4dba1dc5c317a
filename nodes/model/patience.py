"""How long a call waits for a model, and for which models it has stopped waiting."""

from collections.abc import Callable


class Patience:
    """Seconds left to spend on attempts at each model and on the waits between them.

    Time in the queue for a slot does not count: it is ours, not the endpoint's.

    Args:
        seconds: for each model.
        clock: monotonic seconds.

    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._spent: dict[str, float] = {}
        self._not_before: dict[str, float] = {}
        self.exhausted: set[str] = set()

    def left(self, model: str) -> float:
        """Give the seconds that are left for a model."""
        return self._seconds - self._spent.get(model, 0.0)

    def spend(self, model: str, seconds: float) -> None:
        """Use up some of them."""
        self._spent[model] = self._spent.get(model, 0.0) + seconds

    def hold_off(self, model: str, seconds: float) -> None:
        """Let the next attempt at a model begin no earlier than so many seconds from now."""
        self._not_before[model] = self._clock() + seconds

    def pause(self, model: str, open_at: float) -> float | None:
        """Give the seconds to wait now, or None, and a model exhausted, if they are not there.

        Args:
            model: which will be asked.
            open_at: when the endpoint accepts calls for it again.

        """
        pause = max(0.0, open_at - self._clock(), self._not_before.get(model, 0.0) - self._clock())
        if pause >= self.left(model):
            self.exhausted.add(model)
            return None
        return pause
