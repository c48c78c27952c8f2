"""Data files beside the code: read with a schema that nothing slips through."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from generator.package_data import load_yaml

PACKAGE = Path(__file__).parent.parent / "generator"
FILES = sorted(PACKAGE.rglob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_key_stands_twice(path: Path) -> None:
    """YAML's reader keeps the last of them without a word."""
    nodes = [yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(set(keys)) == len(keys)
            nodes += [value for _, value in node.value]


@pytest.mark.parametrize("text", ["words: [across, on]", "words: [1]", "words: across"])
def test_what_does_not_fit_the_schema_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`on` without quotes is a boolean in YAML."""
    (tmp_path / "a_package").mkdir()
    (tmp_path / "a_package" / "__init__.py").touch()
    (tmp_path / "a_package" / "words.yml").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValidationError):
        load_yaml("a_package", "words.yml", dict[str, tuple[str, ...]])
