"""ZIP files that are equal where their contents are: nothing in one says when it was made."""

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files in a folder of the ZIP, so that unpacking leaves no mess; sorted by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(files):
            archive.writestr(_entry(folder, name), files[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()


def zip_files(path: Path, folder: str, files: Mapping[str, Path]) -> None:
    """Writes a ZIP of files that are small already, piece by piece; sorted by name."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = _entry(folder, name)
            with files[name].open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


def _entry(folder: str, name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME)
    entry.external_attr = 0o644 << 16
    return entry
