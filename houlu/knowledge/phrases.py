"""What patients read that is not medical knowledge: the YAML files under `data/knowledge/phrases`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from houlu.knowledge.files import KnowledgeError, read_yaml


class Phrases:
    """Texts by `file.key` (nested keys are joined by dots), with `{named}` places for values."""

    def __init__(self, texts: Mapping[str, str], folder: Path) -> None:
        self._texts = dict(texts)
        self._folder = folder

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """Read every YAML file of the folder. Raises KnowledgeError naming file and key of every mistake."""
        texts: dict[str, str] = {}
        problems: list[str] = []
        for path in sorted(folder.glob("*.yaml")):
            for key, value in _flatten(path.stem, read_yaml(path)):
                if isinstance(value, str) and value.strip():
                    texts[key] = value.strip()
                else:
                    problems.append(f"{path}: {key}: expected a text")
        phrases = cls(texts, folder)
        problems += [problem for key in texts if (problem := phrases._malformed(key))]
        if problems:
            raise KnowledgeError(problems)
        return phrases

    def require(self, needs: Mapping[str, Collection[str]]) -> None:
        """Check at start-up that each key is there and asks for no value but the named ones. Raises KnowledgeError."""
        problems = [f"{self._file(key)}: {key}: missing" for key in needs if key not in self._texts]
        for key in needs.keys() & self._texts.keys():
            unknown = _places(self._texts[key]) - set(needs[key])
            problems += [f"{self._file(key)}: {key}: no value for {{{name}}}" for name in sorted(unknown)]
        if problems:
            raise KnowledgeError(problems)

    def needs(self) -> dict[str, set[str]]:
        """What another version must have in order to stand in for this one: the keys, and no place for a new value."""
        return {key: _places(text) for key, text in self._texts.items()}

    def text(self, key: str, **values: object) -> str:
        """The text with its values put in. Raises KnowledgeError for an unknown key or a missing value."""
        try:
            return self._texts[key].format(**values)
        except KeyError as error:
            raise KnowledgeError([f"{self._file(key)}: {key}: missing {error}"]) from error

    def _file(self, key: str) -> Path:
        return self._folder / f"{key.partition('.')[0]}.yaml"

    def _malformed(self, key: str) -> str | None:
        try:
            plain = all(name.isidentifier() for name in _places(self._texts[key]))
        except ValueError as error:
            return f"{self._file(key)}: {key}: {error}"
        return None if plain else f"{self._file(key)}: {key}: write a place for a value as {{name}}"


def _flatten(prefix: str, data: Any) -> list[tuple[str, Any]]:
    if not isinstance(data, dict):
        return [(prefix, data)]
    return [row for key, value in data.items() for row in _flatten(f"{prefix}.{key}", value)]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
