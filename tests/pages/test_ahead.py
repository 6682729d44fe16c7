"""After a publication what readers asked for last is there before they come again."""

from datetime import date

import pytest

from impact import queries, views
from impact.charts import WIDE
from impact.store import snapshot
from impact.store.ledger import ACCEPT, DISPUTE
from impact.views import View
from pages.parts.shell import ahead, session
from tests.made import KHARKIV, KYIV, figure, toll
from tests.waiting import until

HEAT = View(
    indicator="heating_loss",
    kind="bars",
    places=(KYIV,),
    first=date(2026, 1, 1),
    last=date(2026, 1, 31),
    language="en",
)


@pytest.fixture
def reader(publish):
    """Readers' own reader of a store in which something is published."""
    publish(figure(), toll())
    session._reader.cache_clear()
    yield session.present()
    session._reader.cache_clear()


def decide(ledger, kind: str) -> None:
    ledger.decide(figure().figure_id, kind, "Olena", "it is read again")
    snapshot.publish(ledger)


def test_what_was_asked_is_asked_of_the_next_snapshot(ledger, reader):
    (found,) = queries.figures(reader, [figure().figure_id])["verification"]
    assert reader.asked_before() == []
    decide(ledger, DISPUTE)
    (asked,) = reader.asked_before()
    assert asked[1] == [[figure().figure_id]]
    ahead.get_ready(reader)
    assert reader.asked_before() == []
    assert queries.figures(reader, [figure().figure_id])["verification"].tolist() != [found]


def test_what_nobody_asked_of_a_snapshot_in_between_is_not_forgotten(ledger, reader):
    queries.figures(reader, [figure().figure_id])
    for kind in (DISPUTE, ACCEPT):
        decide(ledger, kind)
        reader.count()
    assert [parameters for _, parameters in reader.asked_before()].count(
        [[figure().figure_id]]
    ) == 1


def test_the_views_that_were_asked_for_are_drawn_anew(ledger, reader):
    elsewhere = View(indicator="killed", kind="days", places=(KHARKIV,), language="en")
    before = [views.draw(each, reader, WIDE) for each in (elsewhere, HEAT)]
    decide(ledger, DISPUTE)
    drawn = [each() for each in views.again(reader)]
    assert [each.view for each in drawn[:2]] == [each.view for each in reversed(before)]
    assert drawn[0] is not before[1]
    assert views.draw(HEAT, reader, WIDE).chart is drawn[0].chart


def test_a_server_does_so_by_itself(ledger, reader, monkeypatch):
    monkeypatch.setattr(ahead, "LOOKS", 0.05)
    queries.figures(reader, [figure().figure_id])
    ahead.begin()
    former = reader.edition
    decide(ledger, DISPUTE)
    assert reader.edition != former
    # Asked by nobody here: what is kept of the new snapshot was asked ahead.
    until(lambda: reader._opened == reader._shown() and reader._results)
