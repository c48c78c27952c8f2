"""A trace as the document that this project stores: what identifies it and its plan as YAML, then the reasoning.

    ---
    planner: lm-planner
    model: gpt-4o
    paper: Title_of_the_Paper
    task: reviewer
    studies:
    - name: Memory gate
      ablated_part: the gate of the memory module
      action: REPLACE
      replacements:
      - a fixed average
      metrics:
      - top-1 accuracy
    ---

    The reasoning, in Markdown, as it was written.

`loading.trace_document` reads it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Study, Trace

_NEVER_FOLDED = 2**31 - 1


def trace_document(trace: Trace, remarks: Iterable[str] = ()) -> str:
    """The trace's document; `remarks`, a line each, are for people and are not read back."""
    fields = {
        "planner": trace.planner,
        "model": trace.model,
        "paper": trace.name,
        "task": trace.task.value,
        "studies": [_study(study) for study in trace.studies],
    }
    head = yaml.dump(fields, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=_NEVER_FOLDED)
    comments = "".join(f"# {' '.join(remark.split())}\n" for remark in remarks)
    return f"---\n{comments}{head}---\n\n{trace.reasoning}\n"


def _study(study: Study) -> dict[str, object]:
    replacements = {"replacements": list(study.replacements)} if study.replacements else {}
    return {
        "name": study.name,
        "ablated_part": study.ablated_part,
        "action": study.action.value,
        **replacements,
        "metrics": list(study.metrics),
    }


def document_path(trace_id: str) -> str:
    """Where a trace's document belongs below the seeds' folder; no seed is called README."""
    return f"traces/{trace_id}-.md" if trace_id.endswith("/readme") else f"traces/{trace_id}.md"
