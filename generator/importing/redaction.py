"""What is private in a trace that comes from elsewhere: reported, or replaced before anything is stored."""

from collections.abc import Iterator
from dataclasses import replace

from generator.diagnostics import Code, Diagnostic
from generator.importing.comparison import origin
from generator.loading.validation import assign_anchors
from generator.model import Study, Trace
from generator.text.private import find_private, redact


def private_texts(trace: Trace) -> Iterator[Diagnostic]:
    """Report what seems private, and in which part of the trace it stands."""
    parts = {"the reasoning": trace.reasoning}
    parts |= {f"study {number}": "\n".join(_texts(study)) for number, study in enumerate(trace.studies, 1)}
    for part, text in parts.items():
        for _, told in find_private(text):
            yield Diagnostic(Code.PRIVATE_TEXT, origin(trace), f"{told} in {part}")


def redacted(trace: Trace) -> Trace:
    """Return the trace with the kind of whatever seems private in its place."""
    studies = assign_anchors(
        replace(
            study,
            name=redact(study.name),
            ablated_part=redact(study.ablated_part),
            replacements=tuple(map(redact, study.replacements)),
            metrics=tuple(map(redact, study.metrics)),
        )
        for study in trace.studies
    )
    return replace(trace, reasoning=redact(trace.reasoning), studies=studies)


def _texts(study: Study) -> tuple[str, ...]:
    return study.name, study.ablated_part, *study.replacements, *study.metrics
