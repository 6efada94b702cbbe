"""Phrases fail at start-up with file and key, never in front of a patient."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.phrases import Phrases


def load(folder: Path, content: str) -> Phrases:
    (folder / "door.yaml").write_text(content, encoding="utf-8")
    return Phrases.load(folder)


def test_nested_keys_and_values(tmp_path: Path) -> None:
    phrases = load(tmp_path, "hello: 您好，{name}\nnested: {deep: '好'}\n")
    assert phrases.text("door.hello", name="李") == "您好，李"
    assert phrases.text("door.nested.deep") == "好"


@pytest.mark.parametrize("content", ["a: ''", "a: 1", "a: [b]", "a:", "a: '{'", "a: '{0}'", "a: '{x.y}'", "a: '{}'"])
def test_a_malformed_phrase_is_named(tmp_path: Path, content: str) -> None:
    with pytest.raises(KnowledgeError, match=r"door\.yaml: door\.a"):
        load(tmp_path, content)


def test_missing_keys_and_values_are_named_all_at_once(tmp_path: Path) -> None:
    phrases = load(tmp_path, "a: '{known} {unknown}'")
    with pytest.raises(KnowledgeError) as error:
        phrases.require({"door.a": ("known",), "door.b": (), "other.c": ()})
    assert len(error.value.problems) == 3
    for words in ("door.yaml: door.a: no value for {unknown}", "door.yaml: door.b: missing", "other.yaml: other.c"):
        assert words in str(error.value)


def test_a_missing_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="name"):
        load(tmp_path, "a: '{name}'").text("door.a")
