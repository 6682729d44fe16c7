"""A chart on a page is drawn once, though Streamlit hands it to Plotly twice."""

import plotly.graph_objects as go
import pytest

from impact.charts.sending import told_once
from impact.charts.sheets import PAGE
from impact.views import KINDS, View, draw
from tests.impact.views.test_drawn import VIEWS

DAYS = ["2026-01-24", "2026-01-25", "2026-01-26"]


def bars(*values: float) -> go.Figure:
    return told_once([go.Bar(x=DAYS, y=values).to_plotly_json()], {})


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_that_is_given_again_is_not_drawn_again(shipped, easel, kind):
    view = View.read(VIEWS[kind] | {"kind": [kind], "lang": ["en"], "theme": ["light"]})
    drawn = draw(view, shipped, PAGE).chart
    first, again, other = easel.strokes(drawn, bars(1, 2, 3))
    assert first > 0 and again == 0 and other > 0


@pytest.mark.browser
def test_a_chart_with_another_number_is_drawn_anew(easel):
    _, again, other = easel.strokes(bars(1, 2, 3), bars(1, 2, 4))
    assert again == 0 and other > 0


def test_no_number_is_lost_on_the_way():
    chart = bars(1, float("nan"), 3)
    assert chart.data[0].y == (1, None, 3) and chart.data[0].x == tuple(DAYS)


def test_a_chart_has_no_template_whoever_was_imported_before():
    assert bars(1, 2, 3).layout.template.to_plotly_json() == {}
