"""Runs the trained graph one node after the other: Rasa's results without planning each message anew.

Rasa hands every message to dask, which orders the nodes and passes each through queues again: a third of the time that
a message then takes to be understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class StraightRunner(DaskGraphRunner):
    """Loads its nodes as Rasa's runner does; the order is worked out once for each list of targets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of the targets by their names. Raises GraphRunError."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = tuple(_order(self._graph_schema, wanted))
        done: dict[str, Any] = dict(inputs or {})
        if done.keys() & self._instantiated_nodes.keys():
            raise GraphRunError("an input has the name of a node")
        for name in self._orders[wanted]:
            needed = self._graph_schema.nodes[name].needs.values()
            _, done[name] = self._instantiated_nodes[name](*((need, done[need]) for need in needed if need in done))
        return {name: done[name] for name in wanted}


def _order(schema: GraphSchema, targets: Iterable[str]) -> Iterator[str]:
    """The nodes that the targets need, each after those it needs itself."""
    seen: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in seen or name not in schema.nodes:  # an input is no node
            return
        seen.add(name)
        for need in schema.nodes[name].needs.values():
            yield from visit(need)
        yield name

    for target in targets:
        yield from visit(target)
