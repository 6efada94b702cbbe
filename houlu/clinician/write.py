"""Changed rows back into their YAML files: what did not change keeps every byte, comments included.

A file is its head (the comments on top) and blocks, one for each row with the comments before it. Of a changed row
only the changed fields are written anew, so that a comment is lost only inside such a field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from houlu.clinician.tables import Table
from houlu.knowledge.strategies import Approval, Condition

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Lists that stand in one line where a file has none of them yet.
_FLOW = ("drugs", "sources", "suggestions", "article_section")
#: Fields that stand in every row, even when they say nothing.
_ALWAYS = ("reviewed_by", "url", "randomised")
_SECTION = "# ----"


@dataclass
class Block:
    """One row's text. lead: blank lines and comments before it. fields: the lines of each field."""

    lead: list[str]
    fields: dict[str, list[str]]
    nodes: dict[str, yaml.Node] = field(default_factory=dict)

    def text(self) -> list[str]:
        """Its lines; the first one begins the row."""
        lines = [line for lines in self.fields.values() for line in lines]
        return [*self.lead, "- " + lines[0][2:], *lines[1:]]


def rewritten(text: str, table: Table, old: list[Any], new: list[Any]) -> str:
    """A file's text with the rows `new` in place of `old`, which it holds now."""
    head, blocks = _parse(text)
    style = _style(blocks)
    gap = _gap(blocks)
    if blocks:
        blocks[0].lead = [*gap, *blocks[0].lead]  # in case another row comes before it
    known = {getattr(row, table.id): (row, block) for row, block in zip(old, blocks, strict=True)}
    kept: list[Block] = []
    for row in new:
        before, block = known.pop(getattr(row, table.id), (None, Block([*gap], {})))
        if before != row:
            _update(block, before, row, table, style)
        kept.append(block)
    _keep_sections([block for _, block in known.values()], blocks, kept)
    lines = [*head, *(line for place, block in enumerate(kept) for line in _placed(block, first=place == 0))]
    result = "".join(lines) if kept else "".join([*head, "[]\n"])
    if [table.model.parse_obj(row) for row in yaml.load(result, Loader=_Loader)] != new:
        raise AssertionError(f"{table.name}: the rows written are not the rows meant")
    return result


def _parse(text: str) -> tuple[list[str], list[Block]]:
    lines = text.splitlines(keepends=True) if text.endswith("\n") else (text + "\n").splitlines(keepends=True)
    root = yaml.compose(text, Loader=_Loader)
    rows = root.value if isinstance(root, yaml.SequenceNode) else []
    if not isinstance(root, yaml.SequenceNode) or not rows or root.flow_style:
        return [line for line in lines if line.startswith("#")], []
    starts = [row.start_mark.line for row in rows]
    head, lead = _head(lines[: starts[0]])
    blocks = []
    for row, start, end in zip(rows, starts, [*starts[1:], len(lines)], strict=True):
        body, after = _body(lines[start:end])
        blocks.append(Block(lead, _fields(row, body, start), {key.value: value for key, value in row.value}))
        lead = after
    return head, blocks


def _head(lines: list[str]) -> tuple[list[str], list[str]]:
    """The comments on top of the file, and behind a blank line those of its first row."""
    blanks = [number for number, line in enumerate(lines) if not line.strip()]
    cut = blanks[-1] + 1 if blanks else len(lines)
    return lines[:cut], lines[cut:]


def _body(lines: list[str]) -> tuple[list[str], list[str]]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return lines[:end], lines[end:]


def _fields(row: yaml.MappingNode, body: list[str], start: int) -> dict[str, list[str]]:
    keys = [(key.value, key.start_mark.line - start) for key, _ in row.value]
    ends = [line for _, line in keys[1:]] + [len(body)]
    fields = {key: body[begin:end] for (key, begin), end in zip(keys, ends, strict=True)}
    first = keys[0][0]
    fields[first] = ["  " + fields[first][0][2:], *fields[first][1:]]
    return fields


