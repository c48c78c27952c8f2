"""How to cite a paper, a trace, a study and the corpus: BibTeX, APA and MLA, as plain text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.addresses import ARXIV, DOI
from generator.citing.bibtex import bibtex
from generator.citing.cited import ATLAS, OTHERS, Cited, split_name
from generator.citing.styles import apa, mla
from generator.text.slugs import digest, shorten, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from generator.model import Corpus, Paper, Study, Trace

__all__ = [
    "ATLAS",
    "CORPUS_TITLE",
    "OTHERS",
    "Citations",
    "Published",
    "bibliography",
    "cite_corpus",
    "cite_paper",
    "cite_study",
    "cite_trace",
    "trace_title",
]

CORPUS_TITLE = f"{ATLAS}: What language-model planners would ablate, paper by paper"


@dataclass(frozen=True, slots=True)
class Citations:
    """One thing's citations, in each style."""

    cited: Cited

    @property
    def bibtex(self) -> str:
        """An entry with a line per field."""
        return bibtex(self.cited)

    @property
    def apa(self) -> str:
        """On one line."""
        return apa(self.cited)

    @property
    def mla(self) -> str:
        """On one line."""
        return mla(self.cited)


@dataclass(frozen=True, slots=True)
class Published:
    """Where a trace or the corpus stands for good, and the corpus' version, empty if none is recorded.

    A trace's is the version that it came with, so that what is cited never changes.
    """

    address: str
    version: str = ""

    @property
    def year(self) -> str:
        """The year of the version."""
        return self.version.partition(".")[0]


def cite_paper(paper: Paper) -> Citations | None:
    """The paper's own citation, from the facts that its page shows; None where its authors are not known."""
    known = {fact.name: fact.values for fact in paper.facts}
    authors = known.get("authors", ())
    if not authors:
        return None
    year, arxiv, doi = (known.get(name, ("",))[0] for name in ("year", "arxiv", "doi"))
    address = known.get("url", ("",))[0] or (f"{ARXIV}{arxiv}" if arxiv else "")
    return Citations(
        Cited(
            key=_paper_key(paper, authors[0], year),
            title=_line(paper.title),
            authors=authors,
            year=year,
            venue=known.get("venue", ("arXiv" if arxiv else "",))[0],
            url=f"{DOI}{doi}" if doi else address,
            extra=(("doi", doi), ("eprint", arxiv), ("archiveprefix", "arXiv" if arxiv else "")),
        )
    )


def bibliography(corpus: Corpus) -> str:
    """The BibTeX entries of all papers that can be cited, by title, each as its paper's page shows it."""
    cited = (cite_paper(paper) for paper in corpus.papers)
    return "\n".join(f"{citations.bibtex}\n" for citations in cited if citations)


def cite_corpus(published: Published) -> Citations:
    """All of the atlas' data in one version."""
    key = "-".join(piece for piece in ("atlas", published.version) if piece)
    return _data_citations(key, CORPUS_TITLE, published)


def cite_trace(paper: Paper, trace: Trace, published: Published) -> Citations:
    """A planner's run as a record of the atlas."""
    return _data_citations(_trace_key(trace), trace_title(paper, trace), published)


def trace_title(paper: Paper, trace: Trace) -> str:
    """What a planner's run is called where it stands alone."""
    return f"Ablation plan by {trace.model} with {trace.planner} for “{paper.title}”"


def cite_study(paper: Paper, trace: Trace, study: Study, name: str, published: Published) -> Citations:
    """One study of a published trace by the name that readers know it by, at its own address."""
    title = f"{name}: ablation study proposed by {trace.model} with {trace.planner} for “{paper.title}”"
    there = replace(published, address=f"{published.address}#{study.anchor}")
    return _data_citations(f"{_trace_key(trace)}-{study.anchor[-6:]}", title, there)


def _data_citations(key: str, title: str, published: Published) -> Citations:
    return Citations(
        Cited(
            key=key,
            title=_line(title),
            authors=(ATLAS,),
            year=published.year,
            venue=ATLAS,
            url=published.address,
            medium="Data set",
            version=published.version,
        )
    )


def _paper_key(paper: Paper, author: str, year: str) -> str:
    """Words that people know the paper by, and a hash of its slug: no paper added later takes or changes the key."""
    word = slugify(paper.title).partition("-")[0]
    return f"{slugify(split_name(author)[1]).replace('-', '')}{year}{word}-{digest(paper.slug)}"


def _trace_key(trace: Trace) -> str:
    return f"atlas-{slugify(trace.model)}-{shorten(slugify(trace.name), 40)}-{digest(trace.id)}"


def _line(title: str) -> str:
    return " ".join(title.split())


def cite_page(kind: str, meta: Mapping[str, Any], studies: Sequence[tuple[str, str]], address: str) -> list[dict[str, object]]:
    """Return how to cite what a page shows, from its front matter; `studies` are headings and anchors."""
    return []
