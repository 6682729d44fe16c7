"""The product's colours, from data/colours.toml: each for the light paper and for the dark."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

PATH = Path(__file__).parents[2] / "data" / "colours.toml"
THEMES = ("light", "dark")


def load(path: Path = PATH) -> Mapping[str, Mapping[str, str]]:
    """Name of a colour -> theme -> hex."""
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


COLOURS = load()


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a hex colour, 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def style() -> str:
    """The colours for a page, as CSS.

    Each colour is a variable that follows the page's theme. Marks of a chart that was drawn for the
    other theme are painted anew.
    """
    told = " ".join(
        f"--{name}: light-dark({', '.join(COLOURS[name].values())});" for name in COLOURS
    )
    rules = (_repainted(name, part) for name in COLOURS for part in ("fill", "stroke"))
    return "\n".join([f":root {{ {told} }}", *rules, _repainted("paper", "background")])


def _repainted(name: str, part: str) -> str:
    """CSS that paints one colour of a chart as another.

    Plotly writes a colour into a mark's style, which only !important can override, and into
    attributes of patterns.
    """
    drawn = ["rgb({}, {}, {})".format(*channels(COLOURS[name][theme])) for theme in THEMES]
    marks = [f'[style*="{part}: {each}"], [{part}="{each}"]' for each in drawn]
    return f".js-plotly-plot :is({', '.join(marks)}) {{ {part}: var(--{name}) !important; }}"
