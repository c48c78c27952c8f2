"""A YAML file's mapping together with the place of every key, value and list item.

Seeds need but a sliver of YAML: one mapping of text, numbers and lists. Anchors, aliases, merge keys and tags have no
use there, and expanding them is a known attack, so they are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import yaml

from generator.diagnostics import Code, Diagnostic, Location, truncated

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
class Place:
    """Where a value and its key stand; a list's item has no key, so its value stands for both."""

    key: Location
    value: Location


@dataclass(frozen=True, slots=True)
class LocatedMapping:
    """Plain values (`str`, `int`, `Unquoted`, lists and dicts of them) and the place of each path to one.

    The empty path stands for the mapping as a whole.
    """

    values: Mapping[str, object]
    places: Mapping[Path, Place]


# The composer and the constructor recurse; nothing here is nested deeper than a list in a mapping.
_MAX_DEPTH = 8
# Nobody reads more of one kind; a file may hold millions.
_MOST_TOLD = 100
_KINDS = {"int": "number", "float": "number", "bool": "truth value", "timestamp": "date", "null": "empty value"}
_QUOTE = "correct the line; text with ': ', ' #' or a leading quote, bracket or symbol must be in quotes"
# What libyaml says of the most common slips, in plainer words: first those that it notices only further down.
_OPENED = {
    "while scanning a simple key": ("a line without a colon", "write `key: value`, or put the text in quotes"),
    "while scanning a quoted scalar": ("a quote that is never closed", "close it"),
    "while parsing a flow sequence": ("a list in brackets that does not end", "close it, or put the text in quotes"),
    "while parsing a flow mapping": ("a mapping in braces that does not end", "close it, or put the text in quotes"),
}
_COMMON = {
    "mapping values are not allowed in this context": (
        "a second colon with a blank in one line",
        "put the text in quotes",
    ),
    "found character that cannot start any token": ("a tab, expected blanks", "indent with blanks"),
}
# YAML would end a line at these, where no editor does: its lines would not be those of the file.
_LINE_END = re.compile("[\x85\u2028\u2029]")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TAG_PREFIX = "tag:yaml.org,2002:"
_MERGE_KEY = f"{_TAG_PREFIX}merge"


def read_mapping(seed: str, text: str) -> tuple[LocatedMapping | None, list[Diagnostic]]:
    """Read the mapping a YAML text holds; None, and every reason, where it holds anything else.

    Of a key given twice, which is a problem as well, the last value is taken.
    """
    if stray := _LINE_END.search(text):
        return None, [_stray(seed, text, stray.start(), "which YAML takes for the end of a line")]
    try:
        diagnostics = list(islice(_refused(seed, text), _MOST_TOLD))
        root = None if diagnostics else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [_broken(seed, text, error)]
    except (ValueError, OverflowError) as error:
        # PyYAML lets the errors of int() and chr() through, for "\UFFFFFFFF" or a %YAML directive, say.
        hint = "correct the escape or the number it names"
        return None, [Diagnostic(Code.BROKEN_YAML, Location(seed), f"broken YAML: {error}", hint)]
    if diagnostics:
        return None, diagnostics
    if not isinstance(root, yaml.MappingNode):
        found = {yaml.SequenceNode: "a list", yaml.ScalarNode: "a single value"}.get(type(root), "an empty file")
        hint = "write one `key: value` per line"
        return None, [Diagnostic(Code.NOT_A_MAPPING, Location(seed, 1), f"{found}, expected keys and values", hint)]
    start = Location(seed, 1)
    places: dict[Path, Place] = {(): Place(start, start)}
    return LocatedMapping(_mapping(seed, root, (), places), places), list(_key_problems(seed, root))


