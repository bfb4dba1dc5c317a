"""Who and what is let through to an application, whichever it is: the documents' or a worker's."""

from fastapi import FastAPI

from quire.nodes.config.settings import Settings
from quire.server.http.auth import Authentication
from quire.server.http.body_limit import BodyLimit
from quire.server.http.security_headers import SecurityHeaders
from quire.server.http.this_machine import ThisMachineOnly


def guard(app: FastAPI, settings: Settings) -> None:
    """Put around the routes what every request passes, the outermost last."""
    app.add_middleware(BodyLimit)
    app.add_middleware(Authentication, settings=settings)
    if not settings.keyed:
        app.add_middleware(ThisMachineOnly)
    app.add_middleware(SecurityHeaders)
