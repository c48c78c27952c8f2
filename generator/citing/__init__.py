"""Citations of a paper, a trace, a study and the corpus: APA, MLA, Chicago, BibTeX and RIS, as plain text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.addresses import DATA, PAPER_ADDRESSES
from generator.citing.entry import CitationEntry
from generator.citing.styles import apa, bibtex, chicago, mla, ris
from generator.messages import Language, Message, _
from generator.model import Corpus, Paper, run_name, trace_id
from generator.publication import Publication
from generator.text.names import parse_name
from generator.text.slugs import short_hash, slugify, truncate_slug

_STYLES = {"APA": apa, "MLA": mla, "Chicago": chicago, "BibTeX": bibtex, "RIS": ris}
# The citations of one work by style: a line in three of them, entries of BibTeX and RIS with a line per field.
Citations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a trace or the corpus is published: its permanent address, the corpus' version if one is recorded, by whom.

    A trace's version is the one that it came with, so that what is cited never changes.
    """

    publication: Publication
    address: str
    version: str = ""

    @property
    def year(self) -> str:
        """The year of the version."""
        return self.version.partition(".")[0]

    @property
    def key(self) -> str:
        """How the key of each citation begins."""
        return self.publication.citation_key or self.publication.slug


def citations_for(
    meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], url: str, publication: Publication
) -> list[dict[str, Any]]:
    """List what a page offers to cite: its title, the place's id, and pairs of style and text.

    That is a trace and then its `studies`, given by heading and anchor in their order, or the paper if its authors are
    known, or the corpus. `meta` is the page's front matter, `url` its canonical address, which ends in a slash.
    """
    say = Language(publication.language).say
    return [
        {
            "title": say(title),
            "id": "cite" if number == 0 else f"cite-{number}",
            "styles": [*map(list, found.items())],
        }
        for number, (title, found) in enumerate(_offered(meta, studies, url, publication))
    ]


def _offered(
    meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], url: str, publication: Publication
) -> Iterator[tuple[Message, Citations]]:
    if meta.get("kind") == "trace":
        yield from _cite_trace(meta, studies, Edition(publication, url, meta.get("added", "")))
    elif meta.get("kind") == "paper" and meta.get("authors"):
        yield _("Cite the paper"), _cite_work(meta["paper"], meta["title"], meta)
    elif meta.get("kind") == "data":
        yield _("Cite the corpus"), cite_corpus(Edition(publication, url.removesuffix(DATA), meta.get("version", "")))


def _cite_trace(
    meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], edition: Edition
) -> Iterator[tuple[Message, Citations]]:
    model, name = slugify(meta["model"]), slugify(meta["name"])
    # The hash is of the trace's id, so no other trace has the key.
    told = short_hash(trace_id(meta["planner"], meta["model"], meta["name"], meta.get("run")))
    key = f"{edition.key}-{model}-{truncate_slug(name, 40)}-{told}"
    run = f"by {run_name(meta['model'], meta.get('run'))} with {meta['planner']} for “{meta['paper_title']}”"
    yield _("Cite this trace"), _cite_run(key, f"Ablation plan {run}", edition)
    for number, (heading, anchor) in enumerate(studies, start=1):
        title = f"{heading}: ablation study proposed {run}"
        there = replace(edition, address=f"{edition.address}#{anchor}")
        offer = _("Cite study %(number)s, %(heading)s", number=number, heading=heading)
        yield offer, _cite_run(f"{key}-{anchor[-6:]}", title, there)


def cite_paper(paper: Paper) -> Citations | None:
    """Cite a paper from the facts that its page shows; None where its authors are not known."""
    known = {fact.name: fact.values if fact.name == "authors" else fact.values[0] for fact in paper.facts}
    return _cite_work(paper.slug, paper.title, known) if known.get("authors") else None


def best_address(facts: Mapping[str, Any]) -> str:
    """Return the address that leads to a paper best, of facts by their names; empty if none does."""
    return next((of(str(facts[name])) for name, of in PAPER_ADDRESSES.items() if facts.get(name)), "")


def bibliography(corpus: Corpus) -> str:
    """Return the BibTeX entries of all papers that can be cited, by title, each as its paper's page shows it."""
    cited = (cite_paper(paper) for paper in corpus.papers)
    return "\n".join(f"{citations['BibTeX']}\n" for citations in cited if citations)


def cite_corpus(edition: Edition) -> Citations:
    """Cite all data of the corpus in one version."""
    publication = edition.publication
    authors = (publication.author or publication.publisher or publication.name,)
    key = "-".join(piece for piece in (edition.key, edition.version) if piece)
    return _cite_data(key, publication.citation_title or publication.name, authors, edition)


def _cite_run(key: str, title: str, edition: Edition) -> Citations:
    """Cite what a planner made, as the work of whoever ran it."""
    runners = edition.publication.runners
    authors = tuple(one.name for one in runners) or (edition.publication.publisher or edition.publication.name,)
    # Of several it is not known whose the trace is.
    return _cite_data(key, title, authors, edition, source=runners[0].url if len(runners) == 1 else "")


def cite_studies(chosen: str, edition: Edition) -> Citations:
    """Cite a choice of studies; `chosen` says which, and the edition's address leads to them."""
    return _cite_run(f"{edition.key}-studies", f"Ablation studies{chosen}", edition)


def _cite_work(slug: str, title: str, facts: Mapping[str, Any]) -> Citations:
    """Cite a paper; `facts` are strings by their names, the authors a sequence of them."""
    authors = tuple(facts["authors"])
    year, venue, arxiv, doi = (str(facts.get(name) or "") for name in ("year", "venue", "arxiv", "doi"))
    return _in_all_styles(
        CitationEntry(
            key=_paper_key(slug, title, authors[0], year),
            title=" ".join(title.split()),
            authors=authors,
            year=year,
            venue=venue or ("arXiv" if arxiv else ""),
            url=best_address(facts),
            extra=(("doi", doi), ("eprint", arxiv), ("archiveprefix", "arXiv" if arxiv else "")),
        )
    )


def _cite_data(key: str, title: str, authors: Sequence[str], edition: Edition, source: str = "") -> Citations:
    return _in_all_styles(
        CitationEntry(
            key=key,
            title=" ".join(title.split()),
            authors=tuple(f"{{{name}}}" for name in authors),
            year=edition.year,
            venue=edition.publication.name,
            url=edition.address,
            medium="Data set",
            version=edition.version,
            source=source,
        )
    )


def _in_all_styles(entry: CitationEntry) -> Citations:
    return {style: cite(entry) for style, cite in _STYLES.items()}


def _paper_key(slug: str, title: str, author: str, year: str) -> str:
    """Words that people know the paper by, and a hash of its slug: no paper added later takes or changes the key."""
    family = slugify(parse_name(author).family.removeprefix("The ")).replace("-", "")
    return f"{family}{year}{slugify(title).partition('-')[0]}-{short_hash(slug)}"
