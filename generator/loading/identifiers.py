"""Patterns of public identifiers, in the subset of regular expressions that Python, Rust and JSON Schema share."""

from __future__ import annotations

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.number since April 2007,
# archive/YYMMnumber before; without a version.
ARXIV_ID = (
    r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})"
)

# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html; four to nine digits is what is registered in practice.
DOI = r"10\.[0-9]{4,9}/[!-~]+"
