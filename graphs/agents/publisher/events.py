"""What the publisher says."""

from quire.graphs.events import Event


class DocumentPublished(Event, terminal=True):
    """The document is finished."""

    digest: str
    """Of the document's JSON, which the record keeps as a blob."""
    status: str
    """``done`` or ``partial``."""
