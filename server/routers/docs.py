"""The HTTP interface as a page of its own, without anything from the network."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(prefix="/api", include_in_schema=False)

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Refrain: HTTP interface</title>
<h1>Refrain: HTTP interface</h1>
<p>The whole description for programs: <a href="/api/openapi.json">openapi.json</a>.
Conversations go over the WebSocket <code>/v1/realtime</code> with OpenAI Realtime events.</p>"""


@router.get("/docs", response_class=HTMLResponse)
async def docs(request: Request) -> HTMLResponse:
    """All routes with their parameters."""
    schema: dict[str, Any] = request.app.openapi()
    parts = [_HEAD]
    for path, methods in schema["paths"].items():
        for method, route in methods.items():
            parts.append(_route(path, method, route))
    return HTMLResponse("\n".join(parts) + "</html>")


def _route(path: str, method: str, route: dict[str, Any]) -> str:
    said = route.get("description") or route.get("summary", "")
    parameters = "".join(
        f"<li><code>{escape(one['name'])}</code> ({escape(one['in'])}"
        f"{', required' if one.get('required') else ''}): {escape(_type(one['schema']))}</li>"
        for one in route.get("parameters", ())
    )
    body = route.get("requestBody", {}).get("content", {}).get("application/json", {})
    takes = f"<li>JSON body: {escape(_type(body['schema']))}</li>" if body else ""
    return (
        f"<section><h2><code>{escape(method.upper())} {escape(path)}</code></h2>"
        f"<p>{escape(said)}</p><ul>{parameters}{takes}</ul></section>"
    )


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    return str(schema.get("type", "any"))
