"""How to cite a paper, a trace, a study and the corpus: BibTeX, APA (7th edition) and MLA (9th edition), as plain text.

Metadata don't say whether a venue is a journal or a conference, so every BibTeX entry is `@misc` with the venue in
`howpublished`, which every style prints. What the atlas itself publishes is `@misc` too, and a `note` says that it is a
data set and of which version: the styles of BibTeX, and many programs, know no `@dataset`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.addresses import ARXIV, DOI
from generator.slugs import digest, shorten, slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Corpus, Paper, Study, Trace

# BibTeX counts braces even behind a backslash, so those of a title are named.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    | {ch: f"\\{ch}" for ch in "&%$#_"}
)
# A word with a capital or a digit behind its first letter, which styles would set in lower case.
_PROTECTED = re.compile(r"[^\W_]+[A-Z0-9][^\W_]*")
_PARTICLES = {"al", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter", "van", "von"}
ATLAS = "Ablation Atlas"
# Stands in a list of authors for those it leaves out.
OTHERS = "et al."
CORPUS_TITLE = f"{ATLAS}: What language-model planners would ablate, paper by paper"
_MOST_IN_APA = 20


@dataclass(frozen=True, slots=True)
class Citations:
    """One thing's citations; `bibtex` has a line per field."""

    bibtex: str
    apa: str
    mla: str


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


@dataclass(frozen=True, slots=True)
class _Cited:
    """What is cited; `authors` are names in full, given name first.

    `medium` is what styles put in brackets, such as "Data set"; a paper has neither it nor a version.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    venue: str
    url: str
    extra: tuple[tuple[str, str], ...] = ()
    medium: str = ""
    version: str = ""


def cite_paper(paper: Paper) -> Citations | None:
    """The paper's own citation, from the facts that its page shows; None where its authors are not known."""
    known = {fact.name: fact.values for fact in paper.facts}
    authors = known.get("authors", ())
    if not authors:
        return None
    year, arxiv, doi = (known.get(name, ("",))[0] for name in ("year", "arxiv", "doi"))
    address = known.get("url", ("",))[0] or (f"{ARXIV}{arxiv}" if arxiv else "")
    return _citations(
        _Cited(
            key=_paper_key(paper, authors[0], year),
            title=paper.title,
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
    return _data_citations(_key(trace), trace_title(paper, trace), published)


def trace_title(paper: Paper, trace: Trace) -> str:
    """What a planner's run is called where it stands alone."""
    return f"Ablation plan by {trace.model} with {trace.planner} for “{paper.title}”"


def cite_study(paper: Paper, trace: Trace, study: Study, name: str, published: Published) -> Citations:
    """One study of a published trace by the name that readers know it by, at its own address."""
    title = f"{name}: ablation study proposed by {trace.model} with {trace.planner} for “{paper.title}”"
    there = replace(published, address=f"{published.address}#{study.anchor}")
    return _data_citations(f"{_key(trace)}-{study.anchor[-6:]}", title, there)


def _data_citations(key: str, title: str, published: Published) -> Citations:
    return _citations(
        _Cited(
            key=key,
            title=title,
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
    return f"{slugify(_family(author)).replace('-', '')}{year}{word}-{digest(paper.slug)}"


def _key(trace: Trace) -> str:
    return f"atlas-{slugify(trace.model)}-{shorten(slugify(trace.name), 40)}-{digest(trace.id)}"


def _citations(cited: _Cited) -> Citations:
    title = " ".join(cited.title.split())
    # Styles leave out a publisher that is the author as well.
    is_own = cited.authors == (cited.venue,)
    venue = f" {cited.venue}." if cited.venue and not is_own else ""
    # In running text the address is the last word: a stop behind it would be taken for a part of it.
    work = _ended(_apa_title(cited, title))
    apa = f"{_apa_authors(cited.authors)} ({cited.year or 'n.d.'}). {work}{venue} {cited.url}"
    year = "" if cited.year and cited.venue.endswith(cited.year) else cited.year
    version = f"version {cited.version}" if cited.version else ""
    container = ", ".join(piece for piece in (cited.venue, version, year, cited.url) if piece)
    authors = "" if is_own else f"{_ended(_mla_authors(cited.authors))} "
    mla = f"{authors}“{_ended(_inner(title))}” {container}."
    return Citations(_bibtex(cited, title), apa.strip(), mla)


def _bibtex(cited: _Cited, title: str) -> str:
    fields = (
        ("title", _protected(title)),
        ("author", " and ".join(map(_bibtex_author, cited.authors))),
        ("year", cited.year),
        ("howpublished", _escaped(cited.venue)),
        ("note", ", version ".join(piece for piece in (cited.medium, cited.version) if piece)),
        *cited.extra,
        ("url", cited.url),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@misc{{{cited.key},\n{lines}}}"


def _bibtex_author(name: str) -> str:
    if name == OTHERS:
        return "others"
    # Braces keep a name in one piece that is not a person's, or that BibTeX would split.
    return f"{{{_escaped(name)}}}" if name == ATLAS or " and " in name else _escaped(name)


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _protected(title: str) -> str:
    pieces, position = [], 0
    for match in _PROTECTED.finditer(title):
        pieces += [_escaped(title[position : match.start()]), "{", match[0], "}"]
        position = match.end()
    return "".join([*pieces, _escaped(title[position:])])


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _inner(title: str) -> str:
    """A title to stand in quotation marks: its own become single ones."""
    return title.replace("“", "‘").replace("”", "’")


def _family(name: str) -> str:
    return _split(name)[1]


def _split(name: str) -> tuple[str, str]:
    """Given and family name: the last word, with the particles before it."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _apa_title(cited: _Cited, title: str) -> str:
    version = f" (Version {cited.version})" if cited.version else ""
    medium = f" [{cited.medium}]" if cited.medium else ""
    return f"{title}{version}{medium}"


def _apa_authors(names: Sequence[str]) -> str:
    shown = [_apa_name(name) for name in names if name != OTHERS]
    if len(shown) > _MOST_IN_APA:
        return f"{', '.join(shown[: _MOST_IN_APA - 1])}, … {shown[-1]}"
    if len(shown) < len(names):
        return ", ".join([*shown, OTHERS])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, & {shown[-1]}"


def _apa_name(name: str) -> str:
    given, family = ("", name) if name == ATLAS else _split(name)
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family}, {initials}" if initials else _ended(family) if name == ATLAS else family


def _mla_authors(names: Sequence[str]) -> str:
    first = names[0]
    given, family = ("", first) if first == ATLAS else _split(first)
    leading = f"{family}, {given}" if given else family
    if len(names) == 1:
        return leading
    return f"{leading}, and {names[1]}" if len(names) == 2 and names[1] != OTHERS else f"{leading}, {OTHERS}"
