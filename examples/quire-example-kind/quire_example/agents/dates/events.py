"""What the agent says."""

from quire import Verdict


class DatesRead(Verdict):
    """A draft was searched for a date."""
