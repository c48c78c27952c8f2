"""The explorer's files hold the studies: decoded as its script decodes them, they are the corpus again."""

import json
import re
import unicodedata
from collections import Counter
from itertools import accumulate, pairwise
from typing import Any

import pytest
from examples import SITE

from generator.addresses import EXPLORER_DATA
from generator.corpus.part_types import part_types
from generator.exports.explorer import explorer_files
from generator.model import Corpus, Paper, Study, Trace


@pytest.fixture(scope="module")
def files(corpus: Corpus) -> dict[str, Any]:
    return {
        page.path.removeprefix(EXPLORER_DATA): json.loads(page.data)
        for page in explorer_files(corpus, SITE, part_types(corpus))
    }


@pytest.fixture(scope="module")
def expected(corpus: Corpus) -> list[tuple[Paper, Trace, Study]]:
    return [(paper, trace, study) for paper in corpus.papers for trace in paper.traces for study in trace.studies]


def rows(files: dict[str, Any]) -> list[list[Any]]:
    count = sum(name.startswith("rows-") for name in files)
    return [row for number in range(count) for row in files[f"rows-{number}.json"]]


def words(*texts: str) -> set[str]:
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", " ".join(texts)) if unicodedata.category(ch)[0] != "M")
    runs = re.findall(r"[\u3040-\u9fff]+|[^\W_\u3040-\u9fff]+", plain.lower())
    return {
        pair for run in runs for pair in (map("".join, pairwise(run)) if len(run) > 1 and run[0] > "\u3000" else [run])
    }


def test_every_study_stands_in_its_row_verbatim(
    files: dict[str, Any], expected: list[tuple[Paper, Trace, Study]]
) -> None:
    assert files["facets.json"]["studies"] == len(expected)
    assert len(files["rows-0.json"]) == files["facets.json"]["perFile"] < len(expected)
    for row, (_, trace, study) in zip(rows(files), expected, strict=True):
        name, generic, part, replacements, metrics, number, address = row
        assert (name, part) == (study.name, study.ablated_part)
        written = tuple(forms if isinstance(forms, str) else forms[1] for forms in replacements)
        assert (written, tuple(metrics)) == (study.replacements, study.metrics)
        assert trace.studies[number - 1] == study
        assert address == f"traces/{trace.id}/#{study.anchor}"
        says_nothing = re.fullmatch(r"(proposed )?(ablation|study|experiment)( study)?[ #:.-]*\d*", name.lower())
        assert generic is bool(says_nothing)


def test_every_column_says_of_a_row_what_is_true_of_its_study(
    files: dict[str, Any], corpus: Corpus, expected: list[tuple[Paper, Trace, Study]]
) -> None:
    facets = files["facets.json"]
    values, columns = facets["values"], facets["columns"]
    papers = list(accumulate(columns["paper"]))
    for at, (paper, trace, study) in enumerate(expected):
        facts = {"planner": trace.planner, "model": trace.model, "task": trace.task, "action": study.action}
        assert {facet: values[facet][columns[facet][at]] for facet in facts} == facts
        assert (values["paper"][papers[at]], facets["slugs"][papers[at]]) == (paper.title, paper.slug)
        assert {values["metric"][place] for place in columns["metric"][at]} == {
            corpus.metrics[one] for one in study.metrics
        }
        assert facets["replacements"][at] == len(study.replacements)


def test_the_studies_of_a_kind_of_part_are_those_it_counts_and_its_spellings_are_known(
    files: dict[str, Any], corpus: Corpus
) -> None:
    facets, kinds = files["facets.json"], part_types(corpus).families
    counted = Counter(facets["values"]["part"][place] for row in facets["columns"]["part"] for place in row)
    assert counted == {kind.name: kind.studies for kind in kinds}
    assert facets["spellings"]["part"] == {kind.name: " ".join(dict(kind.spellings)) for kind in kinds}


def test_every_word_of_a_study_leads_to_it_and_says_whether_it_names_the_part(
    files: dict[str, Any], expected: list[tuple[Paper, Trace, Study]]
) -> None:
    found: dict[int, dict[str, bool]] = {at: {} for at in range(len(expected))}
    for name, postings in files.items():
        if name.startswith("words-"):
            for word, steps in postings.items():
                for at, step in zip(accumulate(step >> 1 for step in steps), steps, strict=True):
                    found[at][word] = bool(step & 1)
    for at, (_, _, study) in enumerate(expected):
        strong = words(study.name, study.ablated_part)
        assert found[at] == {word: word in strong for word in strong | words(*study.replacements, *study.metrics)}


def test_the_files_of_words_follow_each_other_in_order(files: dict[str, Any]) -> None:
    shards = [list(files[f"words-{number}.json"]) for number in range(len(files["facets.json"]["words"]))]
    assert files["facets.json"]["words"] == [shard[0] for shard in shards]
    together = [word for shard in shards for word in shard]
    assert together == sorted(set(together))
