"""Runs in virtual time hold what they promise, whatever happens and whenever."""

import pytest
from simulation.many import play
from simulation.seeds import broken

# A process that dies leaves behind what it had not begun.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
EVERYDAY = 50


@pytest.mark.parametrize("seed", range(EVERYDAY))
def test_a_seed_holds(seed: int) -> None:
    assert [] == broken(seed)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_thousand_seeds_hold() -> None:
    assert {} == {seed: found for seed, found in play(0, 1000, processes=2) if found}
