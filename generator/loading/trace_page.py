"""Read a trace's page as it is published: front matter, the reasoning, and the plan, in clean Markdown.

    ---
    kind: trace
    planner: "lm-planner"
    …
    ---
    ## Reasoning { #reasoning }
    ## Plan { #plan }
    ### Memory gate { #study-the-gate-of-the-memory-module-1a2b3c }

Fields of studies are written as in `raw_plan`, metrics item by item as replacements.
All else that a page holds is made from other seeds, and is not read back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.fields import keys
from generator.loading.located_yaml import LocatedMapping, Path, read_mapping
from generator.loading.raw_plan import (
    FIELD,
    LabelledField,
    StudyDraft,
    doubled_field,
    missing_field,
    no_studies,
    split_metrics,
    unknown_label,
)
from generator.loading.trace_document import front_matter, trace_of
from generator.model import Trace
from generator.prose import section_lines, unescape_plain, without_heading_ids

# Keys of the front matter, and of a trace's document.
_FRONT_MATTER = {field.name: key for key, field in keys(Trace).items() if key != "studies"}
_KIND = re.compile(r'^kind[ \t]*:[ \t]*(["\']?)trace\1[ \t]*$', re.MULTILINE)
_SECTION = re.compile(r"## .*\{ #(reasoning|plan) \}[ \t]*$")
_STUDY = re.compile(r"### (.*?)(?:[ \t]*\{ #([^{}]*) \})?[ \t]*$")
_ANCHOR = re.compile("study-[a-z0-9-]+")
_ITEM = re.compile(r"[ \t]+[-*+][ \t]+(.*)$")
# A field's label, and the key that its value has in other seeds.
_LABELS = {
    "Name": "name",
    "Ablated Part": "ablated_part",
    "Action": "action",
    "Replacement": "replacements",
    "Metrics": "metrics",
    "Similar": "",
    "Verdict": "",
}
_LISTS = ("replacements", "metrics")
_NEEDED = ("Ablated Part", "Action", "Metrics")


def is_page(text: str) -> bool:
    """Tell whether a text means to be a trace's page, well formed or not."""
    return text.startswith("---") and bool(_KIND.search(front_matter(text)[0]))


def parse_page(seed: str, text: str) -> tuple[Trace | None, list[Diagnostic]]:
    """Return the trace on a page, decoded and with LF line ends; None when an error stands in the way."""
    head, body = front_matter(text)
    if body is None:
        found, hint = "front matter without an end", "write a line `---` between the front matter and the page"
        return None, [Diagnostic(Code.BROKEN_YAML, Location(seed, 1, 1), found, hint)]
    mapping, diagnostics = read_mapping(seed, head)
    sections = _sections(body, text.count("\n") - body.count("\n") + 1)
    diagnostics += [_missing(seed, name) for name in ("reasoning", "plan") if name not in sections]
    if mapping is None or len(sections) < 2:
        return None, diagnostics
    reasoning = without_heading_ids("\n".join(sections["reasoning"][1]).strip("\n"))
    if not reasoning.strip():
        where = Location(seed, sections["reasoning"][0] - 1)
        diagnostics.append(Diagnostic(Code.EMPTY_REASONING, where, "the reasoning is empty"))
    drafts, found_too = _drafts(seed, *sections["plan"])
    trace, found_last = _trace(seed, mapping, reasoning, drafts)
    diagnostics += [*found_too, *found_last]
    if trace is None or errors(diagnostics):
        return None, diagnostics
    return _with_anchors(trace, sections["plan"][1]), diagnostics


def _with_anchors(trace: Trace, plan: Iterable[str]) -> Trace:
    """Return the trace with the anchors that the page gives its studies: links lead there."""
    anchors = [match[2] or "" for match in map(_STUDY.match, plan) if match]
    if len(set(anchors)) < len(trace.studies) or not all(map(_ANCHOR.fullmatch, anchors)):
        return trace
    pairs = zip(trace.studies, anchors, strict=True)
    return replace(trace, studies=tuple(replace(study, anchor=anchor) for study, anchor in pairs))


def _sections(body: str, number: int) -> dict[str, tuple[int, list[str]]]:
    """Return first line number and lines of reasoning and plan; `number` is that of the body's first line."""
    lines = body.split("\n")
    starts = [*section_lines(body), len(lines)]
    found: dict[str, tuple[int, list[str]]] = {}
    for start, end in pairwise(starts):
        if match := _SECTION.match(lines[start]):
            found.setdefault(match[1], (number + start + 1, lines[start + 1 : end]))
    return found


