"""Command line: `python -m generator build | pages | finish | check | effect | new | import`."""

import argparse
import errno
import os
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.corpus import load_corpus
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, errors, sorted_unique
from generator.diagnostics.formats import format_github, format_json, format_text, summary
from generator.environment import NO_MEMORY, path_argument, refuse_little_memory, seeds_in
from generator.importing.commands import add_import, add_new
from generator.init import add_init
from generator.loading.seed_files import is_seed, lines_of
from generator.publication import CONFIGURATION, look_up
from generator.terminal import Bars, bars, say, tell, use_utf8
from generator.text.wording import pluralize

# The generator's own project, where it is none that was installed.
_CHECKOUT = Path(__file__).parent.parent
_PROGRAM = "python -m generator"
_FORMATS = {"github": format_github, "json": format_json}
_EPILOG = """\
examples:
  python -m generator build                            this project's site, into site/
  python -m generator build --seeds ~/runs --out /tmp/atlas
                                                       the site of any other corpus; nothing here changes
  python -m generator check --seeds ~/runs             what is wrong with its files, line by line
  python -m generator check seeds/traces/new.md        the problems of that file alone
  python -m generator effect /tmp/old/seeds            what readers will see, compared with these older seeds
  python -m generator new trace                        a well-formed trace to fill in
  python -m generator import ~/page --dry-run          what would come of the traces in another folder
  python -m generator init ~/my-corpus --runs ~/runs    a project for a corpus of your own, with its runs
  python -m generator pages && zensical build && python -m generator finish site
                                                       the same pages with another builder

exit status: 0 done, 1 errors found (all of them are listed, and nothing that has one was changed), 2 wrong usage,
130 stopped with Ctrl-C
"""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    use_utf8()
    shape = site = ""
    try:
        refuse_little_memory()
        options = _parser(_working_folder()).parse_args(arguments)
        shape, answered = options.format, look_up(options.project / CONFIGURATION, options.project / "docs")
        site, options.open_questions = answered.publication.url, answered.diagnostics
        with bars() as shown:
            done, diagnostics = options.run(options, shown)
    except GeneratorError as error:
        done, diagnostics = "", error.diagnostics
    except (MemoryError, OSError) as error:
        done, diagnostics = "", (_refusal(error),)
    return _report(done, diagnostics, shape, site)


