"""Where a FastAPI user looks first: a page that names every route, and leads to the OpenAPI document.

The usual interactive pages load their scripts from another host, which ours allow nobody.
"""

import html

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)


@router.get("/docs", response_class=HTMLResponse)
async def api_page(request: Request) -> str:
    """Give the page."""
    described = request.app.openapi()
    rows = "".join(
        f"<dt><code>{method.upper()} {html.escape(path)}</code></dt><dd>{html.escape(told.get('description', ''))}</dd>"
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    )
    return _PAGE.format(rows=rows)


_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Quire: the HTTP API</title></head>
<body>
<h1>The HTTP API</h1>
<p>All of it, for tools that read OpenAPI: <a href="openapi.json">/openapi.json</a>. The <a href=".">page</a> itself
uses nothing else.</p>
<dl>{rows}</dl>
</body>
</html>
"""
