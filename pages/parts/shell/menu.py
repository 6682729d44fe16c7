"""The menu: every script in the folders of GROUPS. The folders are the list of pages.

A page says up to three things at its top, which are read here without running it:

    TITLE  its name in the menu, as N_("…")
    ORDER  where it stands in its group; the first page of all is the start page
    SHOWS  if it shows a picture, what of the picture's view its address need not name: {"kind": …};
           an empty text is what the address must name

The script's own name is its address: pages/explore/power.py is served at /power.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.model.language import N_
from pages.parts.shell import screen as st
from pages.parts.shell import session

ROOT = Path(__file__).parents[3]
# Px that it is wide: the longest name of a page in either language stands on one line.
WIDTH = 276
# Folder under pages/ -> the group's name. The groups stand in this order.
GROUPS = {
    "explore": N_("What happened"),
    "publish": N_("Pictures and briefs"),
    "reports": N_("Add a report"),
    "trust": N_("How we know"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the menu has it.

    path   the script, beside dashboard.py
    shows  parameters of the view that it shows; None for a page without a picture
    """

    group: str
    order: int
    path: str
    title: str
    shows: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """The page's address, unless it is the start page."""
        return Path(self.path).stem


@cache
def entries() -> tuple[Entry, ...]:
    """Every page in the menu's order. Raises ValueError that names a script without a title."""
    return tuple(
        entry
        for group in GROUPS
        for entry in sorted(map(_read, (ROOT / "pages" / group).glob("*.py")), key=_place)
    )


def choose() -> tuple[st.Page, str]:
    """Draws the menu. Returns the page that the reader asked for, and its group."""
    groups: dict[str, list[st.Page]] = {}
    group_of = {}
    for entry in entries():
        page = _page(entry)
        groups.setdefault(session.words()._(GROUPS[entry.group]), []).append(page)
        group_of[page.url_path] = entry.group
    page = st.navigation(groups, expanded=True)
    return page, group_of[page.url_path]


def _page(entry: Entry) -> st.Page:
    title = session.words()._(entry.title)
    if entry == entries()[0]:
        return st.Page(entry.path, title=title, default=True)
    return st.Page(entry.path, title=title, url_path=entry.name)


def _place(entry: Entry) -> tuple[int, str]:
    return entry.order, entry.path


def _read(script: Path) -> Entry:
    """What a script says of itself. Its text is read; nothing of it runs."""
    path = script.relative_to(ROOT).as_posix()
    said = {
        ast.unparse(line.targets[0]): line.value
        for line in ast.parse(script.read_text(encoding="utf-8"), path).body
        if isinstance(line, ast.Assign)
    }
    match said.get("TITLE"), said.get("ORDER"):
        case ast.Call(args=[ast.Constant(value=str(title)), *_]), ast.Constant(value=int(order)):
            shows = ast.literal_eval(said["SHOWS"]) if "SHOWS" in said else None
            return Entry(script.parent.name, order, path, title, shows)
    raise ValueError(f'{path} lacks TITLE = N_("…") or ORDER = …')
