"""The two commands for those who bring seeds: `new` starts a file, `import` takes traces over from elsewhere."""

import argparse
import datetime as dt
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, GeneratorError
from generator.environment import path_argument
from generator.fields import RecordField
from generator.importing import Import, ImportOptions, apply_import, create_seed, plan_import, write_seeds
from generator.importing.benchmark.dataset_rows import read_titles
from generator.importing.benchmark.evaluation import is_evaluation, judge_of, task_of
from generator.importing.benchmark.planner_run import Run, is_run, named_runs, runs_below
from generator.importing.bibliographies import PaperImport, bibliographies, plan_papers
from generator.importing.scaffolding import FORMS, Answer, Answers, Form, problems_of, start
from generator.model import Task
from generator.terminal import Bars, ask, ask_all, listed, say
from generator.text.wording import pluralize

# Options that are for a run's output folder, and what they are called here.
_OF_RUN = {name: name for name in ("planner", "model", "task", "titles")} | {"run": "number", "judge": "judge"}


def add_new(command: argparse.ArgumentParser, seeds: argparse.ArgumentParser) -> None:
    """Say what `new` takes; `seeds` has the option that names the folder."""
    kinds = command.add_subparsers(title="kinds of files", metavar="KIND", required=True)
    for form in FORMS:
        kind = kinds.add_parser(form.kind, parents=[seeds], help=f"start a {form.kind}")
        for question in form.questions:
            kind.add_argument(
                f"--{question.key}",
                nargs="+" if question.many else None,
                choices=question.choices or None,
                metavar=None if question.choices else question.key.upper(),
                help=question.expected,
            )
        kind.set_defaults(run=_new, form=form, refuse=kind.error, program=kind.prog)


