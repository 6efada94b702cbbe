"""Every error in the one shape of the contract, with a message that a patient may read."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from houlu.api.desk.errors import PREFIX, DeskErrors
from houlu.conversations.errors import ConversationError, DatabaseDown, TooMany
from houlu.knowledge.phrases import Phrases

STATUS = {
    "bad_request": 400, "empty_text": 400, "unauthorized": 401, "forbidden": 403, "not_found": 404,
    "method_not_allowed": 405, "conflict": 409, "too_large": 413, "too_long": 422, "unknown_choice": 422,
    "bad_picture": 422, "bad_number": 422,
    "too_many": 429, "internal": 500, "not_ready": 503, "unavailable": 503,
}
NEEDS = {f"door.error.{code}": ("seconds",) if code == "too_many" else () for code in STATUS}


class Errors:
    """Writes error answers. Raises KnowledgeError at once when a message is missing."""

    def __init__(self, phrases: Phrases) -> None:
        phrases.require(NEEDS)
        self._text = phrases.text
        self._desk = DeskErrors(phrases)

    def answer(self, code: str, headers: Mapping[str, str] | None = None, **values: object) -> JSONResponse:
        """The answer for an error's code."""
        message = self._text(f"door.error.{code}", **values)
        return JSONResponse({"error": {"code": code, "message": message}}, STATUS[code], headers)

    def attach(self, app: FastAPI) -> None:
        """Answer whatever the routes raise."""
        self._desk.attach(app)
        app.add_exception_handler(ConversationError, self._on_conversation)
        app.add_exception_handler(RequestValidationError, self._on_validation)
        app.add_exception_handler(HTTPException, self._on_http)

    def _on_conversation(self, request: Request, error: Exception) -> JSONResponse:
        if _at_the_desk(request):
            return self._desk.answer("unavailable" if isinstance(error, DatabaseDown) else "not_found")
        if isinstance(error, TooMany):
            return self.answer(error.code, {"Retry-After": str(error.retry_after)}, seconds=error.retry_after)
        assert isinstance(error, ConversationError)
        headers = {"WWW-Authenticate": "Bearer"} if error.code == "unauthorized" else None
        return self.answer(error.code, headers)

    def _on_validation(self, request: Request, _error: Exception) -> JSONResponse:
        return self._desk.answer("bad_request") if _at_the_desk(request) else self.answer("bad_request")

    def _on_http(self, request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        if _at_the_desk(request):
            code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
            return self._desk.answer(code)
        if error.status_code == 405:
            return self.answer("method_not_allowed", {"Allow": ", ".join(_allowed(request))})
        return self.answer("not_found" if error.status_code == 404 else "bad_request", error.headers)


def _at_the_desk(request: Request) -> bool:
    return request.url.path.startswith(PREFIX)


def _allowed(request: Request) -> list[str]:
    """The methods of all routes of this path (Starlette names those of the first one only)."""
    routes = [route for route in request.app.routes if isinstance(route, APIRoute)]
    return sorted({
        method for route in routes if route.path_regex.match(request.url.path) for method in route.methods or ()})
