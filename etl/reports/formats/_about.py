"""What files say of themselves, such as dates in their many spellings."""

import re
from datetime import datetime

from impact.model.dates import KYIV

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# D:20260124180000+02'00' as PDF has it.
_PDF = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?(Z|[+-]\d\d'?\d\d)?)?")


def moment(stated: str) -> str:
    """An ISO day, or an ISO day and minute in Kyiv time; empty if it is neither date nor time.

    Reads ISO 8601, the dates of e-mails and those of PDF files. A time without zone is Kyiv's.
    """
    stated = stated.strip()
    try:
        if _DAY.fullmatch(stated):
            return datetime.fromisoformat(stated).date().isoformat()
        if found := _PDF.match(stated):
            year, month, day, hour, minute, zone = found.groups()
            if not hour:
                return datetime(int(year), int(month), int(day)).date().isoformat()
            zone = (zone or "").replace("'", "")
            when = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}{zone}")
        elif stated[:4].isdigit():
            when = datetime.fromisoformat(stated)
        else:
            from email.utils import parsedate_to_datetime  # it loads half of the network library

            when = parsedate_to_datetime(stated)
        return (when.astimezone(KYIV) if when.tzinfo else when).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
