"""Why something cannot be done at the desk."""

from __future__ import annotations


class DeskError(Exception):
    """`code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
