"""One page of each kind, and all those written by hand."""

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
    "written by hand": "publish-your-own/",
}
# home.md is part of the home page.
_WRITTEN = {path.stem: f"{path.stem}/" for path in sorted(DOCS.glob("*.md")) if path.stem not in {"home", "index"}}
# Those of which each must be looked at.
PAGES = {kind: address for kind, address in KINDS.items() if kind != "written by hand"} | _WRITTEN

# What this project answers, whoever's it is: nothing but mkdocs.yml names anybody.
PUBLICATION = read_publication(ROOT / "mkdocs.yml", DOCS)
NAME = PUBLICATION.name
