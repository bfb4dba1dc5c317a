"""Serves the page and its files. They hold nothing of anybody's, so they need no key; what they fetch does."""

import hashlib
from functools import cache
from importlib import resources
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from quire.server.http.problems import NotFound

MEDIA = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
}

router = APIRouter(include_in_schema=False)


class Asset(NamedTuple):
    """A file of the page."""

    body: bytes
    media: str
    etag: str


@router.get("/")
async def page(request: Request) -> Response:
    """Give the page."""
    return _answer(request, assets()["index.html"])


@router.get("/web/{name}")
async def asset(request: Request, name: str) -> Response:
    """Give a file of the page."""
    if name not in assets():
        raise NotFound("the page has no such file")
    return _answer(request, assets()[name])


@cache
def assets() -> dict[str, Asset]:
    """Read the page's files, once."""
    files = (
        f for f in (resources.files("quire.server.http.web") / "static").iterdir() if f.name.rpartition(".")[2] in MEDIA
    )
    return {f.name: _asset(f.name, f.read_bytes()) for f in files}


def _asset(name: str, body: bytes) -> Asset:
    return Asset(body, MEDIA[name.rpartition(".")[2]], f'"{hashlib.sha256(body).hexdigest()[:16]}"')


def _answer(request: Request, file: Asset) -> Response:
    headers = {"ETag": file.etag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.media, headers=headers)
