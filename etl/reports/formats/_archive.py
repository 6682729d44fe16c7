"""Reads ZIP archives with limits. Office files are ZIP archives, too."""

import re
import stat
import zipfile
from functools import lru_cache
from io import BytesIO
from zlib import error as ZlibError

from etl.reports.formats import Refused

MAX_MEMBERS = 5_000
MAX_INFLATED = 100_000_000  # bytes, of all members together
CONTENTS = "[content_types].xml"  # every Office file has a member with this name
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """An archive whose directory has been checked.

    Raises Refused if it cannot be read, has too many members or bytes, or needs a password. The
    sizes are those that the directory declares.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refused("damaged", type(error).__name__) from None
        self.members = [each for each in self._file.infolist() if not each.is_dir()]
        if len(self.members) > MAX_MEMBERS:
            raise Refused("bomb", f"{len(self.members)} members")
        if sum(each.file_size for each in self.members) > MAX_INFLATED:
            raise Refused("bomb", "inflated size")
        if any(each.flag_bits & 1 for each in self.members):
            raise Refused("password")
        self._names = {each.filename.lower().lstrip("/"): each for each in self.members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> list[str]:
        """The members' names in lower case, as Office programs ignore capitals."""
        return list(self._names)

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of a member, never more than the directory declares (zipfile sees to it).

        Raises Refused if the member is missing or cannot be unpacked.
        """
        try:
            member = name if isinstance(name, zipfile.ZipInfo) else self._names[name.lower()]
            return self._file.read(member)
        except (zipfile.BadZipFile, ZlibError, KeyError, ValueError, EOFError, OSError) as error:
            raise Refused("damaged", type(error).__name__) from None
        except (NotImplementedError, RuntimeError) as error:  # unknown compression or a password
            raise Refused("unsupported", type(error).__name__) from None

    def xml(self, name: str) -> bytes:
        """The bytes of a member that is XML. Raises Refused if it has a DTD.

        No Office program writes a DTD. An attack needs one to define entities that grow or that
        name other files.
        """
        part = self.read(name)
        # Wherever it stands, as a comment of any length may go before it; in UTF-16, too.
        if _DTD.search(part.replace(b"\0", b"")):
            raise Refused("unsafe", "DTD")
        return part


def leaves(member: zipfile.ZipInfo) -> bool:
    """Whether unpacking a member could write outside the target folder."""
    name = member.filename.replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
    return outside or stat.S_ISLNK(member.external_attr >> 16)


@lru_cache(maxsize=1)  # several formats ask for the names of the same file
def names(content: bytes) -> tuple[str, ...]:
    """The names of the members in lower case; empty if `content` is no readable archive."""
    if not content.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return tuple(name.lower().lstrip("/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ()
