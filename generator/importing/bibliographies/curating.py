"""What a table says of a paper of the corpus -> the text of its curated seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.importing.bibliographies.published import PublishedPaper
from generator.loading.located_yaml import read_mapping
from generator.loading.seed_files import fix_mojibake
from generator.loading.trace_document import serialize_record
from generator.loading.validation import parse_yaml
from generator.model import FactSource, Metadata, Paper
from generator.text.slugs import match_key, slugify

# What is taken over beside the title, by the names of seeds' keys.
FACTS = ("authors", "year", "venue", "arxiv", "doi", "openreview", "url", "pdf", "code")


# Facts that the seeds have, each with what stands there and what a table says instead.
Differences = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Curation:
    """A paper's metadata with what a table says: which facts are `added`, and which are `changed` or would be.

    Those that are `kept` were written by a person, whatever the table says.
    """

    metadata: Metadata
    added: tuple[str, ...]
    changed: Differences
    kept: Differences


def curate(paper: Paper, title: str, found: Mapping[str, PublishedPaper], day: str, *, update: bool) -> Curation:
    """Add facts, each with the record that gives it, to what is curated of a paper; `title` is for a paper without.

    What a person wrote stays as it is, and so does what was imported before unless it is to be updated.
    """
    held = paper.metadata or _first_metadata(paper, title)
    given = {name: getattr(record, name) for name, record in found.items() if name in FACTS}
    added = tuple(name for name in given if not getattr(held, name))
    differing = {
        name: (_shown(getattr(held, name)), _shown(value))
        for name, value in given.items()
        if name not in added and _key(value) != _key(getattr(held, name))
    }
    changed = {name: pair for name, pair in differing.items() if held.source_of(name)}
    taken = [*added, *(changed if update else ())]
    listed = taken if paper.metadata or "title" not in found else ["title", *taken]
    metadata = replace(held, **{name: given[name] for name in taken}, sources=_sources(held, listed, found, day))
    return Curation(metadata, added, changed, {name: differing[name] for name in differing if name not in changed})


def _sources(
    held: Metadata, taken: Sequence[str], found: Mapping[str, PublishedPaper], day: str
) -> tuple[FactSource, ...]:
    """Return the sources with those of the facts that are taken over."""
    kept = {one: tuple(name for name in one.facts if name not in taken) for one in held.sources}
    by_site: dict[str, list[str]] = {}
    for name in taken:
        by_site.setdefault(found[name].source, []).append(name)
    return (
        *(replace(one, facts=facts) for one, facts in kept.items() if facts),
        *(FactSource(site, day, tuple(names)) for site, names in by_site.items()),
    )


def _first_metadata(paper: Paper, title: str) -> Metadata:
    """Return metadata that give the paper this title, keep its address and lead its traces and its summary there."""
    named = [trace.name for trace in paper.traces] + ([paper.summary.title] if paper.summary else [])
    slug = slugify(title)
    aliases = {slugify(name): name for name in named}
    return Metadata(
        seed=f"papers/{paper.slug}.yml",
        title=title,
        aliases=tuple(name for key, name in aliases.items() if key != slug),
        slug=paper.slug if paper.slug != slug else "",
    )


def _key(value: object) -> object:
    """Return what spellings of a fact share; family names may stand first."""
    if isinstance(value, tuple):
        return [sorted(match_key(part) for part in name.replace(",", " ").split()) for name in value]
    return match_key(value) if isinstance(value, str) else value


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def seed_text(metadata: Metadata, held: str) -> str:
    """Return the seed of a paper's metadata; of one that is `held` all lines stay whose values do.

    Returns nothing if the seed cannot be made: `held` is written in another style, or a value is none for seeds.
    """
    text = serialize_record(metadata)
    if held:
        before, _ = parse_yaml(Metadata, metadata.seed, held)
        if before is None:
            return ""
        own, old, new = (_by_key(one) for one in (held, serialize_record(before), text))
        kept = {key: lines if old.get(key) == new.get(key) else new.get(key, "") for key, lines in own.items()}
        text = "".join((new | kept)[key] for key in dict.fromkeys([*own, *new]))
    read, _ = parse_yaml(Metadata, metadata.seed, text)
    return text if read == metadata and fix_mojibake(text) == text else ""


def _by_key(text: str) -> dict[str, str]:
    """Split the text of a seed into the lines of each key; what stands above the first is that of none."""
    mapping, _ = read_mapping("", text)
    keys = {place.line - 1: str(path[0]) for path, place in mapping.keys.items() if len(path) == 1} if mapping else {}
    found = {"": ""}
    key = ""
    for number, line in enumerate(text.splitlines()):
        key = keys.get(number, key)
        found[key] = f"{found.get(key, '')}{line}\n"
    return found
