"""The home page: hand-written words, what is in the corpus, what models ablate most, and where plans agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from zlib import crc32

from generator import prose
from generator.addresses import HOME, PAPERS, PARTS, PLANNERS, STUDIES, paper_path
from generator.dataset.records import tables_of
from generator.messages import Message, Text, _, joined, ngettext
from generator.metrics import Family, ranked
from generator.model import Action, Corpus, Group, Paper, Proposal, Source, Task, Trace
from generator.pages import nouns
from generator.pages.page import FrontMatter, Page, View
from generator.pages.page_links import (
    CHANGELOG_LINK,
    Link,
    number_link,
    paper_link,
    profile_links,
    run_name,
    run_names,
    shared_part,
    studies_link,
    study_link,
    trace_link,
)
from generator.pages.planners import planners_overview
from generator.publication import Publication
from generator.text.tokens import content_words

_NEWEST = 5
# Types of parts, and models: as many as a screen shows; the explorer has all.
_ROWS, _COLUMNS = 12, 6
# With fewer plans there is little to agree on.
_PLANS = 3
# The version of the corpus chooses among so many comparisons, those with the highest agreement.
_BEST = 8
_GROUPS = 4
# As many names as a line holds.
_NAMED = 6

# All plans for a paper of one task.
Plans = tuple[Paper, Task, Sequence[Trace]]


def home_page(corpus: Corpus, site: Publication, newest: Sequence[Trace], part_types: Sequence[Family]) -> Page:
    """Plan the site's front page: the Markdown of docs/home.md, and figures of the corpus.

    `newest` are the traces added last, `part_types` what several papers' studies ablate.
    """
    plans = most_agreeing(corpus)
    studies = sum(len(trace.studies) for trace in corpus.traces)
    view = {
        "text": site.home_text or f"# {prose.render_plain(site.name)}",
        "numbers": _numbers(corpus, studies),
        "example": _example(corpus, plans),
        "map": _part_map(part_types) if part_types else None,
        "featured": _comparison(*plans) if plans else None,
        "planners": planners_overview(corpus),
        "newest": [_new_trace(corpus, trace) for trace in newest[:_NEWEST]],
        "changelog": CHANGELOG_LINK,
    }
    front_matter = FrontMatter(
        title=site.name,
        description=_("What language-model planners would ablate, paper by paper: plans to read, compare and cite."),
        template="home.html",
        kind="home",
        traces=len(corpus.traces),
        studies=studies,
        tables=[table.name for table in tables_of(corpus)],
    )
    if corpus.additions:
        days = [addition.date.isoformat() for addition in corpus.additions]
        front_matter |= FrontMatter(version=corpus.version, published=days[-1], modified=days[0])
    return Page(HOME, "home.md.jinja", front_matter, view)


def _numbers(corpus: Corpus, studies: int) -> list[tuple[int, Link]]:
    """Return what there is in the corpus, each number with the way to the page that says it again."""
    models = len({trace.model for trace in corpus.traces})
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    found: list[tuple[int, Message, str]] = [
        (len(corpus.papers), ngettext("paper", "papers", len(corpus.papers)), PAPERS),
        (len(corpus.traces), ngettext("trace", "traces", len(corpus.traces)), PLANNERS),
        (studies, ngettext("study", "studies", studies), STUDIES),
        (models, ngettext("language model", "language models", models), PLANNERS),
        (summaries, ngettext("summary", "summaries", summaries), PAPERS),
    ]
    return [(number, Link(noun, path)) for number, noun, path in found if number]


def _new_trace(corpus: Corpus, trace: Trace) -> tuple[Link, Text]:
    day = corpus.added[trace.id].isoformat()
    run = joined(" · ", [run_name(trace), nouns.TASKS[trace.task], day])
    return trace_link(trace, corpus.paper_of[trace.id].title), run


def _part_map(part_types: Iterable[Family]) -> View:
    """Return the models with the most studies of some types of parts, and of each type its studies by them and by all.

    The types are those that most papers ablate; they come in that order.
    """
    shown = [*islice(_distinct(part_types), _ROWS)]
    studies = sum((one.by_model() for one in shown), Counter[str]())
    models = [model for model, _number in ranked(studies)[:_COLUMNS]]
    return {
        "models": [studies_link(model, model=model) for model in models],
        "rows": [_map_row(one, models) for one in shown],
        "all_parts": Link(_("All kinds of parts"), PARTS),
    }


def _distinct(part_types: Iterable[Family]) -> Iterator[Family]:
    """Yield the types that are no special case of one before: after "loss" no "loss function"."""
    words: list[set[str]] = []
    for one in part_types:
        own = content_words(one.name)
        if not any(other <= own for other in words):
            yield one
        words.append(own)


def _map_row(part_type: Family, models: Sequence[str]) -> tuple[Link, list[Link | None]]:
    name, by_model = part_type.name, part_type.by_model()
    cells = [number_link(by_model[model], part=name, model=model) if by_model[model] else None for model in models]
    return studies_link(name, part=name), [*cells, number_link(part_type.studies, part=name)]


def most_agreeing(corpus: Corpus) -> Plans | None:
    """Return one of the comparisons with the highest agreement, always the same one for a version of the corpus.

    Papers whose titles are known go before all others. None where no paper has three plans of one task that have a part
    in common.
    """
    compared = (
        (paper, task, [trace for trace in paper.traces if trace.task is task])
        for paper in corpus.papers
        for task, groups in paper.groups.items()
        if groups
    )
    found = [plans for plans in compared if len(plans[2]) >= _PLANS]
    titled = [plans for plans in found if plans[0].title_source is not Source.INFERRED]
    best = sorted(titled or found, key=_rank)[:_BEST]
    return best[crc32(corpus.version.encode()) % len(best)] if best else None


def _rank(plans: Plans) -> tuple[float, str, Task]:
    """Order comparisons by the share of their studies that several plans propose, the largest first."""
    paper, task, traces = plans
    return -_shared(paper.groups[task]) / sum(len(trace.studies) for trace in traces), paper.slug, task


def _shared(groups: Sequence[Group]) -> int:
    return sum(len(group.proposals) for group in groups)


def _comparison(paper: Paper, task: Task, traces: Sequence[Trace]) -> View:
    """Return how much is shared in all plans of one task, and what most of them would ablate."""
    names = dict(zip((trace.id for trace in traces), run_names(traces), strict=True))
    groups = paper.groups[task]
    return {
        "paper": paper_link(paper),
        "task": task,
        "plans": ngettext("%(number)s plan", "%(number)s plans", len(traces)),
        "shared": _shared(groups),
        "studies": nouns.studies(sum(len(trace.studies) for trace in traces)),
        "groups": [
            (
                shared_part(one.study for one in group.proposals),
                [*_by_action(group, names, paper)],
                _("%(some)s of %(all)s plans", some=len(group.proposals), all=len(traces)),
            )
            for group in groups[:_GROUPS]
        ],
    }


def _by_action(group: Group, names: dict[str, Text], paper: Paper) -> Iterator[tuple[Action, list[Link]]]:
    """Yield each action with links to some studies that propose it, by the names of their runs, and to the others."""
    ordered = sorted(group.proposals, key=lambda one: one.study.action)
    for action, proposals in groupby(ordered, key=lambda one: one.study.action):
        links = [study_link(one.trace, one.study, names[one.trace.id]) for one in proposals]
        more = len(links) - _NAMED
        further = [Link(_("%(number)s more", number=more), paper_path(paper.slug))] if more > 0 else []
        yield action, [*links[:_NAMED], *further]


def _example(corpus: Corpus, plans: Plans | None) -> View | None:
    """Return a study of the comparison in full, or else of the first trace; None where there is no study at all."""
    first = (Proposal(trace, 1) for trace in corpus.traces if trace.studies)
    proposal = plans[0].groups[plans[1]][0].proposals[0] if plans else next(first, None)
    if not proposal:
        return None
    trace, study = proposal.trace, proposal.study
    planner, model = profile_links(trace.planner, trace.model)
    return {
        "paper": paper_link(corpus.paper_of[trace.id]),
        "planner": planner,
        "model": model,
        "task": trace.task,
        "trace": trace_link(trace, _("the trace")),
        "action": study.action,
        # In the midst of a sentence, and at its end, which has a full stop of its own.
        "study": study_link(trace, study, study.ablated_part.removesuffix(".")),
        "replacements": study.replacements[:2],
        "metrics": ", ".join(study.metrics[:2]).removesuffix("."),
    }
