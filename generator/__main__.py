"""Command line: `python -m generator build | pages | finish | check | effect | new | import`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.corpus.load import load_corpus
from generator.diagnostics import Diagnostic, GeneratorError, Location, errors
from generator.diagnostics.formats import format_github, format_json, format_text, summary
from generator.importing.commands import add_import, add_new
from generator.loading.seed_files import is_seed, lines_of
from generator.terminal import Bars, bars
from generator.text.wording import pluralize

# What a build takes beside the seeds: configuration, theme, hand-written pages. A wheel has its own copy of them.
_BUNDLED = Path(__file__).parent / "project"
_CHECKOUT = Path(__file__).parent.parent
_PROJECT = _BUNDLED if _BUNDLED.is_dir() else _CHECKOUT
# Where seeds, pages and site are unless named: an installed command works in the folder in which it is called.
_HERE = Path.cwd() if _BUNDLED.is_dir() else _CHECKOUT
# Problems name files as a person there would.
_SEEDS = Path(os.path.relpath(_HERE / "seeds"))
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
  python -m generator pages && zensical build && python -m generator finish site
                                                       the same pages with another builder

exit status: 0 done, 1 errors found (all of them are listed, and nothing that has one was changed), 2 wrong usage
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        with bars() as shown:
            done, diagnostics = options.run(options, shown)
    except GeneratorError as error:
        done, diagnostics = "", error.diagnostics
    return _report(done, diagnostics, options.format)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Turn raw planner traces and paper summaries into a linked, searchable site.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(format="text")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    seeds = argparse.ArgumentParser(add_help=False)
    seeds.add_argument("--seeds", type=Path, default=_SEEDS, metavar="DIR", help="folder of raw files (default: seeds)")

    command = commands.add_parser("build", parents=[seeds], help="build the complete site, search included")
    command.add_argument(
        "--out", type=Path, default=_HERE / "site", metavar="DIR", help="folder for the site (default: site)"
    )
    command.set_defaults(run=_build)

    docs = argparse.ArgumentParser(add_help=False)
    docs.add_argument(
        "--docs", type=Path, default=_HERE / "docs", metavar="DIR", help="folder of the pages (default: docs)"
    )
    command = commands.add_parser("pages", parents=[seeds, docs], help="write the Markdown pages only, for any builder")
    command.set_defaults(run=_pages)

    command = commands.add_parser(
        "finish", parents=[docs], help="add the search index, JSON and Markdown to a site that any builder made"
    )
    command.add_argument("site", type=Path, metavar="SITE", help="folder of the built site")
    command.set_defaults(run=_finish)

    command = commands.add_parser("check", parents=[seeds], help="read and link all seeds, write nothing")
    command.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="show the problems of these files and folders only"
    )
    command.add_argument(
        "--format", choices=("text", *_FORMATS), default="text", help="how to show problems (default: text)"
    )
    command.set_defaults(run=_check, refuse=command.error)

    command = commands.add_parser(
        "effect", parents=[seeds], help="say what readers will see of a change, as Markdown; write nothing"
    )
    command.add_argument("before", type=Path, metavar="BEFORE", help="folder of raw files as they were before")
    command.set_defaults(run=_effect)

    add_new(commands.add_parser("new", help="start a file for a trace, a paper or a summary"), seeds)
    add_import(commands.add_parser("import", parents=[seeds], help="take over traces from elsewhere"))
    return parser


def _build(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    # What builds takes a while to load, which `check` can do without.
    from generator.site.build import build  # noqa: PLC0415 -- see above

    report = build(_PROJECT, options.seeds, options.out, shown)
    return f"{report.pages:,} pages in {options.out}", report.warnings


def _pages(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    from generator.site.build import write_pages  # noqa: PLC0415

    report = write_pages(_PROJECT, options.seeds, options.docs, shown)
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
            passed_over.append(f"{path}: not a seed, as hidden files and READMEs are not read")
    if refused:
        options.refuse("; ".join(refused))
    _say(*passed_over)
    return frozenset(paths)


def _within(path: Path, folder: Path) -> Path | None:
    """Return the path relative to the folder; a seed that is a link counts where it stands, not where it leads."""
    whole = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    return whole.relative_to(folder.resolve()) if whole.is_relative_to(folder.resolve()) else None


def _concerns(diagnostic: Diagnostic, chosen: frozenset[Path]) -> bool:
    """Tell whether the problem is one of the chosen files, or of another and them."""

    def is_chosen(location: Location) -> bool:
        path = Path(location.path)
        return not chosen.isdisjoint((path, *path.parents))

    return is_chosen(diagnostic.location) or (diagnostic.related is not None and is_chosen(diagnostic.related))


def _effect(options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    from generator.effects.diff_report import report  # noqa: PLC0415
    from generator.effects.diffing import diff_corpora  # noqa: PLC0415

    after, before = (load_corpus(folder, shown.track).corpus for folder in (options.seeds, options.before))
    return report(diff_corpora(before, after)).rstrip("\n"), ()


def _report(done: str, diagnostics: Sequence[Diagnostic], shape: str) -> int:
    """Say what was found and done, and how it ends: with 1 if there are errors."""
    if shape in _FORMATS:
        print(_FORMATS[shape](diagnostics))  # noqa: T201 -- the command's answer
    elif diagnostics:
        _say(format_text(diagnostics, lines_of), "")
    if diagnostics:
        _say(summary(diagnostics))
    if done:
        print(done, file=sys.stderr if shape in _FORMATS else sys.stdout)
    return int(bool(errors(diagnostics)))


def _say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201 -- what goes with the command's answer


if __name__ == "__main__":
    sys.exit(main())