def _update(block: Block, before: Any, row: Any, table: Table, style: dict[str, str]) -> None:
    for key, spec in table.model.__fields__.items():
        value = getattr(row, key)
        if before is not None and getattr(before, key) == value:
            continue
        silent = key not in block.fields and not spec.required and value == spec.default
        if key not in _ALWAYS and (value is None or silent):
            block.fields.pop(key, None)
        else:
            block.fields[key] = _rendered(key, value, _layout(block.nodes.get(key)) or style.get(key))
    order = _order(table)
    block.fields = dict(sorted(block.fields.items(), key=lambda item: order.index(item[0])))


def _order(table: Table) -> list[str]:
    return list(dict.fromkeys(column.path[0] for column in table.columns))


def _layout(node: yaml.Node | None) -> str | None:
    """How a list stands in the file: flow, or the indentation of its dashes."""
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return None
    return "flow" if node.flow_style else str(node.start_mark.column)


def _style(blocks: list[Block]) -> dict[str, str]:
    """The commonest layout of each list in this file."""
    seen: dict[str, Counter[str]] = {}
    for block in blocks:
        for key, node in block.nodes.items():
            if layout := _layout(node):
                seen.setdefault(key, Counter())[layout] += 1
    return {key: count.most_common(1)[0][0] for key, count in seen.items()}


def _rendered(key: str, value: Any, layout: str | None) -> list[str]:
    if isinstance(value, Approval):
        parts = value.dict(exclude_defaults=True)
        return [f"  {key}:\n", *(line for name, part in parts.items() for line in _scalar(name, part, 4))]
    if not isinstance(value, list):
        return _scalar(key, value, 2)
    layout = layout or ("flow" if key in _FLOW else "4")
    if not value or (layout == "flow" and not isinstance(value[0], Condition)):
        return [f"  {key}: {_dump(value, flow=True)}\n"]
    indent = " " * int(layout if layout != "flow" else "4")
    return [f"  {key}:\n", *(line for item in value for line in _item(item, indent))]


def _item(item: Any, indent: str) -> Iterable[str]:
    if not isinstance(item, Condition):
        return [f"{indent}- {_dump(item)}\n"]
    given = item.dict(exclude_defaults=True)
    if not given:
        return [f"{indent}- {{}}\n"]
    lines = [f"{indent}  {key}: {_dump(value, flow=True)}\n" for key, value in given.items()]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _scalar(key: str, value: Any, indent: int) -> list[str]:
    space = " " * indent
    if isinstance(value, str) and "\n" in value and _literal(value):
        lines = [f"{space}  {line}\n" if line else "\n" for line in value.split("\n")]
        return [f"{space}{key}: |-\n", *lines]
    return [f"{space}{key}: {_dump(value)}\n"]


def _literal(text: str) -> bool:
    """It may stand as a block: nothing in it that YAML would fold, escape or take for indentation."""
    lines = text.split("\n")
    plain = all(char == "\n" or (char.isprintable() and char not in "\x85\u2028\u2029\ufeff") for char in text)
    return plain and not text.startswith((" ", "\n")) and all(line == line.rstrip() for line in lines)


def _dump(value: Any, *, flow: bool = False) -> str:
    """One value in one line."""
    if isinstance(value, date):
        return value.isoformat()
    quoted = '"' if isinstance(value, str) and "\n" in value else None
    text = yaml.safe_dump(
        value, default_flow_style=flow or None, default_style=quoted, width=10**9, allow_unicode=True, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...").rstrip("\n")


def _keep_sections(removed: list[Block], before: list[Block], kept: list[Block]) -> None:
    """A heading over several rows stays when its first row goes."""
    for block in removed:
        heading = [line for line in block.lead if line.startswith(_SECTION)]
        place = next(number for number, b in enumerate(before) if b is block)
        heir = next((b for b in before[place + 1 :] if any(b is k for k in kept)), None)
        if heading and heir is not None:
            blank = 1 if heir.lead[:1] == ["\n"] else 0
            heir.lead[blank:blank] = heading


def _gap(blocks: list[Block]) -> list[str]:
    """What stands between two rows of this file: a blank line, or nothing."""
    spaced = sum(block.lead[:1] == ["\n"] for block in blocks[1:])
    return ["\n"] if 2 * spaced >= len(blocks[1:]) else []


def _placed(block: Block, *, first: bool) -> list[str]:
    """A block's lines; before the first one there is no blank line."""
    lead = list(block.lead)
    while first and lead and not lead[0].strip():
        lead.pop(0)
    return Block(lead, block.fields).text()
