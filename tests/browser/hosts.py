"""Another site, at another host name than the chat's: what a hospital's page may look like at its worst."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_HOSTILE = """
* { all: unset !important; color: lime !important; font: 40px cursive !important; }
div, button, iframe, section, article, main, houlu-chat { display: none !important; visibility: hidden !important; }
houlu-chat, body > * { transform: scale(.1) !important; opacity: 0 !important; position: static !important; }
"""
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>某医院</title>%s
<meta name="viewport" content="width=device-width">
<p id="host">医院首页</p><script src="%s/embed.js" %s></script></html>"""


@contextmanager
def hospital(chat: str, attributes: str, policy: str = "", style: str = _HOSTILE) -> Iterator[str]:
    """Serve a page that embeds the chat; gives its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            own = f"<style>{style}</style>" if style else ""
            body = (_PAGE % (own, chat, attributes)).encode() if self.path == "/" else b""
            self.send_response(200 if body else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
