import random

import crash
import pytest

KILLS = 30


@pytest.mark.long
@pytest.mark.timeout(600)
def test_killed_at_random_moments_no_recorded_reply_is_asked_again_and_no_text_is_wrong() -> None:
    crash.prepare()
    whole, rng = crash.seconds_of_a_run(), random.Random(3)

    outcomes = [crash.killed_and_resumed(rng.uniform(0, whole)) for _ in range(KILLS)]

    assert (0, 0) == (sum(o.asked_again for o in outcomes), sum(o.wrong for o in outcomes))
    assert KILLS / 2 < sum(0 < o.recorded < crash.work_in("").steps for o in outcomes), "the moments were inside a run"
