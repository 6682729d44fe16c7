"""/api/figures.csv, .json and .parquet: the published figures that filters find."""

from functools import partial

from impact import queries
from impact.address import declared, filters
from impact.exports import tables
from impact.model.language import N_
from impact.queries import search
from pages.api import Address, Answer, Asked, in_json, in_utc, page_headers, page_of


def answer(asked: Asked, *, ending: str) -> Answer:
    """The rows asked for, how many there are in all, and where the next ones are."""
    wanted = filters.search(asked.values)
    limit, offset = asked.values.of(declared.LIMIT), asked.values.of(declared.OFFSET)
    total = search.count(asked.reader, wanted)
    rows = search.figures(asked.reader, wanted, limit, offset)
    rows = tables.table(rows, asked.values.of(declared.RULE))
    into = tables.FORMATS[ending]
    body = into.write(rows, asked.words, hxl=asked.values.of(declared.HXL))
    more = asked.further(offset + len(rows), total)
    if ending == "json":
        body = _told(asked, len(rows), total, more) + body + b"}\n"
    return Answer(body=body, mime=into.mime, headers=page_headers(total, more))


def _told(asked: Asked, returned: int, total: int, more: str | None) -> bytes:
    """What must be known to quote the rows, up to where they begin."""
    told = {
        "total": total,
        "returned": returned,
        "limit": asked.values.of(declared.LIMIT),
        "offset": asked.values.of(declared.OFFSET),
        "next": more,
        "rule": asked.values.of(declared.RULE),
        "snapshot": asked.reader.snapshot,
        "known_at": in_utc(queries.extent(asked.reader).known_at),
        "note": asked.words._(
            "Each row is one claim. Rivals share the same claim and must not be added up."
        ),
    }
    return in_json(told).body.rstrip(b"\n}") + b',\n "figures": '


_PARAMETERS = (
    *declared.OF_FIGURES,
    declared.ASOF,
    declared.LIMIT,
    declared.OFFSET,
    declared.LANG,
)
_FORMATS = (
    (
        "csv",
        N_("figures as CSV in UTF-8, the columns of the Data page's download"),
        (*_PARAMETERS, declared.HXL),
        ("places=Kyiv&indicator=heating_loss&period=2026-01", "leads=1&period=winter-2025&hxl=1"),
    ),
    (
        "json",
        N_("figures as JSON, with their total number and the address of the next rows"),
        _PARAMETERS,
        ("places=Харків&indicator=killed&from=2026-01-01", "words=Klitschko&limit=5"),
    ),
    (
        "parquet",
        N_("figures as Parquet, with typed columns"),
        _PARAMETERS,
        ("indicator=power_outage&period=2026-01", "leads=1&asof=2026-01-12T08:00"),
    ),
)
ADDRESSES = tuple(
    Address(
        path=f"/api/figures.{ending}",
        meaning=meaning,
        answer=partial(answer, ending=ending),
        parameters=known,
        examples=examples,
        saved=ending == "parquet",
        mime=tables.FORMATS[ending].mime,
        shape=page_of("figures", tables.row_schema()) if ending == "json" else {},
    )
    for ending, meaning, known, examples in _FORMATS
)
