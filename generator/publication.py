"""Who publishes the corpus and what may be done with it: the answers of mkdocs.yml, the only place that names them.

What has no answer is claimed nowhere: no source, no licence, no canary.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import yaml
from pydantic import AfterValidator, Field

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, errors
from generator.fields import Written, must
from generator.loading.located_yaml import LocatedMapping, locate
from generator.loading.validation import validate
from generator.text.patterns import ADDRESS, LANGUAGE_CODE, LINE
from generator.text.slugs import slugify

CONFIGURATION = "mkdocs.yml"
# What a person wrote for the home page, in docs/.
_HOME_TEXT = "home.md"
# Where the answers stand in the configuration.
_ANSWERS = ("extra", "corpus")


def _blank_or(pattern: str) -> AfterValidator:
    return must(re.compile(rf"(?:{pattern})?").fullmatch)


_Line = Annotated[str, _blank_or(LINE)]
_Address = Annotated[str, _blank_or(ADDRESS), Written("an http(s) address", "write the whole address")]
_Code = Annotated[
    str, _blank_or(LANGUAGE_CODE), Written("the code of a language", "write a code such as en or zh-Hant")
]
_Slug = Annotated[
    str,
    _blank_or(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    Written("lower-case letters, digits and hyphens", "write lower-case words joined by hyphens, such as loom-plans"),
]


class Held(StrEnum):
    """What of a corpus comes from a source."""

    TRACES = "traces"
    SUMMARIES = "summaries"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published texts of the corpus first, and where; the source of traces is who ran the planners."""

    name: Annotated[
        str, must(re.compile(LINE).fullmatch), Field(description="who published them"), Written("a name on one line")
    ]
    url: Annotated[_Address, Field(description="where")] = ""
    holds: Annotated[
        Held,
        Field(description="what is from there"),
        Written("traces, summaries or papers", "write traces, summaries or papers"),
    ] = Held.TRACES


@dataclass(frozen=True, slots=True)
class Publication:
    """The project beside the corpus; an empty text or list is a question without an answer.

    `url` is the site's address and ends in `/`, `home_text` the Markdown of the home page, `name` what site and corpus
    are called, `author` who is to be cited for the corpus, `language` the code of the language that pages are in. What
    follows stands in `extra.corpus` of mkdocs.yml: `texts_language` is the code of the corpus' own language.
    """

    url: str = ""
    home_text: str = ""
    name: str = "Corpus"
    author: str = ""
    language: str = "en"
    short_name: _Slug = ""
    publisher: Annotated[_Line, Written("who publishes the site, on one line")] = ""
    sources: Annotated[
        tuple[Origin, ...], Written("a list of sources, each with its name, and its url if it has one")
    ] = ()
    texts_language: Annotated[_Code, Written("the code of a language, such as en")] = ""
    licence: Annotated[_Line, Written("the licence of the texts, such as CC BY 4.0, on one line")] = ""
    licence_url: _Address = ""
    rights: Annotated[str, Written("what may be done with the texts, as a text")] = ""
    code_licence: Annotated[_Line, Written("the licence of the code, such as MIT, on one line")] = ""
    canary: Annotated[_Line, Written("a string that no other text holds, on one line")] = ""
    terms: Annotated[str, Written("what is asked of those who use the data, as a text")] = ""
    citation_title: Annotated[_Line, Written("the title that the corpus is cited by, on one line")] = ""
    citation_key: _Slug = ""

    @property
    def slug(self) -> str:
        """Return the corpus' name in files and programs."""
        return self.short_name or slugify(self.name)

    @property
    def runners(self) -> tuple[Origin, ...]:
        """Return who ran the planners and published their traces first."""
        return tuple(source for source in self.sources if source.holds is Held.TRACES)


# What follows where a first publication lacks an answer, and what says that there is none.
_ASKED = {
    "publisher": ("nobody is named who publishes the site", '""'),
    "sources": ("nothing is said of where the texts come from, nor of who ran the planners", "[]"),
    "licence": ("nothing is said of what may be done with the texts", '""'),
    "canary": ("no record is marked as benchmark data, not to be trained on", '""'),
}


class Answers(NamedTuple):
    """A publication, and what is wrong with its answers or missing of them: a wrong one counts as none."""

    publication: Publication
    diagnostics: Sequence[Diagnostic]


def read_publication(path: Path, docs: Path) -> Publication:
    """Return what `look_up` finds. Raises GeneratorError with every answer that is wrong."""
    publication, diagnostics = look_up(path, docs)
    if errors(diagnostics):
        raise GeneratorError(errors(diagnostics))
    return publication


