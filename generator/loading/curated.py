"""Curated metadata of one paper, `seeds/papers/<slug>.yml`, to a `Metadata`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from generator.loading.identifiers import ARXIV_ID, DOI
from generator.loading.validation import Line, Lines, Schema, read_checked
from generator.model import Metadata

if TYPE_CHECKING:
    from generator.loading.located_yaml import Path
    from generator.loading.validation import Checked
    from generator.problems import Problem


def _not_the_index(slug: str) -> str:
    """The slug, unless its page would stand in the place of the list of all papers."""
    if slug == "index":
        raise ValueError(slug)
    return slug


class MetadataFile(BaseModel):
    """The keys of a curated file; each description completes "expected …"."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: Line = Field(description="the paper's title on one line")
    authors: Lines = Field((), description="a list of names in the paper's order, one `- name` per line")
    year: int | None = Field(None, ge=1900, le=2100, description="a year from 1900 to 2100")
    venue: Line = Field("", description="a venue on one line, such as ICLR 2025")
    arxiv: str = Field("", pattern=f"^{ARXIV_ID}$", description="an arXiv id such as 2502.02257 or cs/0112017")
    doi: str = Field("", pattern=f"^{DOI}$", description="a DOI such as 10.1109/5.771073")
    url: str = Field("", pattern=r'^https?://[^\s/?#@"<>\\]+(?:[/?#][^\s"<>\\]*)?$', description="an http(s) address")
    aliases: Lines = Field((), description="a list of other names of the paper, one `- name` per line")
    slug: Annotated[str, AfterValidator(_not_the_index)] = Field(
        "",
        pattern="^[a-z0-9]+(?:-[a-z0-9]+)*$",
        max_length=200,
        description="at most 200 lower-case letters, digits and hyphens, and not `index`",
    )


_REMEDIES = {
    "title": "write it on one line, without blanks at its ends",
    "authors": "write `authors:` and below it one `- name` per line",
    "year": "write four digits without quotes",
    "venue": "write it on one line, without blanks at its ends",
    "arxiv": "write the id alone, without version or address",
    "doi": "write the DOI alone, without https://doi.org/",
    "url": "write the whole address",
    "aliases": "write `aliases:` and below it one `- name` per line",
    "slug": "write lower-case words joined by single hyphens, such as title-of-the-paper",
}
SCHEMA = Schema(MetadataFile, _REMEDIES, {"arxiv": re.compile(ARXIV_ID), "doi": re.compile(DOI)})


def parse_metadata(seed: str, text: str) -> tuple[Metadata | None, list[Problem]]:
    """Read the metadata in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    file, problems = read_checked(SCHEMA, seed, text)
    return (metadata_of(seed, file) if file else None), problems


def metadata_of(seed: str, file: Checked[MetadataFile]) -> Metadata:
    """The metadata of a file that keeps to the schema."""
    names: list[Path] = [("title",), *(("aliases", index) for index in range(len(file.values.aliases)))]
    names += [("slug",)] if file.values.slug else []
    return Metadata(seed=seed, **dict(file.values), places=tuple(file.places[path].value for path in names))
