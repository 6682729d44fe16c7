"""Pictures: whether this server can draw them, and in the letters that they are measured in."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, Finding
from pictures import chromium

# Of the fonts that charts name, that which data/fonts/ measures them in.
FONT = "DejaVu Sans"
_PATIENCE = 10  # seconds


def examine(store: Path) -> Iterator[Finding]:
    """Looks for a browser, and for the font where a browser would draw."""
    path = chromium.find()
    if not path:
        yield Finding(
            NOTE,
            "pictures",
            "there is no Chromium: readers' browsers draw, programs and link previews get no "
            "PNG; `apt-get install chromium-headless-shell` brings one",
        )
        return
    yield Finding(FINE, "pictures", f"{Path(path).name} draws them")
    if not (asked := shutil.which("fc-match")):
        return
    found = subprocess.run(
        [asked, "-f", "%{family}", FONT], capture_output=True, text=True, timeout=_PATIENCE
    ).stdout
    if FONT in found:
        yield Finding(FINE, "fonts", f"{FONT} is there")
    else:
        yield Finding(
            NOTE, "fonts", f"{FONT} is missing: words in pictures look otherwise than they were "
            "measured; `apt-get install fonts-dejavu-core` brings it",
        )  # fmt: skip
