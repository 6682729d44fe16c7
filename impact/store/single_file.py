"""A DuckDB file for readers elsewhere, made of Parquet files: a table each, with its meaning."""

from collections.abc import Mapping
from pathlib import Path

from impact.store import database


def write(
    path: Path,
    tables: Mapping[str, Path],
    meanings: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
) -> None:
    """Writes the file.

    meanings  table -> what a row of it is
    columns   table -> its columns -> what they mean

    Raises what impact/store/database.py raises for a file that cannot be written.
    """
    with database.attached(path, alone=True) as connection:
        for table, file in tables.items():
            connection.execute(f"CREATE TABLE {_name(table)} AS FROM read_parquet({_text(file)})")
            connection.execute(f"COMMENT ON TABLE {_name(table)} IS {_text(meanings[table])}")
            for column, meaning in columns.get(table, {}).items():
                named = f"{_name(table)}.{_name(column)}"
                connection.execute(f"COMMENT ON COLUMN {named} IS {_text(meaning)}")


def _name(name: str) -> str:
    return f'"{name}"'


def _text(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
