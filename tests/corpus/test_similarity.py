"""Papers like a paper, among invented ones about bees, glaciers and tea."""

import random
from dataclasses import replace

from examples import a_study, a_trace, cases
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corpus.linking import link
from generator.corpus.similarity import Similar, similar_papers
from generator.model import Corpus, Summary, Trace
from generator.pages.paper import paper_page
from generator.publication import Publication
from generator.rendering import render_page

SITE = Publication("", "")
TOPICS = cases("similarity", "topics")


def traces(*, models: tuple[str, ...] = ("oak-1", "elm-2")) -> list[Trace]:
    study = a_study(name="Ablation 1", ablated_part="Everything")
    return [
        a_trace(seed=f"{name}-{model}.md", model=model, name=name, reasoning=text, studies=(study,))
        for name, text in TOPICS.items()
        for model in models
    ]


def corpus_of(found: list[Trace], *summaries: Summary) -> Corpus:
    corpus, diagnostics = link(found, summaries, [])
    assert diagnostics == []
    return corpus


def slugs(similar: tuple[Similar, ...]) -> list[str]:
    return [one.slug for one in similar]


def test_papers_on_one_topic_are_similar_and_no_others() -> None:
    found = similar_papers(corpus_of(traces()))
    assert {slug: sorted(slugs(similar)) for slug, similar in found.items()} == {
        "bee-dance": ["hive-radio", "honey-flow"],
        "hive-radio": ["bee-dance", "honey-flow"],
        "honey-flow": ["bee-dance", "hive-radio"],
        "ice-calving": ["melt-maps"],
        "melt-maps": ["ice-calving"],
        "tea-leaves": [],
        "lone-lathe": [],
    }


def test_the_likest_come_first_and_scores_are_mutual() -> None:
    found = similar_papers(corpus_of(traces()))
    scores = {(slug, one.slug): one.score for slug, similar in found.items() for one in similar}
    for slug, similar in found.items():
        ordered = [one.score for one in similar]
        assert ordered == sorted(ordered, reverse=True)
        assert all(0 < score <= 1 for score in ordered)
        assert all(scores[one.slug, slug] == one.score for one in similar)


def test_the_words_that_tell_why_stand_in_both_papers() -> None:
    corpus = corpus_of(traces())
    for slug, similar in similar_papers(corpus).items():
        own = next(text for name, text in TOPICS.items() if name.lower().replace("_", "-") == slug).lower()
        for one in similar:
            other = TOPICS[corpus.paper_named[one.slug].traces[0].name].lower()
            words = [word for phrase in one.words for word in phrase.split()]
            assert words
            assert all(word in own and word in other for word in words)


def test_words_are_spelled_as_they_are_mostly_written() -> None:
    texts = {
        "One": "A GAN and its beehives. GAN beehives hum, GAN by GAN. Königin after Königin.",
        "Two": "Beehives for a GAN. GANs like beehives, beehives like a GAN. Königin and Königin.",
        "Six": "Nothing of the kind. A different matter.",
    }
    found = similar_papers(corpus_of([a_trace(seed=name, name=name, reasoning=text) for name, text in texts.items()]))
    (similar,) = found["one"]
    assert {"GAN", "beehives", "Konigin"} <= {word for phrase in similar.words for word in phrase.split()}


def test_no_two_of_the_words_that_tell_why_overlap() -> None:
    amber = "Amber spindle oil hums. Amber spindle oil, amber spindle oil. Beehives, beehives, beehives."
    found = [a_trace(seed=name, name=name, reasoning=text) for name, text in {"One": amber, "Two": amber}.items()]
    found.append(a_trace(seed="Six", name="Six", reasoning="Nothing of the kind. A different matter."))
    (similar,) = similar_papers(corpus_of(found))["one"]
    words = [word for phrase in similar.words for word in phrase.split()]
    assert sorted(words) == sorted(set(words))
    assert any(" " in phrase for phrase in similar.words)


def test_a_single_word_in_common_is_chance() -> None:
    texts = {
        "One": "The spindle turns. A spindle hums, spindle by spindle. Nectar, nectar, nectar.",
        "Two": "The spindle breaks. A spindle rusts, spindle by spindle. Glacier, glacier, glacier.",
        "Ten": "Nectar and glacier, nectar, glacier.",
    }
    found = similar_papers(corpus_of([a_trace(seed=name, name=name, reasoning=text) for name, text in texts.items()]))
    assert "two" not in slugs(found["one"])


def test_a_summary_counts_like_a_trace() -> None:
    silent = [trace for trace in traces() if trace.name != "Melt_Maps"]
    assert similar_papers(corpus_of(silent))["ice-calving"] == ()
    summary = Summary(seed="melt.txt", title="Melt Maps", overview=TOPICS["Melt_Maps"])
    assert slugs(similar_papers(corpus_of(silent, summary))["ice-calving"]) == ["melt-maps"]


def test_at_most_five_are_shown() -> None:
    swarm = [replace(trace, name=f"{trace.name}_{number}") for number in range(9) for trace in traces()[:2]]
    others = [a_trace(name=f"Spindle{number}", reasoning=f"Spindle{number} hums.") for number in range(30)]
    corpus = corpus_of([*swarm, *others])
    assert {len(similar) for slug, similar in similar_papers(corpus).items() if slug.startswith("bee")} == {5}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(chance: random.Random) -> None:
    shuffled = traces()
    chance.shuffle(shuffled)
    assert _plain(similar_papers(corpus_of(shuffled))) == _plain(similar_papers(corpus_of(traces())))


@settings(max_examples=30)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_no_paper_is_like_itself_whatever_its_text(texts: list[str]) -> None:
    found = [a_trace(seed=f"{at}.md", name=f"Paper {at}", reasoning=text) for at, text in enumerate(texts)]
    similar = similar_papers(corpus_of(found))
    assert len(similar) == len(texts)
    assert all(slug not in slugs(others) for slug, others in similar.items())


def test_a_corpus_without_papers_has_none() -> None:
    assert similar_papers(corpus_of([])) == {}


def test_the_hub_names_similar_papers_and_why_apart_from_those_of_the_summary() -> None:
    corpus = corpus_of(traces())
    paper = corpus.paper_named["ice-calving"]
    text = render_page(paper_page(corpus, paper, similar_papers(corpus)[paper.slug])).data.decode()
    assert text.count("{ #similar-papers }") == 1
    assert "(../papers/melt-maps.md) *shares " in text
    assert "summary lists them" not in text
    alone = render_page(paper_page(corpus, corpus.paper_named["lone-lathe"], ())).data.decode()
    assert "imilar papers" not in alone


def _plain(found: dict[str, tuple[Similar, ...]]) -> dict[str, list[tuple[str, float, tuple[str, ...]]]]:
    return {slug: [(one.slug, one.score, one.words) for one in similar] for slug, similar in found.items()}
