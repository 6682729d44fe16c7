"""Parts of one file that have one name: each gets a name of its own."""

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import count

from etl.reports.model.document import Document
from etl.reports.opening.refusals import Refusal


def told_apart(parts: Sequence[Document | Refusal]) -> tuple[Document | Refusal, ...]:
    """The parts of a file, each with a name that no other of them has.

    A mail may have two attachments of one name, and an archive two members. The id of a document is
    made from its name (impact/store/inbox.py), so two of one name would be one document. The first
    keeps its name; others become "report.txt (2)", "report.txt (3)" in their order.
    """
    return tuple(_named(parts))


def _named(parts: Sequence[Document | Refusal]) -> Iterator[Document | Refusal]:
    given, taken = {each.name for each in parts}, set[str]()
    for each in parts:
        name = each.name
        if name in taken:
            name = _free(name, given | taken)
        taken.add(name)
        yield dataclasses.replace(each, name=name)


def _free(name: str, taken: set[str]) -> str:
    """The name with the first number that makes it one of its own."""
    return next(numbered for number in count(2) if (numbered := f"{name} ({number})") not in taken)
