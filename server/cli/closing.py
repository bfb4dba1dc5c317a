"""How the command line tells what came of a run, once nobody works on it any more."""

from pathlib import Path

from quire.graphs.run.drafts import has_kept
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import count_of
from quire.nodes.evidence.left_out import in_short
from quire.server.cli.command import say, tell
from quire.server.cli.output import DRAFT
from quire.server.cli.questions import how_to_answer, lines_of
from quire.server.presentation.run_json import RunReport


def tell_outcome(report: RunReport, journal: Journal, folder: Path, *, no_revision: str, as_json: bool) -> None:
    """Say how a run stands, what is missing and why, and what is asked of people and how to answer it."""
    if as_json:
        tell(report)
        return
    say(f"{report['id']}: {report['status']}, {progress_of(report)}")
    if report["status"] in {"cancelled", "failed"} and has_kept(journal):
        say(f"  what was approved is kept in {folder}")
    elif report["status"] in {"done", "partial"}:
        say(f"  its files are in {folder}")
    for told, sections in _missing(report).items():
        say(f"  {', '.join(sections)}: {told}")
    for warning in report["warnings"]:
        say(f"  warning: {warning}")
    for question in report["questions"]:
        for line in lines_of(question, journal, folder / DRAFT):
            say(f"  {line}")
        for command in how_to_answer(report["id"], question["id"], no_revision):
            say(f"    {command}")


def progress_of(report: RunReport) -> str:
    """Count the sections that are written, of those that apply, and those that were left out, with the reason."""
    written, applying = count_of(report["sections"])
    told = [f"{written} of {applying} sections written"]
    reasons = dict.fromkeys(left["reason"] for left in report["left_out"])
    for reason in reasons:
        named = [left["id"] for left in report["left_out"] if left["reason"] == reason]
        told.append(f"{len(named)} left out: {in_short(reason)} ({', '.join(named)})")
    return "; ".join(told)


def _missing(report: RunReport) -> dict[str, list[str]]:
    """Give the sections that are not there, by what became of them: one fault may have cost many."""
    told: dict[str, list[str]] = {}
    for section in report["sections"]:
        if section["status"] not in {"approved", "skipped"}:
            why = f"{section['status']}: {section['reason']}" if section.get("reason") else section["status"]
            told.setdefault(why, []).append(section["id"])
    return told
