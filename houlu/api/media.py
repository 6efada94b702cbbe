"""The pictures of the answers under `/media`: SVG only, which can run nothing wherever it is opened."""

from __future__ import annotations

from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from houlu.knowledge.pictures import NAME

# A page of another address may show them: the chat stands in the hospital's own pages.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
}


class Pictures(StaticFiles):
    """One folder of pictures. Raises HTTPException for everything else in it and outside of it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As in StaticFiles, with ETag and 304."""
        if not NAME.fullmatch(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update(_HEADERS)
        return response
