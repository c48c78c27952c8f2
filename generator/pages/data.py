"""The page of the dataset: what to download, how to load it, and what each field means."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from generator.addresses import DATA, DATA_PAGE
from generator.dataset import Download
from generator.dataset.descriptions import ABOUT, CARD, archive_name, rights, schema_name
from generator.dataset.records import Table, tables_of
from generator.fields import RecordField, fields
from generator.messages import Text, _, joined, ngettext
from generator.model import Corpus
from generator.pages.page import FrontMatter, Page, index_page
from generator.pages.page_links import Link
from generator.publication import Publication
from generator.text.wording import format_bytes

_TYPES = {str: _("string"), int: _("integer"), bool: _("boolean"), float: _("number")}
_RECORD = _("record")


def data_page(corpus: Corpus, site: Publication, downloads: Sequence[Download]) -> Page:
    """Plan the page that tells of these files; `sums` is what `sha256sum` reads."""
    tables = tables_of(corpus)
    description = _("Every trace, study and paper to download: JSON Lines, Parquet, CSV, and their fields.")
    view = {
        "about": ABOUT,
        "files": list(_files(downloads, tables)),
        "studies": f"{site.url}{DATA}studies.parquet",
        "archive": archive_name(site),
        "slug": site.slug,
        "is_judged": bool(corpus.gold or corpus.verdicts),
        "sums": "\n".join(f"{one.file.sha256}  {one.name}" for one in downloads),
        "tables": [(table.name, table.holds, _link(schema_name(table)), [*_fields(table.record)]) for table in tables],
        "rights": rights(site),
        "terms": site.terms,
        "canary": site.canary,
    }
    return Page(
        DATA_PAGE, "data.md.jinja", index_page(_("Data"), description) | FrontMatter(version=corpus.version), view
    )


def _files(downloads: Iterable[Download], tables: Iterable[Table]) -> Iterator[tuple[Text, list[tuple[Link, str]]]]:
    """Yield what the files of a table hold, with a link and a size for each; schemas are named beside the fields.

    Nobody downloads a table without records; programs that expect its files find them.
    """
    beside = {CARD, *map(schema_name, tables)}
    shown = (one for one in downloads if one.name not in beside and one.records != 0)
    for (holds, records), files in groupby(shown, lambda one: (one.holds, one.records)):
        counted = [] if records is None else [ngettext("%(number)s record", "%(number)s records", records)]
        yield joined(", ", [holds, *counted]), [(_link(one.name), format_bytes(one.file.size)) for one in files]


def _link(name: str) -> Link:
    return Link(name, f"{DATA}{name}")


def _fields(record: type, outer: str = "") -> Iterator[tuple[str, Text, str]]:
    """Yield path, type and meaning of each field; paths name nested records from the outside in, `[]` marks a list."""
    for field in fields(record):
        path = f"{outer}{field.name}"
        yield path, _type(field), field.meaning
        yield from _fields(field.kind, f"{path}[]." if field.many else f"{path}.") if field.fields else ()


def _type(field: RecordField) -> Text:
    one: Text = _TYPES.get(field.kind, _RECORD)
    if field.choices:
        *others, last = field.choices
        one = _("%(others)s or %(last)s", others=", ".join(others), last=last)
    elif field.many:
        one = _("list of strings") if field.kind is str else _("list of records")
    return _("%(type)s or null", type=one) if field.optional else one
