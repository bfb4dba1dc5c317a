"""The secret that fences are derived from, kept where the runs are kept."""

import os
import secrets
from pathlib import Path
from typing import Final

from nodes.faults import BadInput

_LENGTH: Final = 32
"""Bytes."""


def kept_secret(home: Path) -> bytes:
    """Read the secret under ``home``, made at the first call. Blocks: call it before the event loop runs.

    Raises:
        BadInput: the file is there and holds no such secret.

    """
    file = home / "secret"
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"secret.{os.getpid()}"
    if not file.exists():
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(_LENGTH))
        draft.replace(file)  # where two processes come at once, either secret will do
    secret = file.read_bytes()
    if len(secret) != _LENGTH:
        raise BadInput(f"holds {len(secret)} bytes instead of {_LENGTH}", file=str(file), hint="delete it")
    return secret

