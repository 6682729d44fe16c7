"""Named decisions about launches."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from etl.sources import missile_attacks
from impact.model.indicators import INDICATORS
from impact.model.places import find

RECORDED = Path(__file__).parent / "recorded" / "missile_attacks" / "attacks.csv"
# A real copy, where one lies beside the project. It states no licence and is not shipped.
COPY = Path(__file__).parents[3] / "shared/samples/missile_attacks/missile_attacks_daily.csv"


@pytest.fixture(scope="module")
def parsed():
    return missile_attacks.parse(RECORDED.read_bytes())


@pytest.fixture(scope="module")
def launches(parsed):
    """Figures of a day, by part."""

    def of(date):
        return {figure.part: figure for figure in parsed.figures if figure.date == date}

    return of


@pytest.fixture(scope="module")
def refused(parsed):
    """Reason by line of the recorded table."""
    return {int(each.position.removeprefix("line ")): each.reason for each in parsed.refused}


def test_a_night_belongs_to_the_day_it_ends_on(launches):
    wave = launches("2031-01-05")["Shahed-136/131 · 18:00–08:00"]
    assert (wave.indicator, wave.value, wave.unit, wave.place) == (
        "drones_launched",
        90,
        "drones",
        "UA",
    )
    assert (wave.as_of, wave.published, wave.bound) == ("2031-01-05T08:00", "2031-01-05", "exact")


def test_a_model_that_comes_twice_is_told_apart_by_its_hours_then_by_number(launches):
    assert launches("2031-01-05").keys() == {
        "Shahed-136/131 · 18:00–08:00",
        "Shahed-136/131 · 09:00–16:00",
        "Shahed-136/131 · 09:00–16:00 · 2",
        "X-101/X-555 and Kalibr",
    }


def test_two_accounts_of_one_wave_are_rivals_and_not_two_parts(parsed):
    both = [figure for figure in parsed.figures if figure.date == "2031-01-11"]
    assert [(each.part, each.value) for each in both] == [("Kalibr", 3), ("Kalibr", 2)]
    assert len({each.source_key for each in both}) == 2


def test_several_models_of_one_kind_are_one_part_whatever_the_dictionaries_split(launches):
    salvo = launches("2031-01-05")["X-101/X-555 and Kalibr"]
    assert (salvo.indicator, salvo.value, salvo.unit) == ("missiles_launched", 12, "missiles")


def test_a_clock_without_its_leading_zero_and_a_trailing_blank_are_read(launches):
    (morning,) = launches("2031-01-06").values()
    assert (morning.source_key, morning.as_of) == (
        "Odesa oblast, Kalibr, 2031-01-06T03:30/2031-01-06T07:00",
        "2031-01-06T07:00",
    )
    assert launches("2031-01-07")["Iskander-M"].as_of == "2031-01-07T10:00"


def test_a_city_is_a_target(launches):
    assert launches("2031-01-07")["Iskander-M"].place == find("Kryvyi Rih").pcode


def test_a_raion_is_a_part_of_its_oblast(launches):
    oblast = find("Dnipropetrovsk Oblast").pcode
    parts = {part: f.value for part, f in launches("2031-01-07").items() if f.place == oblast}
    assert parts == {"Shahed-136/131 in Dnipro Raion": 4, "Shahed-136/131": 6}


def test_a_day_without_a_clock_has_no_moment(launches):
    assert launches("2031-01-07")["Shahed-136/131"].as_of == ""


def test_the_air_force_confirms_and_other_accounts_report(launches):
    wave = launches("2031-01-05")["X-101/X-555 and Kalibr"]
    assert (wave.attributed_to, wave.verification) == ("Air Force", "confirmed")
    assert wave.url == "https://www.facebook.com/kpszsu/posts/example1"
    command = launches("2031-01-07")["Shahed-136/131 in Dnipro Raion"]
    assert (command.attributed_to, command.verification) == ("pvkshid", "confirmed")


def test_a_telegram_address_is_kept_whole_and_a_film_names_nobody(launches):
    post, film = (launches("2031-01-07")[part] for part in ("Iskander-M", "Shahed-136/131"))
    assert (post.attributed_to, post.url) == ("Air Force", "https://t.me/kpszsu/1")
    assert (film.attributed_to, film.url) == ("", "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (10, "ends before it begins"),
        (11, "a time cannot be read"),
        (12, "a time cannot be read"),
        (13, "a reconnaissance drone, not a strike on a city"),
        (14, "a front-line munition, not a strike on a city"),
        (15, "a front-line munition, not a strike on a city"),
        (16, "one number for weapons of two kinds"),
        (17, "a guided bomb, neither a drone nor a missile"),
        (18, "a model that models.csv does not list"),
        (19, "a military direction, not a place"),
        (20, "one number for several places"),
        (21, "names no target"),
        (22, "target is not in the gazetteer of Ukraine"),
        (23, "no number launched"),
        (24, "launched is not a whole number"),
    ],
)
def test_every_dirt_is_refused_for_its_own_reason(refused, line, reason):
    assert refused[line] == reason


def test_nothing_else_is_refused(parsed, refused):
    assert (parsed.rows, len(parsed.figures), len(refused)) == (25, 10, 15)


def test_no_two_parts_of_a_place_and_day_rival_each_other(parsed):
    assert _rivals(parsed.figures) == []


def test_a_table_without_its_columns_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"lacks time_start, .*; wanted are time_start, time_end"):
        missile_attacks.parse(b"date,count\n2031-01-05,4\n")


def test_every_model_counts_for_an_indicator_or_says_why_not():
    with missile_attacks.MODELS.open(encoding="utf-8", newline="") as file:
        models = list(csv.DictReader(file))
    assert models
    for each in models:
        assert bool(each["reason"]) == (each["indicator"] == "none")
        assert each["indicator"] in {"none", *INDICATORS}


@pytest.mark.skipif(not COPY.exists(), reason="needs a copy of the table")
def test_a_real_copy_is_accounted_for_to_the_last_row():
    parsed = missile_attacks.parse(COPY.read_bytes())
    assert parsed.rows == 3585 == len(parsed.figures) + len(parsed.refused)
    assert _rivals(parsed.figures) == []
    # What news agencies reported for two nights of that winter.
    assert [_drones(parsed.figures, day) for day in ("2026-01-24", "2026-01-09")] == [375, 242]


def _drones(figures, day):
    return sum(f.value for f in figures if (f.indicator, f.date) == ("drones_launched", day))


def _rivals(figures):
    claims = Counter((f.indicator, f.place, f.date, f.part, f.attributed_to) for f in figures)
    return [claim for claim, count in claims.items() if count > 1]
