"""How long a call waits for a model."""

from quire.nodes.model.patience import Patience


def test_a_pause_ends_with_the_later_of_what_the_endpoint_and_the_call_ask() -> None:
    patience = Patience(60, clock=lambda: 100.0)
    patience.hold_off("m", 5)

    assert patience.pause("m", open_at=0) == 5
    assert patience.pause("m", open_at=109) == 9
    assert patience.pause("other", open_at=0) == 0


def test_a_pause_that_leaves_no_time_for_an_attempt_exhausts_the_model() -> None:
    patience = Patience(60, clock=lambda: 100.0)
    patience.spend("m", 50)

    assert patience.pause("m", open_at=109) == 9
    assert patience.pause("m", open_at=110) is None
    assert patience.exhausted == {"m"}
    assert patience.left("other") == 60
