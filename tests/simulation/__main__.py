"""Plays seeds: ``PYTHONPATH=.:tests python -m simulation 17`` reruns one and prints its journal.

``--seeds 20000 --from 0 --processes 2`` plays many and names those that do not hold.
"""

import argparse
import itertools
import sys
import traceback

from simulation.many import play, report
from simulation.play import Play
from simulation.scenario import Scenario
from simulation.seeds import calm, judge, rough, told


def main() -> int:
    """Play what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m simulation", description="Runs in virtual time, by seed.")
    parser.add_argument("seed", type=int, nargs="?", help="play this one and print its journals")
    parser.add_argument("--seeds", type=int, default=1000, help="play so many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first of them")
    parser.add_argument("--processes", type=int, default=2, help="beside each other")
    asked = parser.parse_args()
    return _one(asked.seed) if asked.seed is not None else report(play(asked.first, asked.seeds, asked.processes))


def _one(seed: int) -> int:
    """Play one seed in both ways and print its journals."""
    scenario, found = Scenario(seed), judge(seed).broken
    _print(f"brief: {scenario.brief}", *map(str, scenario.outside))
    turns = _shown(Play(scenario, calm(seed)))
    if turns:
        _shown(Play(scenario, rough(seed, turns)))
    _print(*(found or ["everything holds"]))
    return int(bool(found))


def _shown(play: Play) -> int:
    """Play, and print the journal, however it ends; give the turns it took, or 0."""
    _print(str(play.way))
    try:
        played = play.perform()
    except Exception:  # noqa: BLE001 - whatever it is, it is told, and the journal shows how it came to it
        _print(*told(play.journal), traceback.format_exc())
        return 0
    _print(*told(played.journal), f"{played.output['status']} in {played.legs} legs; refused: {played.refused}")
    return played.turns


def _print(*said: str) -> None:
    sys.stdout.writelines(itertools.chain.from_iterable((line, "\n") for line in said))
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
