"""One page of each kind."""

from pathlib import Path

from generator.publication import read_publication

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

PAPER = "papers/kettle-nets-hearing-when-water-boils/"
TRACE = "traces/lm-planner/teapot-7b/kettle-nets-hearing-when-water-boils/"
HOSTILE_TRACE = "traces/lm-planner/gpt-brew/hostile-titles/"

KINDS = {
    "home": "",
    "papers": "papers/",
    "paper": PAPER,
    "trace": TRACE,
    "hostile trace": HOSTILE_TRACE,
    "planners": "planners/",
    "planner": "planners/lm-planner/",
    "model": "planners/lm-planner/teapot-7b/",
    "studies": "studies/",
    "metrics": "metrics/",
    "metric": "metrics/glaze-depth/",
    "metrics of a letter": "metrics/letter/g/",
    "parts": "parts/",
    "parts of a letter": "parts/letter/p/",
    "changelog": "changelog/",
    "coverage": "coverage/",
    "problems": "problems/",
    "version": "changelog/2025-02-11/",
    "data": "data/",
    "missing": "no/such/page/",
}
# The hand-written pages; home.md is part of the home page.
KINDS |= {path.stem: f"{path.stem}/" for path in sorted(DOCS.glob("*.md")) if path.stem not in {"home", "index"}}

# What this project answers, whoever's it is: nothing but mkdocs.yml names anybody.
PUBLICATION = read_publication(ROOT / "mkdocs.yml", DOCS)
NAME = PUBLICATION.name
