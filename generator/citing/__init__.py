"""Citations of a paper, a trace, a study and the corpus: BibTeX, APA and MLA, as plain text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict

from generator.addresses import ARXIV, DATA, doi_url
from generator.citing.bibtex import bibtex
from generator.citing.entry import ATLAS, OTHERS, CitationEntry, parse_name
from generator.citing.styles import apa, mla
from generator.text.slugs import digest, shorten, slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Corpus, Paper, Study, Trace

__all__ = [
    "ATLAS",
    "CORPUS_TITLE",
    "OTHERS",
    "Citations",
    "PageCitation",
    "Publication",
    "Published",
    "bibliography",
    "citations_for",
    "cite_corpus",
    "cite_paper",
    "cite_study",
    "cite_trace",
    "trace_title",
]

CORPUS_TITLE = f"{ATLAS}: What language-model planners would ablate, paper by paper"


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of one work, a style each."""

    entry: CitationEntry

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX with a line per field."""
        return bibtex(self.entry)

    @property
    def apa(self) -> str:
        """One line in APA's style."""
        return apa(self.entry)

    @property
    def mla(self) -> str:
        """One line in MLA's style."""
        return mla(self.entry)


class PageCitation(TypedDict):
    """A work that a page offers to cite: what the reader is offered, the place's id, and pairs of style and text."""

    title: str
    id: str
    styles: list[list[str]]


@dataclass(frozen=True, slots=True)
class Publication:
    """The permanent address of a trace or of the corpus, and the corpus' version, empty if none is recorded.

    A trace's version is the one that it came with, so that what is cited never changes.
    """

    address: str
    version: str = ""

    @property
    def year(self) -> str:
        """The year of the version."""
        return self.version.partition(".")[0]


# until rename_diagnostics.py: begin
Published = Publication
# until rename_diagnostics.py: end


@dataclass(frozen=True, slots=True)
class _Run:
    """The names that a trace is cited by, as seeds spell them, and the title of its paper."""

    planner: str
    model: str
    name: str
    paper_title: str

    @property
    def key(self) -> str:
        """A key that no other trace has."""
        planner, model, name = map(slugify, (self.planner, self.model, self.name))
        return f"atlas-{model}-{shorten(name, 40)}-{digest(f'{planner}/{model}/{name}')}"

    @property
    def title(self) -> str:
        """The trace's title where it stands alone."""
        return f"Ablation plan by {self.model} with {self.planner} for “{self.paper_title}”"

    def cite(self, publication: Publication) -> Citations:
        return _cite_data(self.key, self.title, publication)

    def cite_study(self, heading: str, anchor: str, publication: Publication) -> Citations:
        title = f"{heading}: ablation study proposed by {self.model} with {self.planner} for “{self.paper_title}”"
        there = replace(publication, address=f"{publication.address}#{anchor}")
        return _cite_data(f"{self.key}-{anchor[-6:]}", title, there)


def citations_for(meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], url: str) -> list[PageCitation]:
    """List what a page offers to cite, from its front matter alone.

    Arguments:
        meta: the page's front matter; its `kind` is "trace", "paper" or "data", any other page offers nothing.
        studies: the heading and the anchor of each study of a trace's page, in their order.
        url: the page's canonical address, which ends in a slash.

    Returns:
        A trace and then its studies, or the paper if its authors are known, or the corpus.

    """
    return [
        PageCitation(
            title=title,
            id="cite" if number == 0 else f"cite-{number}",
            styles=[["APA", found.apa], ["MLA", found.mla], ["BibTeX", found.bibtex]],
        )
        for number, (title, found) in enumerate(_offered(meta, studies, url))
    ]


def _offered(meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], url: str) -> Iterator[tuple[str, Citations]]:
    if meta.get("kind") == "trace":
        run = _Run(meta["planner"], meta["model"], meta["name"], meta["paper_title"])
        publication = Publication(url, meta.get("added", ""))
        yield "Cite this trace", run.cite(publication)
        for number, (heading, anchor) in enumerate(studies, start=1):
            yield f"Cite study {number}, {heading}", run.cite_study(heading, anchor, publication)
    elif meta.get("kind") == "paper" and meta.get("authors"):
        yield "Cite the paper", _cite_work(meta["paper"], meta["title"], meta)
    elif meta.get("kind") == "data":
        yield "Cite the corpus", cite_corpus(Publication(url.removesuffix(DATA), meta.get("version", "")))


def cite_paper(paper: Paper) -> Citations | None:
    """Cite a paper from the facts that its page shows; None where its authors are not known."""
    known = {fact.name: fact.values if fact.name == "authors" else fact.values[0] for fact in paper.facts}
    return _cite_work(paper.slug, paper.title, known) if known.get("authors") else None


def bibliography(corpus: Corpus) -> str:
    """Return the BibTeX entries of all papers that can be cited, by title, each as its paper's page shows it."""
    cited = (cite_paper(paper) for paper in corpus.papers)
    return "\n".join(f"{citations.bibtex}\n" for citations in cited if citations)


def cite_corpus(publication: Publication) -> Citations:
    """Cite all of the atlas' data in one version."""
    key = "-".join(piece for piece in ("atlas", publication.version) if piece)
    return _cite_data(key, CORPUS_TITLE, publication)


def cite_trace(paper: Paper, trace: Trace, publication: Publication) -> Citations:
    """Cite a planner's run as a record of the atlas."""
    return _run(paper, trace).cite(publication)


def trace_title(paper: Paper, trace: Trace) -> str:
    """Return the title of a planner's run where it stands alone."""
    return _run(paper, trace).title


def cite_study(paper: Paper, trace: Trace, study: Study, name: str, publication: Publication) -> Citations:
    """Cite one study of a published trace by the name that readers know it by, at its own address."""
    return _run(paper, trace).cite_study(name, study.anchor, publication)


def _run(paper: Paper, trace: Trace) -> _Run:
    return _Run(trace.planner, trace.model, trace.name, paper.title)


def _cite_work(slug: str, title: str, facts: Mapping[str, Any]) -> Citations:
    """Cite a paper; `facts` are strings by their names, the authors a sequence of them."""
    authors = tuple(facts["authors"])
    year, venue, arxiv, doi, url = (str(facts.get(name) or "") for name in ("year", "venue", "arxiv", "doi", "url"))
    return Citations(
        CitationEntry(
            key=_paper_key(slug, title, authors[0], year),
            title=" ".join(title.split()),
            authors=authors,
            year=year,
            venue=venue or ("arXiv" if arxiv else ""),
            url=doi_url(doi) if doi else url or (f"{ARXIV}{arxiv}" if arxiv else ""),
            extra=(("doi", doi), ("eprint", arxiv), ("archiveprefix", "arXiv" if arxiv else "")),
        )
    )


def _cite_data(key: str, title: str, publication: Publication) -> Citations:
    return Citations(
        CitationEntry(
            key=key,
            title=" ".join(title.split()),
            authors=(ATLAS,),
            year=publication.year,
            venue=ATLAS,
            url=publication.address,
            medium="Data set",
            version=publication.version,
        )
    )


def _paper_key(slug: str, title: str, author: str, year: str) -> str:
    """Words that people know the paper by, and a hash of its slug: no paper added later takes or changes the key."""
    family = slugify(parse_name(author).family.removeprefix("The ")).replace("-", "")
    return f"{family}{year}{slugify(title).partition('-')[0]}-{digest(slug)}"
