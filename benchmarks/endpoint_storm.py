"""Makes documents in virtual time while requests die of mixed faults, and prints how many are finished.

::

    python benchmarks/endpoint_storm.py --documents 200 --share 0.3

Documents of three sections begin over half an hour of virtual time; each request dies, with the chance ``--share``, of
one of the faults of ``tests/model_server.py`` that asking again may cure: rate limits, failing servers, cut, hanging
and endless replies, broken JSON, replies that are empty, cut short or of another schema.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from simulation.test_endpoint import storm  # noqa: E402 - it lies in a folder that only the line above puts on the path


def main() -> None:
    """Make them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    begun = time.monotonic()
    for what, figure in storm(chosen.seed, chosen.documents, chosen.share).items():
        print(f"{what}: {figure:.4g}")
    print(f"seconds: {time.monotonic() - begun:.0f}")


if __name__ == "__main__":
    main()
