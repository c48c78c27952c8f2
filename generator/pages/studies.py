"""The study explorer, and indexes of what studies have in common: metrics and kinds of parts, by whom, how spelled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.addresses import METRICS, PARTS, STUDIES
from generator.metrics import Family, families
from generator.model import Corpus
from generator.pages.page import Link, Page, index_page, part_pages, split, studies_link
from generator.text.wording import pluralize

_Line = tuple[Link, str, str, str]

# As many of a family's spellings as tell what it is; each study shows its own.
_SPELLINGS = 10
_MEANING = (
    "that the studies of several papers ablate, those of the most papers first. A study counts for each kind that "
    "stands in the name of its ablated part. Each leads to its studies."
)


def studies_page(corpus: Corpus) -> Page:
    """Plan the study explorer: the page that its script fills, and the words around it."""
    studies = pluralize(sum(len(trace.studies) for trace in corpus.traces), "study", "studies")
    total = f"{studies} in {pluralize(len(corpus.traces), 'trace')} of {pluralize(len(corpus.papers), 'paper')}"
    front_matter = index_page("Studies", f"{total}, to search and to filter by action, metric, model and paper.")
    # The filters take the room that the table of contents would need.
    front_matter["hide"] = ["toc"]
    return Page(STUDIES, "studies.md.jinja", front_matter, {"total": total})


def metrics_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index of metrics, the most used first, as many pages as it takes."""
    views = [_line(family, studies_link(family.name, metric=family.name)) for family in families(corpus.traces)]
    total = pluralize(len(views), "metric")
    return _facet_pages(
        METRICS,
        "Metrics",
        f"{total} that the planners' studies ask for, with how often, by whom and how spelled.",
        f"{total} that the studies ask for, the most used first. Spellings of one metric are counted together and "
        "listed; each name leads to its studies.",
        views,
    )


def parts_pages(kinds: Iterable[Family]) -> Iterator[Page]:
    """Plan the index of kinds of ablated parts, those of the most papers first, as many pages as it takes."""
    views = [_line(kind, studies_link(kind.name, part=kind.name), pluralize(kind.papers, "paper")) for kind in kinds]
    total = f"{pluralize(len(views), 'kind')} of parts"
    return _facet_pages(
        PARTS,
        "Parts",
        f"{total} that language-model planners ablate across papers, with how often and by whom.",
        f"{total} {_MEANING}" if views else "No kind of part is ablated in several papers yet.",
        views,
    )


def _facet_pages(
    path: str, title: str, description: str, introduction: str, families: Sequence[_Line]
) -> Iterator[Page]:
    whole, view = index_page(title, description), {"title": title, "introduction": introduction}
    return part_pages(split(path, families), "families.md.jinja", whole, lambda _: view)


def _line(family: Family, studies: Link, *further: str) -> _Line:
    """Return the way to a family's studies, its counts, models and spellings; the last is empty where there is but one.

    `further` are counts that stand before that of its studies.
    """
    tasks = (f"{task} task {number:,}" for task, number in family.tasks)
    models: Counter[str] = Counter()
    for (_, model), number in family.models:
        models[model] += number
    counts = " · ".join([*further, pluralize(family.studies, "study", "studies"), *tasks])
    return studies, counts, _counted(models.most_common()), _spelled(family.spellings)


def _spelled(spellings: Sequence[tuple[str, int]]) -> str:
    if len(spellings) < 2:
        return ""
    more = len(spellings) - _SPELLINGS
    return _counted(spellings[:_SPELLINGS]) + (f" and {more:,} more" if more > 0 else "")


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in counts)
