"""A trace's page is a seed again: what is read of it gives the same page."""

import re
from dataclasses import replace

import pytest
import strategies
from examples import a_study, a_trace, cases, told
from hypothesis import example, given

from generator.diagnostics import Code
from generator.files import front_matter
from generator.loading.seed_files import Kind, Seed
from generator.loading.seeds import parse_seed
from generator.loading.trace_page import is_page, parse_page
from generator.model import Action, Study, Task, Trace
from generator.prose import normalize_markdown, render_plain


def page(trace: Trace) -> str:
    """The trace's page, as short as it may be."""
    keys: dict[str, object] = {"title": f"{trace.name} · {trace.model}", "kind": "trace", "planner": trace.planner}
    keys |= {
        "model": trace.model,
        "task": trace.task.value,
        "name": trace.name,
        "studies": len(trace.studies),
        "actions": ["ADD"],
    }
    return "\n".join(
        [
            front_matter(keys),
            f"# {render_plain(trace.name)} {{ #title }}\n",
            "Ablation plan by [gpt-4o](../index.md).\n",
            f"## Reasoning {{ #reasoning }}\n\n{normalize_markdown(trace.reasoning)}\n",
            "## Plan { #plan }\n",
            *map(_study, trace.studies),
            "## The paper { #context }\n\n### Abstract { #context-abstract }\n\nIt knits.\n",
            "## Further traces { #further }\n\n- Next paper by gpt-4o: [Moss](moss.md)\n",
        ]
    )


def _study(study: Study) -> str:
    is_telling = not study.name.startswith("Ablation Study")
    heading = study.name if is_telling else study.ablated_part
    lines = [f"### {render_plain(heading)} {{ #{study.anchor or 'study-x'} }}\n"]
    lines += [] if is_telling else [f"- **Name**: {render_plain(study.name)}"]
    lines += [f"- **Ablated Part**: {render_plain(study.ablated_part)}", f"- **Action**: {study.action}"]
    for label, values in (("Replacement", study.replacements), ("Metrics", study.metrics)):
        lines += [f"- **{label}**:", *(f"    - {render_plain(value)}" for value in values)] if values else []
    return "\n".join([*lines, "- **Similar**: [o3-mini](a.md#study-b), [gpt-4o](c.md)\n"])


def bare(trace: Trace) -> Trace:
    """A trace without what its seed gives it."""
    return replace(trace, seed="", studies=tuple(replace(one, anchor="", line=0) for one in trace.studies))


def read(text: str) -> Trace:
    trace, diagnostics = parse_page("seed.md", text)
    assert trace is not None, diagnostics
    return trace


def _has_formula(study: Study) -> bool:
    texts = (study.name, study.ablated_part, *study.replacements, *study.metrics)
    return any(re.search(r"\$|\\[(\[]|<su[bp]>|\t", text) for text in texts)


@given(strategies.traces())
@example(a_trace(reasoning="# Plan\n\n```\n## Plan { #plan }\n```\n\n> ## Reasoning { #reasoning }\n\nH<sub>2</sub>O"))
@example(a_trace(studies=(a_study(name="Ablation Study 1", ablated_part=r"a | b, \(c\), $5, <CLS>, *d*"),)))
def test_a_page_gives_a_trace_that_gives_the_page(trace: Trace) -> None:
    trace = replace(trace, studies=tuple(one for one in trace.studies if not one.name.startswith("\ufffd")))
    if not trace.studies:
        return
    written = page(trace)
    assert is_page(written)
    found = read(written)
    assert page(bare(found)) == page(bare(trace))
    assert read(page(found)) == found
    for one, other in zip(bare(found).studies, bare(trace).studies, strict=True):
        assert one == other or _has_formula(other)


def test_what_a_page_says_is_read() -> None:
    study = a_study(
        name="Ablation Study 2",
        ablated_part="the gate | the 2* of [0, 1)",
        action=Action.REPLACE,
        replacements=("{'rate': 0.1}", "1. none", "<CLS>\nof two lines"),
    )
    trace = a_trace(task=Task.AUTHOR, reasoning="### Why\n\n1. **It**\n\n    - $w_s$", studies=(study,))
    found = read(page(trace))
    assert bare(found) == bare(trace)
    # Links lead to where the page says that the study is.
    assert found.studies[0].anchor == study.anchor
    lines = page(trace).split("\n")
    assert lines[found.studies[0].line - 1].startswith("### the gate")


def test_metrics_may_stand_on_one_line_as_in_a_raw_trace() -> None:
    text = page(a_trace()).replace(":\n    - Dropped stitches\n    - Evenness (mean, variance)", ": Speed, A (b, c)")
    assert read(text).studies[0].metrics == ("Speed", "A (b, c)")


def test_a_page_is_a_kind_of_seed() -> None:
    text = page(a_trace())
    records, diagnostics = parse_seed(Seed("a.md", Kind.PAGE, text, ""))
    assert diagnostics == []
    assert [record.id for record in records if isinstance(record, Trace)] == [a_trace().id]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    cases("trace_page", "what_is_wrong_is_told_with_its_line"),
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, expected: str) -> None:
    text = page(a_trace())
    assert old in text
    _, diagnostics = parse_page("seed.md", text.replace(old, new))
    assert told(diagnostics[0]).startswith(expected)


def test_a_plan_without_studies_is_told() -> None:
    text = re.sub(r"(?s)(## Plan \{ #plan \}\n).*?\n## ", r"\1\n## ", page(a_trace()))
    trace, diagnostics = parse_page("seed.md", text)
    assert trace is None
    assert [diagnostic.code for diagnostic in diagnostics] == [Code.EMPTY_PLAN]


def test_front_matter_without_an_end_is_told() -> None:
    _, diagnostics = parse_page("seed.md", '---\nkind: "trace"\nplanner: a\n')
    assert [diagnostic.code for diagnostic in diagnostics] == [Code.BROKEN_YAML]
