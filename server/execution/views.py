"""A run as it stands, read from the record: its journal, its report, its document. It takes nobody to work on it."""

import json
from typing import NamedTuple

from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.run.drafts import draft_of, has_kept, kept_of
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run
from quire.nodes.event_store.accounts import account_of
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.nodes.render.document import Document
from quire.nodes.sources.passage import Reading
from quire.server.execution.register import Register
from quire.server.presentation.run_json import RunReport, report


class RunView(NamedTuple):
    """A run as it stood when it was read."""

    row: RunRow
    journal: Journal
    report: RunReport
    published: Document | None
    """Its newest edition, if it came to one."""


class RunViews(Register):
    """Reads runs as they stand."""

    async def journal(self, run_id: str) -> Journal:
        """Read a run's journal; that of a run which there is not is empty."""
        return Journal(await self.record.events(run_id))

    async def report(self, run_id: str) -> RunReport:
        """Say how a run stands: ``run.json``."""
        return (await self.view(run_id)).report

    async def view(self, run_id: str) -> RunView:
        """Read a run once, for all that is to be told of it as it stands now."""
        journal = await self.journal(run_id)
        attempts = [attempt for _, attempt in await self.record.ledger(run_id)]
        balance = await self.record.accounts.balance(account_of(run_id))
        row = await self.row(run_id)
        stands: RunRow = {**row, "status": await self.standing(row)}
        published = await self._published(journal)
        return RunView(row, journal, report(stands, journal, attempts, published, balance), published)

    async def document(self, run_id: str) -> Document | None:
        """Give a run's document, if it came to one; of a run that was stopped, what was approved until then."""
        journal = await self.journal(run_id)
        return await self._document(await self.row(run_id), journal, await self._published(journal))

    async def document_of(self, view: RunView) -> Document | None:
        """Give the document of a run that was read; see :meth:`document`."""
        return await self._document(view.row, view.journal, view.published)

    async def template_of(self, journal: Journal) -> bytes | None:
        """Give the Word template that a run's brief names, if it names one."""
        handle = journal.asked["options"].get("template") if journal.asked else None
        return await self.record.get(handle["hash"]) if handle else None

    async def draft(self, run_id: str) -> Document | None:
        """Give what a run's sections say so far, for whoever is asked about it."""
        return draft_of(await self.journal(run_id), await self.readings(run_id))

    async def readings(self, run_id: str) -> tuple[Reading, ...]:
        """Read a run's sources as its agents read them."""
        return await (await self.seen(run_id)).readings()

    async def seen(self, run_id: str) -> Run:
        """Give a run to look at, as its record has it."""
        run = Run(run_id, self.record)
        await run.filled()
        return run

    async def _document(self, row: RunRow, journal: Journal, published: Document | None) -> Document | None:
        if published is None and has_kept(journal) and row["status"] in FINAL:
            return kept_of(journal, await self.readings(row["id"]))
        return published

    async def _published(self, journal: Journal) -> Document | None:
        editions = journal.of_type(DocumentPublished)
        if not editions:
            return None
        found: Document = json.loads(await self.record.get(editions[-1]["data"]["digest"]))
        return found
