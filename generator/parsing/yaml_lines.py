"""A YAML file's mapping together with the line of every key and list item.

Seeds need but a sliver of YAML: one mapping of text, numbers and lists. Anchors, aliases, merge keys and tags have no
use there, and expanding them is a known attack, so they are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A key of the mapping, then an index into its list, and so on.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A scalar that YAML reads as something other than text or a plain whole number; `text` is how it is written."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class LinedMapping:
    """Plain values (`str`, `int`, `Unquoted`, lists and dicts of them) and the line, from 1, of each path to one."""

    values: Mapping[str, object]
    lines: Mapping[Path, int]


# The composer and the constructor recurse; nothing here is nested deeper than a list in a mapping.
_MAX_DEPTH = 8
_KINDS = {"int": "number", "float": "number", "bool": "truth value", "timestamp": "date", "null": "empty value"}
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TAG_PREFIX = "tag:yaml.org,2002:"
_MERGE_KEY = f"{_TAG_PREFIX}merge"


def read_mapping(seed: str, text: str) -> tuple[LinedMapping | None, list[Problem]]:
    """Read the mapping a YAML text holds; None, and every reason, where it holds anything else.

    Of a key given twice, which is a problem as well, the last value is taken.
    """
    try:
        problems = list(_refused(seed, text))
        root = None if problems else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return None, [_broken(seed, text, error)]
    except (ValueError, OverflowError) as error:
        # PyYAML lets the errors of int() and chr() through, for "\UFFFFFFFF" or a %YAML directive, say.
        return None, [Problem(Location(seed), f"broken YAML: {error}", "correct the escape or the number it names")]
    if problems:
        return None, problems
    if not isinstance(root, yaml.MappingNode):
        found = {yaml.SequenceNode: "a list", yaml.ScalarNode: "a single value"}.get(type(root), "an empty file")
        remedy = "write one `key: value` per line"
        return None, [Problem(Location(seed), f"{found}, expected keys and values", remedy)]
    lines: dict[Path, int] = {}
    return LinedMapping(_mapping(root, (), lines), lines), list(_key_problems(seed, root))


def _refused(seed: str, text: str) -> Iterator[Problem]:
    """What is YAML but not wanted here. Reads events alone, which never expands an alias nor recurses."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        location = Location(seed, event.start_mark.line + 1 if event.start_mark else 0)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            yield Problem(location, "a second YAML document, expected one", "delete the line `---` or split the file")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            yield Problem(location, f"values nested {depth} deep, expected a plain list at most", "write it flat")
            return
        if isinstance(event, yaml.AliasEvent):
            yield Problem(
                location, f"alias '*{event.anchor}', expected a value", "write the value out, or quote the text"
            )
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            yield Problem(location, f"anchor '&{event.anchor}', expected a value", "delete it, or quote the text")
        elif tag := getattr(event, "tag", None):
            yield Problem(
                location,
                f"tag '{tag.replace(_TAG_PREFIX, '!!')}', expected a value without one",
                "delete it, or quote the text",
            )


def _key_problems(seed: str, root: yaml.MappingNode) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for key, _ in root.value:
        line = key.start_mark.line + 1
        location = Location(seed, line)
        if not isinstance(key, yaml.ScalarNode):
            yield Problem(location, "a list or mapping as a key, expected a word", "write `key: value`")
        elif key.tag == _MERGE_KEY:
            yield Problem(location, "merge key '<<', expected a word", "write the keys out")
        elif key.value in seen:
            message = f"key {key.value!r} given twice, expected once, as on line {seen[key.value]}"
            yield Problem(location, message, "delete one of the two")
        else:
            seen[key.value] = line


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = key.value
        lines[*path, name] = key.start_mark.line + 1
        values[name] = _value(value, (*path, name), lines)
    return values


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        lines.update({(*path, index): item.start_mark.line + 1 for index, item in enumerate(node.value)})
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    kind = node.tag.rpartition(":")[2]
    if kind == "int" and _WHOLE_NUMBER.fullmatch(node.value):
        return int(node.value)
    return Unquoted(_KINDS[kind], node.value) if kind in _KINDS else str(node.value)


def _broken(seed: str, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        found = ", ".join(piece for piece in (error.context, error.problem) if piece)
        remedy = "correct the line; text with ': ', ' #' or a leading quote, bracket or symbol must be in quotes"
        return Problem(Location(seed, mark.line + 1 if mark else 0), f"broken YAML: {found}", remedy)
    position = getattr(error, "position", 0)
    found = f"character U+{ord(text[position]):04X}, which YAML does not allow" if position < len(text) else str(error)
    return Problem(Location(seed, text.count("\n", 0, position) + 1), f"broken YAML: {found}", "delete the character")
