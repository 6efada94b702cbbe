"""The OpenAPI document: what the routes declare, and nothing that never happens."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from houlu.api.bodies import ErrorOut

_WHY = {
    400: "malformed JSON, wrong type, empty text", 401: "no, malformed or unknown token",
    403: "a valid token of another conversation", 404: "unknown or erased", 409: "the same id with other content",
    413: "body over 64 KiB (a picture: 8 MiB)",
    422: "over 1,000 characters after trimming, unknown choice, bad picture or number",
    429: "too many", 503: "starting, or the bot or the database is down",
}
_RETRY = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}, "required": True}}


def errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route."""
    return {
        code: {"model": ErrorOut, "description": _WHY[code], **({"headers": _RETRY} if code == 429 else {})}
        for code in codes
    }


def attach(app: FastAPI) -> None:
    """Serve a document without FastAPI's default 422, which this service never sends."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            _drop_default_422(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _drop_default_422(schema: dict[str, Any]) -> None:
    for operations in schema["paths"].values():
        for operation in operations.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)
