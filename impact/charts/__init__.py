"""Tables -> Plotly charts: the one look of the product, and the only package that imports plotly.

look.py has what all charts have in common, frame.py the words around each, sheets.py what it is
drawn on, sending.py what lets a page draw it once, letters.py how wide words are; marks.py what a
mark says, labels.py where numbers stand, callouts.py where several lines do, map_labels.py where
names on a map do; panels.py what is drawn on a time axis, cut_off.py the panel of who was cut off,
arranging.py puts panels together; bars.py has ranked bars and tolls, matrix.py squares by place and
week, statements.py who said what when, lanes.py all of a day hour by hour, maps.py the map,
toll_map.py that of people. Words come from captions.
"""

from plotly.graph_objects import Figure as Chart

from impact.charts.arranging import NoRoom, Panel, grid, stack
from impact.charts.bars import bars_that_fit, ranked_bars, toll_over_time
from impact.charts.bignumber import Days, Number, big_number
from impact.charts.cut_off import cut_off_panel
from impact.charts.lanes import lanes
from impact.charts.lines import lines_panel
from impact.charts.listing import listing
from impact.charts.look import CONFIG
from impact.charts.maps import country_map
from impact.charts.matrix import BEFORE_COUNT, COUNTED, matrix
from impact.charts.panels import (
    attack_panel,
    empty_panel,
    launches_panel,
    months_panel,
    night_strip,
    outage_panel,
    silent_panel,
    temperature_panel,
    toll_panel,
)
from impact.charts.saving import SCRIPT, VERSION, to_save
from impact.charts.sheets import BROAD, HIGH, PAGE, PAGES, SHEETS, SIZES, WIDE, Sheet
from impact.charts.statements import far_apart, statements_over_time
from impact.charts.toll_map import toll_map
from impact.model.colours import THEMES

__all__ = [
    "BEFORE_COUNT",
    "BROAD",
    "CONFIG",
    "COUNTED",
    "HIGH",
    "PAGE",
    "PAGES",
    "SCRIPT",
    "SHEETS",
    "SIZES",
    "THEMES",
    "VERSION",
    "WIDE",
    "Chart",
    "Days",
    "NoRoom",
    "Number",
    "Panel",
    "Sheet",
    "attack_panel",
    "bars_that_fit",
    "big_number",
    "country_map",
    "cut_off_panel",
    "empty_panel",
    "far_apart",
    "grid",
    "lanes",
    "launches_panel",
    "lines_panel",
    "listing",
    "matrix",
    "months_panel",
    "night_strip",
    "outage_panel",
    "ranked_bars",
    "silent_panel",
    "stack",
    "statements_over_time",
    "temperature_panel",
    "to_save",
    "toll_map",
    "toll_over_time",
    "toll_panel",
]
