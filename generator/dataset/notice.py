"""What whoever uses the dataset is told: whose texts these are, and what not to do with them."""

from __future__ import annotations

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
