"""`houlu web`."""

from __future__ import annotations

import click

from houlu.pages import build
from houlu.pages.build import BuildError
from houlu.pages.node import NodeError


@click.command()
@click.option("--check", is_flag=True, help="run the type check and the unit tests of the pages, too")
def web(check: bool) -> None:
    """Build the pages under web/ when their sources changed."""
    try:
        if check:
            build.check()
        click.echo(f"pages built in {build.BUILT}" if build.ensure() else "the pages are up to date")
    except (NodeError, BuildError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
