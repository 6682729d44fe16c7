"""ZIP files that are equal where their contents are: nothing in one says when it was made."""

import io
import zipfile
from collections.abc import Mapping

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files in a folder of the ZIP, so that unpacking leaves no mess; sorted by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()
