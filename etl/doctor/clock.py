"""Clock: whether this machine's time can be right. Every line of the ledger is dated by it."""

from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, WRONG, Finding
from impact.model import dates
from impact.store.clock import FOUNDED
from impact.store.ledger import Ledger

_ABOUT = "clock"
_SET = "set it, and let a time service keep it right"


def examine(store: Path) -> Iterator[Finding]:
    """Compares the clock with when this program was made and with what the ledger holds."""
    now = dates.now()
    said = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < FOUNDED:
        yield Finding(WRONG, _ABOUT, f"{said} is before this program was made: {_SET}")
        return
    ledger = Ledger(store)
    wrong = ledger.clocks() if ledger.exists else []
    if wrong:
        yield Finding(
            NOTE, _ABOUT, f"{said}; it stood wrong before: `python -m etl check` names the lines"
        )
    else:
        yield Finding(FINE, _ABOUT, f"{said}; nothing in the ledger contradicts it")