def look_up(path: Path, docs: Path) -> Answers:
    """Return what a configuration answers, with the home page in `docs`, and each problem, unanswered ones included."""
    try:
        known, answered = _configuration(path)
        home = _home_text(docs / _HOME_TEXT)
    except GeneratorError as error:
        return Answers(Publication(), error.diagnostics)
    address, theme = str(known.get("site_url") or ""), known.get("theme")
    look = theme if isinstance(theme, dict) else {}
    language = str(look.get("language", "en"))
    given: dict[str, Any] = {
        "url": f"{address.rstrip('/')}/" if address else "",
        "home_text": home,
        "name": str(known.get("site_name") or ""),
        "author": str(known.get("site_author") or ""),
        "language": language,
    }
    publication, diagnostics = validate(Publication, answered, **given)
    own = path.parent / str(look["custom_dir"]) if look.get("custom_dir") else None
    unspoken = [] if is_spoken(language, own) else [_unspoken(path, language)]
    told = [*diagnostics, *unspoken, *_unanswered(answered, address)]
    return Answers(publication or Publication(**given), told)


def is_spoken(language: str, own: Path | None = None) -> bool:
    """Tell whether Material has words in a language, by its code, or else a project's `own` theme."""
    theme, words = files("material").joinpath("templates"), f"partials/languages/{language}.html"
    return any(folder.joinpath(words).is_file() for folder in (theme, *([own] if own else [])))


def _unspoken(path: Path, language: str) -> Diagnostic:
    places, _ = locate(_shown(path), path.read_text("utf-8"), ("theme",))
    where = places.place(("language",)) if places else Location(_shown(path))
    found = f"`theme.language` is '{language}', expected the code of a language that Material for MkDocs speaks"
    hint, sample = "write a code such as en, de or zh-Hant", "theme:\n  language: de"
    return Diagnostic(Code.WRONG_VALUE, where, found, hint, sample=sample)


def _home_text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except UnicodeDecodeError:
        raise GeneratorError([Diagnostic(Code.NOT_UTF_8, Location(_shown(path)), "not UTF-8")]) from None


def _shown(path: Path) -> str:
    """Return a path as problems name it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _configuration(path: Path) -> tuple[Mapping[str, Any], LocatedMapping]:
    """Return what a configuration of MkDocs holds or inherits, and answers. Raises GeneratorError if it is broken."""
    # Whoever reads no configuration need not load MkDocs.
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415 -- see above
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load  # noqa: PLC0415

    try:
        places, diagnostics = locate(_shown(path), path.read_text("utf-8"), _ANSWERS)
        if places is None:
            raise GeneratorError(diagnostics)
        with path.open("rb") as file:
            known = yaml_load(file, get_yaml_loader(_Tolerant))
    except (OSError, UnicodeDecodeError, ConfigurationError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise GeneratorError([Diagnostic(Code.NO_CONFIGURATION, Location(_shown(path)), found)]) from None
    answers: Any = known
    for key in _ANSWERS:
        answers = (answers.get(key) or {}) if isinstance(answers, dict) else answers
    if not isinstance(answers, dict):
        found = f"`{'` or `'.join(_ANSWERS)}` is no mapping, expected keys and values"
        diagnostics.append(Diagnostic(Code.NOT_A_MAPPING, places.place(()), found, "write `key: value` lines below it"))
    if diagnostics:
        raise GeneratorError(diagnostics)
    return known, LocatedMapping(answers, places.places, places.keys)


class _Tolerant(yaml.SafeLoader):
    """Takes what MkDocs' other tags stand for, functions and folders, for nothing."""


_Tolerant.add_multi_constructor("", lambda *_: None)
_Tolerant.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def _unanswered(answered: LocatedMapping, address: str) -> Iterator[Diagnostic]:
    where = answered.place(())
    if not address:
        found = "no `site_url`, so there are no feeds, and no page and no citation names its address"
        hint = "add a line `site_url: https://…/` with the address where it will be published"
        yield Diagnostic(Code.UNANSWERED_QUESTION, where, found, hint)
    for key, (effect, none) in _ASKED.items():
        if key not in answered.values:
            hint = f"add it below `corpus:` under `extra:`; `{key}: {none}` says that there is none"
            yield Diagnostic(Code.UNANSWERED_QUESTION, where, f"no `{key}`, so {effect}", hint)
