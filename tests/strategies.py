"""Hypothesis strategies for what planners may write."""

from hypothesis import strategies as st

from generator.model import Action, Study, Task, Trace

_ODD = [
    "<CLS> token",
    "agreement >80",
    "w_i * l_i with *w*",
    "success (%<1.0A)",
    "1{x<0}",
    "{'lambda1': 0.1, 'lambda2': None}",
    "[0.0, 0.5]",
    "None",
    "1,000",
    "Q_s \\in \\SO(d)",
    "Müller‐Østby’s “kernel”",
    "折り精度",
    "{#id} {: .class }",
    "- **Action**: SWAP",
    "### no heading",
    "</div>",
    "Metrics:",
    "gate\u2028of the\u2029oven",
]

_LINE_CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"])

# One line without blanks at its ends, never empty.
lines = st.one_of(
    st.text(_LINE_CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool),
    st.sampled_from(_ODD),
)

# Text of several lines as a seed may hold it: no control characters but TAB and line feed.
texts = st.text(st.one_of(_LINE_CHARACTERS, st.sampled_from("\t\n")), max_size=200)

_words = lines.filter(lambda line: not any(ch in ",()[]{}" for ch in line))
_bracketed = st.builds(
    lambda word, inner: f"{word} ({', '.join(inner)})", _words, st.lists(_words, min_size=1, max_size=3)
)
metrics = st.one_of(_words, _bracketed)

_replacements = {
    Action.ADD: st.lists(lines, max_size=12),
    Action.REMOVE: st.just([]),
    Action.REPLACE: st.lists(lines, min_size=1, max_size=12),
}


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """A study without anchor and line, which its seed gives it."""
    action = draw(st.sampled_from(Action))
    return Study(
        name=draw(lines),
        ablated_part=draw(lines),
        action=action,
        replacements=tuple(draw(_replacements[action])),
        metrics=tuple(draw(st.lists(metrics, min_size=1, max_size=5))),
        anchor="",
        line=0,
    )


_names = lines.filter(lambda line: any(ch.isalnum() for ch in line))
_parts = _names.filter(lambda line: "/" not in line)
_reasonings = (
    st.one_of(texts, lines)
    .map(str.strip)
    .filter(lambda text: text and "</h2>" not in text and not text.endswith("</div>"))
)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """A trace that the raw format can hold."""
    return Trace(
        seed="seed.md",
        planner=draw(_parts),
        model=draw(_parts),
        name=draw(_names),
        task=draw(st.sampled_from(Task)),
        reasoning=draw(_reasonings),
        studies=tuple(draw(st.lists(studies(), min_size=1, max_size=4))),
    )
