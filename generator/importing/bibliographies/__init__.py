"""Bring facts about papers in from bibliographies: find the corpus' papers in a table, and curate what it says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.corpus import load_corpus
from generator.diagnostics import Code, Diagnostic, Location
from generator.files import RenderedFile
from generator.importing.bibliographies.curating import FACTS, Curation, curate, seed_text
from generator.importing.bibliographies.matching import Certainty, Index, Match
from generator.importing.bibliographies.published import PublishedPaper, ids_of, read_paper, title_of, values_of
from generator.importing.bibliographies.tables import TableRow, format_of, read_rows
from generator.loading.seed_files import is_seed, refuse_to_open
from generator.model import Corpus, Metadata, Paper
from generator.parallel import ProgressCallback
from generator.text.slugs import match_key

# Keys of rows that are no bibliography's: a trace's, and those of the benchmark's own dataset.
_OTHERS = {"reasoning", "studies", "ablated_part", "predictions", "ablations_in_paper"}
# Formats that hold nothing else here.
_OF_PAPERS = {"bibtex", "ris", "delimited", "yaml"}


@dataclass(frozen=True, slots=True)
class PaperImport:
    """An import of facts as it is planned, before anything is written.

    `curations` are those of the papers found, by their order in the corpus; `doubts` say which papers a record may be
    about, or that records of one are at odds; `unmatched` are the papers that no record is about. `skipped` counts the
    records about other papers. `writes` are the seeds to be written.
    """

    curations: tuple[Curation, ...]
    doubts: tuple[str, ...]
    unmatched: tuple[Paper, ...]
    skipped: int
    diagnostics: tuple[Diagnostic, ...]
    writes: tuple[RenderedFile, ...]


def bibliographies(path: Path) -> list[Path]:
    """Return the tables of papers that are to be imported: the file, or those in a folder without anything else."""
    if path.is_file():
        return [path] if _is_bibliography(path) else []
    files = [file for file in sorted(path.iterdir()) if file.is_file() and is_seed(file.name)] if path.is_dir() else []
    return files if all(map(_is_bibliography, files)) else []


def _is_bibliography(path: Path) -> bool:
    """Tell whether the first record that can be read has a title and nothing that makes it something else.

    So is a table without such a record of a format that nothing else has: what is wrong with it is to be told.
    """
    if refuse_to_open(path.parent, path.name):
        return False
    try:
        table = format_of(path)
    except OSError:
        return False
    if not table:
        return False
    record = next((row for row in read_rows(path) if isinstance(row, TableRow)), None)
    if record is None:
        return table in _OF_PAPERS
    return bool(title_of(values_of(record))) and _OTHERS.isdisjoint(record.values)


def plan_papers(
    tables: Sequence[Path], folder: Path, day: str, track: ProgressCallback, *, update: bool
) -> PaperImport:
    """Find the papers of the seeds under `folder` in the tables. Raises GeneratorError if a seed cannot be read."""
    corpus = load_corpus(folder, track).corpus
    found, doubts, skipped, diagnostics = _find(tables, corpus)
    curations, writes = [], []
    for paper in corpus.papers:
        records = found.get(paper.slug, ())
        if not records:
            continue
        if _are_at_odds(records):
            doubts += [_doubt(record, [paper]) for _, record in records]
            continue
        curation = _curated(paper, records, day, update=update)
        curations.append(curation)
        if paper.metadata != curation.metadata:
            file = _file(paper, curation, corpus, folder)
            if isinstance(file, Diagnostic):
                diagnostics.append(file)
            else:
                writes.append(file)
    unmatched = tuple(paper for paper in corpus.papers if paper.slug not in found)
    return PaperImport(tuple(curations), tuple(doubts), unmatched, skipped, tuple(diagnostics), tuple(writes))


_Records = Sequence[tuple[Certainty, PublishedPaper]]


def _find(tables: Sequence[Path], corpus: Corpus) -> tuple[Mapping[str, _Records], list[str], int, list[Diagnostic]]:
    """Return the most certain records of each paper, by its slug; what is in doubt; how many records are others'."""
    index = Index(corpus.papers)
    by_slug = {paper.slug: paper for paper in corpus.papers}
    found: defaultdict[str, list[tuple[Certainty, PublishedPaper]]] = defaultdict(list)
    doubts, diagnostics, skipped = list[tuple[Match, PublishedPaper]](), list[Diagnostic](), 0
    for row in (row for table in tables for row in read_rows(table)):
        if isinstance(row, Diagnostic):
            diagnostics.append(row)
        elif not (match := _match(index, row)):
            skipped += 1
        elif len(match.slugs) > 1 or match.certainty is Certainty.DOUBT:
            doubts.append((match, read_paper(row)))
        else:
            found[next(iter(match.slugs))].append((match.certainty, read_paper(row)))
    best = {slug: _best(records) for slug, records in found.items()}
    open_doubts = [
        _doubt(record, [by_slug[slug] for slug in sorted(match.slugs)])
        for match, record in doubts
        if any(slug not in best or best[slug][0][0] > match.certainty for slug in match.slugs)
    ]
    return best, open_doubts, skipped, diagnostics


