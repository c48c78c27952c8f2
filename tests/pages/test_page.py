"""Long lists in parts, each of which leads to all others."""

from generator.messages import ENGLISH
from generator.pages.page import FrontMatter, said_front_matter, split


def test_long_lists_are_split_and_every_part_leads_to_all() -> None:
    parts = split("papers/index.md", range(450), 200)
    assert [len(part.items) for part in parts] == [200, 200, 50]
    assert [part.path for part in parts] == ["papers/index.md", "papers/page/2.md", "papers/page/3.md"]
    assert all([link.path for link in part.parts] == [other.path for other in parts] for part in parts)


def test_a_list_without_entries_is_one_page_without_parts() -> None:
    nothing: list[str] = []
    (only,) = split("papers/index.md", nothing)
    assert (list(only.items), list(only.parts)) == ([], [])
    assert only.front_matter(FrontMatter(title="Papers")) == {"title": "Papers"}


def test_a_part_says_which_it_is_and_leads_to_those_beside_and_above_it() -> None:
    whole = FrontMatter(title="Papers", above=["Home", "index.md"], kind="index")
    first, second, third = (
        said_front_matter(part.front_matter(whole), ENGLISH) for part in split("papers/index.md", range(450), 200)
    )
    assert first == {**whole, "next": ["Papers, part 2", "papers/page/2.md"]}
    assert second == {
        "title": "Papers, part 2",
        "kind": "index",
        "above": ["Papers", "papers/index.md"],
        "previous": ["Papers, part 1", "papers/index.md"],
        "next": ["Papers, part 3", "papers/page/3.md"],
    }
    assert (third["previous"], third.get("next")) == (["Papers, part 2", "papers/page/2.md"], None)
