"""What the compliance checker says."""

from quire.graphs.events import Verdict


class SectionChecked(Verdict):
    """A draft was held against the rules."""

    rules: list[str]
    """Ids of the rules that were checked."""
