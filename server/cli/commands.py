"""Which commands there are. The module of one is imported when it is called or its help is asked for, no sooner.

Who asks for ``--help`` or ``--version`` waits for no graph to be compiled and no reader of files to be loaded.
"""

import importlib
from typing import Any, Final, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info


class Listed(NamedTuple):
    """A command as the list of commands shows it."""

    module: str
    """Of this package."""
    line: str
    """How its help begins, word for word; the list has no room for more."""


COMMANDS: Final = {
    "write": Listed("writing", "Write the document that BRIEF asks for."),
    "plan": Listed("planning", "Plan the document that BRIEF asks for, without writing it."),
    "extract": Listed("extracting", "Read the records that the blueprint of BRIEF declares"),
    "check": Listed("checking", "Check a brief, its blueprint and its sources, or a blueprint alone"),
    "runs": Listed("listing", "List the runs, the newest first."),
    "events": Listed("looking", "Show the events of a run, each with its causes"),
    "answer": Listed("writing", "Answer a question and carry the run on."),
    "diff": Listed("diffing", "Compare two versions of a document, claim by claim"),
    "edit": Listed("editing", "Put words of your own into a document."),
    "review": Listed("reviewing", "Leave a Word file to work in: changes since the version before tracked"),
    "resume": Listed("writing", "Resume an interrupted run."),
    "cancel": Listed("writing", "Cancel a run; the process that works on it stops."),
    "explain": Listed("explaining", "Explain a document or section: causes, evidence, model calls, cost."),
    "verify": Listed("verifying", "Check for each claim whether its evidence supports it"),
    "evaluate": Listed("evaluating", "Write the documents of the briefs in FOLDER, and hold them against"),
    "timeline": Listed("timeline", "Show who worked when, the critical path, and the waits"),
    "blueprints": Listed("checking", "List the blueprints that are installed, or show one."),
    "agents": Listed("looking", "List the agents with the events they handle and emit."),
    "new": Listed("creating", "Begin a package that adds a kind of document or an agent"),
    "serve": Listed("serving", "Serve HTTP, LangServe and the web page."),
    "mcp": Listed("serving", "Offer reports as tools to a program that starts this one"),
    "worker": Listed("serving", "Carry on the runs of a database, in parallel with other workers."),
    "migrate": Listed("serving", "Create the tables of the database, or upgrade them."),
    "prune": Listed("pruning", "Remove runs that ended longer than AGE ago"),
}


GROUPS: Final = {
    "Documents": ("write", "plan", "check", "extract", "verify", "evaluate"),
    "Runs": ("runs", "events", "explain", "timeline", "answer", "edit", "review", "diff", "resume", "cancel", "prune"),
    "What is installed": ("blueprints", "agents", "new"),
    "Services": ("serve", "mcp", "worker", "migrate"),
}
"""In which order, and under which headings, the list shows them."""


class Commands(TyperGroup):
    """The group of all commands: stand-ins for the list, the real one for a caller."""

    def __init__(self, **settings: Any) -> None:
        shown = {name: TyperCommand(name, help=listed.line) for name, listed in COMMANDS.items()}
        super().__init__(**{**settings, "commands": shown})

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # as below
        """List the commands in groups, those first that a newcomer looks for."""
        del ctx
        named = {name for names in GROUPS.values() for name in names}
        others = [name for name in COMMANDS if name not in named]
        width = max(map(len, COMMANDS))
        for heading, names in (*GROUPS.items(), ("Further commands", others)):
            if names:
                with formatter.section(heading):
                    formatter.write_dl([(f"{name:<{width}}", COMMANDS[name].line) for name in names])

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]  # typer's own click is not published
        """Find the command that is called, and import it."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, stand_in and loaded(str(name)), rest


def loaded(name: str) -> TyperCommand:
    """Import a command."""
    app: typer.Typer = importlib.import_module(f"quire.server.cli.{COMMANDS[name].module}").app
    (info,) = (info for info in app.registered_commands if info.name == name)
    return cast("TyperCommand", get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None))
