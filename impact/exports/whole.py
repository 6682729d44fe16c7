"""The whole snapshot for analysts: Parquet files in one ZIP, or the same tables in one DuckDB file.

docs/analysts.md shows both at work. The tables are those of impact/queries/whole.py, with figures
(the columns of every export), places (what a P-code is called) and dictionary (what is what). What
they say of themselves is in English, as column names are.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd

from impact.exports import tables
from impact.exports.zipped import zip_files
from impact.model import language
from impact.model.language import SOURCE_LANGUAGE
from impact.model.places import PLACES
from impact.queries import search, whole
from impact.queries.search import Search
from impact.store import single_file
from impact.store.reader import Reader

FOLDER = "snapshot"
FIGURES, PLACES_TABLE, DICTIONARY = "figures", "places", "dictionary"


def to_zip(reader: Reader, path: Path) -> None:
    """Writes a ZIP of Parquet files, one a table."""
    with _parquet(reader) as files:
        zip_files(path, FOLDER, {f"{name}.parquet": file for name, file in files.items()})


def to_duckdb(reader: Reader, path: Path) -> None:
    """Writes one DuckDB file; its tables and the columns of the figures carry their meanings."""
    with _parquet(reader) as files:
        single_file.write(path, files, _meanings(), {FIGURES: _columns()})


@contextmanager
def _parquet(reader: Reader) -> Iterator[Mapping[str, Path]]:
    """Table -> its Parquet file, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, f"{name}.parquet") for name in _meanings()}
        figures = tables.table(search.figures(reader, Search()))
        figures.to_parquet(files[FIGURES], index=False)
        _places().to_parquet(files[PLACES_TABLE], index=False)
        _dictionary().to_parquet(files[DICTIONARY], index=False)
        for name in whole.tables():
            whole.save(reader, name, files[name])
        yield files


@cache
def _meanings() -> Mapping[str, str]:
    """Table -> what a row of it is."""
    return {
        FIGURES: "A row: one figure as its source states it. Rivals share the same claim and must "
        "not be added up; leads marks the one that the charts show.",
        PLACES_TABLE: "A row: one place by its P-code, as `place` and `area` name it elsewhere.",
        **{name: table.meaning for name, table in whole.tables().items()},
        DICTIONARY: "A row: a table, or one column of the figures, and what it means.",
    }


def _columns() -> Mapping[str, str]:
    """Column of the figures -> what it means."""
    words = language.words(SOURCE_LANGUAGE)
    return {each.name: words._(each.meaning) for each in tables.COLUMNS}


def _dictionary() -> pd.DataFrame:
    told = [(name, "", meaning) for name, meaning in _meanings().items()]
    told += [(FIGURES, name, meaning) for name, meaning in _columns().items()]
    return pd.DataFrame(told, columns=["table", "column", "meaning"], dtype="str")


def _places() -> pd.DataFrame:
    rows = [
        (each.pcode, each.level, each.oblast, each.name("en"), each.name("uk"), each.lat, each.lon)
        for each in PLACES.values()
    ]
    names = ["pcode", "level", "oblast", "name", "name_uk", "lat", "lon"]
    return pd.DataFrame(rows, columns=names)
