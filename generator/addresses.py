"""Where pages live: the path of each under docs/, and the address a path is published at."""

from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import quote

from generator.text.slugs import fit_path, short_hash, slugify

HOME = "index.md"
PAPERS = "papers/index.md"
PLANNERS = "planners/index.md"
STUDIES = "studies/index.md"
METRICS = "metrics/index.md"
PARTS = "parts/index.md"
CHANGELOG = "changelog/index.md"
PROBLEMS = "problems.md"
TRACES = "traces/"
DATA = "data/"
DATA_PAGE = f"{DATA}index.md"
COVERAGE = "coverage/index.md"
COVERAGE_DATA = f"{DATA}coverage.csv"
TRACES_DATA = f"{DATA}traces.jsonl"
EXPLORER_DATA = f"{DATA}studies/"
FINDER_DATA = f"{DATA}papers.json"
METRICS_DATA = f"{DATA}metrics.json"
PARTS_DATA = f"{DATA}parts.json"
TEXTS_DATA = f"{DATA}texts.json"
AGREEMENT = "agreement.md"
LICENCES = "licences.md"
LLMS = "llms.txt"
# Where the world looks for papers, by a title that is percent-encoded.
SEARCHES = {
    "Semantic Scholar": "https://www.semanticscholar.org/search?q={}",
    "arXiv": "https://arxiv.org/search/?searchtype=title&query={}",
    "OpenReview": "https://openreview.net/search?term={}",
}


@cache
def paper_path(slug: str) -> str:
    """Return the path of the hub of the paper with this slug."""
    return f"papers/{slug}.md"


@cache
def trace_path(trace_id: str) -> str:
    """Return the path of the page of the trace with this id."""
    return f"{fit_path(TRACES + trace_id)}.md"


def planner_path(planner: str) -> str:
    """Return the path of the profile of a planner, by slug."""
    return f"planners/{planner}/index.md"


def model_path(planner: str, model: str) -> str:
    """Return the path of the profile of a model as one planner used it, by slugs."""
    return f"{fit_path(f'planners/{planner}/{model}')}.md"


def metric_path(name: str) -> str:
    """Return the path of the page of a metric by its canonical name, of whatever signs this consists."""
    spelled = name.casefold().replace("@", " at ").replace("+", " plus ")
    is_plain = spelled.isascii() and spelled.replace("-", " ").replace(".", " ").replace(" ", "").isalnum()
    slug = slugify(spelled) if is_plain else f"{slugify(spelled)}-{short_hash(spelled)}"
    return f"{fit_path(f'{_folder(METRICS)}/{slug}')}.md"


def letter_path(path: str, letter: str) -> str:
    """Return the path of what begins with a letter in the index at `path`."""
    return f"{_folder(path)}/letter/{letter}.md"


def version_path(version: str) -> str:
    """Return the path of the page of what a version of the corpus added."""
    return f"{_folder(CHANGELOG)}/{version.replace('.', '-')}.md"


def feed_path(path: str) -> str:
    """Return the path of the feed of the traces that the page at `path` tells of."""
    return f"{url_of(path)}feed.xml"


def part_path(path: str, number: int) -> str:
    """Return the path of part `number` (from 1) of a list too long for one page; the first part is the page itself."""
    if number == 1:
        return path
    return f"{_folder(path)}/page/{number}.md"


def url_of(path: str) -> str:
    """Return the address of a page relative to the site's root, as MkDocs' directory URLs have it."""
    return f"{_folder(path)}/" if path != HOME else ""


def doi_url(doi: str) -> str:
    """Return the address of a DOI, which may hold any character: `10.1000/a#b` is found at `…/10.1000/a%23b`."""
    return f"https://doi.org/{quote(doi, safe='/:;()')}"


# What leads to a paper, by the name of the fact, the best first.
PAPER_ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "doi": doi_url,
    "url": str,
    "arxiv": "https://arxiv.org/abs/{}".format,
    "openreview": "https://openreview.net/forum?id={}".format,
    "pdf": str,
}


def _folder(path: str) -> str:
    return path.removesuffix(".md").removesuffix("/index")


def from_page(path: str, target: str) -> str:
    """Return the relative link that leads from the page at `path` to `target`."""
    return "../" * path.count("/") + target


def data_address(root: str) -> str:
    """Return the address of the data files; empty without the site's, so that they name each other as neighbours."""
    return f"{root}{DATA}" if root else ""
