"""Text travels compressed: families sit in hospital corridors with a slow network."""

from __future__ import annotations

import re

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

# Pictures and PDFs are compressed already, and large ones would keep everybody waiting. Streams begin at once.
_PACKED = re.compile(r".*/pictures(/[^/]*)?|.*\.pdf|.*/events")
_SMALL = 1000


class Compressed:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._zipped = GZipMiddleware(app, minimum_size=_SMALL, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        packed = scope["type"] != "http" or _PACKED.fullmatch(scope["path"])
        await (self._plain if packed else self._zipped)(scope, receive, send)
