"""Groups of similar proposals, on an invented paper about tea."""

import json
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from evaluate_agreement import Score, cross_validated, main, score, scores
from examples import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.corpus.agreement import groups
from generator.model import Action, Group, Study, Task, Trace
from generator.text.tokens import content_words, head_and_rest


def study(part: str, name: str = "Ablation 1", *replacements: str, action: Action = Action.REMOVE) -> Study:
    return Study(name, part, action, replacements, ("taste",), "study-x", 1)


def trace(model: str, *studies: Study) -> Trace:
    return Trace(f"{model}.md", "lm-planner", model, "tea_net", Task.AUTHOR, "Because.", studies)


def shape(found: tuple[Group, ...]) -> list[list[tuple[str, int]]]:
    return [[(one.trace.model, one.number) for one in group.proposals] for group in found]


TEA = (
    trace(
        "alpha-1.5",
        study("Leaf Oxidation Gate (LOG)", "LOG Removal"),
        study("Number of steeping stages", "Stage Count", "1", "2", "8", action=Action.REPLACE),
        study("the kettle", "Kettle Swap", "samovar", action=Action.REPLACE),
    ),
    trace(
        "beta",
        study("steeping stage count", "Ablation Study 1: stages", "1 stage", action=Action.REPLACE),
        study("Leaf oxidation gate for darkening leaves in the brewing loop", "Ablation Study 2", action=Action.REMOVE),
    ),
    trace(
        "gamma",
        study("The leaf oxidation gate", "Study", "a fixed timer", action=Action.REPLACE),
        study("Colour-based taste loss", "Taste"),
    ),
)


def test_finds_the_studies_of_one_part_whatever_their_action() -> None:
    found = shape(groups(TEA))
    assert found == [
        [("alpha-1.5", 1), ("beta", 2), ("gamma", 1)],
        [("alpha-1.5", 2), ("beta", 1)],
    ]


def test_the_larger_group_comes_first_though_it_starts_later() -> None:
    early = (trace("a", study("milk frother"), study("sugar spoon")), trace("b", study("milk frother")))
    late = (replace(early[1], studies=(*early[1].studies, study("sugar spoon"))), trace("c", study("sugar spoon")))
    assert shape(groups((early[0], *late))) == [[("a", 2), ("b", 2), ("c", 1)], [("a", 1), ("b", 1)]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leaf Oxidation Gate (LOG) scheme", "LOG"),
        ("temperature α", "alpha temperature"),
        ("colour normalisation of leaves", "Color normalization of leaf"),
        ("multi‐cup pouring", "Multi-cup pouring"),
        ("Infusiön dépth", "infusion depth"),
        ("Tea taxonomies", "tea taxonomy"),
        ("Filtered steam", "steam filtering stage"),
    ],
)
def test_spellings_of_one_part_are_one_part(one: str, other: str) -> None:
    traces = [trace("a", study(one), study("biscuit tray")), trace("b", study("water filter"), study(other))]
    assert shape(groups(traces)) == [[("a", 1), ("b", 2)]]


def test_studies_that_name_their_part_alike_are_similar_whatever_else_they_say() -> None:
    one = study("Water filter", "Purity Sensitivity to Charcoal", "charcoal", "ceramic", "sand bed")
    other = study("water filters (third stage of the preparation line)", "Hardness and Limescale Study", "boiling")
    assert len(groups([trace("a", one), trace("b", other)])) == 1


def test_a_place_in_a_description_is_no_name() -> None:
    first = trace("a", study("Timer in the pouring arm"))
    second = trace("b", study("Pouring arm that tilts the pot, set off by the timer"))
    third = trace("c", study("Pouring arm"), study("Timer"))
    assert shape(groups([first, second, third])) == [[("a", 1), ("c", 2)], [("b", 1), ("c", 1)]]


def test_words_that_every_study_uses_join_nothing() -> None:
    first = trace("a", study("tea leaf cutting"), study("tea leaf drying"))
    second = trace("b", study("tea leaf rolling"), study("tea leaf sorting"))
    assert groups([first, second]) == ()


def test_how_many_there_are_of_a_part_is_another_question_than_the_part() -> None:
    first = trace("a", study("Tasting cups", "Cup Removal"), study("saucer"))
    second = trace("b", study("The number of tasting cups", "Cup Count", "1", "2"), study("spoon"))
    third = trace("c", study("tasting cup count", "Cups", "3"), study("kettle"))
    fourth = trace("d", study("Depth-first tasting cups", "Order"), study("sugar"))
    assert shape(groups([first, second, third, fourth])) == [[("a", 1), ("d", 1)], [("b", 1), ("c", 1)]]


