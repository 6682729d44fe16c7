"""Export: published figures as CSV, XLSX, Parquet and JSON, with a data dictionary.

Every field of a figure stands under its own name, so that an export read back by etl.reports gives
the same figures. Before them stand HDX HAPI's names for where and when, by which the table joins
others; after them what the ledger and the snapshot know of the figure.

- Raions and anything finer are not kept, so HAPI's admin2 columns are not there: `place` holds the
  P-code of the city itself, admin_level says 0 (country), 1 (oblast) or 4 (city). What a level does
  not have is empty, as in HAPI.
- Rivals stand side by side, a row each; `claim` says which belong together, `leads` which one the
  charts show.
- A text that a spreadsheet might run as a formula gets an apostrophe in front in CSV and XLSX. It
  stays there when such a file is read back; Parquet and JSON have the text as it was.
- Equal figures give equal bytes: nothing in a file says when it was made.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from impact.model import figure
from impact.model.language import N_, Words
from impact.model.places import PLACES, Place
from impact.rules import headline

LEVELS = {"country": 0, "oblast": 1, "city": 4}
COUNTRY = "UKR"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export; `kind` is a key of KINDS."""

    name: str
    meaning: str
    kind: str = "text"
    hxl: str = ""


# Kind of a column -> its words in the data dictionary.
KINDS = {
    "text": N_("plain text"),
    "number": N_("number"),
    "whole": N_("whole number"),
    "flag": N_("true or false"),
    "day": N_("day (ISO 8601)"),
    "time": N_("time in UTC (ISO 8601)"),
}
_KIND_OF = {"VARCHAR": "text", "DOUBLE": "number", "INTEGER": "whole", "BOOLEAN": "flag"}

_BEFORE = (
    Column("figure_id", N_("the figure's own name; same content, same id"), hxl="#meta+id"),
    Column("location_code", N_("ISO 3166 code of the country"), hxl="#country+code"),
    Column("admin_level", N_("0 country, 1 oblast, 4 city"), "whole"),
    Column("admin1_code", N_("P-code of the oblast; empty for the country"), hxl="#adm1+code"),
    Column("admin1_name", N_("the oblast in English"), hxl="#adm1+name+i_en"),
    Column("admin1_name_uk", N_("the oblast in Ukrainian"), hxl="#adm1+name+i_uk"),
    Column("place_name", N_("the place in English"), hxl="#loc+name+i_en"),
    Column("place_name_uk", N_("the place in Ukrainian"), hxl="#loc+name+i_uk"),
    Column("reference_period_start", N_("first day of the date"), "day", "#date+start"),
    Column("reference_period_end", N_("last day of the date"), "day", "#date+end"),
)
_FIGURE = tuple(
    Column(
        each.name,
        each.metadata["meaning"],
        _KIND_OF[each.metadata["sql"]],
        each.metadata["hxl"],
    )
    for each in figure.COLUMNS
)
_AFTER = (
    Column("known_from", N_("when the figure became known"), "time", "#date+known"),
    Column("recorded_at", N_("when it came into this store"), "time", "#date+recorded"),
    Column(
        "claim", N_("figures with the same claim are rivals about one thing"), hxl="#meta+claim"
    ),
    Column("leads", N_("whether the charts show it before its rivals"), "flag", "#status+leads"),
    Column("doubted", N_("whether a doubt about it is unanswered"), "flag", "#status+doubted"),
    Column("document", N_("the table or report it was read from"), hxl="#meta+document"),
    Column("licence", N_("licence of that document"), hxl="#meta+license"),
    Column("document_id", N_("that document's own id"), hxl="#meta+document+id"),
)
COLUMNS = (*_BEFORE, *_FIGURE, *_AFTER)
NAMES = tuple(each.name for each in COLUMNS)
# Columns whose cells are never empty, and the one that tells rows apart.
REQUIRED = ("figure_id", "location_code", "admin_level", "indicator", "place", "date")
KEY = "figure_id"
# Kind of a column -> what JSON Schema calls it.
_SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "date-time"},
}


def row_schema() -> dict[str, Any]:
    """A row in JSON, as JSON Schema has it; its descriptions are messages to translate."""
    return {
        "type": "object",
        "required": list(NAMES),
        "properties": {each.name: _cell_schema(each) for each in COLUMNS},
    }


