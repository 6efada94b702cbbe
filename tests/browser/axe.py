"""axe-core in a page, past its Content-Security-Policy (which stays on for everything else)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from playwright.sync_api import Page

from houlu.settings import ROOT

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and good practice, one line each."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _source()})
    run = f"axe.run(document, {{runOnly: {_TAGS}}}).then((it) => it.violations)"
    answer: dict[str, Any] = session.send(
        "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True})
    assert "exceptionDetails" not in answer, answer
    return [f"{one['id']}: {node['html'][:160]} ({node['failureSummary']})"
            for one in answer["result"]["value"] for node in one["nodes"]]


@lru_cache(maxsize=1)
def _source() -> str:
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
