"""An endpoint that is out of order is left alone, tried now and then, and gone back to at once."""

from dataclasses import dataclass, field

import pytest

from quire.nodes.model.breaker import Breaker


@dataclass
class Bench:
    """A breaker in a time that the test moves."""

    now: float = 0.0
    breaker: Breaker = field(init=False)

    def __post_init__(self) -> None:
        self.breaker = Breaker(lambda: self.now, patience=100, limit=1000)

    def fail(self, times: int = 1) -> bool:
        return [self.breaker.failed(self.breaker.enter()) for _ in range(times)][-1]


@pytest.fixture
def proven() -> Bench:
    bench = Bench()
    bench.breaker.succeeded()
    return bench


def test_it_opens_after_a_few_failures_in_a_row(proven: Bench) -> None:
    assert not proven.fail(3)
    assert proven.breaker.wait() == 0
    assert proven.fail()
    assert proven.breaker.wait() == 1
    assert proven.breaker.enter() == 0


def test_a_success_between_failures_keeps_it_closed(proven: Bench) -> None:
    proven.fail(3)
    proven.breaker.succeeded()

    assert not proven.fail(3)


def test_an_endpoint_that_never_answered_is_not_out_of_order() -> None:
    bench = Bench()

    assert not bench.fail(50)
    assert bench.breaker.wait() == 0


def test_one_attempt_at_a_time_tries_and_the_pause_doubles_up_to_half_a_minute(proven: Bench) -> None:
    proven.fail(4)
    pauses = []
    for _ in range(7):
        pauses.append(proven.breaker.wait())
        proven.now += proven.breaker.wait()
        trial = proven.breaker.enter()
        assert trial
        assert proven.breaker.enter() == 0
        assert proven.breaker.failed(trial)

    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_late_failure_of_an_older_attempt_does_not_lengthen_the_pause(proven: Bench) -> None:
    older = proven.breaker.enter()
    proven.fail(4)
    assert proven.breaker.failed(older)

    assert proven.breaker.wait() == 1


def test_the_first_success_lets_everybody_in(proven: Bench) -> None:
    proven.fail(4)
    proven.now += 1
    assert proven.breaker.enter()
    proven.breaker.succeeded()

    assert all(proven.breaker.enter() for _ in range(3))


def test_a_trial_that_was_cancelled_is_followed_by_another(proven: Bench) -> None:
    proven.fail(4)
    proven.now += 1
    proven.breaker.left(proven.breaker.enter())
    proven.now += proven.breaker.wait()

    assert proven.breaker.enter()


def test_nobody_waits_longer_than_their_patience_counted_from_the_first_failure(proven: Bench) -> None:
    proven.fail(4)
    seen = []
    for now in (100, 101, 1000, 1001):
        proven.now = now
        seen.append((proven.breaker.tries_patience, proven.breaker.is_worn_out))

    assert [(False, False), (True, False), (True, False), (True, True)] == seen


def test_while_somebody_tries_it_nobody_loses_patience(proven: Bench) -> None:
    proven.fail(4)
    proven.now = 101
    ticket = proven.breaker.enter()

    assert not proven.breaker.tries_patience
    proven.breaker.left(ticket)
    assert proven.breaker.tries_patience


def test_an_outage_that_is_recalled_is_tried_once_and_goes_on_counting() -> None:
    bench = Bench()
    bench.breaker.recall(500)
    assert bench.breaker.wait() == 0
    assert bench.fail()
    assert bench.breaker.wait() > 0
    assert bench.breaker.out_for == 500

    bench.now = 501
    assert bench.breaker.is_worn_out


def test_whoever_has_asked_since_knows_better(proven: Bench) -> None:
    proven.breaker.recall(500)

    assert not proven.breaker.is_open


def test_an_account_that_is_closed_ends_every_call_for_a_minute(proven: Bench) -> None:
    proven.breaker.shut("quota")
    assert proven.breaker.refusal() == "quota"
    proven.now = 60
    assert not proven.breaker.refusal()
