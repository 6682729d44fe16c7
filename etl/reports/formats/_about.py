"""Reads dates that files state about themselves, such as the date in the header of an e-mail."""

import re
from datetime import datetime

from impact.model import dates
from impact.model.dates import KYIV

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
            stated_day = datetime.fromisoformat(stated).date()
            return stated_day.isoformat() if dates.is_meant(stated_day) else ""
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
        local = when.astimezone(KYIV) if when.tzinfo else when
        return local.strftime("%Y-%m-%dT%H:%M") if dates.is_meant(local) else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
