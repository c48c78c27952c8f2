"""The dataset card: what the Hugging Face Hub shows of the dataset, and which files it loads.

Header: https://huggingface.co/docs/hub/datasets-cards
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from generator.addresses import data_address
from generator.citing import ATLAS, Publication, cite_corpus
from generator.dataset.records import CANARY, TABLES
from generator.files import front_matter

if TYPE_CHECKING:
    from generator.model import Corpus, Site

CARD = "README.md"
ABOUT = (
    "What language-model planners would ablate: the reasoning and the plan of each run of a planner on a research "
    "paper, study by study, with facts about the papers and AI-written summaries."
)
LICENCE = (
    "Traces come from the project page of AblationBench, summaries from arXivLens. These texts belong to their "
    "publishers: no licence over them is given here. Names and facts about papers may be used freely. The code that "
    "makes these files is free under the MIT licence."
)
USE = (
    "These are benchmark data, there to evaluate and to study planners. The README of AblationBench (arXiv 2507.08038) "
    "asks nothing in particular of those who use its data, as far as we found. What is customary for benchmarks is "
    "asked here: do not train models on these data, keep the canary with every copy, and say so where a model has seen "
    "them."
)


def dataset_card(corpus: Corpus, site: Site) -> bytes:
    """The card of the dataset as it is published on the site."""
    home = data_address(site.url)
    citation = cite_corpus(Publication(site.url, corpus.version)).bibtex
    tables = "\n".join(f"- `{table.name}`: {table.holds}" for table in TABLES)
    text = f"""
# {ATLAS}

{ABOUT}

{tables}

Each table is a configuration of its own, in Parquet and in JSON Lines; `studies.csv` is for spreadsheets.
[The data page]({home}) says what each field means, and so do the JSON Schemas in `schemas/`. What is made from a raw
file names it as `seed`, with its SHA-256.

## Use and leakage

{USE}

    {CANARY}

## Licence

{LICENCE}

## Citation

{textwrap.indent(citation, "    ")}
"""
    return (front_matter(_header(home)) + text).encode()


def _header(home: str) -> dict[str, object]:
    return {
        "pretty_name": ATLAS,
        "language": ["en"],
        "license": "other",
        "license_name": "texts-of-their-publishers",
        "license_link": f"{home}#licence",
        "tags": ["ablation-studies", "benchmark"],
        # The split is called test, for this is nothing to train on.
        "configs": [
            {"config_name": table.name, "data_files": [{"split": "test", "path": f"{table.name}.parquet"}]}
            for table in TABLES
        ],
    }
