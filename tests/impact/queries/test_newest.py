"""What is new on the start page: which numbers, in which order, said by whom."""

import re

from impact.model import language
from impact.model.places import PLACES
from impact.queries.newest import newest
from impact.wording import markup, news_captions
from tests.made import GOVERNOR, KHARKIV, KYIV, figure, on, toll

EVERYWHERE = list(PLACES)


def lines(rows, most=5) -> list[str]:
    table = news_captions.table(rows, language.words("en"), markup.anchor, most)
    return [re.sub("<[^>]+>", " ", row).strip() for row in table.split("<tr>")[2:]]


def test_what_was_published_last_comes_first_and_rivals_and_doubts_are_no_news(shown):
    reader = shown(
        toll(5, attributed_to=GOVERNOR, **on(20)),
        toll(4, publisher="LIGA", date="2026-01-20", published="2026-01-26"),
        figure(value=320_000, dubious=True, **on(27)),
        figure(**on(24)),
    )
    rows = newest(reader, EVERYWHERE, 10)
    assert rows["value"].tolist() == [500, 5]
    assert newest(reader, EVERYWHERE, 1)["value"].tolist() == [500]
    assert newest(reader, [KHARKIV], 10)["value"].tolist() == [5]
    assert newest(reader, ["UA46"], 10).empty


def test_what_one_speaker_said_of_one_place_and_day_is_one_line_each_number_a_link(shown):
    said = {"attributed_to": GOVERNOR, **on(20)}
    reader = shown(
        toll(5, **said), toll(2, place=KYIV, **on(20)), toll(14, indicator="injured", **said)
    )
    rows = newest(reader, EVERYWHERE, 10)
    table = news_captions.table(rows, language.words("en"), markup.anchor, 5)
    told = lines(rows)
    assert len(told) == 2
    assert re.search("Kharkiv, 20 January 2026: killed: +5 people.*injured: +14 people", told[0])
    assert "20 January 2026" in told[0] and "Syniehubov" in told[0]
    assert table.count("<a href") == 3
    assert len(lines(rows, most=1)) == 1


def test_of_a_part_the_line_says_nothing_where_it_says_the_whole(shown):
    said = {"attributed_to": GOVERNOR, **on(20)}
    reader = shown(
        toll(5, **said),
        toll(3, part="one district", **said),
        toll(2, indicator="injured", part="one district", **said),
    )
    (told,) = lines(newest(reader, EVERYWHERE, 10))
    assert told.count("killed") == 1 and "5 people" in told
    assert "injured, " in told and "2 people" in told
