"""Tables -> Plotly charts: the one look of the product, and the only package that imports plotly.

look.py has the frame that every picture shares, marks.py what a mark says, panels.py the charts on
a time axis, bars.py ranked bars and tolls, maps.py the map. Words come from captions.
"""

from impact.charts.bars import ranked_bars, toll_over_time
from impact.charts.look import CONFIG, SCRIPT, VERSION, to_save
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

__all__ = [
    "CONFIG",
    "SCRIPT",
    "VERSION",
    "attack_panel",
    "country_map",
    "launches_panel",
    "months_panel",
    "outage_panel",
    "ranked_bars",
    "spread_panel",
    "stack",
    "temperature_panel",
    "to_save",
    "toll_over_time",
    "toll_panel",
]
