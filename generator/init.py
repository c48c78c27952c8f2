"""The command `init`: a repository for somebody's own corpus, made of a few answers and a folder of runs."""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from uuid import uuid4

import yaml

from generator import prose
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.docs_folder import STAGING, exclusive_lock, refusals_reported, replace_contents, staged, write_file
from generator.environment import path_argument
from generator.files import RenderedFile
from generator.importing import ImportOptions, plan_import, seed_files
from generator.importing.commands import add_run_options, report_import, run_of
from generator.messages import Language, _
from generator.package_data import project_file, render_text
from generator.publication import is_spoken
from generator.terminal import Bars, ask, say
from generator.text.patterns import ADDRESS, LANGUAGE_CODE
from generator.text.slugs import slugify

# The first needs an answer.
_QUESTIONS = {
    "name": "what site and corpus are called",
    "url": "the address where the site will be published",
    "repository": "the address of the repository",
    "publisher": "who publishes the site",
    "author": "who is to be cited for the corpus",
    "runner": "who ran the planners",
    "runner-url": "the address where the runs were published first",
    "licence": "the licence of the texts, such as CC BY 4.0",
    "licence-url": "the address of that licence",
    "texts-language": "the code of the language of the texts, such as en",
    "language": "the code of the language that the site itself speaks (default: en)",
    "canary": "a mark for each record that it is not to be trained on; `new` makes one",
}
_TEMPLATES = Path(__file__).with_name("templates")
_SKELETON = "skeleton"
# What stands for the dot in the skeleton's names, and the end of those that are templates.
_DOT, _TEMPLATE = "dot-", ".jinja"
# Stands for the runs where none are imported.
_EXAMPLE = "seeds/traces/example.md"
# Where the files lie until all are written; a name that nothing else has that waits in a hidden folder.
_NEW = "new project"
# Files of the generator's own project that every project has too.
_SHARED = ("hooks.py", "requirements.txt", "docs/_headers", ".github/workflows/deploy.yml")
_TERMS = _(
    "These are benchmark data, there to evaluate and to study planners: do not train models on them, keep the canary "
    "with every copy, and say so where a model has seen them."
)


def add_init(command: argparse.ArgumentParser) -> None:
    """Say what `init` takes."""
    command.add_argument("folder", type=path_argument, metavar="DIR", help="a new or an empty folder")
    for name, meaning in _QUESTIONS.items():
        command.add_argument(f"--{name}", metavar="TEXT", help=meaning)
    command.add_argument("--generator", metavar="REQUIREMENT", help="what pip is to install (default: this generator)")
    command.add_argument(
        "--runs", type=path_argument, dest="source", metavar="RUNS", help="import the traces of a folder or file"
    )
    add_run_options(command)
    command.set_defaults(run=_init, refuse=command.error)


def _init(options: argparse.Namespace, shown: Bars) -> tuple[str, Iterable[Diagnostic]]:
    folder: Path = options.folder
    _refuse_what_is_in_use(folder)
    answers = _answers(options)
    project = list(_project(answers, options.generator or _this_generator()))
    report, diagnostics = "", tuple[Diagnostic, ...]()
    if options.source:
        project = [file for file in project if file.path != _EXAMPLE]
        wanted = ImportOptions(redact=options.redact)
        planned = plan_import(options.source, run_of(options), folder / "seeds", shown.track, wanted)
        project += [RenderedFile(f"seeds/{file.path}", file.data) for file in seed_files(planned)]
        report = "\n".join(report_import(planned, folder / "seeds", dry=False, update=False)) + "\n"
        diagnostics = planned.diagnostics
    write_project(project, folder)
    return f"{report}{folder} is a project of its own: `make -C {folder} serve` shows its site", diagnostics


def _answers(options: argparse.Namespace) -> dict[str, str]:
    """Collect what the options say; if the name is not among it, ask the person at the terminal."""
    given = {name: getattr(options, name.replace("-", "_")) or "" for name in _QUESTIONS}
    if wrong := [f"--{name} {text}: {found}" for name, text in given.items() if (found := _wrong(name, text))]:
        options.refuse("; ".join(wrong))
    if not given["name"]:
        if not (sys.stdin and sys.stdin.isatty()):
            options.refuse("add --name, or answer at a terminal")
        try:
            for name in _QUESTIONS:
                of = name.removesuffix("-url")
                # An address is asked for where there is something that has it.
                if not given[name] and (of == name or given[of]):
                    given[name] = _asked(name)
        except (EOFError, KeyboardInterrupt):
            options.refuse("not all questions were answered, nothing was written")
    return {name: text for name, text in given.items() if text}


def _asked(name: str) -> str:
    needed = name == "name"
    text = _QUESTIONS[name] if needed else f"{_QUESTIONS[name]}; empty if there is none"
    while found := _wrong(name, answer := ask(text, needed=needed)):
        say(found)
    return answer


