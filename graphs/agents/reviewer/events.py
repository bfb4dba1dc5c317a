"""What the reviewer says."""

from quire.graphs.events import Verdict


class SectionReviewed(Verdict):
    """A draft was read as a reader would."""

    grade: int
    """From 1 (unusable) to 5 (ready to send)."""
