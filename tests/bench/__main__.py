"""`make bench`: how long things take on this machine, as a table and then as JSON. Measures; judges
nothing. SCALE=1000000 takes so many made figures.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import duckdb

from tests.bench import crowd, loading, pages, reports
from tests.bench.clock import MEASURED

FIGURES = int(os.environ.get("SCALE", 100_000))


def main() -> None:
    """Prints one line a measurement."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, DuckDB {duckdb.__version__}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports.imports()
        reports.reading(folder)
        loading.shipped(folder / "shipped")
        loading.many(folder, FIGURES)
        for store, said in (("shipped", "shipped"), ("many", f"{FIGURES:,}")):
            pages.scripts(folder / store, said)
            pages.over_the_wire(folder, folder / store, said)
            crowd.together(folder / store, folder, said)
        pages.alone(folder, folder / "many", f"{FIGURES:,}")
    print(json.dumps(MEASURED, indent=1))


if __name__ == "__main__":
    main()
