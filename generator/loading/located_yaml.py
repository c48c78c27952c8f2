"""A YAML file's mapping together with the place of every key, value and list item.

Seeds need but a sliver of YAML: one mapping of text, numbers and lists. Anchors, aliases, merge keys and tags have no
use there, and expanding them is a known attack, so they are refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import yaml

from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.package_data import load_yaml

# A key of the mapping, then an index into its list, and so on.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A scalar that YAML reads as something other than text or a plain whole number; `text` is how it is written."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class LocatedMapping:
    """Plain values (`str`, `int`, `Unquoted`, lists and dicts of them), and where they and their keys stand.

    The empty path stands for the mapping as a whole. What has no place of its own stands where its holder does.
    """

    values: Mapping[str, object]
    places: Mapping[Path, Location]
    keys: Mapping[Path, Location] = field(default_factory=dict)

    def place(self, path: Path) -> Location:
        """Return where the value at a path stands."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def key_place(self, path: Path) -> Location:
        """Return where the key of a value stands; that of a list's item is the value itself."""
        return self.keys.get(path) or self.place(path)


# The composer and the constructor recurse; nothing here is nested deeper than a list in a mapping.
_MAX_DEPTH = 8
# Nobody reads more of one kind; a file may hold millions.
_MOST_TOLD = 100
_KINDS = {"int": "number", "float": "number", "bool": "truth value", "timestamp": "date", "null": "empty value"}
_QUOTE = "correct the line; text with ': ', ' #' or a leading quote, bracket or symbol must be in quotes"
_SLIPS = load_yaml("generator.loading", "yaml_slips.yml", dict[str, dict[str, tuple[str, str]]])
# YAML would end a line at these, where no editor does: its lines would not be those of the file.
LINE_END = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+(#.*)")
_COLON = re.compile(r":(?:[ \t]|$)")
_TAB, _SECOND_COLON = (
    "found a tab character that violates indentation",
    "mapping values are not allowed in this context",
)
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TAG_PREFIX = "tag:yaml.org,2002:"
_MERGE_KEY = f"{_TAG_PREFIX}merge"


def read_mapping(seed: str, text: str) -> tuple[LocatedMapping | None, list[Diagnostic]]:
    """Read the mapping a YAML text holds; None, and every reason, where it holds anything else.

    Of a key given twice, which is a problem as well, the last value is taken.
    """
    if stray := LINE_END.search(text):
        return None, [_stray(seed, text, stray.start(), "which YAML takes for the end of a line")]
    try:
        diagnostics = list(islice(_refused(seed, text), _MOST_TOLD))
        root = None if diagnostics else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [broken_yaml(seed, text, error)]
    except (ValueError, OverflowError) as error:
        # PyYAML lets the errors of int() and chr() through, for "\UFFFFFFFF" or a %YAML directive, say.
        hint = "correct the escape or the number it names"
        return None, [Diagnostic(Code.BROKEN_YAML, Location(seed), f"broken YAML: {error}", hint)]
    if diagnostics:
        return None, diagnostics
    if not isinstance(root, yaml.MappingNode):
        found = {yaml.SequenceNode: "a list", yaml.ScalarNode: "a single value"}.get(type(root), "an empty file")
        return None, [Diagnostic(Code.NOT_A_MAPPING, Location(seed, 1), f"{found}, expected keys and values")]
    reader = _NodeReader(seed)
    mapping = LocatedMapping(reader.mapping(root, ()), reader.places, reader.keys)
    return mapping, [*reader.diagnostics, *islice(_comments(text, reader.plain_ends), _MOST_TOLD)]


def locate(path: str, text: str, keys: Sequence[str]) -> tuple[LocatedMapping | None, list[Diagnostic]]:
    """Find the mapping below these keys, one in another, in any YAML text; one without places where there is none.

    None, and the reason, where the text is no YAML.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [broken_yaml(path, text, error)]
    for key in keys:
        held = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for name, value in held if name.value == key), None)
    reader = _NodeReader(path)
    if not isinstance(node, yaml.MappingNode):
        return LocatedMapping({}, reader.places), []
    reader.places[()] = _at(path, node.start_mark)
    return LocatedMapping(reader.mapping(node, ()), reader.places, reader.keys), reader.diagnostics


def _refused(seed: str, text: str) -> Iterator[Diagnostic]:
    """Find what is YAML but not wanted here. Reads events alone, which never expands an alias nor recurses."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            hint = "delete the line `---` or split the file"
            yield _advanced(seed, event, "a second YAML document, expected one", hint)
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


def _comments(text: str, ends: Sequence[Location]) -> Iterator[Diagnostic]:
    """Find comments that may be the rest of a text that ends there; what stands in quotes has an end of its own."""
    lines = text.split("\n") if " #" in text or "\t#" in text else ()
    for end in ends if lines else ():
        if comment := _COMMENT.match(lines[end.line - 1], end.column - 1):
            where = end.in_column(comment.start(1) + 1)
            found = f"a comment, which is no part of the value before it: {truncated(comment[1])}"
            yield Diagnostic(Code.COMMENT_BEHIND_VALUE, where, found)


class _Mark(Protocol):
    """A place as PyYAML has it, from 0."""

    line: int
    column: int


def _advanced(seed: str, found: yaml.Event | yaml.Node, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.ADVANCED_YAML, _at(seed, found.start_mark), message, hint)


def _at(seed: str, mark: _Mark | None) -> Location:
    return Location(seed, mark.line + 1, mark.column + 1) if mark else Location(seed)


class _NodeReader:
    """Make values of YAML's nodes, note where they stand and what is wrong with keys; `_refused` bounds the depth."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.places: dict[Path, Location] = {(): Location(seed, 1)}
        self.keys: dict[Path, Location] = {}
        # Where values without quotes end.
        self.plain_ends: list[Location] = []
        self.diagnostics: list[Diagnostic] = []

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        seen: dict[str, Location] = {}
        for key, value in node.value:
            name, where = str(key.value), _at(self.seed, key.start_mark)
            found = self._value(value, (*path, name))
            if isinstance(key, yaml.ScalarNode):
                values[name] = found
                self.keys[*path, name] = where
            self._check_key(key, where, seen.setdefault(name, where))
        return values

    def _value(self, node: yaml.Node, path: Path) -> object:
        self.places[path] = _at(self.seed, node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and not node.style:
            self.plain_ends.append(_at(self.seed, node.end_mark))
        kind = node.tag.rpartition(":")[2]
        if kind == "int" and _WHOLE_NUMBER.fullmatch(node.value):
            return int(node.value)
        return Unquoted(_KINDS[kind], node.value) if kind in _KINDS else str(node.value)

    def _check_key(self, key: yaml.Node, where: Location, first: Location) -> None:
        if not isinstance(key, yaml.ScalarNode):
            found = _advanced(self.seed, key, "a list or mapping as a key, expected a word", "write `key: value`")
        elif key.tag == _MERGE_KEY:
            found = _advanced(self.seed, key, "merge key '<<', expected a word", "write the keys out")
        elif first != where:
            message = f"key {truncated(key.value)} given twice, expected once"
            found = Diagnostic(Code.DOUBLED_KEY, where, message, related=first)
        else:
            return
        self.diagnostics.append(found)


def broken_yaml(seed: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """Return where a text is no YAML, and the slip that it most likely is."""
    if isinstance(error, yaml.MarkedYAMLError):
        where, found, hint = _slip(seed, text, error)
        return Diagnostic(Code.BROKEN_YAML, where, f"broken YAML: {found}", hint)
    # libyaml counts bytes.
    position = len(text.encode()[: getattr(error, "position", 0)].decode(errors="ignore"))
    return _stray(seed, text, position, "which YAML does not allow")


def _slip(seed: str, text: str, error: yaml.MarkedYAMLError) -> tuple[Location, str, str]:
    """Return where a text is no YAML, what is found there, and what to do."""
    if error.context in _SLIPS["contexts"]:
        found, hint = _SLIPS["contexts"][error.context]
        return _at(seed, error.context_mark), found, hint
    # libyaml sees a further line behind a last one without an end.
    where = min(_at(seed, error.problem_mark or error.context_mark), Location.at(seed, text, len(text)))
    lines = text.split("\n")[: where.line]
    before, sign = lines[-1][: where.column - 1], lines[-1][where.column - 1 : where.column]
    *_, (number, above) = [(0, ":"), *((at, line) for at, line in enumerate(lines[:-1], 1) if line.strip())]
    if error.problem == _SECOND_COLON and not (_COLON.search(before) or _COLON.search(above)):
        # The line above is no key with a value, so libyaml took the two lines for one text.
        found, hint = _SLIPS["contexts"]["while scanning a simple key"]
        return Location(seed, number, 1), found, hint
    said = ", ".join(piece for piece in (error.context, error.problem) if piece)
    found, hint = _SLIPS["problems"].get(_TAB if sign == "\t" else error.problem or "", (said, _QUOTE))
    return where, found.format(sign=sign), hint


def _stray(seed: str, text: str, position: int, why: str) -> Diagnostic:
    found = f"broken YAML: character U+{ord(text[position]):04X}, {why}"
    return Diagnostic(Code.BROKEN_YAML, Location.at(seed, text, position), found, "delete the character")
