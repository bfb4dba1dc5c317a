"""Keeps calls away from an endpoint that is out of order, and lets one try now and then.

It opens after a few failures in a row, whoever's calls they were. Then nobody asks until a pause is over; one
call tries, and with its failure the pause doubles, up to half a minute. So an outage costs two attempts a minute
instead of every call's all, and all calls go on within half a minute of its end.

An endpoint that has never answered is not out of order but, as far as we know, not there: waiting for it would only
hide a wrong address, so the breaker begins to count with the first answer. Until then it tells those who can go
elsewhere that nobody answers, and nobody waits.
"""

from collections.abc import Callable
from typing import Final

OUT_OF_ORDER: Final = frozenset({"server-error", "connection"})
"""Kinds of an endpoint that works for nobody."""
SAYS_NOTHING: Final = frozenset({"deadline", "not-an-api", "redirected", "unknown"})
"""Kinds that tell neither that it works nor that it does not: a long answer may be what takes long."""
CLOSED_TO_US: Final = frozenset({"quota", "auth"})
"""Kinds that the next call, whatever it asks, would meet as well."""

_FAILURES: Final = 4
"""In a row. No more than the attempts that ``server-error`` is worth, so that a call alone can open it."""
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_CLOSED_TO_US_FOR: Final = 60.0
"""Seconds."""


class Breaker:
    """The state of an endpoint, told by how attempts at it ended.

    Args:
        clock: monotonic seconds.
        patience: seconds that calls wait, from the first failure of an outage on, before their run is put aside.
        limit: seconds, from then on too, after which they give up. No less than the patience counts.

    """

    def __init__(self, clock: Callable[[], float], patience: float, limit: float = 0.0) -> None:
        self._clock = clock
        self._patience = patience
        self._limit = max(patience, limit)
        self._in_a_row = 0
        self._began = 0.0
        self._pause = 0.0
        self._next_try = 0.0
        self._tickets = 0
        self._trial = 0
        """Ticket of the one attempt that tries an endpoint which is out of order."""
        self._closed_to_us = ("", 0.0)
        self._unanswered = 0
        self._mute_for = self._mute_until = 0.0
        self.has_answered = False
        """Whether the endpoint is known to have worked, in this process or before."""

    @property
    def is_open(self) -> bool:
        """Whether the endpoint counts as out of order."""
        return self._pause > 0

    @property
    def is_mute(self) -> bool:
        """Whether it has never answered, and several failed to reach it just now."""
        return not self.has_answered and self._clock() < self._mute_until

    @property
    def out_for(self) -> float:
        """For how many seconds it has been out of order; 0 if it is not."""
        return self._clock() - self._began if self.is_open else 0.0

    @property
    def is_worn_out(self) -> bool:
        """Whether it has been out of order for longer than anybody waits."""
        return self.out_for > self._limit

    @property
    def tries_patience(self) -> bool:
        """Whether it has been out of order for longer than a call waits in its run, and nobody is trying it now."""
        return self.out_for > self._patience and not self._trial

    def refusal(self) -> str:
        """Give the kind with which every call ends at present; empty if calls may be made."""
        kind, until = self._closed_to_us
        return kind if self._clock() < until else ""

    def wait(self) -> float:
        """Give the seconds after which it is worth asking again; 0 is now."""
        if not self.is_open:
            return 0.0
        return max(self._next_try - self._clock(), _FIRST_PAUSE if self._trial else 0.0)

    def enter(self) -> int:
        """Begin an attempt and give its ticket, by which its end is told; 0 if none may be made now."""
        if self.wait() > 0:
            return 0
        self._tickets += 1
        self._trial = self._tickets if self.is_open else 0
        return self._tickets

    def recall(self, seconds: float) -> None:
        """Take an endpoint up that was out of order for so long when somebody last asked: the next attempt tries it.

        Whoever knows it better, because it was asked since, keeps to that.
        """
        if self.has_answered or self._in_a_row:
            return
        self.has_answered, self._in_a_row, self._pause = True, _FAILURES, _FIRST_PAUSE
        self._began, self._next_try = self._clock() - seconds, self._clock()

    def put_off(self) -> None:
        """Let nobody try for a moment: a run is being put aside, and its other calls with it."""
        self._next_try = max(self._next_try, self._clock() + _FIRST_PAUSE)

    def succeeded(self) -> None:
        """Take note that the endpoint worked, whatever it said."""
        self.has_answered = True
        self._in_a_row, self._pause, self._trial = 0, 0.0, 0

    def failed(self, ticket: int) -> bool:
        """Take note that it did not; gives whether that belongs to an outage."""
        if not self.has_answered:
            self._went_unanswered()
            return False
        self._began = self._clock() if self._in_a_row == 0 else self._began
        self._in_a_row += 1
        if ticket == self._trial or (not self.is_open and self._in_a_row >= _FAILURES):
            self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _FIRST_PAUSE)
            self._rest(ticket)
        return self.is_open

    def _went_unanswered(self) -> None:
        self._unanswered += 1
        if self._unanswered >= _FAILURES:
            self._mute_for = min(_LONGEST_PAUSE, self._mute_for * 2 or _FIRST_PAUSE)
            self._mute_until = self._clock() + self._mute_for

    def left(self, ticket: int) -> None:
        """Take note that an attempt is over, whatever it told."""
        if ticket == self._trial:
            self._rest(ticket)

    def _rest(self, ticket: int) -> None:
        self._next_try = self._clock() + self._pause
        self._trial = 0 if ticket == self._trial else self._trial

    def shut(self, kind: str) -> None:
        """Take note that the endpoint is closed to this account."""
        self._closed_to_us = (kind, self._clock() + _CLOSED_TO_US_FOR)
