"""/api/sources.json: documents, feeds, publishers, speakers and licences behind the figures."""

import pandas as pd

from impact import queries
from impact.address import declared
from impact.model.feeds import feeds
from impact.model.language import N_, Words
from impact.model.rows import Row, records
from impact.queries.feeds import states
from impact.wording import captions, glossary
from impact.wording.feeds import name
from pages.api import Address, Answer, Asked, in_json, in_utc, page_headers, page_of


def answer(asked: Asked) -> Answer:
    """Who printed, who said and under which licence; documents in pages, the rest whole."""
    limit, offset = asked.values.of(declared.LIMIT), asked.values.of(declared.OFFSET)
    reader, words = asked.reader, asked.words
    documents = queries.releases(reader, limit, offset).to_dict("records")
    licences = queries.licences(reader)
    total = sum(number for _, number in licences)
    more = asked.further(offset + len(documents), total)
    told = {
        "total": total,
        "returned": len(documents),
        "limit": limit,
        "offset": offset,
        "next": more,
        "snapshot": reader.snapshot,
        "documents": [_document(row, words) for row in documents],
        "feeds": [_feed(row, words) for row in records(states(reader))],
        "publishers": [_in_words(row, words) for row in _plain(queries.publishers(reader))],
        "speakers": [_speaker(row, words) for row in queries.speakers(reader).to_dict("records")],
        "licences": [
            {"licence": words._(licence), "documents": number} for licence, number in licences
        ],
    }
    return in_json(told, 200, **page_headers(total, more))


# What is told of a table or report: neither its file's name nor who brought it.
_TOLD = (
    *("document_id", "source", "title", "publisher", "url", "licence", "received_at"),
    *("first_day", "last_day", "rows_in", "rows_kept", "rows_refused", "figures"),
)


def _document(row: dict, words: Words) -> dict:
    told = _in_words({name: row[name] for name in _TOLD}, words)
    return told | {
        "received_at": in_utc(row["received_at"]),
        "first_day": row["first_day"].date().isoformat(),
        "last_day": row["last_day"].date().isoformat(),
    }


def _feed(row: Row, words: Words) -> dict:
    """How fresh a source is; None where nothing is known, which is no nought."""
    feed, newest, loaded = feeds().get(row["source"]), row["newest"], row["received_at"]
    counts = ("rows_in", "rows_kept", "rows_refused", "rows_before", "fresh", "left_out")
    return {
        "source": row["source"],
        "name": name(row, words),
        "newest": newest.isoformat() if newest else None,
        "expected": feed.rhythm[words.language] if feed else None,
        "silent_after_days": feed.stale_after if feed else None,
        "received_at": in_utc(loaded),
    } | {each: row[each] for each in counts}


def _in_words(row: dict, words: Words) -> dict:
    """The row, with title, publisher and licence in the reader's language."""
    known = [name for name in ("title", "publisher", "licence") if name in row]
    return row | {name: words._(row[name]) for name in known}


def _speaker(row: dict, words: Words) -> dict:
    return {
        "speaker": captions.who(row, words),
        "role": row["role"],
        "role_name": words._(glossary.ROLES.get(row["role"], row["role"])),
        "figures": row["figures"],
        "latest": row["latest"].date().isoformat(),
    }


def _plain(rows: pd.DataFrame) -> list[dict]:
    """Rows as plain values; None where nothing is known."""
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


ADDRESSES = (
    Address(
        path="/api/sources.json",
        meaning=N_("documents (newest first, so many as limit says), publishers, speakers, "
                   "licences"),
        answer=answer,
        parameters=(declared.ASOF, declared.LIMIT, declared.OFFSET, declared.LANG),
        examples=("", "lang=uk"),
        shape=page_of("documents", {"required": list(_TOLD)}),
    ),
)  # fmt: skip