def likeness(one: Study, other: Study) -> float:
    """How alike two studies are: the highest threshold at which they are one group."""
    low, high = 0.0, 2.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if groups([trace("a", one), trace("b", other)], middle) else (low, middle)
    return round(low, 3)


def replaced(*replacements: str, part: str = "cup", name: str = "cup") -> Study:
    return study(part, name, *replacements, action=Action.REPLACE)


# "cup" weighs (10 + 10) · 2 where both have it, a replacement 3 · 2 where both have it, else 3 · 5, as "tray" does.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (study("cup", "cup"), study("cup", "cup"), 1.1),
        (study("cup", "cup"), replaced(), 1),
        (replaced("clay"), replaced("clay"), 1.4),
        # (1 + √(1636 / 1861)) / 2 + 0.3 / √2 + 0.1
        (replaced("clay"), replaced("clay", "glass"), 1.281),
        # (1 + 40 / √1825) / 2 + 0.1, and 0.2 less with a digit in half of them.
        (replaced("clay"), replaced(), 1.068),
        (replaced("clay"), replaced("2", "8"), 0.868),
        (replaced("clay"), replaced("2", "…"), 0.868),
        (replaced("clay"), replaced("2", "…", "–"), 1.068),
        (replaced(), replaced(part="cup in the tray"), 1.068),
        # (40 / 55 + 40² / √(1825 · 4100)) / 2 + 0.1 - 0.4
        (replaced("clay"), replaced("2", part="number of cups"), 0.356),
    ],
)
def test_likeness_is_as_the_page_about_it_says(one: Study, other: Study, expected: float) -> None:
    assert likeness(one, other) == expected
    assert likeness(other, one) == expected


def test_other_numbers_of_a_part_are_how_many_of_it() -> None:
    first = trace("a", study("Tasting cups", "Cups", "2 cups", "8 cups", action=Action.REPLACE), study("saucer"))
    second = trace("b", study("The number of tasting cups", "Cup Count", "1", "4", action=Action.REPLACE), study("lid"))
    assert shape(groups([first, second])) == [[("a", 1), ("b", 1)]]


def test_what_is_replaced_by_the_same_is_more_similar() -> None:
    first = trace("a", study("Sweetening stage", "Other Sugar", "honey", "syrup", action=Action.REPLACE), study("lid"))
    second = trace("b", study("Sweet taste", "No Sugar", "maple honey", "syrup", action=Action.REPLACE), study("pot"))
    other = trace("b", study("Sweet taste", "No Sugar", "salt", "pepper", action=Action.REPLACE), study("pot"))
    assert shape(groups([first, second])) == [[("a", 1), ("b", 1)]]
    assert groups([first, other]) == ()


def test_words_of_all_studies_everywhere_join_nothing() -> None:
    traces = [trace(model, study("Method", "Ablation Study 1")) for model in "ab"]
    assert groups(traces) == ()


def test_one_trace_alone_has_no_similar_proposals() -> None:
    assert groups([trace("a", study("kettle"), study("kettle"))]) == ()
    assert groups([]) == ()


def test_a_higher_threshold_groups_less() -> None:
    assert shape(groups(TEA, threshold=1)) == [[("alpha-1.5", 2), ("beta", 1)]]


def test_words_leave_out_what_any_study_says() -> None:
    assert content_words("Ablation Study 3: Impact of removing the 12 tea strainers") == {"tea", "strainer"}


@pytest.mark.parametrize(
    ("part", "head", "rest"),
    [
        ("Timer in the pouring arm", {"timer"}, {"pouring", "arm"}),
        ("Number of cups used for tasting", {"number", "cup"}, {"tasting"}),
        ("In the kettle: the lid", {"kettle"}, {"lid"}),
        ("in/for/via", set(), set()),
    ],
)
def test_head_and_rest(part: str, head: set[str], rest: set[str]) -> None:
    assert head_and_rest(part) == (head, rest)


PARTS = st.lists(st.sampled_from(["pot", "lid", "cup", "spout", "tea-leaf", "sieve"]), min_size=1, max_size=3).map(
    " ".join
)
PLANS = st.lists(st.lists(st.builds(study, PARTS, PARTS), max_size=5), max_size=6)


