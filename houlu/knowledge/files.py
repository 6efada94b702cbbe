"""Reading the clinicians' YAML: fast when it is right, exact about file, line, field and what is allowed when not."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError, parse_obj_as

Model = TypeVar("Model", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KnowledgeError(Exception):
    """The knowledge cannot be used. `problems` holds one sentence for each mistake, all of them at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def knowledge_folder() -> Path:
    """`data/knowledge` below the working directory, or HOULU_KNOWLEDGE."""
    return Path(os.environ.get("HOULU_KNOWLEDGE", "data/knowledge"))


def read_yaml(path: Path) -> Any:
    """The content of one YAML file. Raises KnowledgeError naming the line when it cannot be parsed or read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise KnowledgeError([f"{path}:{line}: not valid YAML: {error.problem}"]) from error
    except ValueError as error:  # a date such as 2027-02-30, or bytes that are not UTF-8
        raise KnowledgeError([f"{path}:{_line_of_bad_date(path)}: {error}"]) from error
    except (OSError, yaml.YAMLError, RecursionError) as error:
        raise KnowledgeError([f"{path}:1: cannot be read: {' '.join(str(error).split())}"]) from error


def read_rows(path: Path, model: type[Model]) -> list[Model]:
    """The rows of a file that is one YAML list. Raises KnowledgeError with every mistake in the file."""
    data = read_yaml(path)
    if not isinstance(data, list):
        raise KnowledgeError([f"{path}:1: expected a list of {model.__name__} rows"])
    try:
        return parse_obj_as(list[model], data)  # type: ignore[valid-type]
    except ValidationError as error:
        raise KnowledgeError(_explain(path, data, model, error)) from error


def _explain(path: Path, data: Any, model: type[BaseModel], error: ValidationError) -> list[str]:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    problems = []
    for fault in error.errors():
        loc = tuple(part for part in fault["loc"] if part != "__root__")
        row = data[loc[0]] if loc and isinstance(loc[0], int) else {}
        name = row.get("id", "?") if isinstance(row, dict) else "?"
        field = ".".join(str(part) for part in loc[1:]) or "row"
        said = _unknown_field(model, loc) if fault["type"] == "value_error.extra" else _say(fault, data, loc)
        problems.append(f"{path}:{_line_of(root, loc)}: row {name}, field {field}: {said}")
    return problems


def _unknown_field(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    for part in loc[:-1]:
        if isinstance(part, str):
            model = model.__fields__[part].type_
    near = difflib.get_close_matches(str(loc[-1]), model.__fields__, 1)
    return f"unknown field; allowed: {', '.join(model.__fields__)}" + (f"; did you mean {near[0]}?" if near else "")


def _say(fault: Any, data: Any, loc: tuple[Any, ...]) -> str:
    text = str(fault["msg"])
    allowed = (fault.get("ctx") or {}).get("permitted") or (fault.get("ctx") or {}).get("allowed")
    if not allowed:
        return text
    value = data
    for part in loc:
        value = value[part] if isinstance(value, (dict, list)) else value
    near = difflib.get_close_matches(str(value), [str(option) for option in allowed], 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{value!r} is not allowed; allowed: {', '.join(map(str, allowed))}{hint}"


def locate(paths: Iterable[Path], row: str, field: str, value: str, *, last: bool = False) -> str:
    """`file:line` of a value in the field of a row, or else of the row. last: of the last such row."""
    found = "?"
    for path in paths:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        for node in root.value if isinstance(root, yaml.SequenceNode) else []:
            if _scalar(node, "id", "topic") != row:
                continue
            place = next((n for n in _leaves(_child(node, field) or node) if n.value == value), node)
            found = f"{path}:{place.start_mark.line + 1}"
            if not last:
                return found
    return found


def _scalar(node: Any, *keys: str) -> str | None:
    child = next((found for key in keys if (found := _child(node, key))), None)
    return child.value if isinstance(child, yaml.ScalarNode) else None


def _child(node: Any, key: str) -> Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for part in node.value if isinstance(node, yaml.CollectionNode) else []:
        for child in part if isinstance(part, tuple) else (part,):
            yield from _leaves(child)


def _line_of_bad_date(path: Path) -> int:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (ValueError, yaml.YAMLError):
        return 1
    for node in _leaves(root):
        if node.tag == "tag:yaml.org,2002:timestamp":
            try:
                yaml.load(node.value, Loader=_Loader)
            except ValueError:
                return int(node.start_mark.line) + 1
    return 1


def _line_of(node: Any, loc: tuple[Any, ...]) -> int:
    """The line of the deepest part of `loc` that stands in the file (a missing field has the line of its row)."""
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            child = next((value for key, value in node.value if key.value == str(part)), None)
            if child is None:
                break
            node = child
    return int(node.start_mark.line) + 1 if node else 1
