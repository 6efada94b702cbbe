"""What was made quicker than in Rasa and scikit-learn says the same as they do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from houlu.rasa.components import _ROW, Classifier
from houlu.rasa.runner import StraightRunner


@pytest.mark.parametrize("seed", range(5))
def test_a_message_is_classified_as_scikit_learn_would(seed: int, tmp_path: Any) -> None:
    dice = np.random.default_rng(seed)
    examples = dice.random((60, 20)) * (dice.random((60, 20)) < 0.3)
    fitted = LogisticRegression(solver="liblinear").fit(examples, dice.choice(["a", "b", "c", "d"], 60))
    component = Classifier({**Classifier.get_default_config(), "ranking_length": 10}, "c", None, Resource("c"))
    component.clf = fitted
    for row in examples[:10]:
        columns = np.flatnonzero(row)
        message = Message({"text": "x", _ROW: (columns, row[columns])})
        component.process([message])
        expected = dict(zip(fitted.classes_, fitted.predict_proba(csr_matrix(row))[0], strict=True))
        found = {each["name"]: each["confidence"] for each in message.get("intent_ranking")}
        assert found == pytest.approx(expected)
        assert message.get("intent")["name"] == max(expected, key=expected.__getitem__)


def test_a_graph_run_straight_gives_what_rasa_gives(tmp_path: Any) -> None:
    schema = GraphSchema({
        "sum": _node({"a": "double", "b": "number"}, _Sum),
        "double": _node({"number": "number"}, _Double),
        "unasked": _node({"number": "number"}, _Fails),
    })
    storage = LocalModelStorage.create(tmp_path)
    arguments = (schema, storage, ExecutionContext(schema))
    results = [
        runner.create(*arguments).run(inputs={"number": 4}, targets=["sum", "double"])
        for runner in (DaskGraphRunner, StraightRunner)
    ]
    assert results == [{"sum": 12, "double": 8}] * 2


class _Part:
    @classmethod
    def create(cls, *_: Any, **__: Any) -> _Part:
        return cls()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}


class _Double(_Part):
    def run(self, number: int) -> int:
        return number * 2


class _Sum(_Part):
    def run(self, a: int, b: int) -> int:
        return a + b


class _Fails(_Part):
    def run(self, number: int) -> int:
        raise AssertionError("not asked for")


def _node(needs: dict[str, str], part: type) -> SchemaNode:
    return SchemaNode(needs=needs, uses=part, constructor_name="create", fn="run", config={}, eager=True)
