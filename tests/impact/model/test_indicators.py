"""What is counted: the table is complete, exportable, legible, and strict."""

import re
from itertools import pairwise

import pytest

from impact.model import indicators
from impact.model.indicators import BESIDE, IMPACTS, INDICATORS, OUTAGES
from impact.model.language import languages

EACH = pytest.mark.parametrize("each", INDICATORS.values(), ids=lambda each: each.name)
TOKEN = "[A-Za-z][A-Za-z0-9_]*"  # libhxl: a letter, then letters, digits and underscores


def test_the_fifteen_indicators_of_impact_and_those_beside_are_there():
    assert set(IMPACTS) == {
        "killed", "injured", "casualties", "missing", "rescued", "evacuated", "displaced",
        "power_outage", "heating_loss", "water_outage", "gas_outage", "buildings_damaged",
        "drones_launched", "missiles_launched", "temperature", "planned_cuts",
        "alert_hours",
    }  # fmt: skip


def test_outages_are_levels_with_three_states():
    assert set(OUTAGES) == {"power_outage", "heating_loss", "water_outage", "gas_outage"}
    assert {INDICATORS[name].statuses for name in OUTAGES} == {("lost", "without", "restored")}
    assert not any(INDICATORS[name].adds_up_over_days for name in OUTAGES)


def test_what_stands_beside_harm_is_in_no_group_of_it_and_never_added_up():
    assert set(BESIDE) == {"planned_cuts", "alert_hours"}
    assert not any(INDICATORS[name].group or INDICATORS[name].statuses for name in BESIDE)
    assert not any(INDICATORS[name].adds_up_over_days for name in BESIDE)


def test_tolls_and_launches_add_up_over_days():
    flows = {"killed", "injured", "rescued", "buildings_damaged", "drones_launched"}
    assert all(INDICATORS[name].adds_up_over_days for name in flows)


@EACH
@pytest.mark.parametrize("language", languages())
def test_everything_has_words_in_every_language(each, language):
    assert each.title[language].strip()
    assert all(each.says(status, language).strip() for status in ("", *each.statuses))


@EACH
def test_the_hxl_tag_is_one_that_libhxl_reads(each):
    assert re.fullmatch(rf"#{TOKEN}(\+{TOKEN})*", each.hxl)


def test_no_two_indicators_share_a_tag():
    tags = [each.hxl for each in INDICATORS.values()]
    assert len(set(tags)) == len(tags)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, ground: str) -> float:
    """From 1 for no difference to 21 for black on white."""
    dark, light = sorted([luminance(colour), luminance(ground)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@EACH
@pytest.mark.parametrize("theme, ground", [("light", "#FFFFFF"), ("dark", "#14181D")])
def test_colours_stand_out_from_their_ground(each, theme, ground):
    assert contrast(each.colour[theme], ground) >= 4.5


@EACH
def test_breaks_of_the_map_ascend(each):
    assert len(each.breaks) == (0 if each.kind == "baseline" or each.beside else 4)
    assert all(low < high for low, high in pairwise(each.breaks))


def test_an_unknown_key_is_an_error_that_names_the_indicator(tmp_path):
    table = tmp_path / "indicators.toml"
    shipped = indicators.PATH.read_text(encoding="utf-8")
    table.write_text(shipped.replace("[injured]\n", '[injured]\ncolor = "red"\n'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"injured.*color"):
        indicators.load(table)


def test_a_wrong_kind_is_an_error_that_names_the_indicator(tmp_path):
    table = tmp_path / "indicators.toml"
    shipped = indicators.PATH.read_text(encoding="utf-8")
    table.write_text(shipped.replace('kind = "flow"', 'kind = "heap"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"killed.*heap"):
        indicators.load(table)
