"""Why somebody may not do something at the desk. `code` is for programs, the message for operators."""

# ruff: noqa: N818 (each is named after what happened)
from __future__ import annotations


class PeopleError(Exception):
    """Told by its code."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after


class NotSignedIn(PeopleError):
    """No session, or one that ended."""

    def __init__(self) -> None:
        super().__init__("not_signed_in", "nobody is signed in")


class WrongLogin(PeopleError):
    """Name, password or one-time code."""

    def __init__(self) -> None:
        super().__init__("wrong_login", "wrong name, password or code")
