"""Keys that callers of the server present, each for a tenant: from a variable, or from a file that may change."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class ApiKey(NamedTuple):
    """A key as its SHA-256 (hex), and the tenant it stands for."""

    digest: str
    tenant: str


def read_keys(said: str) -> tuple[ApiKey, ...]:
    """Read ``key:tenant,…``; a key may stand there as ``sha256:<hex>``, so that no file need hold it.

    Raises:
        ValueError: says which entry is wrong by its place, because the entry itself is a secret.

    """
    entries = [entry.strip() for entry in said.split(",")]
    keys = tuple(_key(place, entry) for place, entry in enumerate(entries, 1) if entry)
    if not keys:
        raise ValueError("it holds no key")
    if len({key.digest for key in keys}) != len(keys):
        raise ValueError("the same key stands there twice")
    return keys


def keys_in(file: Path) -> tuple[ApiKey, ...]:
    """Read a file with ``key:tenant`` on every line, again only if it has changed; ``#`` begins a remark.

    Raises:
        ValueError: it cannot be read, or an entry is wrong; entries are counted without remarks and empty lines.

    """
    try:
        stat = file.stat()
        return _keys_in(file, stat.st_mtime_ns, stat.st_size, stat.st_ino)
    except (OSError, UnicodeDecodeError) as unread:
        raise ValueError(f"the file {file} cannot be read: {type(unread).__name__}") from None


def tenant_among(keys: Iterable[ApiKey], key: str) -> str | None:
    """Give the tenant that a key stands for, comparing in constant time; None if it is unknown."""
    digest = _digest(key)
    matches = [known.tenant for known in keys if hmac.compare_digest(known.digest, digest)]
    return matches[0] if matches else None


@lru_cache(maxsize=4)
def _keys_in(file: Path, *_as_it_stands: int) -> tuple[ApiKey, ...]:
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return read_keys(",".join(line for line in lines if line))


def _key(place: int, entry: str) -> ApiKey:
    key, colon, tenant = (part.strip() for part in entry.rpartition(":"))
    if not (colon and key and re.fullmatch(r"[A-Za-z0-9._-]{1,64}", tenant)):
        raise ValueError(f"entry {place} is not key:tenant, with a tenant of letters, digits, '.', '_' or '-'")
    hashed = re.fullmatch(r"sha256:([0-9a-f]{64})", key)
    return ApiKey(hashed[1] if hashed else _digest(key), tenant)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
