"""The study explorer, and indexes of what studies have in common: metrics and kinds of parts, by whom, how spelled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.addresses import METRICS, PARTS, STUDIES
from generator.messages import Message, Text, _, joined, ngettext
from generator.metrics import Family, families
from generator.model import Corpus
from generator.pages import nouns
from generator.pages.page import Link, Page, index_page, part_pages, split, studies_link

_Line = tuple[Link, Text, Text, Text]

# As many of a family's spellings as tell what it is; each study shows its own.
_SPELLINGS = 10


def studies_page(corpus: Corpus) -> Page:
    """Plan the study explorer: the page that its script fills, and the words around it."""
    total = _(
        "%(studies)s in %(traces)s of %(papers)s",
        studies=nouns.studies(sum(len(trace.studies) for trace in corpus.traces)),
        traces=nouns.traces(len(corpus.traces)),
        papers=nouns.papers(len(corpus.papers)),
    )
    description = _("%(total)s, to search and to filter by action, metric, model and paper.", total=total)
    front_matter = index_page(_("Studies"), description)
    # The filters take the room that the table of contents would need.
    front_matter["hide"] = ["toc"]
    return Page(STUDIES, "studies.md.jinja", front_matter, {"total": total})


def metrics_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index of metrics, the most used first, as many pages as it takes."""
    views = [
        _line(family, studies_link(family.name, metric=family.name))
        for family in families(corpus.traces, corpus.metrics)
    ]
    total = ngettext("%(number)s metric", "%(number)s metrics", len(views))
    return _facet_pages(
        METRICS,
        _("Metrics"),
        _("%(metrics)s that the planners' studies ask for, with how often, by whom and how spelled.", metrics=total),
        _(
            "%(metrics)s that the studies ask for, the most used first. Spellings of one metric are counted together "
            "and listed; each name leads to its studies.",
            metrics=total,
        ),
        views,
    )


def parts_pages(kinds: Iterable[Family]) -> Iterator[Page]:
    """Plan the index of kinds of ablated parts, those of the most papers first, as many pages as it takes."""
    views = [_line(kind, studies_link(kind.name, part=kind.name), nouns.papers(kind.papers)) for kind in kinds]
    total = ngettext("%(number)s kind of parts", "%(number)s kinds of parts", len(views))
    return _facet_pages(
        PARTS,
        _("Parts"),
        _("%(kinds)s that language-model planners ablate across papers, with how often and by whom.", kinds=total),
        _(
            "%(kinds)s that the studies of several papers ablate, those of the most papers first. A study counts for "
            "each kind that stands in the name of its ablated part. Each leads to its studies.",
            kinds=total,
        )
        if views
        else _("No kind of part is ablated in several papers yet."),
        views,
    )


def _facet_pages(
    path: str, title: Text, description: Text, introduction: Text, families: Sequence[_Line]
) -> Iterator[Page]:
    whole, view = index_page(title, description), {"title": title, "introduction": introduction}
    return part_pages(split(path, families), "families.md.jinja", whole, lambda _: view)


def _line(family: Family, studies: Link, *further: Text) -> _Line:
    """Return the way to a family's studies, its counts, models and spellings; the last is empty where there is but one.

    `further` are counts that stand before that of its studies.
    """
    tasks = (_("%(task)s task %(number)s", task=nouns.TASKS[task], number=number) for task, number in family.tasks)
    models: Counter[str] = Counter()
    for ran, number in family.models:
        models[ran[1]] += number
    counted = joined(" · ", [*further, nouns.studies(family.studies), *tasks])
    return studies, counted, _counted(models.most_common()), _spelled(family.spellings)


def _spelled(spellings: Sequence[tuple[str, int]]) -> Text:
    if len(spellings) < 2:
        return ""
    more = len(spellings) - _SPELLINGS
    shown = _counted(spellings[:_SPELLINGS])
    return _("%(spellings)s and %(number)s more", spellings=shown, number=more) if more > 0 else shown


def _counted(counts: Iterable[tuple[str, int]]) -> Message:
    return joined(", ", (_("%(name)s (%(number)s)", name=name, number=number) for name, number in counts))
