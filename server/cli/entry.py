"""The entry point: what must be so before anything is imported, and how faults and interruptions end."""

import os
import sys

SAFE = {"LANGGRAPH_STRICT_MSGPACK": "true", "LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false"}
"""Set unless the user has set them: checkpoints rebuild only known types, and nothing is traced to anybody."""

BAD_INPUT, INTERRUPTED = 2, 130


def main() -> None:
    """Run the command line and end with its exit code."""
    for name, value in SAFE.items():
        os.environ.setdefault(name, value)
    from server.cli.commands import app  # noqa: PLC0415 - only now: langgraph reads its switches at import
    from server.cli.showing import problems  # noqa: PLC0415 - the same
    from server.collecting import collect_rarely  # noqa: PLC0415 - the same

    collect_rarely()
    try:
        code = app(standalone_mode=False)
    except Exception as fault:
        told = problems(fault)
        if told is None:
            raise
        sys.stderr.write("".join(f"{line}\n" for line in told))
        raise SystemExit(BAD_INPUT) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    raise SystemExit(code or 0)
