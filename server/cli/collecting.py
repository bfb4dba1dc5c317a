"""Python's collector of garbage, set for a process that makes documents.

A run holds many small objects that live as long as it does, and the collector's default is to walk the young ones
among them after every 700. Quire's own processes ask for that more rarely; a host's process is the host's.
"""

import gc

YOUNG, MIDDLE, OLD = 50_000, 50, 10
"""After how many more objects the youngest are walked; after how many walks the next older are walked as well."""


def collect_rarely() -> None:
    """Leave alone for good what was imported, and walk what comes more rarely. Nothing is kept that was kept before."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
