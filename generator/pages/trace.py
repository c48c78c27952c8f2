"""A trace's page: its reasoning and its plan."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import cast

from generator.addresses import paper_path, trace_path
from generator.corpus.part_types import other_words
from generator.fields import keys
from generator.messages import Message, Text, _, joined, ngettext
from generator.metrics import families_of
from generator.model import Corpus, Group, Paper, Proposal, Study, Summary, Task, Trace
from generator.pages import nouns
from generator.pages.judged import judged_section, study_verdict
from generator.pages.page import FrontMatter, Page, View
from generator.pages.page_links import Link, paper_link, profile_links, run_name, step, study_link, trace_link
from generator.text.slugs import match_key
from generator.text.tokens import singular, words_of
from generator.text.wording import format_dollars

# A trace's page links so many similar studies of others by their models.
_LINKED = 12
_GENERIC_NAME = re.compile(
    r"(?:proposed )?(?:ablation|study|experiment)(?: (?:study|experiment))?[ #:._-]*(?:\d+|[a-z])?[.:)]?", re.IGNORECASE
)


def trace_pages(corpus: Corpus, papers: Iterable[Paper]) -> Iterator[Page]:
    """Plan a page per trace of these papers, with the way to its paper's other traces and its model's next paper."""
    next_papers = _next_papers(corpus)
    for paper in papers:
        similar, title = _similar_studies(paper), trace_titles(paper)
        for at, trace in enumerate(paper.traces):
            front_matter = partial(_front_matter, corpus, paper, at, title)
            view = partial(_view, corpus, paper, trace, similar, next_papers.get(trace.id))
            yield Page(trace_path(trace.id), "trace.md.jinja", front_matter, view)


def study_heading(study: Study) -> tuple[str, str]:
    """Return a study's heading, and its name where that says nothing ("Ablation Study 1"): then the part is it."""
    return (study.ablated_part, study.name) if _GENERIC_NAME.fullmatch(study.name) else (study.name, "")


def _similar_studies(paper: Paper) -> dict[tuple[str, int], list[Link]]:
    """Link the studies that ablate the same part, by model, per trace id and place in the plan.

    Of many only the first are linked, and then the group that holds all of them.
    """
    return {
        (one.trace.id, one.number): _others(group, one, Link("", paper_path(paper.slug), f"similar-{task}-{at}"))
        for task, groups in paper.groups.items()
        for at, group in enumerate(groups, 1)
        for one in group.proposals
    }


def _others(group: Group, own: Proposal, whole: Link) -> list[Link]:
    others = [one for one in group.proposals[: _LINKED + 1] if one is not own][:_LINKED]
    shown = [study_link(one.trace, one.study, run_name(one.trace)) for one in others]
    more = len(group.proposals) - 1 - len(shown)
    return [*shown, replace(whole, text=_("%(number)s more", number=more))] if more else shown


def _next_papers(corpus: Corpus) -> dict[str, tuple[Trace, str]]:
    """Return the same model's trace of the next paper by title, and that title, per trace id."""
    found: dict[str, tuple[Trace, str]] = {}
    last: dict[tuple[str, str, Task, int | None], Trace] = {}
    for paper in corpus.papers:
        for trace in paper.traces:
            before = last.get((trace.planner, trace.model, trace.task, trace.run))
            if before:
                found[before.id] = trace, paper.title
            last[trace.planner, trace.model, trace.task, trace.run] = trace
    return found


def _front_matter(corpus: Corpus, paper: Paper, at: int, title: Callable[[Trace], Message]) -> FrontMatter:
    trace = paper.traces[at]
    return FrontMatter(
        title=title(trace),
        description=_description(paper, trace),
        template="trace.html",
        kind="trace",
        planner=trace.planner,
        model=trace.model,
        task=trace.task,
        paper=paper.slug,
        paper_title=paper.title,
        name=trace.name,
        **_of_run(trace),
        actions=sorted({study.action.value for study in trace.studies}),
        metrics=sorted({family for study in trace.studies for family in families_of(study, corpus.metrics)}),
        synonyms=_synonyms(trace),
        seed=trace.seed,
        studies=len(trace.studies),
        added=corpus.added_in(trace),
        previous=_neighbour(paper.traces[max(at - 1, 0) : at]),
        next=_neighbour(paper.traces[at + 1 : at + 2]),
    )