def _cell_schema(column: Column) -> dict[str, Any]:
    schema = _SCHEMAS[column.kind]
    kinds = [schema["type"]] if column.name in REQUIRED else [schema["type"], "null"]
    return {**schema, "type": kinds, "description": column.meaning}


def table(found: pd.DataFrame, rule: str = headline.DEFAULT_RULE) -> pd.DataFrame:
    """The columns of the export, of rows as queries.search finds them; what leads by the rule."""
    places = [PLACES[pcode] for pcode in found["place"]]
    oblasts = [PLACES.get(place.oblast) for place in places]
    codes: list[Any] = [oblast.pcode if oblast else None for oblast in oblasts]
    columns = found.assign(
        location_code=COUNTRY,
        admin_level=[LEVELS[place.level] for place in places],
        admin1_code=codes,
        admin1_name=_names(oblasts, "en"),
        admin1_name_uk=_names(oblasts, "uk"),
        place_name=_names(places, "en"),
        place_name_uk=_names(places, "uk"),
        reference_period_start=found["day"],
        reference_period_end=found["day_end"],
        leads=found[f"rank_{rule}"].eq(0).fillna(False).astype(bool)
        & ~found["doubted"].astype(bool),
    )
    return pd.DataFrame({each.name: _typed(columns[each.name], each.kind) for each in COLUMNS})


def _names(places: Sequence[Place | None], language: str) -> list[Any]:
    return [place.name(language) if place else None for place in places]


# Kind of a column -> its type in a table, as pandas names it.
_TYPES: Mapping[str, Any] = {
    "text": "str",
    "number": "Float64",
    "whole": "Int64",
    "flag": bool,
}


def _typed(values: pd.Series, kind: str) -> pd.Series:
    """The values in the type of their kind, also where there are none."""
    if kind == "day":
        days = pd.to_datetime(values)
        return days.dt.date.astype(object)
    if kind == "time":
        return pd.to_datetime(values).dt.tz_localize("UTC").astype("datetime64[us, UTC]")
    return values.astype(_TYPES[kind])


def dictionary(words: Words) -> pd.DataFrame:
    """The data dictionary: every column with meaning, type and HXL tag."""
    return pd.DataFrame(
        {
            "column": NAMES,
            "meaning": [words._(each.meaning) for each in COLUMNS],
            "type": [words._(KINDS[each.kind]) for each in COLUMNS],
            "hxl_tag": [each.hxl for each in COLUMNS],
        }
    )


def dictionary_csv(words: Words) -> bytes:
    """The data dictionary on its own."""
    meanings = dictionary(words)
    return _csv([list(meanings.columns), *meanings.to_numpy().tolist()])


# The four formats


def to_csv(exported: pd.DataFrame, words: Words, *, hxl: bool = False) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    return _csv(_lines(exported, hxl))


def listing(table: pd.DataFrame) -> bytes:
    """A table as readers see it, with its own columns, as CSV."""
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
    lines = [list(table.columns), *rows]
    return _csv([harmless(cell) if isinstance(cell, str) else cell for cell in line]
                for line in lines)  # fmt: skip