@given(PLANS, st.randoms(use_true_random=False))
def test_groups_are_disjoint_sorted_and_take_one_study_of_a_trace(plans: list[list[Study]], random: object) -> None:
    traces = [trace(f"model-{number}", *plan) for number, plan in enumerate(plans)]
    found = groups(traces)
    members = [(one.trace.model, one.number) for group in found for one in group.proposals]
    assert len(members) == len(set(members))
    for group in found:
        assert len(group.proposals) >= 2
        assert len({one.trace.id for one in group.proposals}) == len(group.proposals)
        assert all(1 <= one.number <= len(one.trace.studies) for one in group.proposals)
    sizes = [len(group.proposals) for group in found]
    assert sizes == sorted(sizes, reverse=True)
    shuffled = list(traces)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled) == found


SEED = """# lm-planner/{model}/tea_net

<div style="border: 1px solid #9c27b0;" class="trajectory-box">
<h2>Reasoning Trace</h2>

Because.

</div>

<div style="border: 1px solid #9c27b0;" class="trajectory-box">
<h2>Ablation Plan</h2>

{studies}

</div>
"""
STUDY = """### {name}
- **Ablated Part**: {part}
- **Action**: REMOVE
- **Metrics**: taste
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for one in TEA:
        studies = "\n".join(STUDY.format(name=each.name, part=each.ablated_part) for each in one.studies)
        (tmp_path / one.seed).write_text(SEED.format(model=one.model, studies=studies), "utf-8")
    return tmp_path


BY_HAND = cases("agreement", "by_hand")


def test_evaluation_counts_pairs() -> None:
    found = scores(TEA, BY_HAND)["tea_net"]
    # By hand 2 pairs; found are 3 of the oxidation gate, one of them by hand too, and 1 of the steeping stages.
    assert found == Score(right=1, wrong=3, missed=1)
    assert (found.precision, found.recall) == (0.25, 0.5)
    assert found.f1 == pytest.approx(1 / 3)


def test_evaluation_compares_within_a_task() -> None:
    mixed = (replace(TEA[0], task=Task.REVIEWER), *TEA[1:])
    assert scores(mixed, BY_HAND)["tea_net"] == Score(right=0, wrong=1, missed=2)


def test_evaluation_names_papers_without_traces() -> None:
    with pytest.raises(LookupError, match="no traces of coffee"):
        scores(TEA, [{"paper": "coffee", "groups": []}])


def test_evaluation_from_the_command_line(seeds: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    by_hand = tmp_path / ".groups.json"
    by_hand.write_text(json.dumps(BY_HAND), "utf-8")
    main([str(seeds), str(by_hand)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "precision 0.25  recall 0.50  F1 0.33  pairs 2  tea_net"
    assert [line.split("  ")[-1] for line in lines[1:6:2]] == ["1 author papers", "0 reviewer papers", "all 1 papers"]
    curve = [float(line.split()[-1]) for line in lines[6:]]
    assert all(one < other for one, other in pairwise(curve))


def test_a_threshold_is_tried_on_papers_that_it_was_not_chosen_with() -> None:
    black, green = ([replace(one, name=f"{paper}_tea") for one in TEA] for paper in ("black", "green"))
    alike = [[{"model": one.trace.model, "study": one.number} for one in group.proposals] for group in groups(TEA, 0.3)]
    easy, hard = {"paper": "black_tea", "groups": alike}, {"paper": "green_tea", "groups": []}
    # The easy paper's lowest threshold is tried on the hard one, and the other way round.
    expected = score(green, [], 0.3) + score(black, alike, 0.74)
    assert cross_validated([*black, *green], [easy, hard]) == expected


def test_of_very_many_studies_those_of_one_part_are_still_found() -> None:
    letters = "bcdfghjklmnpqrtvwxz"
    parts = [f"{''.join(word)} gate" for word in product(letters, "aeiou", letters, "aeiou")][:600]
    plans = [trace(f"{planner}-{part}", study(part)) for planner in ("alpha", "beta") for part in parts]
    found = {tuple(sorted(one.trace.model for one in group.proposals)) for group in groups(plans)}
    assert found == {(f"alpha-{part}", f"beta-{part}") for part in parts}


def test_very_many_studies_of_one_part_are_few_groups() -> None:
    plans = [trace(f"model-{number}", study("the oxidation gate")) for number in range(1000)]
    found = groups(plans)
    assert sum(len(group.proposals) for group in found) == 1000
    assert len(found) <= 3
