"""Checks of the ledger: what can be wrong with its lines, a sentence each."""

from collections.abc import Iterable, Iterator
from typing import Any

from impact.model.figure import NAMES, Figure, InvalidFigure
from impact.store import deciding, migrations, numbered
from impact.store.decision import CLOCK
from impact.store.originals import FROM_BACKUP
from impact.store.transaction import Transaction


def of_lines(connection: Transaction) -> list[str]:
    """What is wrong with the lines of the ledger beside each other."""
    return [
        f"{count} {sentence}"
        for sentence, query in _CHECKS.items()
        if (count := connection.execute(query).only())
    ]


def of_figures(connection: Transaction) -> list[str]:
    """Which figures break the record's rules, or are not what their id was made of."""
    names = ", ".join(f'"{name}"' for name in NAMES)
    return list(_wrong(connection.execute(f"SELECT figure_id, {names} FROM figures").fetchall()))


def _wrong(stored: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for figure_id, *values in stored:
        try:
            figure = Figure(**dict(zip(NAMES, values, strict=True)))
        except InvalidFigure as error:
            yield f"figure {figure_id} breaks the record's rules: {error}"
            continue
        if not migrations.is_id_of(figure_id, figure):
            yield f"figure {figure_id} was altered: its content is not its id's: {FROM_BACKUP}"


_CHECKS = {
    "figures belong to no document": """
        SELECT count(*) FROM figures
        WHERE figure_id NOT IN (SELECT statements.figure_id FROM statements)""",
    "statements speak of no figure or document": """
        SELECT count(*) FROM statements
        WHERE figure_id NOT IN (SELECT figures.figure_id FROM figures)
           OR document_id NOT IN (SELECT documents.document_id FROM documents)""",
    "figures are stored more than once": """
        SELECT count(*) FROM (SELECT figure_id FROM figures GROUP BY ALL HAVING count(*) > 1)""",
    "documents are stored more than once": """
        SELECT count(*) FROM (
            SELECT document_id FROM documents GROUP BY ALL HAVING count(*) > 1)""",
    "statements are stored more than once": """
        SELECT count(*) FROM (SELECT 1 FROM statements
            GROUP BY document_id, figure_id HAVING count(*) > 1)""",
    "uploads are stored more than once": """
        SELECT count(*) FROM (SELECT upload_id FROM uploads GROUP BY ALL HAVING count(*) > 1)""",
    "parts of uploads were read more often than anybody asked": """
        SELECT count(*) FROM (
            SELECT upload_id, part, count(*) AS times FROM readings GROUP BY ALL) AS read
        WHERE times > 1 + (
            SELECT count(*) FROM said
            WHERE said.upload_id = read.upload_id AND said.part = read.part)""",
    "readings speak of no upload or document": """
        SELECT count(*) FROM readings
        WHERE upload_id NOT IN (SELECT uploads.upload_id FROM uploads)
           OR (document_id <> ''
               AND document_id NOT IN (SELECT documents.document_id FROM documents))""",
    "documents kept and refused other numbers of rows than they had": """
        SELECT count(*) FROM documents WHERE rows_in <> rows_kept + rows_refused""",
    "decisions speak of nothing in the ledger": f"""
        SELECT count(*) FROM decisions
        WHERE subject NOT IN (SELECT known.subject FROM ({deciding.SUBJECTS}) AS known)
          AND (kind <> '{CLOCK}'
               OR subject NOT IN (SELECT known.subject FROM ({numbered.LINES}) AS known))
        """,
}
