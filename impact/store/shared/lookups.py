"""What PostgreSQL needs to answer by an index what is asked where rows are recorded.

Indices on what a decision or a report is looked up by, and functions with DuckDB's names for the
details of decisions. They hold no data, so they have no number in migrating.py: whoever opens the
ledger makes those that are missing.
"""

from typing import Any

import psycopg

_INDICES = {
    "decisions_by_subject": "decisions (subject)",
    "decisions_by_number": "decisions (number)",
    "documents_by_number": "documents (number)",
    "uploads_by_number": "uploads (number)",
    "readings_by_number": "readings (number)",
    "readings_by_document": "readings (document_id)",
    "said_by_number": "said (number)",
    "statements_by_figure": "statements (figure_id)",
}
# PostgreSQL reads no JSON that holds a NUL. So its escape becomes that of the sign which stands for
# it (texts.py), wherever no backslash before it makes something else of it; and back.
_ESCAPE = r"(?<!\\)((?:\\\\)*)\\u"


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    """SQL that puts escapes in the place of others."""
    for old, new in pairs:
        text = rf"regexp_replace({text}, '{_ESCAPE}{old}', '\1\\u{new}', 'g')"
    return text


_READABLE = rf"""CASE WHEN strpos($1, '\u0000') + strpos($1, '\u2400') = 0 THEN $1
ELSE {_replaced("$1", ("2400", "24001"), ("0000", "24000"))} END"""
# The part of a JSON text at a path, '$.name' or '$.name.name': as JSON, and as the text it tells.
_AT = f"({_READABLE})::json #> string_to_array(substr($2, 3), '.')"
_FUNCTIONS = {
    "json_extract": _replaced(f"({_AT})::text", ("24000", "0000"), ("24001", "2400")),
    "json_extract_string": f"({_AT}) #>> '{{}}'",
}
_KNOWN = b"""
SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
UNION SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
"""


def missing(connection: psycopg.Connection[Any]) -> set[str]:
    """The names of those that are not there."""
    known = {name for (name,) in connection.execute(_KNOWN).fetchall()}
    return {*_INDICES, *_FUNCTIONS} - known


def make(connection: psycopg.Connection[Any]) -> None:
    """Makes those that are not there. Whoever calls is in the writer's turn."""
    for name in sorted(missing(connection)):
        if name in _INDICES:
            told = f"CREATE INDEX {name} ON {_INDICES[name]}"
        else:
            told = (
                f"CREATE FUNCTION {name}(text, text) RETURNS text "
                f"LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$ SELECT {_FUNCTIONS[name]} $body$"
            )
        connection.execute(told.encode())
