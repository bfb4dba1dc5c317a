"""Workers under load that are replaced one by one, as a deployment does.

By itself, longer: ``PYTHONPATH=. python tests/rolling.py --restarts 20``
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from model_server import ModelServer
from postgres import MISSING, Cluster, cluster, programs
from serving import stopped
from toys import section, toy_brief
from workers import site

SECTIONS = (section("height"), section("yards", "height"))


class Rolled(NamedTuple):
    """What was seen."""

    statuses: Counter[str]
    """How the runs ended."""
    exits: list[int]
    """Of the workers that were told to stop."""
    longest: float
    """Seconds that one of them took to end."""
    asked: int
    recorded: int


def rolled(postgres: Cluster, folder: Path, restarts: int) -> Rolled:
    """Replace the older of two workers again and again, while documents keep coming."""
    with ModelServer(delay=0.3) as server, site(postgres, folder, OPENAI_BASE_URL=server.url) as found:
        team, runs, exits, longest = [found.worker(), found.worker()], [], [], 0.0
        for n in range(restarts):
            runs += [found.post(toy_brief(*SECTIONS, title=f"Report {n}.{each}")) for each in range(3)]
            team.append(found.worker())
            time.sleep(2)
            begun = time.monotonic()
            exits.append(stopped(team.pop(0)))
            longest = max(longest, time.monotonic() - begun)
        found.until(runs, "done", 60 + 10 * restarts)
        statuses = Counter(found.report(run)["status"] for run in runs)
        recorded = found.ask("SELECT count(*) FROM attempts")[0][0]
        return Rolled(statuses, exits, longest, server.arrived(), recorded)


def main() -> None:
    """Roll by command, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=20)
    restarts = parser.parse_args().restarts
    found = programs()
    if found is None:
        raise SystemExit(MISSING)
    with cluster(found) as postgres, tempfile.TemporaryDirectory() as folder:
        seen = rolled(postgres, Path(folder), restarts)
    sys.stdout.write(f"{seen}\n")
    raise SystemExit(set(seen.statuses) != {"done"} or any(seen.exits))


if __name__ == "__main__":
    main()
