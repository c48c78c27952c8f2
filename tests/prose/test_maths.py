r"""Formulas: typeset as LaTeX would, or shown as their LaTeX, never in between, and at a bounded cost."""

from __future__ import annotations

import pytest
from formulas import FORMULAS, delimited, shown
from hypothesis import given
from hypothesis import strategies as st

from generator.prose import normalize_markdown
from generator.prose.typesetting import mathml
from generator.site.allowlist import violation
from generator.site.commonmark import _serialize

PIECES = (  # noqa: SIM905 - reads best as words
    r"\frac \sqrt \hat \left( \right) \begin{cases} \end{cases} \text{ \mathbf \textsf \\ & { } _ ^ % ~ x 1 = \$ \sum"
).split()


def test_formulas_of_papers_are_typeset_as_the_reference_has_them_or_shown_as_latex() -> None:
    expected = dict(line.split("\t") for line in FORMULAS.read_text(encoding="utf-8").splitlines())
    found = {latex: shown(delimited(latex)) for latex in expected}
    as_latex = [latex for latex, one in found.items() if one is None]
    assert {latex: one for latex, one in found.items() if one is not None} == {
        latex: one for latex, one in expected.items() if latex not in as_latex
    }
    assert len(as_latex) <= 0.03 * len(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$95%$", "95%"),
        (r"$p < 5%$", "𝑝<5%"),
        (r"$\text{in %}$", "in %"),
        (r"$\text{50\% of \# runs}\& 5\% x$", "50% of # runs&5%𝑥"),
        (r"$\text{a \{ b}$", None),
        (r"$x % a comment$", None),
        (r"$\mathds{1}_{\mathbbm{1}}$", "𝟙_{𝟙}"),
        (r"$\pmb{x}^{a\textsuperscript{b}}$", "𝒙^{𝑎^{b}}"),
        (r"$\text{if $x>0$ and \textbf{$y$}}$", None),
        (r"$\text{for $x$ and $y$}$", "for 𝑥 and 𝑦"),
        (r"\[\mbox{if $x$}=1\]", "if 𝑥=1"),
        (r"\begin{align}a&=1\label{a}\\b&=2\tag{7}\end{align}", "[𝑎 & =1; 𝑏 & =2 & (7)]"),
        (r"\[\begin{cases}a & b \\[4pt] c & d\end{cases}\]", "{[𝑎 & 𝑏; 𝑐 & 𝑑]"),
        (r"\[\begin{aligned}[t]a &= 1 \\* b &= 2 \\*[-.5 em] c &= 3\end{aligned}\]", "[𝑎 & =1; 𝑏 & =2; 𝑐 & =3]"),
        (r"\[\begin{gathered}[b][0,1] \\ [2em]\end{gathered}\]", "[[0,1]; [2𝑒𝑚]]"),
        (r"$\operatorname{top-k}-1$", "top-k−1"),
        (r"$\bm{W_\alpha}\boldsymbol 1\bm{10}$", "𝑾_{𝜶}𝟏𝟏𝟎"),
        # Nothing of these may vanish, nor come out otherwise.
        (r"$\newcommand{\loss}{\mathcal{L}}$", None),
        (r"$\def\a{b}\a$", None),
        (r"$\bm{\mathcal{L}}$", None),
        (r"$\boldsymbol{\ell}$", None),
        (r"$\bm{x+1}$", None),
        (r"$\eqref{a}$", None),
        (r"$a \\ b$", None),
        (r"$\left( a$", None),
        (r"$\frond{x}$", None),
        (r"$\color{red}{x}$", None),
        (r"$\href{https://example.org}{x}$", None),
        (r"$\hspace{9999em}x$", None),
        (r"$\kern99em x$", None),
        (r"$x\hspace{-5em}y$", None),
        (r"$\sideset{_a}{}\sum$", None),
        (r"$\raisebox{99em}{x}$", None),
        (r"$\genfrac{(}{)}{99em}{0}{a}{b}$", None),
        (rf"${'{' * 5_000}x{'}' * 5_000}$", None),
        (rf"${chr(92)}frac1{'{' * 450}x{'}' * 450}$", None),
        (rf"${(chr(92) + 'sqrt ') * 2_000}x$", None),
        (rf"${'x+' * 5_000}x$", None),
        (r"$\newcommand{\q}[1]{#1#1#1#1}" + r"\q{" * 20 + "x" + "}" * 20 + "$", None),
    ],
)
def test_what_is_meant_otherwise_or_not_known_is_repaired_or_shown_as_latex(source: str, expected: str | None) -> None:
    assert shown(source) == expected


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join), st.booleans())
def test_whatever_is_typeset_is_bounded_and_allowed(latex: str, is_display: bool) -> None:  # noqa: FBT001 -- drawn
    span = mathml(latex, is_display=is_display)
    if span is not None:
        markup = _serialize(span)
        assert len(markup) < 2_000 + 100 * len(latex)
        assert violation(f'<div class="page page--trace"><p>{markup}</p></div></article>') is None


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("$$\na\n+ b\n= c\n$$", "a + b = c"),
        ("\\[\na\n- b\n= c\n\\]", "a - b = c"),
        ("\\begin{gather}\na\n# b\n\\end{gather}", r"\begin{gather} a # b \end{gather}"),
    ],
)
@pytest.mark.parametrize(("around", "indent"), [("{}", ""), ("Text:\n{}", ""), ("- {}", "  "), ("> {}", "> ")])
def test_a_formula_on_several_lines_is_one_whatever_these_begin_with(
    source: str, latex: str, around: str, indent: str
) -> None:
    assert f"$${latex}$$" in normalize_markdown(around.format(source.replace("\n", f"\n{indent}")))
