"""The colours: declared once, readable on both papers, the same for Streamlit's parts and ours."""

import re
import tomllib
from pathlib import Path

import pytest

from impact.model import colours
from impact.model.colours import COLOURS, THEMES
from tests.impact.model.test_indicators import contrast

ROOT = Path(__file__).parents[3]
# What carries words or marks; grid lines and frames carry none.
READ = [name for name in COLOURS if name not in ("paper", "raised", "grid")]
# Streamlit's name for a colour -> ours.
STREAMLIT = {
    "primaryColor": "heating",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "raised",
    "textColor": "ink",
    "linkColor": "heating",
    "borderColor": "grid",
    "orangeTextColor": "doubt",
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("name", READ)
def test_a_colour_can_be_read_on_what_it_stands_on(name, ground, theme):
    assert contrast(COLOURS[name][theme], COLOURS[ground][theme]) >= 4.5


def test_no_colour_of_one_theme_is_one_of_the_other():
    """Charts are painted anew by their colours: each must say which one it is."""
    light, dark = ({colour[theme] for colour in COLOURS.values()} for theme in THEMES)
    assert not light & dark
    assert len(light) == len(dark) == len(COLOURS)


@pytest.mark.parametrize("theme", THEMES)
def test_streamlits_own_parts_have_our_colours_in_both_themes(theme):
    options = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    assert options[theme] == {name: COLOURS[ours][theme] for name, ours in STREAMLIT.items()}
    assert not {name for name in options if name.endswith("Color") or name == "base"}


@pytest.mark.parametrize(
    "file", sorted((ROOT / "pages").rglob("*.css")), ids=lambda file: file.name
)
def test_style_sheets_of_pages_name_colours_and_repeat_none(file):
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl)a?\(", file.read_text(encoding="utf-8")) == []
    )


def test_a_page_has_every_colour_and_paints_charts_with_it():
    style = colours.style()
    for name in COLOURS:
        assert f"--{name}: light-dark({COLOURS[name]['light']}, {COLOURS[name]['dark']});" in style
        assert f"fill: var(--{name}) !important" in style
