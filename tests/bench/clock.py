"""What was measured, and how."""

import time
from collections.abc import Callable

# What -> seconds; or megabytes, where its name says so.
MEASURED: dict[str, float] = {}


def took(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def worked(work: Callable[[], object]) -> float:
    """Seconds of the processor's work for this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def line(what: str, seconds: float, remark: str = "") -> None:
    """Prints a measurement and keeps it."""
    MEASURED[what] = round(seconds, 4)
    print(f"{what:<44}{seconds * 1000:>10,.0f} ms   {remark}".rstrip(), flush=True)


def memory(what: str, megabytes: float) -> None:
    """Prints how much memory something took, and keeps it."""
    MEASURED[f"{what}, MB"] = round(megabytes, 1)
    print(f"{what:<44}{megabytes:>10,.0f} MB", flush=True)


def rate(rows: int, seconds: float) -> str:
    """Rows a second, as a remark."""
    return f"{rows / seconds:,.0f} rows/s"