def add_import(command: argparse.ArgumentParser) -> None:
    """Say what `import` takes."""
    command.add_argument(
        "source", type=path_argument, metavar="SOURCE", help="folder or file with traces, told by its content"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    command.add_argument("--update", action="store_true", help="replace what differs from the source")
    add_run_options(command)
    command.set_defaults(run=_import, refuse=command.error)


def add_run_options(command: argparse.ArgumentParser) -> None:
    """Say what a command takes that reads traces from elsewhere."""
    command.add_argument(
        "--redact", action="store_true", help="replace keys, home folders and mail addresses in traces"
    )
    run = command.add_argument_group("for the output folder of `ablation-bench plan` or `ablation-bench eval`")
    run.add_argument("--planner", metavar="PLANNER", help="the method, such as lm-planner")
    run.add_argument("--model", metavar="MODEL", help="the language model, such as gpt-4o")
    run.add_argument("--task", choices=[*Task], help="what the run was asked for")
    run.add_argument("--titles", type=path_argument, metavar="FILE", help="table of the papers' ids and titles")
    run.add_argument("--run", type=int, metavar="N", dest="number", help="which run of these it is, from 1")
    run.add_argument("--judge", metavar="JUDGE", help="who judged, where the evaluation does not say it")


def _new(options: argparse.Namespace, _: Bars) -> tuple[str, Iterable[Diagnostic]]:
    form: Form = options.form
    given = {question.key: getattr(options, question.key) for question in form.questions}
    missing = [f"--{question.key}" for question in form.questions if question.needed and not given[question.key]]
    if not missing:
        return _started(given, options)
    if not (sys.stdin and sys.stdin.isatty()):
        options.refuse(f"add {', '.join(missing)}, or answer at a terminal")
    try:
        for question in form.questions:
            given[question.key] = given[question.key] or _asked(form, question)
    except (EOFError, KeyboardInterrupt):
        options.refuse(f"not all questions were answered, nothing was written; to go on: {_repeated(given, options)}")
    try:
        return _started(given, options)
    except GeneratorError:
        say(f"what you answered, to be changed and given again: {_repeated(given, options)}", "")
        raise


def _started(given: Mapping[str, Answer | None], options: argparse.Namespace) -> tuple[str, Iterable[Diagnostic]]:
    file = start(options.form, _known(given))
    create_seed(file, options.seeds)
    return f"{options.seeds / file.path} started: fill it in, then run `make check`", ()


def _known(given: Mapping[str, Answer | None]) -> Answers:
    return {name: answer for name, answer in given.items() if answer}


def _repeated(given: Mapping[str, Answer | None], options: argparse.Namespace) -> str:
    """Return the command that gives the same answers."""
    words = [options.program, "--seeds", str(options.seeds)]
    for name, answer in _known(given).items():
        words += [f"--{name}", *([answer] if isinstance(answer, str) else answer)]
    return f"{words[0]} {shlex.join(words[1:])}"


def _asked(form: Form, question: RecordField) -> Answer:
    """Ask until the answer is none or a right one."""
    text = question.written.expected if question.written else question.meaning
    text = text if question.needed else f"{text}; empty if not known"
    while True:
        answer = ask_all(text) if question.many else ask(text, needed=question.needed, choices=question.choices)
        problems = problems_of(form, {question.key: answer}) if answer else []
        if not problems:
            return answer
        say(*(problem.text for problem in problems))


def _import(options: argparse.Namespace, shown: Bars) -> tuple[str, Iterable[Diagnostic]]:
    run = run_of(options)
    if not run and (tables := bibliographies(options.source)):
        return _import_papers(tables, options, shown)
    wanted = ImportOptions(options.update, options.redact)
    planned = plan_import(options.source, run, options.seeds, shown.track, wanted)
    if not options.dry_run:
        apply_import(planned, options.seeds, shown.track)
    report = report_import(planned, options.seeds, dry=options.dry_run, update=options.update)
    return "\n".join(report), planned.diagnostics


def run_of(options: argparse.Namespace) -> Run | None:
    """Whose output folder the source is, if it is one."""
    given = [option for option, name in _OF_RUN.items() if getattr(options, name)]
    judged = is_evaluation(options.source)
    if judged:
        options.task, options.judge = options.task or task_of(options.source), options.judge or judge_of(options.source)
    elif options.judge:
        options.refuse("--judge is for the output folder of `ablation-bench eval`")
    if not judged and not is_run(options.source):
        below = runs_below(options.source) if given else ()
        if below:
            options.refuse(f"{options.source} holds {named_runs(below)}")
        if given:
            options.refuse(f"--{given[0]} is for the output folder of a run; the traces here say it themselves")
        return None
    needed = ("planner", "model", "task", *(["judge"] if judged else []))
    missing = [f"--{name}" for name in needed if not getattr(options, name)]
    if missing:
        what = "an evaluation" if judged else "a run"
        options.refuse(
            f"{options.source} is the output folder of {what}, which does not say whose; add {', '.join(missing)}"
        )
    for name in ("planner", "model"):
        text = getattr(options, name)
        if "/" in text:
            options.refuse(f"--{name} {text}: a name has no slash, write {text.rpartition('/')[2] or name}")
    titles = read_titles(options.titles) if options.titles else {}
    task, judge = Task(options.task), options.judge or ""
    return Run(options.planner, options.model, task, titles, number=options.number, judge=judge)


def report_import(planned: Import, folder: Path, *, dry: bool, update: bool) -> Iterator[str]:
    """Yield the lines of a report; why traces were refused is told with the other problems."""
    changed = [f"{folder / one.path}: {', '.join(one.differs)}".removesuffix(": ") for one in planned.changed]
    if dry:
        yield "a dry run, nothing was written"
    yield from listed("added", [str(folder / one.path) for one in planned.added])
    yield from listed("changed and replaced" if update else "changed and kept, for want of --update", changed)
    if planned.passed_over:
        yield f"{pluralize(planned.passed_over, 'file')} without traces passed over"
    if planned.skipped:
        yield f"{planned.skipped:,} verdicts or lists of ablations for which there is no trace passed over"
    numbers = {
        "added": len(planned.added),
        "unchanged": planned.unchanged,
        "changed": len(planned.changed),
        "refused": len(planned.refused),
    }
    yield ", ".join(f"{number:,} {name}" for name, number in numbers.items())


def _import_papers(
    tables: Sequence[Path], options: argparse.Namespace, shown: Bars
) -> tuple[str, Sequence[Diagnostic]]:
    """Bring facts about papers in, unless it is a dry run; return the report, and what could not be read."""
    day = dt.datetime.now(dt.UTC).date().isoformat()
    planned = plan_papers(tables, options.seeds, day, shown.track, update=options.update)
    if not options.dry_run:
        write_seeds(planned.writes, options.seeds)
    report = _report_papers(planned, options.seeds, dry=options.dry_run, update=options.update)
    return "\n".join(report), planned.diagnostics


def _report_papers(planned: PaperImport, folder: Path, *, dry: bool, update: bool) -> Iterator[str]:
    """Yield the lines of a report; lists to work through are whole."""
    told = [(folder / one.metadata.seed, one) for one in planned.curations]
    added = [f"{path}: {', '.join(one.added)}" for path, one in told if one.added]
    changed = [f"{path}: {fact}: {a} -> {b}" for path, one in told for fact, (a, b) in one.changed.items()]
    kept = [f"{path}: {fact}: {a}, not {b}" for path, one in told for fact, (a, b) in one.kept.items()]
    doubts, lost = planned.doubts, [paper.title for paper in planned.unmatched if not paper.facts]
    if dry:
        yield "a dry run, nothing was written"
    yield from listed("new facts", added)
    yield from listed("changed and replaced" if update else "changed and kept, for want of --update", changed)
    yield from listed("curated by hand, and kept", kept)
    yield from listed("ambiguous, left alone", doubts, len(doubts))
    yield from listed("without a match, and nothing is known of them", lost, len(lost))
    yield (
        f"{len(told):,} matched, {len(added):,} with new facts, {len(changed):,} changed, {len(doubts):,} ambiguous, "
        f"{pluralize(planned.skipped, 'record')} skipped; {len(planned.unmatched):,} of the corpus without a match"
    )
