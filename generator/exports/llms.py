"""llms.txt: where programs that read text find theirs (https://llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import AGREEMENT, CHANGELOG, DATA, DATA_PAGE, LLMS, METRICS, PAPERS, PARTS, PLANNERS
from generator.dataset.records import CANARY, TABLES
from generator.files import RenderedFile
from generator.text.wording import pluralize

if TYPE_CHECKING:
    from generator.model import Corpus, Site

_PAGES = (
    (PAPERS, "Papers", "every paper, with links to all plans for it"),
    (PLANNERS, "Planners", "every planner and its language models, with figures"),
    (METRICS, "Metrics", "what the studies measure"),
    (PARTS, "Parts", "what they ablate"),
    (DATA_PAGE, "Data", "what each field of the files below means, and how to load them"),
    (CHANGELOG, "Changelog", "which traces came when"),
    (AGREEMENT, "Similar proposals", "how studies that ablate the same part are found"),
)


def llms_file(corpus: Corpus, site: Site) -> RenderedFile:
    """List what the site holds, and what of it is plain text; links are absolute where the site's address is known."""
    traces, papers = pluralize(len(corpus.traces), "trace"), pluralize(len(corpus.papers), "paper")
    lines = [
        "# Ablation Atlas",
        "",
        f"> Ablation studies that language-model planners proposed for research papers: {traces} of {papers}.",
        "",
        "A trace is one planner's reasoning and plan for one paper. A page at `…/name/` is Markdown at `…/name.md`, a",
        "folder's page at `…/index.md`; papers, planners and traces are JSON at `…/name/index.json`. Proposals and",
        f"summaries are written by models and unchecked. Evaluation data, not for training: {CANARY}.",
        "",
        "## Pages",
        "",
        *(f"- [{name}]({site.url}{path}): {holds}" for path, name, holds in _PAGES),
        "",
        "## Data",
        "",
        *(f"- [{table.name}.jsonl]({site.url}{DATA}{table.name}.jsonl): {table.holds}" for table in TABLES),
    ]
    return RenderedFile.from_text(LLMS, "\n".join([*lines, ""]))
