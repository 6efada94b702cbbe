"""Reading the clinicians' YAML: fast when it is right, exact about file, line, field and what is allowed when not."""

from __future__ import annotations

import difflib
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


def read_yaml(path: Path) -> Any:
    """The content of one YAML file. Raises KnowledgeError naming the line when it cannot be parsed or read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise KnowledgeError([f"{path}:{line}: not valid YAML: {error.problem}"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError([f"{path}: cannot be read: {error}"]) from error


def read_rows(path: Path, model: type[Model]) -> list[Model]:
    """The rows of a file that is one YAML list. Raises KnowledgeError with every mistake in the file."""
    data = read_yaml(path)
    if not isinstance(data, list):
        raise KnowledgeError([f"{path}:1: expected a list of {model.__name__} rows"])
    try:
        return parse_obj_as(list[model], data)  # type: ignore[valid-type]
    except ValidationError as error:
        raise KnowledgeError(_explain(path, data, error)) from error


def _explain(path: Path, data: Any, error: ValidationError) -> list[str]:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    problems = []
    for fault in error.errors():
        loc = tuple(part for part in fault["loc"] if part != "__root__")
        row = data[loc[0]] if loc and isinstance(loc[0], int) else {}
        name = row.get("id", "?") if isinstance(row, dict) else "?"
        field = ".".join(str(part) for part in loc[1:]) or "row"
        problems.append(f"{path}:{_line_of(root, loc)}: row {name}, field {field}: {_say(fault, data, loc)}")
    return problems


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