def _synonyms(trace: Trace) -> list[str]:
    """Return the words of other names of what a trace ablates, where it does not hold them anyway."""
    found = {word for study in trace.studies for word in other_words(study.ablated_part)}
    if not found:
        return []
    fields = ((study.name, study.ablated_part, *study.replacements, *study.metrics) for study in trace.studies)
    texts = chain((trace.reasoning,), *fields)
    return sorted(found - {singular(word) for text in texts for word in words_of(text)})


def _run_facts(trace: Trace) -> Iterator[Text]:
    """Say what the run knows of itself, as readers see it."""
    if trace.run:
        yield _("Run %(number)s", number=str(trace.run))
    yield from filter(None, (trace.model_version, trace.date))
    tokens = [_("%(number)s read", number=trace.input_tokens)] if trace.input_tokens is not None else []
    tokens += [_("%(number)s written", number=trace.output_tokens)] if trace.output_tokens is not None else []
    if tokens:
        yield _("tokens: %(counted)s", counted=joined(", ", tokens))
    if trace.cost is not None:
        yield format_dollars(trace.cost)
    if trace.run_id:
        yield trace.run_id


def _of_run(trace: Trace) -> FrontMatter:
    """Return what a run knows of itself, as far as it does."""
    names = (field.name for field in keys(Trace).values() if not field.needed)
    return cast("FrontMatter", {name: value for name in names if (value := getattr(trace, name)) not in (None, "")})


def _view(
    corpus: Corpus,
    paper: Paper,
    trace: Trace,
    similar: Mapping[tuple[str, int], Sequence[Link]],
    next_paper: tuple[Trace, str] | None,
) -> View:
    planner, model = profile_links(trace.planner, trace.model)
    return {
        "trace": trace,
        "run": [*_run_facts(trace)],
        "paper": paper_link(paper),
        "planner": planner,
        "model": model,
        "cards": [
            (study, *study_heading(study), similar.get((trace.id, at), ()), study_verdict(corpus, paper, trace, study))
            for at, study in enumerate(trace.studies, 1)
        ],
        "judged": judged_section(corpus, paper, [trace], lambda __, study: study_heading(study)[0]),
        "summary": Link("", paper_path(paper.slug), "summary"),
        "abstract": paper.summary.abstract if paper.summary else (),
        "limitations": _limitations(paper.summary),
        "is_markdown": paper.summary is not None and paper.summary.is_markdown,
        "next_paper": next_paper and trace_link(*next_paper),
    }


def trace_titles(paper: Paper) -> Callable[[Trace], Message]:
    """Return what names a trace: its paper, and who planned as far as it tells the paper's traces apart."""
    has_planners = len({trace.planner for trace in paper.traces}) > 1
    has_tasks = len({trace.task for trace in paper.traces}) > 1

    def title(trace: Trace) -> Message:
        told = [run_name(trace)]
        if has_planners:
            told.append(trace.planner)
        if has_tasks:
            told.append(_("%(task)s task", task=nouns.TASKS[trace.task]))
        return joined(" · ", [paper.title, joined(", ", told)])

    return title


def _neighbour(traces: Sequence[Trace]) -> Sequence[Text]:
    """Return the step to the trace before or after, nothing where there is none."""
    named = ((one, _("%(model)s (%(task)s)", model=run_name(one), task=nouns.TASKS[one.task])) for one in traces)
    return next((step(trace_link(*one)) for one in named), ())


def _limitations(summary: Summary | None) -> str:
    sections = summary.findings if summary else ()
    return "\n\n".join(section.text for section in sections if match_key(section.title) == "limitations")


def _description(paper: Paper, trace: Trace) -> Message:
    return ngettext(
        "%(number)s ablation study that %(planner)s with %(model)s proposed for “%(paper)s”: %(parts)s",
        "%(number)s ablation studies that %(planner)s with %(model)s proposed for “%(paper)s”: %(parts)s",
        len(trace.studies),
        planner=trace.planner,
        model=trace.model,
        paper=paper.title,
        parts="; ".join(study.ablated_part for study in trace.studies),
    )
