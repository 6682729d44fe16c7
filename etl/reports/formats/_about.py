"""Reads dates that files state about themselves, such as the date in the header of an e-mail."""

import re
from collections.abc import Iterable
from datetime import datetime

from impact.model import dates
from impact.model.dates import KYIV

_ISO_DAY = len("2026-01-24")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# The dates of PDF files: D:20260124180000+02'00' (ISO 32000-1, 7.9.4).
_PDF = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?(Z|[+-]\d\d'?\d\d)?)?")


def moment(stated: str) -> str:
    """A date as ISO day, or as ISO day and minute in Kyiv time; "" if `stated` cannot be read.

    Reads ISO 8601, the dates of e-mails (RFC 5322) and those of PDF files. A time without a zone
    is taken as Kyiv time.
    """
    stated = stated.strip()
    try:
        if _DAY.fullmatch(stated):
            return datetime.fromisoformat(stated).date().isoformat()
        if found := _PDF.match(stated):
            year, month, day, hour, minute, zone = found.groups()
            if not hour:
                return moment(f"{year}-{month}-{day}")
            zone = (zone or "").replace("'", "")
            when = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}{zone}")
        elif stated[:4].isdigit():
            when = datetime.fromisoformat(stated)
        else:
            from email.utils import parsedate_to_datetime  # here, as the import is slow

            when = parsedate_to_datetime(stated)
        when = _in_kyiv(when)
        return when.replace(tzinfo=None).isoformat(timespec="minutes")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def likely(stated: Iterable[str]) -> str:
    """The first of several dates that can be a day of publication, as `moment` gives it; where none
    can, the first that is a date at all, so that it is told why it is left out; else ""."""
    found = [read for each in stated if (read := moment(each))]
    return next(filter(possible, found), found[0] if found else "")


def possible(published: str) -> bool:
    """Whether a day or moment, as `moment` gives it, can be recorded. Programs write the first or
    the last day of their calendar where no date is set: 0001-01-01, 9999-12-31."""
    try:
        dates.recordable(published[:_ISO_DAY])
    except ValueError:
        return False
    return True


def _in_kyiv(when: datetime) -> datetime:
    """A time in the zone of Kyiv; one at the end of the calendar stays in its own."""
    try:
        return when.astimezone(KYIV) if when.tzinfo else when
    except OverflowError:
        return when
