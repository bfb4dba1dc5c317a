"""The entry point: what must be so before anything is imported, and how faults and interruptions end."""

import os
import sys

TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING")
"""Any of them asks for LangSmith. Where none is set, nothing is traced to anybody."""

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


def main() -> None:
    """Run the command line and end with its exit code."""
    traced = any(os.environ.get(name, "").lower() == "true" for name in TRACING)
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # checkpoints rebuild only known types
    if not traced:
        os.environ["LANGSMITH_TRACING"] = "false"
    import typer  # noqa: PLC0415 - nothing is imported before the switches are set

    from quire.graphs.kernel.roster import roster  # noqa: PLC0415 - nothing is imported before the switches are set
    from quire.nodes.config.settings_names import unknown_variables  # noqa: PLC0415 - nothing is imported before the switches are set
    from quire.nodes.faults import RecordFault  # noqa: PLC0415 - nothing is imported before the switches are set
    from quire.server.cli.collecting import collect_rarely  # noqa: PLC0415 - only now: langgraph reads its switches at import
    from quire.server.cli.command import app  # noqa: PLC0415 - only now: langgraph reads its switches at import
    from quire.server.cli.problems import problems  # noqa: PLC0415 - only now: langgraph reads its switches at import

    collect_rarely()
    for line in unknown_variables(agent.name for agent in roster()):
        sys.stderr.write(f"quire: {line}\n")
    try:
        code = app(standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        raise SystemExit(INTERRUPTED) from None
    except Exception as fault:
        told = problems(fault)
        if told is None:
            raise
        sys.stderr.write("".join(f"{line}\n" for line in told))
        raise SystemExit(FAILED if isinstance(fault, RecordFault) else BAD_INPUT) from None
    finally:
        if traced:
            _send_traces()
    raise SystemExit(code or 0)


def _send_traces() -> None:
    """Wait until LangSmith has what it was to be told; its threads would die with us."""
    from langchain_core.tracers.langchain import wait_for_all_tracers  # noqa: PLC0415 - only where it is used

    wait_for_all_tracers()
