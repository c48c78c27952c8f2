"""Hypothesis strategies for folders of seeds: valid files, valid ones that something happened to, and noise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import yaml
from examples import a_trace, as_line, raw_trace
from hypothesis import strategies as st
from strategies import lines, traces

from generator.corpus.linking import link
from generator.dataset import rows
from generator.loading.summary import parse_summary
from generator.loading.trace_document import serialize_trace
from generator.model import Summary, Trace

_SUMMARY = (Path(__file__).parent / "fixtures" / "summaries" / "full.txt").read_text("utf-8")
_SUMMARY_TITLE = "LARCH: Learning Lattice Regularisers for Counting Moss in Drone Imagery"

# What no text should hold, or what only looks like nothing.
_CHARACTERS = [
    *"\x00\x02\x1b\t\x0c\r\x7f\x80\x85\xa0\xad\u200b\u200d\u2028\u2029\u202e\u2066\ufdd0\ufeff\ufffd\ufffe\uffff",
    *("\U000e0001", "\U0010ffff", "e\u0301", "\u0301" * 50, "ﷺ", "İ", "ß", "𝕏", "日本", "Ã¼", "€"),
]
_HTML = """
    <script>alert(1)</script> <img/src=x/onerror=alert(1)> </div> </section> </article> <div> <!-- --> <![CDATA[ ]]>
    <?php <svg/onload=alert(1)> &#106; &lt; & " ' "onclick="alert(1) markdown="1" <sub> </sub> <CLS> <x y </script
    </style <p/>
