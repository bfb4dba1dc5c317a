"""The HTTP application: documents, LangServe, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from nodes.settings import Settings
from server import problems
from server.at_work import AtWork
from server.execution import opened
from server.langserve_app import langserve_app
from server.routes import documents


def build_app(settings: Settings) -> FastAPI:
    """Build the application over the home that the settings name."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(settings) as runs:
            app.state.at_work = AtWork(runs)
            await app.state.at_work.carry_on_all()
            yield
            await app.state.at_work.stop()

    app = FastAPI(title="Quire", lifespan=lifespan, description="Long documents by agents that react to events.")
    problems.install(app)
    app.include_router(documents.router)

    @app.get("/health", tags=["service"])
    async def health() -> dict[str, str]:
        """Say that the service is up."""
        return {"status": "ok"}

    app.mount("/langserve", langserve_app())
    return app
