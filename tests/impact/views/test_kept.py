"""A picture is drawn once for all who ask for it, and kept while there is room."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from impact.charts import PAGE, WIDE
from impact.store import snapshot
from impact.views import KINDS, View, draw
from impact.views.picture import keeping, size
from tests.made import figure, offer

BARS = View(indicator="heating_loss", kind="bars", places=("UA80",))


@pytest.fixture
def drawings(monkeypatch) -> list[View]:
    """The views of bars that have been drawn."""
    drawn, drawing = [], KINDS["bars"].drawing

    def noted(view, reader, sheet):
        drawn.append(view)
        return drawing(view, reader, sheet)

    monkeypatch.setattr(KINDS["bars"], "drawing", noted)
    return drawn


def test_a_view_that_is_asked_for_again_costs_no_drawing(publish, drawings):
    reader = publish(figure())
    first = draw(BARS, reader)
    assert draw(BARS, reader) is first and draw(replace(BARS), reader) is first
    assert len(drawings) == 1


@pytest.mark.parametrize("other", [{"language": "uk"}, {"theme": "dark"}, {"rule": "latest"}])
def test_another_language_theme_or_rule_is_another_picture(publish, drawings, other):
    reader = publish(figure())
    draw(BARS, reader)
    draw(replace(BARS, **other), reader)
    assert len(drawings) == 2


def test_each_sheet_has_a_picture_of_its_own(publish, drawings):
    reader = publish(figure())
    wide, narrow = draw(BARS, reader, WIDE), draw(BARS, reader, PAGE)
    assert wide.chart.layout.margin != narrow.chart.layout.margin or wide.chart != narrow.chart
    assert len(drawings) == 2


def test_what_is_published_is_drawn_at_once(publish, ledger, drawings):
    reader = publish(figure(value=5000.0))
    before = draw(BARS, reader)
    offer(ledger, figure(value=7000.0, status="without"), name="later")
    snapshot.publish(ledger)
    after = draw(BARS, reader)
    assert len(drawings) == 2 and len(after.shown) == len(before.shown) + 1


def test_two_who_ask_at_once_share_one_drawing(publish, drawings):
    reader, view = publish(figure()), replace(BARS, note="at once")
    with ThreadPoolExecutor(4) as readers:
        pictures = list(readers.map(lambda _: draw(view, reader), range(4)))
    assert len(drawings) == 1 and len({id(each) for each in pictures}) == 1


def test_pictures_are_kept_by_their_bytes_and_those_asked_for_longest_ago_go(publish, drawings):
    reader = publish(figure())
    room = 2 * size(draw(BARS, reader)) + 1000
    kept = keeping(room)
    views = [replace(BARS, note=note) for note in ("one", "two", "six")]
    for view in views:
        kept(view, reader, view.sheet)
    drawn = len(drawings)
    kept(views[2], reader, views[2].sheet)
    assert len(drawings) == drawn and kept.cache.currsize <= room
    kept(views[0], reader, views[0].sheet)
    assert len(drawings) == drawn + 1


def test_a_picture_without_room_is_drawn_all_the_same(publish):
    assert keeping(10)(BARS, publish(figure()), BARS.sheet).caption.title
