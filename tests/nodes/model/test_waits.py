"""How long to wait, by headers and by backoff."""

import pytest

from quire.nodes.model.waits import backoff, luck_of, wait_of


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "1", "retry-after-ms": "2500"}, 2.5),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 60.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:00:00 GMT", "date": "Sun, 22 Nov 2026 10:01:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:00 GMT"}, None),
        ({"x-ratelimit-reset-requests": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-tokens": "1h2m3.5s"}, 3723.5),
        ({"x-ratelimit-reset-tokens": "120ms"}, 0.12),
        ({"x-ratelimit-reset-requests": "2s", "x-ratelimit-reset-tokens": "9s"}, 9.0),
        ({"x-ratelimit-reset-requests": "9s", "x-ratelimit-remaining-requests": "10"}, None),
        ({"x-ratelimit-reset-tokens": "9s", "x-ratelimit-remaining-tokens": "0", "retry-after": "2"}, 9.0),
        ({"x-ratelimit-reset-tokens": "later"}, None),
    ],
)
def test_the_longest_wait_that_the_headers_ask_counts(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_of(headers) == (None if seconds is None else pytest.approx(seconds))


def test_the_span_of_the_backoff_doubles_up_to_its_bound() -> None:
    assert [backoff(failures, 1.0) for failures in (1, 2, 3, 4, 5, 6)] == [1, 2, 4, 8, 16, 16]


def test_the_backoff_is_drawn_from_the_whole_span() -> None:
    assert backoff(3, 0.0) == 0
    assert backoff(3, 0.25) == 1


def test_luck_is_the_same_for_a_seed_and_spread_over_seeds() -> None:
    draws = [luck_of(str(seed)) for seed in range(1000)]

    assert draws == [luck_of(str(seed)) for seed in range(1000)]
    assert all(0 <= draw < 1 for draw in draws)
    assert 0.45 < sum(draws) / len(draws) < 0.55