def _best(records: _Records) -> _Records:
    """Return the most certain records, and beside those with the paper's number others of its title by its authors."""
    most = min(certainty for certainty, _ in records)
    best = [one for one in records if one[0] == most]
    if most is Certainty.NUMBER:
        sure = best[0][1]
        best += [one for one in records if one[0] is Certainty.TITLE and not _contradict(sure, one[1])]
    return best


def _match(index: Index, row: TableRow) -> Match | None:
    values = values_of(row)
    title = title_of(values)
    if not title:
        return None
    aliases = values.get("aliases")
    repository = str(values.get("code") or "").rstrip("/").rpartition("/")[2].removesuffix(".git")
    titles = [title, *map(str, aliases if isinstance(aliases, list) else ())]
    return index.match(titles, filter(None, ids_of(values)), repository)


def _doubt(record: PublishedPaper, papers: Iterable[Paper]) -> str:
    candidates = (f"{paper.title} (papers/{paper.slug}/)" for paper in papers)
    return f"{record.where}: {record.title}: is it {' or '.join(candidates)}?"


def _are_at_odds(records: _Records) -> bool:
    """Tell whether the records cannot all be about one paper: those of one title may be of several."""
    (_, first), *others = records
    return any(_contradict(first, other) or _are_elsewhere(first, other) for _, other in others)


def _are_elsewhere(one: PublishedPaper, other: PublishedPaper) -> bool:
    """Tell whether two papers of which no authors tell whether they are one have different addresses."""
    places = ((record.arxiv, record.doi, record.openreview, record.url) for record in (one, other))
    return not (one.authors and other.authors) and len({*places}) > 1


def _contradict(one: PublishedPaper | Metadata, other: PublishedPaper) -> bool:
    """Tell whether two papers differ in their arXiv ids or have no author in common."""
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    own, others = ({match_key(name.split()[-1]) for name in of.authors if name.strip()} for of in (one, other))
    return bool(own and others) and own.isdisjoint(others)


def _curated(paper: Paper, records: _Records, day: str, *, update: bool) -> Curation:
    """Curate each fact from the first record that has it; preprints and what was not accepted come last."""
    ranked = sorted((record for _, record in records), key=lambda record: not record.is_final)
    facts = {name: record for name in FACTS for record in reversed(ranked) if getattr(record, name)}
    held = paper.metadata
    if held and any(_contradict(held, one) for one in ranked):
        # It may be another paper of the same title: what is curated stays, and nothing is added.
        facts = {name: record for name, record in facts.items() if getattr(held, name)}
    # A title that was misspelt or cut off is known better here.
    named = {"title": ranked[0]} if records[0][0] < Certainty.SPELLING else {}
    return curate(paper, ranked[0].title if named else paper.title, named | facts, day, update=update)


def _file(paper: Paper, curation: Curation, corpus: Corpus, folder: Path) -> RenderedFile | Diagnostic:
    """Return the seed that is to be written, or what stands in the way."""
    path = curation.metadata.seed
    place = Location(str(folder / path))
    held = ""
    if paper.metadata:
        holders = [one for one in corpus.papers if one.metadata and one.metadata.seed == path]
        if len(holders) > 1 or not path.endswith((".yml", ".yaml")):
            found, hint = "the paper is held in one file with other records", "give it a file of its own, then import"
            return Diagnostic(Code.SHARED_FILE, place, found, hint)
        held = (folder / path).read_text("utf-8-sig")
    elif (folder / path).exists():
        return Diagnostic(Code.FILE_EXISTS, place, "the file for this paper is there already and holds something else")
    if text := seed_text(curation.metadata, held):
        return RenderedFile.from_text(path, text)
    said = "; ".join(f"{name}: {getattr(curation.metadata, name)}" for name in curation.added)
    return Diagnostic(Code.FACTS_NOT_WRITTEN, place, f"facts that the file cannot take: {said}")
