"""Somebody on loopback who takes whatever is sent, as a collector of traces does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@contextmanager
def collector() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Take whatever is sent, and remember it."""
    taken: list[tuple[str, bytes]] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append((self.path, self.rfile.read(int(self.headers.get("content-length") or 0))))
            self.send_response(202)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET, do_PATCH = do_POST, do_POST  # noqa: N815 - as the standard library names them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


def spans_in(taken: list[tuple[str, bytes]]) -> list[Span]:
    """Read the spans in what a collector took."""
    found = []
    for path, body in taken:
        if path == "/v1/traces":
            sent = ExportTraceServiceRequest.FromString(body)
            found += [span for of in sent.resource_spans for scope in of.scope_spans for span in scope.spans]
    return found


def attributes(span: Span) -> dict[str, Any]:
    """Give what a span says, by name."""
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}
