"""Types of ablated parts: the words and short phrases that name what studies of several papers ablate.

"Loss function" and "Contrastive loss functions" are both of the type "loss function", and of the type "loss". Phrases
that mean the same are one type: "masking ratio", "mask ratio" and "masking rate"; `part_synonyms.yml` says which last
words do. A type lists the spellings it covers, so nothing is merged silently.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.metrics import Family, ranked
from generator.model import Corpus
from generator.package_data import load_yaml
from generator.text.tokens import (
    GREEK_LETTERS,
    METHOD_WORDS,
    STOP_WORDS,
    content_words,
    normalize_token,
    phrases,
    tokens,
    usual_spelling,
)

# What fewer than `_PAPERS` papers share is a way of speaking rather than a type of part. Where the corpus has fewer
# than `_FEW` papers, two must do.
_PAPERS, _FEW = 3, 20
_WORDS = 3
# A list to read; what is rarer than its end has its place in search.
_MOST_TYPES = 300
# Words joined by hyphens are one, so that "multi-head attention" is no "head attention".
_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*|[^\w\s]")
# Alone these name no type; as the last words of a phrase they do well: "loss function".
_STOP_WORDS = METHOD_WORDS | content_words(" ".join(STOP_WORDS["part_type"]))
# Alone "sampled" and "physically" name nothing, but "seed" does.
_NO_NOUN = re.compile(r"[^ ]*(?:[^e ]ed|ly)")

# How "masking" becomes "mask", "pruned" and "prune" "prun".
_INFLECTION = re.compile(r"(?:ing|ed|e)$")
_DOUBLED = re.compile(r"([^aeiouls])\1$")
# Groups of words and phrases that name the same part; `part_synonyms.yml` says of each list of groups what it is for.
_SYNONYMS = load_yaml("generator.corpus", "part_synonyms.yml", dict[str, tuple[tuple[str, ...], ...]])

# Phrase -> the tokens that it is written with, and whether it ends the part's name.
_Phrases = dict[str, tuple[Sequence[str], bool]]
# An ablated part in its place: the id of its trace, and its study's number in the plan, from 1.
PartPlace = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PartTypes:
    """The types of ablated parts, those of the most papers first, and for each study those that its part is of."""

    families: tuple[Family, ...]
    of_studies: Mapping[PartPlace, Sequence[str]]


@dataclass(slots=True)
class _Phrase:
    """Counts of a phrase; `ends` are papers where it ends a part's name, `longer` counts phrases that contain it."""

    family: Family = field(default_factory=Family)
    places: list[PartPlace] = field(default_factory=list)
    ends: set[str] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    longer: Counter[str] = field(default_factory=Counter)


def part_types(corpus: Corpus) -> PartTypes:
    """Return the types of parts that three papers or more ablate, at most 300. Spellings are in lower case."""
    min_papers = _PAPERS if len(corpus.papers) >= _FEW else 2
    found = _counted(corpus, _usual(corpus, min_papers))
    kept = {phrase: one for phrase, one in found.items() if _is_part_type(phrase, one, min_papers)}
    ordered = sorted(
        (phrase for phrase, one in kept.items() if not _is_subsumed(one, kept)),
        key=lambda phrase: (-len(kept[phrase].family.papers), -kept[phrase].family.studies, phrase),
    )
    named = {_name(kept[phrase].written): kept[phrase] for phrase in ordered[:_MOST_TYPES]}
    of_studies: defaultdict[PartPlace, list[str]] = defaultdict(list)
    for name, one in named.items():
        for place in one.places:
            of_studies[place].append(name)
    return PartTypes(tuple(replace(one.family, name=name) for name, one in named.items()), dict(of_studies))


def other_words(part: str) -> set[str]:
    """Return the words of other names of an ablated part, normalized: "ratio" and "proportion" for a mask rate."""
    found: set[str] = set()
    for phrase in _named(part):
        *rest, last = phrase.split()
        found.update(_HEADS.get(last, ()) if rest else (), _PHRASES.get(_key(phrase), ("", ()))[1])
    return found


def _usual(corpus: Corpus, min_papers: int) -> Mapping[str, str]:
    """Return what each phrase is called: as most studies call what means the same.

    Only those that `min_papers` papers or more may have, for a paper with two spellings counts twice here; that is few
    of all. Most phrases are of one study, and are forgotten again before those that are kept are counted: in a large
    corpus they would need more memory than all else.
    """
    used: Counter[str] = Counter()
    papers: Counter[str] = Counter()
    for paper in corpus.papers:
        parts = (study.ablated_part for trace in paper.traces for study in trace.studies)
        named = [phrase for part in parts for phrase in _named(part)]
        used.update(named)
        papers.update(set(named))
    by_meaning: dict[str, str] = {}
    usual = {phrase: by_meaning.setdefault(_meaning(phrase), phrase) for phrase, _ in ranked(used)}
    merged: Counter[str] = Counter()
    for phrase, name in usual.items():
        merged[name] += papers[phrase]
    return {phrase: name for phrase, name in usual.items() if merged[name] >= min_papers}


