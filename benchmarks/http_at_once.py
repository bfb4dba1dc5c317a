"""Many documents at once over HTTP: whether all finish, and what the server needs of memory.

``python benchmarks/http_at_once.py --documents 50``: starts ``quire serve`` on loopback, offline, over a home of its
own; posts that many site and zoning reports in one go, each of twenty sections; waits for all of them; prints one line.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from quire.graphs.intake.brief import load

ROOT = Path(__file__).parents[1]
OVER = {"done", "partial", "failed", "cancelled"}


def main() -> None:
    """Serve, post, wait, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50)
    wanted = parser.parse_args().documents
    brief = load(ROOT / "examples" / "site-zoning-report" / "brief.yaml")
    brief["options"].pop("approve", None)
    with tempfile.TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        env = {**os.environ, "QUIRE_HOME": home, "QUIRE_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "quire", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module, no shell
        try:
            print(json.dumps(at_once(f"http://127.0.0.1:{port}", brief, wanted) | {"peak_mb": peak_of(server.pid)}))
        finally:
            server.terminate()
            server.wait(30)


def at_once(address: str, brief: dict, wanted: int) -> dict[str, object]:
    """Post the briefs side by side and wait until all documents are over."""
    with httpx.Client(base_url=address, timeout=120) as http:
        while not _is_up(http):
            time.sleep(0.1)
        begun = time.monotonic()
        with ThreadPoolExecutor(10) as pool:
            accepted = list(pool.map(lambda _: http.post("/documents", json=brief).status_code, range(wanted)))
        while any(status not in OVER for status in _statuses(http)):
            time.sleep(0.5)
        statuses = _statuses(http)
    return {
        "documents": wanted,
        "accepted": accepted.count(202),
        "over": {status: statuses.count(status) for status in sorted(set(statuses))},
        "seconds": round(time.monotonic() - begun, 1),
    }


def peak_of(pid: int) -> int:
    """Give the most memory that a process has held, in MB."""
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def _is_up(http: httpx.Client) -> bool:
    try:
        return http.get("/health").is_success
    except httpx.TransportError:
        return False


def _statuses(http: httpx.Client) -> list[str]:
    return [document["status"] for document in http.get("/documents", params={"limit": 1000}).json()["documents"]]


if __name__ == "__main__":
    main()
