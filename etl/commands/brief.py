"""python -m etl brief: writes the brief of an area for a day or week as an HTML file."""

import argparse
from pathlib import Path

from etl.named_files import to_write
from impact import brief
from impact.model import dates, language, places
from impact.store import atomic_files
from impact.store.ledger import store_folder
from impact.store.reader import Reader
from impact.views.citation import pin
from pictures import drawings

HELP = "write the brief of a country, oblast or city for a day or week as one HTML file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--area AREA] [--day DAY] [--week] [--lang LANG] [--base URL] FILE"""
    parser.add_argument("--area", default="Ukraine", help="any spelling of a place, or its P-code")
    parser.add_argument("--day", help="ISO day; the last with a report when left out")
    parser.add_argument("--week", action="store_true", help="the day's week, Monday to Sunday")
    parser.add_argument(
        "--lang", default=language.SOURCE_LANGUAGE, choices=language.languages(), help="language"
    )
    parser.add_argument("--base", default="", help="address of the dashboard, for links to it")
    parser.add_argument("file", type=Path, help="where to write")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Writes the brief. Raises LookupError for an unknown place, or without published figures,
    ValueError for a file of the store itself."""
    folder = store or store_folder()
    file, reader = to_write(options.file, folder), Reader(folder)
    area = places.PLACES.get(options.area) or places.find(options.area)
    day = dates.recordable(options.day)[1] if options.day else brief.latest(reader, area)
    if day is None:
        raise LookupError(f"nobody reported on {area.name_en}: give a --day, or load figures")
    span = brief.period(day, "week" if options.week else "day")
    content = brief.gather(reader, area, span, options.lang)
    drawn = drawings.drawn(content.pictures)
    page = brief.write(
        content,
        drawn,
        base=options.base.rstrip("/"),
        at=pin(content.known_at, dates.now()) if content.known_at else None,
    )
    with atomic_files.drafted(file, own=True) as draft:
        draft.write_text(page, encoding="utf-8")
    print(f"{file}: {len(page.encode()) // 1000} KB", end="")
    print("" if all(drawn) else "; tables in place of pictures, as no Chromium was found")
    return 0