def _missing(seed: str, name: str) -> Diagnostic:
    heading = f"## {name.capitalize()} {{ #{name} }}"
    found, hint = f"no heading '{heading}' found", f"write it on a line of its own, above the {name}"
    return Diagnostic(Code.MISSING_BOX, Location(seed, 1), found, hint)


def _drafts(seed: str, first: int, lines: list[str]) -> tuple[list[StudyDraft], list[Diagnostic]]:
    drafts, diagnostics = list[StudyDraft](), list[Diagnostic]()
    key: str | None = None
    for number, line in enumerate(lines, first):
        where = Location(seed, number, len(line) - len(line.lstrip()) + 1)
        if not line.strip():
            continue
        if study := _STUDY.match(line):
            drafts.append(StudyDraft(unescape_plain(study[1].strip()), where))
            key = None
        elif drafts and (match := FIELD.match(line)):
            key, found = _open_field(drafts[-1], match, where)
            diagnostics += found
        elif drafts and (item := _ITEM.match(line)) and key in _LISTS:
            _add(drafts[-1], key, item[1], where)
        elif key != "":
            hint = f"move it under one of {', '.join(_NEEDED)} or Replacement, or into the reasoning"
            diagnostics.append(
                Diagnostic(Code.STRAY_TEXT, where, f"text outside the fields: {truncated(line.strip())}", hint)
            )
    return drafts, diagnostics


def _open_field(draft: StudyDraft, match: re.Match[str], where: Location) -> tuple[str | None, list[Diagnostic]]:
    """Return the key that the next lines belong to, empty where they are not read."""
    label, text = match[1].strip(), match[2].strip()
    if label not in _LABELS:
        return None, [unknown_label(label, _LABELS, where)[1]]
    key = _LABELS[label]
    if key in draft.fields:
        return key, [doubled_field(label, draft, where, draft.fields[key])]
    for value in split_metrics(text) if key == "metrics" else filter(None, [text]):
        _add(draft, key, value, where)
    return key, []


def _add(draft: StudyDraft, key: str, text: str, place: Location) -> None:
    draft.fields.setdefault(key, LabelledField(place, place)).add(unescape_plain(text.strip()), place)


def _trace(
    seed: str, mapping: LocatedMapping, reasoning: str, drafts: list[StudyDraft]
) -> tuple[Trace | None, list[Diagnostic]]:
    diagnostics = [] if drafts else [no_studies(Location(seed, 1))]
    for draft in drafts:
        diagnostics += [missing_field(label, draft) for label in _NEEDED if _LABELS[label] not in draft.fields]
    if "name" not in mapping.values:
        found, hint = "no key 'name', expected the paper's name or title on one line", "add a line `name: …`"
        diagnostics.append(Diagnostic(Code.MISSING_KEY, mapping.place(()), found, hint))
    if diagnostics:
        return None, diagnostics
    values: dict[str, object] = {"studies": [*map(_study, drafts)]}
    places: dict[Path, Location] = {(): mapping.place(())}
    keys: dict[Path, Location] = {}
    for key, name in _FRONT_MATTER.items():
        if key in mapping.values:
            values[name] = mapping.values[key]
            places[name,], keys[name,] = mapping.place((key,)), mapping.key_place((key,))
    for index, draft in enumerate(drafts):
        places |= _places(index, draft)
    located = LocatedMapping(values, places, keys)
    trace, problems = trace_of(seed, located, reasoning, "indented `- …` lines under `- **Replacement**:`")
    # Samples are those of a trace's document, which has other keys.
    return trace, [replace(problem, sample="") for problem in problems]


def _study(draft: StudyDraft) -> Mapping[str, object]:
    """Return the values of a study by their keys: lists, and the first text of any other field."""
    found = {key: one.texts if key in _LISTS else one.texts[0] for key, one in draft.fields.items() if key}
    return {"name": draft.name, **found}


def _places(index: int, draft: StudyDraft) -> Iterator[tuple[Path, Location]]:
    own: Path = ("studies", index)
    yield own, draft.place
    for key, found in draft.fields.items():
        yield (*own, key), found.label
        yield from (((*own, key, number), place) for number, place in enumerate(found.places))
