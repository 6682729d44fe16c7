"""Lines of the log: one line each, whatever a request holds, and no address with its query."""

import logging
from typing import Any

# Of a request uvicorn would write the whole address: a sign-in's holds a code.
_ACCESS = "uvicorn.access"


def keep_plain() -> None:
    """Makes every line of this process's log plain from now on."""
    make = logging.getLogRecordFactory()
    if getattr(make, "plain", False):
        return

    def made(*args: Any, **named: Any) -> logging.LogRecord:
        record = make(*args, **named)
        if record.name == _ACCESS and isinstance(record.args, tuple) and len(record.args) > 2:
            _, method, path, *rest = record.args
            record.args = ("-", method, str(path).partition("?")[0], *rest)
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            return record  # logging itself says that a line cannot be written
        if not text.isprintable():
            record.msg, record.args = "".join(map(_shown, text)), ()
        return record

    made.plain = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
