"""Tables -> Plotly charts: the one look of the product, and the only package that imports plotly.

look.py has the frame that every picture shares, marks.py what a mark says, panels.py the charts on
a time axis, bars.py ranked bars and tolls, statements.py who said what when, maps.py the map. Words
come from captions.
"""

from impact.charts.bars import ranked_bars, toll_over_time
from impact.charts.look import CONFIG
from impact.charts.maps import country_map
from impact.charts.panels import (
    attack_panel,
    launches_panel,
    months_panel,
    outage_panel,
    spread_panel,
    stack,
    temperature_panel,
    toll_panel,
)
from impact.charts.statements import far_apart, statements_over_time

__all__ = [
    "CONFIG",
    "attack_panel",
    "country_map",
    "far_apart",
    "launches_panel",
    "months_panel",
    "outage_panel",
    "ranked_bars",
    "spread_panel",
    "stack",
    "statements_over_time",
    "temperature_panel",
    "toll_over_time",
    "toll_panel",
]
