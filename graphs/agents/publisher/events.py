"""What the publisher says."""

from typing import ClassVar

from graphs.events import Event


class DocumentPublished(Event):
    """The document is finished."""

    terminal: ClassVar[bool] = True

    digest: str
    """Of the document's JSON, which the record keeps as a blob."""
    status: str
    """``done`` or ``partial``."""
