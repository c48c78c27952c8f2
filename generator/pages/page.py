"""A page before it is text, and the parts of a long list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypedDict, TypeVar

from generator.addresses import part_path
from generator.messages import Language, Message, Text, _
from generator.pages.page_links import Link
from generator.text.wording import meta_description

# The values that a template reads by their names.
View = Mapping[str, object]
Item = TypeVar("Item")


class FrontMatter(TypedDict, total=False):
    """All keys that front matter may have; themes react to others as well, so no seed may set one of its own.

    `template` is a constant of the generator's, never a seed's word. `actions` and `metrics` (by family) are those of a
    trace's studies; the search narrows by them, and finds the trace by its `synonyms`, words that it does not hold.
    `paper` is a paper's slug, `name` the paper as the seed's heading spells it. `feed` is where the page's feed is,
    relative to the site's root. `added` is the version of the corpus that a trace came with. From `given_title` to
    `cost` stands what a trace's run knows of itself. `above`, `previous` and `next` are the title and the path of a
    page each. `tables` are the names of the dataset's. `hide` is Material's: the parts of a page that it does without.
    """

    title: Text
    description: Text
    template: str
    kind: str
    hide: list[str]
    planner: str
    model: str
    task: str
    paper: str
    paper_title: str
    name: str
    given_title: str
    run: int
    run_id: str
    model_version: str
    date: str
    input_tokens: int
    output_tokens: int
    cost: float
    title_source: str
    authors: Sequence[str]
    year: str
    venue: str
    arxiv: str
    doi: str
    openreview: str
    url: str
    pdf: str
    actions: list[str]
    metrics: list[str]
    synonyms: list[str]
    seed: str
    feed: str
    added: str
    version: str
    published: str
    modified: str
    traces: int
    studies: int
    tables: Sequence[str]
    above: Sequence[Text]
    previous: Sequence[Text]
    next: Sequence[Text]


def said_front_matter(planned: FrontMatter, language: Language) -> dict[str, object]:
    """Return front matter in a language; descriptions are cut to what search engines show."""
    said: dict[str, object] = {}
    for key, value in planned.items():
        if isinstance(value, list | tuple):
            said[key] = [language.say(one) for one in value]
        else:
            said[key] = language.say(value) if isinstance(value, Message) else value
    return said | {key: meta_description(str(text)) for key, text in said.items() if key == "description"}


@dataclass(frozen=True, slots=True)
class Page:
    """A planned page: `path` is relative to docs/, `template` is a file of `templates/` that reads `view`.

    Of papers and traces, front matter and view are planned as functions, which are called when the page is rendered:
    so those of thousands are not in memory together, and all cores make them.
    """

    path: str
    template: str
    planned_front_matter: FrontMatter | Callable[[], FrontMatter]
    planned_view: View | Callable[[], View]

    @property
    def front_matter(self) -> FrontMatter:
        """The page's front matter."""
        return self.planned_front_matter() if callable(self.planned_front_matter) else self.planned_front_matter

    @property
    def view(self) -> View:
        """The values that the template reads."""
        return self.planned_view() if callable(self.planned_view) else self.planned_view


def index_page(title: Text, description: Text) -> FrontMatter:
    """Return the front matter of an index."""
    return FrontMatter(title=title, description=description, kind="index")


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One page's share of a long list."""

    number: int
    path: str
    items: Sequence[Item]
    parts: Sequence[Link]

    def front_matter(self, whole: FrontMatter) -> FrontMatter:
        """Return the front matter of this part of a list: its title tells which, and it leads to those beside it."""
        title = whole["title"]
        steps = [(_("%(title)s, part %(number)s", title=title, number=one.text), one.path) for one in self.parts]
        found = whole.copy()
        if self.number > 1:
            found["previous"] = steps[self.number - 2]
        if self.number < len(steps):
            found["next"] = steps[self.number]
        if self.number > 1:
            found |= FrontMatter(title=steps[self.number - 1][0], above=(title, self.parts[0].path))
        return found


def split(path: str, items: Sequence[Item], size: int = 200) -> list[Part[Item]]:
    """Split a list into parts of `size`, so that no page grows with the corpus; the first stands at `path`."""
    total = max(1, -(-len(items) // size))
    links = tuple(Link(str(number), part_path(path, number)) for number in range(1, total + 1))
    return [
        Part(number, part_path(path, number), items[(number - 1) * size : number * size], links if total > 1 else ())
        for number in range(1, total + 1)
    ]


def part_pages(
    parts: Sequence[Part[Item]], template: str, whole: FrontMatter, view: Callable[[Part[Item]], View]
) -> Iterator[Page]:
    """Yield a page for each part of a list; the template reads the `part` beside what `view` makes of it."""
    for part in parts:
        yield Page(part.path, template, part.front_matter(whole), {"part": part, **view(part)})
