"""The outermost layer: large bodies are refused, nothing unexpected escapes, every answer has its safety headers."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from houlu import log
from houlu.api.errors import Errors
from houlu.conversations.pictures import MAX_BYTES

MAX_BODY = 64 * 1024
_PICTURES = re.compile(r"/api/v1/conversations/[^/]+/pictures")
# A client that gets its answer while it is still sending sees a broken connection: so much is read and thrown away.
_DRAINED = 8 * 1024 * 1024
_log = logging.getLogger(__name__)


class Gate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, errors: Errors, headers: Mapping[str, str]) -> None:
        self._app = app
        self._errors = errors
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, self._headers)
        try:
            limit = MAX_BYTES if _PICTURES.fullmatch(scope["path"]) else MAX_BODY
            body = await _read(receive, limit)
            if len(body) > limit:
                await self._errors.answer("too_large")(scope, receive, answer.send)
                return
            await self._app(scope, _replayed(body, receive), answer.send)
        except Exception as error:
            reference = secrets.token_hex(4)
            log.event(_log, logging.ERROR, "request_failed", reference=reference, error=log.where(error))
            if not answer.begun:
                await self._errors.answer("internal")(scope, receive, answer.send)


class _Answer:
    """Adds the headers, and remembers whether the answer has begun."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


async def _read(receive: Receive, limit: int) -> bytes:
    """The whole body, or more than `limit` bytes of it."""
    body, seen = bytearray(), 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        seen += len(chunk)
        if seen <= limit + len(chunk):
            body += chunk
        if message["type"] == "http.disconnect" or not message.get("more_body", False) or seen > limit + _DRAINED:
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