def _working_folder() -> Path:
    """Return the project's folder, where seeds, pages and site are unless named: that in which this is called.

    In a checkout of the generator that is called from elsewhere, its own project is meant.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:
        found, hint = "the folder in which this was called is gone", "change into one that is there"
        raise GeneratorError([Diagnostic(Code.MISSING_FOLDER, Location("."), found, hint)]) from None
    is_project = (here / CONFIGURATION).is_file() or not (_CHECKOUT / CONFIGURATION).is_file()
    return here if is_project else _CHECKOUT


def _parser(here: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Turn raw planner traces and paper summaries into a linked, searchable site.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(format="", project=here)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    seeds = argparse.ArgumentParser(add_help=False)
    # Problems name files as a person there would.
    named = Path(os.path.relpath(here / "seeds"))
    seeds.add_argument(
        "--seeds", type=path_argument, default=named, metavar="DIR", help="folder of raw files (default: seeds)"
    )

    command = commands.add_parser("build", parents=[seeds], help="build the complete site, search included")
    command.add_argument(
        "--out", type=path_argument, default=here / "site", metavar="DIR", help="folder for the site (default: site)"
    )
    command.set_defaults(run=_build)

    docs = argparse.ArgumentParser(add_help=False)
    docs.add_argument(
        "--docs", type=path_argument, default=here / "docs", metavar="DIR", help="folder of the pages (default: docs)"
    )
    command = commands.add_parser("pages", parents=[seeds, docs], help="write the Markdown pages only, for any builder")
    command.set_defaults(run=_pages)

    command = commands.add_parser(
        "finish", parents=[docs], help="add the search index, JSON and Markdown to a site that any builder made"
    )
    command.add_argument("site", type=path_argument, metavar="SITE", help="folder of the built site")
    command.set_defaults(run=_finish)

    command = commands.add_parser("check", parents=[seeds], help="read and link all seeds, write nothing")
    command.add_argument(
        "paths", nargs="*", type=path_argument, metavar="PATH", help="show the problems of these files and folders only"
    )
    command.add_argument(
        "--format", choices=("text", *_FORMATS), default="text", help="how to show problems (default: text)"
    )
    command.set_defaults(run=_check, refuse=command.error)

    command = commands.add_parser(
        "effect", parents=[seeds], help="say what readers will see of a change, as Markdown; write nothing"
    )
    command.add_argument("before", type=path_argument, metavar="BEFORE", help="folder of raw files as they were before")
    command.set_defaults(run=_effect)

    add_new(commands.add_parser("new", help="start a file for a trace, a paper or a summary"), seeds)
    add_init(commands.add_parser("init", help="start a project for a corpus of your own, with its runs"))
    add_import(commands.add_parser("import", parents=[seeds], help="take over traces from elsewhere"))
    return parser


def _build(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    # What builds takes a while to load, which `check` can do without.
    from generator.site.build import build  # noqa: PLC0415 -- see above

    report = build(options.project, options.seeds, options.out, shown)
    if not seeds_in(options.project, options.seeds):
        own = f"python -m generator init DIR --runs {options.seeds}"
        say(f"as publisher and sources of these seeds the site names those of {CONFIGURATION}; for others start: {own}")
    return f"{report.pages:,} pages in {options.out}", report.warnings


def _pages(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    from generator.site.build import write_pages  # noqa: PLC0415

    report = write_pages(options.project, options.seeds, options.docs, shown)
    written, deleted = len(report.changes.write), len(report.changes.delete)
    done = f"{report.pages:,} pages in {options.docs}: {written:,} files written, {deleted:,} deleted"
    return done, report.warnings


def _finish(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    from generator.site.publish import complete_site  # noqa: PLC0415

    with shown.busy("Finishing the site"):
        return f"{complete_site(options.docs, options.site):,} pages indexed in {options.site}", ()


def _check(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    chosen = _chosen(options)
    try:
        found = load_corpus(options.seeds, shown.track)
        corpus, diagnostics = found.corpus, found.warnings
        studies = pluralize(sum(len(trace.studies) for trace in corpus.traces), "study", "studies")
        traces, papers = pluralize(len(corpus.traces), "trace"), pluralize(len(corpus.papers), "paper")
        done = f"{traces} with {studies} of {papers}: no errors"
    except GeneratorError as error:
        done, diagnostics = "no errors here, but elsewhere", error.diagnostics
    # What a folder of seeds alone holds can be checked without a project.
    if (options.project / CONFIGURATION).is_file():
        diagnostics = sorted_unique((*diagnostics, *options.open_questions))
    if options.paths:
        diagnostics = tuple(diagnostic for diagnostic in diagnostics if _concerns(diagnostic, chosen))
    return "" if errors(diagnostics) else done, diagnostics


def _chosen(options: argparse.Namespace) -> frozenset[Path]:
    """Return the named files and folders as problems name them. Ends the run where one is not among the seeds."""
    paths, refused, passed_over = set(), [], []
    for path in options.paths:
        within = _within(path, options.seeds)
        if not path.exists():
            refused.append(f"{path}: no such file or folder")
        elif within is None:
            refused.append(f"{path}: not in the seeds' folder {options.seeds}")
        elif is_seed(within.as_posix()):
            paths.add(options.seeds / within)
        else:
            passed_over.append(f"{path}: not a seed: hidden files, READMEs and backups are not read")
    if refused:
        options.refuse("; ".join(refused))
    say(*passed_over)
    return frozenset(paths)


def _within(path: Path, folder: Path) -> Path | None:
    """Return the path relative to the folder; a seed that is a link counts where it stands, not where it leads."""
    whole = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    return whole.relative_to(folder.resolve()) if whole.is_relative_to(folder.resolve()) else None


def _concerns(diagnostic: Diagnostic, chosen: frozenset[Path]) -> bool:
    """Tell whether the problem is one of the chosen files, or of another and them."""
    paths = [Path(place.path) for place in (diagnostic.location, diagnostic.related) if place]
    return any(not chosen.isdisjoint((path, *path.parents)) for path in paths)


def _effect(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    from generator.effects.diff_report import report  # noqa: PLC0415
    from generator.effects.diffing import diff_corpora  # noqa: PLC0415

    after, before = (load_corpus(folder, shown.track).corpus for folder in (options.seeds, options.before))
    return report(diff_corpora(before, after)).rstrip("\n"), ()


def _report(done: str, diagnostics: Sequence[Diagnostic], shape: str, site: str) -> int:
    """Say what was found and done, and how it ends: with 1 if there are errors.

    A `shape` has whoever asked for problems, which are the answer then; else they go with it.
    """
    problems = [format_text(diagnostics, lines_of), "", summary(diagnostics, site)] if diagnostics else []
    outcome = [done] if done else []
    answer, beside = outcome, problems
    if shape == "text":
        answer, beside = [*problems, *outcome], []
    elif shape:
        answer, beside = [_FORMATS[shape](diagnostics, site)], [*problems[2:], *outcome]
    say(*beside)
    is_told = not answer or tell("\n".join(answer))
    return int(bool(errors(diagnostics)) or not is_told)


def _refusal(error: MemoryError | OSError) -> Diagnostic:
    """Return the problem that the system does not give what a run needs."""
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return NO_MEMORY
    return Diagnostic(Code.REFUSED_BY_SYSTEM, Location(str(error.filename or _PROGRAM)), error.strerror or str(error))