def _counted(corpus: Corpus, usual: Mapping[str, str]) -> Mapping[str, _Phrase]:
    """Count the phrases that `usual` names, under these names."""
    found: defaultdict[str, _Phrase] = defaultdict(_Phrase)
    for trace in corpus.traces:
        paper = corpus.paper_of[trace.id].slug
        for number, study in enumerate(trace.studies, 1):
            named = _named(study.ablated_part)
            present = {usual[phrase]: how for phrase, how in named.items() if phrase in usual}
            for phrase, (spelled, is_end) in present.items():
                one, written = found[phrase], _written(spelled)
                one.family.add(paper, trace)
                one.family.spellings[written.lower()] += 1
                one.written[written] += 1
                one.places.append((trace.id, number))
                if is_end:
                    one.ends.add(paper)
                one.longer.update(other for other in present if other != phrase and f" {phrase} " in f" {other} ")
    return found


def _is_part_type(phrase: str, found: _Phrase, min_papers: int) -> bool:
    """Tell whether a phrase names a type; one that hardly ever ends a name is but the beginning of others."""
    return (
        len(found.family.papers) >= min_papers
        and len(found.ends) >= min_papers - 1
        and phrase.replace(" ", "") not in _STOP_WORDS
        and not _NO_NOUN.fullmatch(phrase)
    )


def _is_subsumed(found: _Phrase, part_types: Mapping[str, _Phrase]) -> bool:
    """Tell whether every study with the phrase has one and the same longer phrase, which is a type as well."""
    return any(other in part_types and number == found.family.studies for other, number in found.longer.items())


def _named(part: str) -> _Phrases:
    """Return the phrases in a part's name, normalized: the tokens of each, and whether it ends the name."""
    found: _Phrases = {}
    for run in _runs(next(iter(phrases(part)), "")):
        written = [token for _, token in run]
        for start, end in _spans(run):
            phrase = " ".join([word or "of" for word, _ in run[start:end]])
            is_end = end == len(run) or (phrase in found and found[phrase][1])
            found[phrase] = written[start:end], is_end
    return found


def _spans(run: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Yield where phrases of up to three content words begin and end, with such a word at either end."""
    for start in range(len(run)):
        content = 0 if run[start][0] else _WORDS
        for end, (word, _) in enumerate(run[start : start + 2 * _WORDS - 1], start + 1):
            content += bool(word)
            if content > _WORDS:
                break
            if word:
                yield start, end


def _runs(name: str) -> Iterator[list[tuple[str, str]]]:
    """Yield runs of neighbouring content words, normalized and as written; "of" joins, and is normalized to nothing."""
    run: list[tuple[str, str]] = []
    for token in _WORD.findall(name):
        # A Greek letter stands for a part, and for another one in each paper.
        parts = tokens(token)
        keys = [] if GREEK_LETTERS.issuperset(map(str.lower, parts)) else [normalize_token(part) for part in parts]
        if keys and all(keys):
            run.append((" ".join(keys), token))
        elif run and run[-1][0] and token.lower() == "of":
            run.append(("", token))
        else:
            yield _trimmed(run)
            run = []
    yield _trimmed(run)


def _trimmed(run: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return run[:-1] if run and not run[-1][0] else run


def _written(tokens: Sequence[str]) -> str:
    """Join tokens, without the capital of a field's beginning; "GAN" keeps its own."""
    first, *rest = tokens
    return " ".join((first.lower() if first[1:].islower() else first, *rest))


def _name(written: Counter[str]) -> str:
    name = usual_spelling(written)
    return name[0].upper() + name[1:] if len(name) > 1 else name


def _meaning(phrase: str) -> str:
    """Return what phrases share that mean the same."""
    key = _key(phrase)
    return _PHRASES[key][0] if key in _PHRASES else key


def _key(phrase: str) -> str:
    """Return what the forms of a phrase share; its last word is what it is: a rank is no ranking."""
    words = phrase.split()
    if len(words) > 1:
        words = [*map(_uninflected, words[:-1]), _HEADS.get(words[-1], words[-1:])[0]]
    return "".join(words)


def _uninflected(word: str) -> str:
    short = _INFLECTION.sub("", word)
    return _DOUBLED.sub(r"\1", short) if len(short) > 2 else word


_HEADS = {word: group for group in _SYNONYMS["heads"] for word in group}
# What a phrase shares with its forms -> the same of the group's first phrase, and the words of the whole group.
_PHRASES = {
    _key(phrase): (_key(group[0]), " ".join(group).split()) for group in _SYNONYMS["phrases"] for phrase in group
}
