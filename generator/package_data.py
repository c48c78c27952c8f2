"""Data files that lie beside the code: YAML, checked against a schema when it is read, and templates of plain text."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import TypeAdapter

if TYPE_CHECKING:
    from jinja2 import Environment

_Data = TypeVar("_Data")


def load_yaml(package: str, name: str, schema: type[_Data]) -> _Data:
    """Read a YAML file of a package.

    `package` is the dotted name of the package that holds the file `name`. `schema` is any type that pydantic can
    check; values are not coerced, so a word that YAML takes for a boolean (`on`, `no`) has to be quoted.

    Raises `pydantic.ValidationError` where the file does not fit the schema.
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    # The loader of libyaml is no less safe than SafeLoader and ten times as fast.
    return TypeAdapter(schema).validate_python(yaml.load(text, Loader=yaml.CSafeLoader))


def project_file(name: str) -> Traversable:
    """Return a file of the generator's own project that other projects have too; `name` is its path from the root.

    A wheel has a copy of each beside the package.
    """
    package = files("generator")
    bundled = package.joinpath("project", name)
    return bundled if bundled.is_file() else package.joinpath("..", name)


def render_text(template: str, **values: object) -> str:
    """Fill in a template of plain text. Raises `jinja2.UndefinedError` for a name without a value."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> "Environment":
    # It takes a while to load, which commands that fill in none can do without.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- see above

    return Environment(
        loader=PackageLoader("generator"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- no HTML is made here
    )