def from_csv(written: bytes) -> pd.DataFrame:
    """The table behind a CSV without HXL tags, as `table` gives it."""
    cells = pd.read_csv(io.BytesIO(written), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return pd.DataFrame({each.name: _read(cells[each.name], each.kind) for each in COLUMNS})


def _read(cells: pd.Series, kind: str) -> pd.Series:
    """The values of a column of CSV in the type of their kind."""
    if kind == "text":
        return cells.map(_as_it_was).astype("str")
    known = cells.where(cells != "")
    if kind == "flag":
        return known == "true"
    if kind == "day":
        return pd.to_datetime(known).dt.date.astype(object)
    if kind == "time":
        return pd.to_datetime(known, utc=True).astype("datetime64[us, UTC]")
    return pd.to_numeric(known).astype(_TYPES[kind])


def to_xlsx(exported: pd.DataFrame, words: Words, *, hxl: bool = False) -> bytes:
    """A workbook of two sheets: the figures, and the data dictionary in the reader's language."""
    book = Workbook(write_only=True)
    meanings = dictionary(words)
    _sheet(book, "figures", _lines(exported, hxl))
    _sheet(book, "dictionary", [list(meanings.columns), *meanings.to_numpy().tolist()])
    written = io.BytesIO()
    book.save(written)
    return _undated(written)


def to_parquet(exported: pd.DataFrame, words: Words, *, hxl: bool = False) -> bytes:
    """Typed columns; there is no place for HXL tags."""
    return exported.to_parquet(index=False)


def to_json(exported: pd.DataFrame, words: Words, *, hxl: bool = False) -> bytes:
    """A list of objects, one a line; there is no place for HXL tags."""
    lines = [json.dumps(each, ensure_ascii=False) for each in records(exported)]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else b"[]\n"


def records(exported: pd.DataFrame) -> list[dict]:
    """The rows as plain values by column: text, int, float, bool, None where nothing is known."""
    return [dict(zip(NAMES, row, strict=True)) for row in _records(exported)]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the download: what people call it, its media type, and what writes it."""

    title: str
    mime: str
    write: Callable[..., bytes]


# Ending of the file's name -> format.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("CSV", "text/csv", to_csv),
        "xlsx": Format(
            "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx
        ),
        "parquet": Format("Parquet", "application/vnd.apache.parquet", to_parquet),
        "json": Format("JSON", "application/json", to_json),
    }
)


# Cells

# A formula begins with one of these, at the begin of a cell. Where a cell ends depends on the
# language of the spreadsheet: in Ukraine and most of Europe at a semicolon. Some take the wide
# signs of East Asian scripts for the same (OWASP, CSV Injection), and pass over white space.
_SIGNS = r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]"
_BEGIN, _AFTER_A_CELL = rf"(?={_SIGNS}|'*[\t\r\n])", rf"(?<=[;\t\r\n|])(?={_SIGNS})"
_FORMULA = re.compile(rf"^{_BEGIN}|{_AFTER_A_CELL}")
_MADE_HARMLESS = re.compile(rf"^'{_BEGIN}|(?<=[;\t\r\n|])'(?={_SIGNS})")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, or for cells of which one is a formula."""
    return _FORMULA.sub("'", text)


def _as_it_was(text: str) -> str:
    """A text without the apostrophes that `harmless` gave it."""
    return _MADE_HARMLESS.sub("", text)


def _lines(exported: pd.DataFrame, hxl: bool) -> Iterator[Sequence]:
    """Header, tags if they are wanted, and rows whose texts are harmless."""
    yield NAMES
    if hxl:
        yield [each.hxl for each in COLUMNS]
    for row in _records(exported):
        yield [harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _records(exported: pd.DataFrame) -> Iterator[tuple]:
    """Rows of plain values: text, int, float, bool, or None where nothing is known."""
    return zip(*(_plain(exported[each.name], each.kind) for each in COLUMNS), strict=True)


def _plain(values: pd.Series, kind: str) -> list:
    known = values.notna()
    cells = values.tolist()
    write = _WRITE[kind]
    return [write(cell) if there else None for cell, there in zip(cells, known, strict=True)]


def _number(value: float) -> int | float:
    """6000 rather than 6000.0."""
    return int(value) if float(value).is_integer() else float(value)


_WRITE: Mapping[str, Callable] = {
    "text": str,
    "number": _number,
    "whole": int,
    "flag": bool,
    "day": lambda day: day.isoformat(),
    "time": lambda time: time.isoformat().replace("+00:00", "Z"),
}


def _csv(lines: Iterable[Sequence]) -> bytes:
    text = io.StringIO(newline="")
    # Both characters, or a lone one inside a text would go out unquoted and break its row.
    writer = csv.writer(text, lineterminator="\r\n")
    for line in lines:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in line])
    return text.getvalue().encode("utf-8-sig")


def _sheet(book: Workbook, title: str, lines: Iterable[Sequence]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, line in enumerate(lines):
        cells = [_writable(cell) for cell in line]
        sheet.append([_bold(sheet, cell) for cell in cells] if not number else cells)


def _writable(cell: object) -> object:
    """XML has no control characters, and a sheet no empty text."""
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell) or None if isinstance(cell, str) else cell


def _bold(sheet: Any, text: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


_DATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_TIME = rb"\g<1>1980-01-01T00:00:00Z"


def _undated(written: io.BytesIO) -> bytes:
    """The workbook without the times at which it was made: equal figures, equal bytes."""
    undated = io.BytesIO()
    with zipfile.ZipFile(written) as book, zipfile.ZipFile(undated, "w") as copy:
        for name in book.namelist():
            part = book.read(name)
            if name == "docProps/core.xml":
                part = _DATED.sub(_NO_TIME, part)
            copy.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return undated.getvalue()
