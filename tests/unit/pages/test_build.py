"""When the pages are built, and what becomes of the old ones when the new ones fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.pages import build
from houlu.pages.build import BuildError
from tests.unit.pages.conftest import NewCommand

#: npm: notes each call beside the sources; `vite build ... --outDir DIR` copies the page there.
_NPM = """echo "$*" >> ../calls
case "$*" in *--outDir*)
  while [ "$1" != --outDir ]; do shift; done
  mkdir -p "$2" node_modules && cp index.html "$2"/index.html;;
*) mkdir -p node_modules;; esac"""


@pytest.fixture(autouse=True)
def machine(commands: NewCommand, built: Path) -> None:
    """With a Node.js that is new enough."""
    commands("node", "echo v20.19.0")
    commands("npm", _NPM)


def _calls(sources: Path) -> list[str]:
    file = sources.parent / "calls"
    return file.read_text().splitlines() if file.exists() else []


def test_pages_are_built_once(sources: Path, built: Path) -> None:
    assert build.ensure()
    assert (built / "index.html").read_text() == "<!doctype html>"
    calls = _calls(sources)
    assert calls[0].startswith("ci ")
    assert ["vite.config.ts" in call for call in calls[1:]] == [True, False]
    assert not build.ensure()
    assert _calls(sources) == calls


@pytest.mark.parametrize(("name", "again"), [
    ("src/main.ts", True), ("index.html", True), ("src/new.css", True),
    ("src/main.test.ts", False), ("README.md", False), ("node_modules/preact/index.js", False),
])
def test_only_what_the_pages_are_made_of_counts(sources: Path, name: str, again: bool) -> None:
    build.ensure()
    file = sources / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("changed")
    assert build.fresh() is not again


def test_a_file_that_is_renamed_counts(sources: Path) -> None:
    build.ensure()
    (sources / "src" / "main.ts").rename(sources / "src" / "other.ts")
    assert not build.fresh()


def test_packages_are_installed_again_when_the_lock_changes(sources: Path) -> None:
    build.ensure()
    (sources / "index.html").write_text("second")
    build.ensure()
    (sources / "package-lock.json").write_text('{"changed": true}')
    build.ensure()
    assert sum(call.startswith("ci ") for call in _calls(sources)) == 2


def test_the_old_pages_stay_until_the_new_ones_are_complete(
    sources: Path, built: Path, commands: NewCommand
) -> None:
    build.ensure()
    (sources / "index.html").write_text("second")
    commands("npm", "echo src/main.ts: no such variable; exit 1")
    with pytest.raises(BuildError, match="no such variable"):
        build.ensure()
    assert (built / "index.html").read_text() == "<!doctype html>"
    commands("npm", _NPM)
    assert build.ensure()
    assert (built / "index.html").read_text() == "second"
