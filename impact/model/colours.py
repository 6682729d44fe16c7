"""Colours of pages and charts, from data/colours.toml, each for the light and the dark theme."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

PATH = Path(__file__).parents[2] / "data" / "colours.toml"
THEMES = ("light", "dark")


def load(path: Path = PATH) -> Mapping[str, Mapping[str, str]]:
    """Reads the file: name of a colour -> theme -> "#rrggbb"."""
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


COLOURS = load()


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour "#rrggbb"."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def style() -> str:
    """CSS with the colours of a page.

    Each colour is a CSS variable that depends on the theme of the page. If a chart was drawn for
    the other theme, the CSS changes the colours of its marks.
    """
    variables = " ".join(
        f"--{name}: light-dark({', '.join(COLOURS[name].values())});" for name in COLOURS
    )
    rules = (_repainted(name, part) for name in COLOURS for part in ("fill", "stroke"))
    return "\n".join([f":root {{ {variables} }}", *rules, _repainted("paper", "background")])


def _repainted(name: str, part: str) -> str:
    """A CSS rule that shows a colour of a chart in the theme of the page.

    Plotly writes colours into attributes of patterns and into the `style` of marks. Only !important
    overrides the second.
    """
    drawn = ["rgb({}, {}, {})".format(*channels(COLOURS[name][theme])) for theme in THEMES]
    marks = [f'[style*="{part}: {each}"], [{part}="{each}"]' for each in drawn]
    return f".js-plotly-plot :is({', '.join(marks)}) {{ {part}: var(--{name}) !important; }}"