def _wrong(name: str, text: str) -> str:
    """Say what is wrong with an answer, empty if nothing is."""
    if text and (name == "repository" or name.endswith("url")) and not re.fullmatch(ADDRESS, text):
        return "expected an http(s) address"
    if text and name == "language" and not is_spoken(text):
        return "expected the code of a language that Material for MkDocs speaks, such as en"
    if text and name.endswith("language") and not re.fullmatch(LANGUAGE_CODE, text):
        return "expected the code of a language, such as en"
    return "" if text.isprintable() and text == text.strip() else "expected one line, without blanks at its ends"


def _project(answers: Mapping[str, str], generator: str) -> Iterator[RenderedFile]:
    """Yield the files of a project with these answers."""
    repository = answers.get("repository", "").rstrip("/")
    owner = repository.split("/")[3] if repository.count("/") >= 4 else ""
    known = {
        "name": answers["name"],
        "heading": prose.render_plain(answers["name"]),
        "url": answers.get("url", ""),
        "repository": repository,
        "author": answers.get("author", ""),
        "owner": owner,
        "generator": generator,
        "language": answers.get("language", "en"),
        "answers": yaml.safe_dump(_corpus(answers), allow_unicode=True, sort_keys=False, width=2**31 - 1).rstrip(),
    }
    # Texts of the site that are there in its language stand in a skeleton of that language, the rest is English.
    skeletons = (_TEMPLATES / _SKELETON, _TEMPLATES / f"{_SKELETON}-{known['language']}")
    chosen = {path.relative_to(folder).parts: path for folder in skeletons for path in sorted(folder.rglob("*"))}
    for parts, path in chosen.items():
        name = "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts)
        if path.is_dir() or "__pycache__" in parts:
            continue
        if not name.endswith(_TEMPLATE):
            yield RenderedFile(name, path.read_bytes())
        elif owner or not name.startswith(".github/CODEOWNERS"):
            template = path.relative_to(_TEMPLATES).as_posix()
            yield RenderedFile.from_text(name.removesuffix(_TEMPLATE), render_text(template, **known))
    for name in _SHARED:
        yield RenderedFile(name, project_file(name).read_bytes())
    yield RenderedFile.from_text("generator.txt", f"{generator}\n")


def _corpus(answers: Mapping[str, str]) -> dict[str, object]:
    """Return what stands below `extra: corpus:`; a question without an answer is one that `make check` asks."""
    short, canary = slugify(answers["name"]), answers.get("canary")
    source = _given({"name": answers.get("runner"), "url": answers.get("runner-url")})
    return _given(
        {
            "short_name": short,
            "publisher": answers.get("publisher"),
            "sources": [source] if "name" in source else None,
            "texts_language": answers.get("texts-language"),
            "licence": answers.get("licence"),
            "licence_url": answers.get("licence-url"),
            "canary": f"{short} canary {uuid4()}" if canary == "new" else canary,
            "terms": Language(answers.get("language", "")).say(_TERMS) if canary else None,
        }
    )


def _given(answers: Mapping[str, object]) -> dict[str, object]:
    return {key: answer for key, answer in answers.items() if answer}


def _this_generator() -> str:
    """Return the requirement for this very generator: a commit of its repository, or a version."""
    if not (names := packages_distributions().get("generator")):
        return _checkout()
    installed = distribution(names[0])
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"{installed.name} @ git+{origin['url']}@{commit}"
    return f"{installed.name} @ {origin['url']}" if origin else f"{installed.name}=={installed.version}"


def _checkout() -> str:
    """Return the requirement for the commit that this checkout is of, or for its folder."""
    folder = Path(__file__).parents[1]
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    try:
        command = ["git", "rev-parse", "HEAD"]
        git = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return f"{project['name']} @ {folder.as_uri()}"
    return f"{project['name']} @ git+{project['urls']['Source']}@{git.stdout.strip()}"


def write_project(project: Iterable[RenderedFile], folder: Path) -> None:
    """Write the files into a folder, all or none. Raises GeneratorError if it is in use, or if the system refuses."""
    with refusals_reported(folder), exclusive_lock(folder):
        _refuse_what_is_in_use(folder)
        # What a killed run left: as long as it is there, the next one knows that nobody has worked on it.
        _clear(folder)
        with staged(folder) as staging:
            for file in project:
                write_file(staging / _NEW, file)
            try:
                replace_contents(folder, staging / _NEW, staging / "old")
            except OSError:
                _clear(folder)
                raise


def _refuse_what_is_in_use(folder: Path) -> None:
    """Refuse a folder that holds something, but for what a run left that was killed before all was there."""
    unfinished = folder / STAGING / _NEW
    is_unfinished = unfinished.is_dir() and any(unfinished.iterdir())
    if folder.exists() and not (folder.is_dir() and (is_unfinished or not any(_visible(folder)))):
        raise GeneratorError([Diagnostic(Code.FOLDER_IN_USE, Location(str(folder)), "there is something already")])


def _visible(folder: Path) -> Iterator[Path]:
    """Yield what a folder holds, but for the place of a run that is not finished."""
    return (path for path in folder.iterdir() if path.name != STAGING)


def _clear(folder: Path) -> None:
    for path in list(_visible(folder)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
