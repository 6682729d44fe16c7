"""ZIP archives: each member is opened by its own format. Archives inside archives are refused."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from etl.reports.formats import File, Refused, _archive
from etl.reports.model.limits import MAX_REPORTS

ENDINGS = ("zip",)

_OFFICE = (_archive.CONTENTS, "mimetype")  # members that only Office files have


def knows(content: bytes) -> bool:
    """Whether the bytes are a ZIP archive and no Office file."""
    names = _archive.names(content)
    return bool(names) and not any(mark in names for mark in _OFFICE)


def documents(file: File) -> Iterator[File]:
    """Every member, without files that operating systems add.

    Raises Refused for an archive that is damaged, unsafe, too big, or inside another archive.
    """
    if "zip" in file.within:
        raise Refused("bomb", "an archive within an archive")
    archive = _archive.Archive(file.content)
    if any(map(_archive.leaves, archive.members)):
        raise Refused("unsafe", "a member outside the archive")
    members = [each for each in archive.members if not _of_the_system(each.filename)]
    if len(members) > MAX_REPORTS:
        raise Refused("too_big", "members")
    for member in members:
        yield file.member(archive.read(member), member.filename, "zip")


def _of_the_system(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) or part == "Thumbs.db" for part in parts)
