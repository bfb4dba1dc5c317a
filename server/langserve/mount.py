"""LangServe's place in the application: there if it is wanted and installed, and missed by nothing else if not."""

import logging
from collections.abc import Callable

from fastapi import FastAPI
from starlette.datastructures import State

from quire.nodes.config.settings import Settings

_log = logging.getLogger("quire")


def mount_langserve(app: FastAPI, settings: Settings, state: Callable[[], State]) -> None:
    """Mount LangServe's routes, unless they are switched off or the package is not installed."""
    if not settings.langserve:
        return
    try:
        from quire.server.langserve.app import langserve_app  # noqa: PLC0415 - the package may be absent
    except ModuleNotFoundError as missing:
        if missing.name != "langserve":
            raise
        _log.warning("LangServe is not installed: there is nothing under /langserve")
        return
    app.mount("/langserve", langserve_app(settings, state))
