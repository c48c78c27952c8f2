"""All files of the dataset in one zip, of the same bytes on every machine."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.dataset.download import Download

ARCHIVE = "ablation-atlas.zip"
_FOLDER = "ablation-atlas/"
# The earliest that the format knows: no clock reaches the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


def zipped(files: Iterable[Download]) -> bytes:
    """The files by name, in a folder, stored as they are: what compression makes differs between its versions."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as target:
        for file in sorted(files, key=lambda file: file.name):
            entry = ZipInfo(f"{_FOLDER}{file.name}", _DATE)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            target.writestr(entry, file.data)
    return data.getvalue()
