"""What a developer without a browser is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.chromium import NoBrowser, chromium


def test_the_path_of_a_browser_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, script in (("chromium", ""), ("fc-list", "echo NotoSansCJK")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium() == str(tmp_path / "chromium")


def test_without_apt_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowser, match=r"apt-get install chromium fontconfig.*there is no apt-get here"):
        chromium()


def test_a_failing_apt_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("apt-get", "apt-cache"):
        (tmp_path / name).write_text("#!/bin/sh\necho no route to the mirror >&2; exit 100\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(NoBrowser, match=r"apt-get install failed: no route to the mirror"):
        chromium()