def _refused(seed: str, text: str) -> Iterator[Diagnostic]:
    """Find what is YAML but not wanted here. Reads events alone, which never expands an alias nor recurses."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            yield _advanced(
                seed, event, "a second YAML document, expected one", "delete the line `---` or split the file"
            )
            return
        if depth > _MAX_DEPTH:
            yield _advanced(seed, event, f"values nested {depth} deep, expected a plain list at most", "write it flat")
            return
        if isinstance(event, yaml.AliasEvent):
            found = f"alias '*{event.anchor}', expected a value"
            yield _advanced(seed, event, found, "write the value out, or quote the text")
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            found = f"anchor '&{event.anchor}', expected a value"
            yield _advanced(seed, event, found, "delete it, or quote the text")
        elif tag := getattr(event, "tag", None):
            found = f"tag '{tag.replace(_TAG_PREFIX, '!!')}', expected a value without one"
            yield _advanced(seed, event, found, "delete it, or quote the text")


class _Mark(Protocol):
    """A place as PyYAML has it, from 0."""

    line: int
    column: int


def _advanced(seed: str, found: yaml.Event | yaml.Node, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.ADVANCED_YAML, _at(seed, found.start_mark), message, hint)


def _at(seed: str, mark: _Mark | None) -> Location:
    return Location(seed, mark.line + 1, mark.column + 1) if mark else Location(seed)


def _key_problems(seed: str, node: yaml.Node) -> Iterator[Diagnostic]:
    """Find what is wrong with the keys of a mapping and of those inside it; `_refused` bounds the depth."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _key_problems(seed, item)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, Location] = {}
    for key, value in node.value:
        yield from _key_problems(seed, value)
        where = _at(seed, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            yield _advanced(seed, key, "a list or mapping as a key, expected a word", "write `key: value`")
        elif key.tag == _MERGE_KEY:
            yield _advanced(seed, key, "merge key '<<', expected a word", "write the keys out")
        elif key.value in seen:
            message = f"key {truncated(key.value)} given twice, expected once"
            yield Diagnostic(Code.DOUBLED_KEY, where, message, "delete one of the two", seen[key.value])
        else:
            seen[key.value] = where


def _mapping(seed: str, node: yaml.MappingNode, path: Path, places: dict[Path, Place]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = key.value
        places[*path, name] = Place(_at(seed, key.start_mark), _at(seed, value.start_mark))
        values[name] = _value(seed, value, (*path, name), places)
    return values


def _value(seed: str, node: yaml.Node, path: Path, places: dict[Path, Place]) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(seed, node, path, places)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            where = _at(seed, item.start_mark)
            places[*path, index] = Place(where, where)
        return [_value(seed, item, (*path, index), places) for index, item in enumerate(node.value)]
    kind = node.tag.rpartition(":")[2]
    if kind == "int" and _WHOLE_NUMBER.fullmatch(node.value):
        return int(node.value)
    return Unquoted(_KINDS[kind], node.value) if kind in _KINDS else str(node.value)


def _broken(seed: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    if isinstance(error, yaml.MarkedYAMLError):
        if error.context in _OPENED:
            found, hint = _OPENED[error.context]
            return Diagnostic(Code.BROKEN_YAML, _at(seed, error.context_mark), f"broken YAML: {found}", hint)
        # libyaml sees a further line behind a last one without an end.
        where = min(_at(seed, error.problem_mark or error.context_mark), Location.at(seed, text, len(text)))
        said = ", ".join(piece for piece in (error.context, error.problem) if piece)
        found, hint = _COMMON.get(error.problem or "", (said, _QUOTE))
        return Diagnostic(Code.BROKEN_YAML, where, f"broken YAML: {found}", hint)
    # libyaml counts bytes.
    position = len(text.encode()[: getattr(error, "position", 0)].decode(errors="ignore"))
    return _stray(seed, text, position, "which YAML does not allow")


def _stray(seed: str, text: str, position: int, why: str) -> Diagnostic:
    found = f"broken YAML: character U+{ord(text[position]):04X}, {why}"
    return Diagnostic(Code.BROKEN_YAML, Location.at(seed, text, position), found, "delete the character")
