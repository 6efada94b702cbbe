"""The built pages: hashed files for ever, HTML never from a cache, a kind word while they are not built yet."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from houlu.knowledge.phrases import Phrases
from houlu.pages.build import BUILT

NEEDS: dict[str, tuple[str, ...]] = {"door.page.title": (), "door.page.missing": ()}


class _Hashed(StaticFiles):
    """Files whose names change with their content."""

    async def check_config(self) -> None:
        """The folder comes with the first build, which no request waits for."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def mount(app: FastAPI) -> None:
    """Serve build/web/assets. The folder may appear later."""
    app.mount("/assets", _Hashed(directory=BUILT / "assets", check_dir=False), name="assets")


def page(name: str, phrases: Phrases, headers: Mapping[str, str] | None = None) -> Response:
    """A page of web/, such as index.html. The browser asks each time whether it has changed."""
    file = BUILT / name
    if file.exists():
        return FileResponse(file, headers={"Cache-Control": "no-cache", **(headers or {})})
    title, text = escape(phrases.text("door.page.title")), escape(phrases.text("door.page.missing"))
    html = (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="5">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<h1>{title}</h1><p>{text}</p></html>")
    return HTMLResponse(html, 503, {"Retry-After": "5"})
