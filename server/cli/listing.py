"""Listing runs."""

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.rows import title_of
from quire.server.cli.command import AsJson, app, finish, say, tell
from quire.server.execution.register import LOCAL, registered


@app.command("runs")
def list_runs(*, as_json: AsJson = False) -> int:
    """List the runs, the newest first.

    Example: quire runs --json
    """

    async def work() -> int:
        async with registered(Settings.read()) as register:
            rows = await register.record.rows(LOCAL)
            for row in rows:
                status, title = await register.standing(row), title_of(row)
                shown = {k: row[k] for k in ("id", "status", "created", "finished")} | {
                    "status": status,
                    "title": title,
                }
                tell(shown) if as_json else say(f"{row['id']}  {status:<11}  {row['created']}  {title}")
            if not rows and not as_json:
                say(f"there are no runs in {_place(Settings.read())}; quire write BRIEF begins one")
        return 0

    return finish(work())


def _place(settings: Settings) -> str:
    """Say where runs are kept."""
    return "the database" if settings.database_url else f"{settings.home.absolute()} (QUIRE_HOME)"
