"""The desk's errors in the one shape, with a message for the person at the desk."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from houlu.desk.errors import DeskError
from houlu.knowledge.phrases import Phrases
from houlu.people.errors import PeopleError

PREFIX = "/api/desk/"
STATUS = {
    "bad_request": 400, "empty_text": 400, "not_signed_in": 401, "wrong_login": 401, "code_needed": 401, "csrf": 403,
    "role": 403, "not_yours": 403, "password_change_needed": 403, "wrong_password": 403, "unknown_ticket": 404,
    "unknown_person": 404, "not_found": 404, "method_not_allowed": 405, "claimed_by_other": 409, "closed": 409,
    "not_waiting": 409, "colleague_offline": 409, "conflict": 409, "nobody_waits": 409, "too_large": 413,
    "too_long": 422, "weak_password": 422, "unknown_choice": 422, "locked": 429, "too_many": 429, "internal": 500,
    "unavailable": 503,
}
NEEDS = {f"experts.error.{code}": ("seconds",) if status == 429 else () for code, status in STATUS.items()}


class DeskErrors:
    """Writes error answers. Raises KnowledgeError at once when a message is missing."""

    def __init__(self, phrases: Phrases) -> None:
        phrases.require(NEEDS)
        self._text = phrases.text

    def answer(self, code: str, retry_after: int | None = None) -> JSONResponse:
        """The answer for an error's code."""
        message = self._text(f"experts.error.{code}", seconds=retry_after)
        headers = {"Retry-After": str(retry_after)} if retry_after else None
        return JSONResponse({"error": {"code": code, "message": message}}, STATUS[code], headers)

    def attach(self, app: FastAPI) -> None:
        """Answer whatever the desk's routes raise."""

        async def on_error(_request: Request, error: Exception) -> JSONResponse:
            assert isinstance(error, (PeopleError, DeskError))
            return self.answer(error.code, getattr(error, "retry_after", None))

        app.add_exception_handler(PeopleError, on_error)
        app.add_exception_handler(DeskError, on_error)