""".split()  # noqa: SIM905 -- reads best as words
_MARKDOWN = """
    [a](javascript:alert(1)) ![a](http://e.example/b.png) <https://e.example> {:onclick=x} {#__config} {: .note} [a]:x
    *[A]:b ` ``` ~~~ ** __ *** > # ### 1. - + | |---| === $ $$ \\( \\) \\[ \\] \\frac{ $\\href{javascript:x}{y}$
    $\\begin{x}$ $a_1$ wzxhzdk:0 klzzwxh:0000 {{view}} {%raw%} {# \\
""".split()  # noqa: SIM905 -- reads best as words
_DATA = """
    --- ... &a *a <<: !!python/object:os.system %YAML ? : # | > ' [ ] { } , ~ null 1e999 NaN 0x1F 2025-02-30 \\ud800
    \\u0000 \\u0002wzxhzdk:0\\u0003 \\u2028 \\UFFFFFFFF \\x85 {"planner":{}} @ ` index 2024-01-01 true
""".split()  # noqa: SIM905 -- reads best as words
_OF_SEEDS = (  # noqa: SIM905 -- reads best as words
    "<h2>Reasoning Trace</h2>|Ablation Plan</h2>|# a/b/c|### |### x|planner: x|title: y|Abstract|- **Action**: SWAP"
    "|- **Action**: ADD|- **Metrics**: |  - x|Metrics:|AI Key Findings|added: 2024-01-01|Quick Answers|Similar Papers"
    "|Limitations — |@article{|studies:\n- name: x|aliases: [x]|slug: x"
).split("|")
_REPEATED = {"9": 5000, "[": 300, "{": 300, "- ": 300, "> ": 300, "x": 3000, "/": 50, "\n": 50, "<sub>": 100, "$a$": 50}
_LONG = [piece * times for piece, times in _REPEATED.items()]
# Each of these is short; repeated, it may be what takes long.
PIECES = [*_CHARACTERS, *_HTML, *_MARKDOWN, *_DATA, *_OF_SEEDS, "x ", "a\n"]
nasty = st.one_of(*map(st.sampled_from, (_CHARACTERS, _HTML, _HTML, _MARKDOWN, _MARKDOWN, _DATA, _OF_SEEDS, _LONG)))

# Few names, so that seeds of several kinds meet at one paper and one planner.
_papers = st.sampled_from(["Knitting_with_Robots", _SUMMARY_TITLE, "$x_1$ <b> & *Moss*"])
_planners = st.sampled_from(["lm-planner", "<b>*planner* {#x}"])


@st.composite
def _traces(draw: st.DrawFn) -> Trace:
    trace = draw(traces())
    return replace(trace, name=draw(_papers | st.just(trace.name)), planner=draw(_planners | st.just(trace.planner)))


def _yaml(values: Mapping[str, object]) -> str:
    return yaml.dump(dict(values), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def tables(records: Sequence[Trace] | Sequence[Summary]) -> str:
    """The lines of the data files that hold these."""
    found = [one for one in records if isinstance(one, Trace)], [one for one in records if isinstance(one, Summary)]
    corpus, _ = link(*found, [])
    corpus = replace(corpus, digests=MappingProxyType({one.seed: "0" * 64 for one in records}))
    made = {"traces": rows.traces(corpus), "summaries": rows.summaries(corpus)}
    return b"".join(as_line(table, row) for table, found in made.items() for row in found).decode()


def _summary(title: str) -> Summary:
    summary, _ = parse_summary("summary.txt", _SUMMARY)
    assert summary
    return replace(summary, title=title)


_metadata = st.fixed_dictionaries(
    {"title": _papers | lines},
    optional={
        "authors": st.lists(lines, min_size=1, max_size=3),
        "year": st.integers(1900, 2100),
        "venue": lines,
        "arxiv": st.sampled_from(["2405.01234", "cs/0112017"]),
        "doi": st.sampled_from(["10.1234/a_b", "10.1234/(a)<b>"]),
        "url": st.sampled_from(["https://e.example/a_b?c=1&d=(2)", "http://e.example"]),
        "aliases": st.lists(lines, min_size=1, max_size=2),
        "slug": st.sampled_from(["moss", "index-2"]),
    },
).map(_yaml)
_additions = st.builds(
    lambda day, note, name: _yaml({"added": day, "note": note, "traces": [f"lm-planner/gpt-4o/{name}"]}),
    st.dates().map(str),
    lines,
    st.just("knitting-with-robots") | lines,
)
_summaries = (_papers | lines).map(lambda title: _SUMMARY.replace(_SUMMARY_TITLE, title))
_raw_traces = _traces().map(raw_trace)
# What each kind of seed may hold; most of it is valid.
texts_of_seeds = st.one_of(
    _raw_traces,
    _traces().map(serialize_trace),
    st.lists(_traces(), min_size=1, max_size=2, unique_by=lambda trace: trace.id).map(tables),
    _summaries,
    (_papers | lines).map(lambda title: tables([_summary(title)])),
    _metadata,
    _additions,
)


@st.composite
def _altered(draw: st.DrawFn, text: str) -> str:
    """The text with a few lines dropped, doubled or indented, and things put into it or in the place of others."""
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["lines", "insert", "insert", "replace"]))
        if kind == "lines":
            rows = text.split("\n")
            at, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
            row = rows[at]
            rows[at : at + 1] = draw(st.sampled_from([[], [row, row], [rows[other]], [f" {row}"], [row, ""]]))
            text = "\n".join(rows)
        else:
            at = draw(st.integers(0, len(text)))
            end = at + (draw(st.integers(1, 30)) if kind == "replace" else 0)
            text = text[:at] + draw(nasty) + text[end:]
    return text


damaged_raw_traces = _raw_traces.flatmap(_altered)


def mistaken(text: str) -> str:
    """UTF-8 read as Windows-1252 by a reader that lets undefined bytes through."""
    return "".join(_MISREAD[byte] for byte in text.encode())


_MISREAD = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]


_encodings: st.SearchStrategy[Callable[[str], bytes]] = st.sampled_from(
    [
        *[str.encode] * 12,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: mistaken(text).encode(),
        lambda text: mistaken(mistaken(text)).encode(),
        lambda text: text.encode("latin-1", "replace"),
        lambda text: text.encode("utf-16"),
    ]
)


def _encoded(text: str, encode: Callable[[str], bytes]) -> bytes:
    return encode(text)


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """The bytes of a seed cut off, or with some of them overwritten."""
    data = draw(near_valid)
    at = draw(st.integers(0, len(data)))
    noise = draw(st.binary(max_size=3))
    return data[:at] + (noise + data[at + len(noise) :] if noise else b"")


valid = texts_of_seeds.map(str.encode)
near_valid = st.builds(_encoded, texts_of_seeds.flatmap(_altered), _encodings)
arbitrary = st.binary(max_size=300) | st.lists(nasty | st.text(max_size=20), max_size=12).map(
    lambda pieces: "\n".join(pieces).encode()
)
_names = st.sampled_from(
    ["a.md", "b.txt", "c.yml", "d.jsonl", "e", '"><b>{{x}}.md', "f/ü & g.md", "h\n- i.yaml", "[j](k) `l`.md"]
)
# Path of each seed -> its bytes. The first is good, so that what tells of its paper or its trace has one to tell of.
folders = st.dictionaries(
    _names, st.one_of(valid, near_valid, near_valid, _damaged(), arbitrary), min_size=1, max_size=3
).map(lambda seeds: {"knitting.md": raw_trace(a_trace()).encode()} | seeds)
