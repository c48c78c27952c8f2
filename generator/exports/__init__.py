"""Corpus -> what the site's own scripts load, and llms.txt, from where programs find all else."""

from collections.abc import Iterator, Sequence

from generator import addresses
from generator.corpus.part_types import PartTypes
from generator.dataset.records import tables_of
from generator.exports.explorer import explorer_files, json_file
from generator.files import RenderedFile
from generator.messages import ENGLISH, Language
from generator.metrics import ranked
from generator.model import Corpus, Paper
from generator.package_data import render_text
from generator.pages.families import FamilyIndex, Indexes
from generator.pages.papers import paper_counts
from generator.publication import Publication
from generator.text.slugs import match_key
from generator.text.wording import pluralize

# A metric is found by so many of its usual spellings.
_SPELLINGS = 8


def export(corpus: Corpus, site: Publication, types: PartTypes, indexes: Indexes) -> Iterator[RenderedFile]:
    """Yield the files, each with its path below docs/."""
    language = Language(site.language)
    yield from explorer_files(corpus, site, types)
    yield finder_file(corpus, language)
    yield families_file(addresses.METRICS_DATA, indexes.metrics, language)
    yield families_file(addresses.PARTS_DATA, indexes.parts, language)
    yield llms_file(corpus, site)
    # What the site's scripts say, by its English words, and how the language counts; nothing for English.
    if texts := language.texts(".js"):
        yield json_file(addresses.TEXTS_DATA, {"forms": language.forms(), "texts": texts})


def llms_file(corpus: Corpus, site: Publication) -> RenderedFile:
    """List where programs find text (https://llmstxt.org), by absolute links where the site has an address."""
    traces, papers = pluralize(len(corpus.traces), "trace"), pluralize(len(corpus.papers), "paper")
    known = {"traces": traces, "papers": papers, "site": site, "tables": tables_of(corpus), "say": ENGLISH.say}
    return RenderedFile.from_text(addresses.LLMS, render_text("llms.txt.jinja", addresses=addresses, **known))


def finder_file(corpus: Corpus, language: Language = ENGLISH) -> RenderedFile:
    """List what papers are called, by title, for the finder at /papers/: title, other names, slug, counts in words."""
    papers = [[one.title, _names(one), one.slug, language.say(paper_counts(one))] for one in corpus.papers]
    return json_file(addresses.FINDER_DATA, papers)


def families_file(path: str, index: FamilyIndex, language: Language) -> RenderedFile:
    """List what each metric or kind of parts is called, for the finder: name, spellings, address, and its studies."""
    found = [
        [
            one.family.name,
            _others([name for name, _number in ranked(one.family.spellings)[:_SPELLINGS]], one.family.name),
            one.page.address,
            language.say(one.studies.text),
        ]
        for one in index.entries
    ]
    return json_file(path, found)


def _names(paper: Paper) -> list[str]:
    """Return aliases, titles that traces quote, and their headings."""
    readable = [" ".join(trace.name.replace("_", " ").split()) for trace in paper.traces]
    return _others([*paper.aliases, *paper.quoted, *readable], paper.title)


def _others(names: Sequence[str], own: str) -> list[str]:
    """Return names without those that are another or one's own but for case and signs."""
    found = {match_key(name): name for name in reversed(names)}
    found.pop(match_key(own), None)
    return list(reversed(found.values()))
