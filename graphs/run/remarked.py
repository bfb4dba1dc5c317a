"""What the editor found and left, in words: for readers of the document, and for who checks how it was made. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from quire.graphs.agents.editor.events import DocumentApproved
from quire.graphs.run.journal import Journal
from quire.nodes.checks.editing import REPETITION

FOR_WHO_CHECKS = frozenset({REPETITION})
"""Rules whose findings no reader of the document needs: a reader sees for himself that words stand twice."""


def in_words(finding: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Say what was found, and in which section.

    Args:
        finding: of the editor.
        titles: of the sections, by id.

    """
    title = titles.get(finding["where"].partition(",")[0])
    return f"{title}: {finding['message']}" if title else finding["message"]


def for_readers_of(findings: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> list[str]:
    """Give what stands before the document."""
    return [in_words(f, titles) for f in findings if f["rule"] not in FOR_WHO_CHECKS]


def for_who_checks(journal: Journal) -> list[str]:
    """Give what stands in the run's report alone."""
    titles = {str(e["section"]): str(e["data"]["spec"]["title"]) for e in journal.plan()}
    approved = journal.of_type(DocumentApproved)[-1:]
    return [in_words(f, titles) for e in approved for f in e["data"]["findings"] if f["rule"] in FOR_WHO_CHECKS]
