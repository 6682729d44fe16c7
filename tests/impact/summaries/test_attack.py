"""Attacks: which days are one, what they did place by place, and what followed."""

import pandas as pd

from tests.made import DNIPRO, KHARKIV, KYIV, figure, on, toll


def launched(value, indicator="drones_launched", **changes):
    unit = indicator.removesuffix("_launched")
    stated = {"indicator": indicator, "unit": unit, "status": "", "place": "UA"}
    return figure(value=value, **(stated | changes))


def power(value, status="lost", **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": status}
    return figure(value=value, **(stated | changes))


def attacks(reader):
    return reader.query(
        """FROM attack JOIN attack_neighbour USING (rule, day)
           WHERE rule = 'responsible' ORDER BY day"""
    )


def test_a_night_has_launches_tolls_losses_and_its_neighbours(shown):
    reader = shown(
        launched(375, **on(24)),
        launched(21, "missiles_launched", **on(24)),
        toll(1, place=KYIV, **on(24)),
        power(800_000, place=KYIV, **on(24)),
        figure(value=6000, **on(24)),
        toll(11, **on(27)),
    )
    night, after = attacks(reader).to_dict("records")
    assert (night["drones"], night["missiles"], night["killed"]) == (375, 21, 1)
    assert (night["power"], night["power_unit"]) == (800_000, "customers")
    assert (night["heating"], night["heating_unit"], night["places"]) == (6000, "buildings", 1)
    assert pd.isna(night["previous"]) and night["next"].day == 27
    assert (after["killed"], after["previous"].day) == (11, 24)
    assert pd.isna(after["drones"]) and pd.isna(after["power"])


def test_still_without_alone_makes_no_attack(shown):
    assert attacks(shown(power(500, "without", **on(24)))).empty


def test_figures_in_doubt_are_counted_apart(shown):
    reader = shown(toll(1, place=KYIV, **on(24)), figure(value=320_000, dubious=True, **on(24)))
    assert attacks(reader)[["heating", "doubted"]].iloc[0].isna().tolist() == [True, False]
    assert attacks(reader)["doubted"].tolist() == [1]


def test_a_loss_is_followed_for_seven_days_or_until_the_place_loses_anew(shown):
    reader = shown(
        power(1000, place=KYIV, **on(9)),
        power(600, "without", place=KYIV, **on(10)),
        power(400, "without", place=KYIV, **on(12)),
        power(900, place=KYIV, **on(14)),
        power(850, "without", place=KYIV, **on(15)),
        power(70, place=DNIPRO, **on(9)),
        power(30, "without", place=DNIPRO, **on(20)),
    )
    rows = reader.query(
        "FROM attack_place WHERE rule = 'responsible' ORDER BY day, area, indicator"
    )
    found = [
        (row.day.day, row.area, row.value, None if pd.isna(row.after) else row.after)
        for row in rows.itertuples(index=False)
    ]
    assert sorted(found, key=str) == sorted(
        [(9, KYIV, 1000, 400), (14, KYIV, 900, 850), (9, DNIPRO, 70, None)], key=str
    )


def test_recovery_counts_only_what_was_counted(shown):
    """Of 1,000: 600 after a day, nothing on the second, 400 on the third, 90 on the sixth."""
    reader = shown(
        power(1000, place=KYIV, **on(9)),
        power(600, "without", place=KYIV, **on(10)),
        power(400, "without", place=KYIV, **on(12)),
        power(90, "without", place=KYIV, **on(15)),
    )
    rows = reader.query("FROM recovery WHERE rule = 'responsible' ORDER BY after")
    assert rows[["after", "share"]].values.tolist() == [[1, 0.6], [3, 0.4], [6, 0.09]]
    first = rows.iloc[0]
    assert (first["half_after"], first["half_by"]) == (1, 3)
    assert (first["tenth_after"], first["tenth_by"]) == (3, 6)


def test_a_number_that_rises_again_has_not_come_back(shown):
    reader = shown(
        power(1000, place=KYIV, **on(9)),
        power(400, "without", place=KYIV, **on(10)),
        power(700, "without", place=KYIV, **on(11)),
    )
    row = reader.query("FROM recovery WHERE rule = 'responsible'").iloc[0]
    assert row["half_after"] == 2 and pd.isna(row["half_by"])


def test_a_loss_that_was_only_counted_as_still_without_is_its_own_start(shown):
    reader = shown(
        toll(1, place=KYIV, **on(9)),
        power(1000, "without", place=KYIV, **on(9)),
        power(500, "without", place=KYIV, **on(10)),
    )
    rows = reader.query("FROM recovery WHERE rule = 'responsible' ORDER BY after")
    assert rows[["after", "lost", "share"]].values.tolist() == [[0, 1000, 1.0], [1, 1000, 0.5]]


def test_statements_without_an_hour_stand_apart(shown):
    reader = shown(
        toll(1, **on(24)),
        toll(3, publisher="LIGA", as_of="2026-01-24T09:30", **on(24)),
        toll(2, publisher="NV", moment="morning", **on(24)),
    )
    rows = reader.query("FROM attack_statement")
    assert rows["timed"].tolist() == [True, True, False]
    assert rows["begins"].astype(str).tolist()[:2] == ["2026-01-24 06:00:00", "2026-01-24 09:30:00"]
    assert rows["ends"].astype(str).tolist()[0] == "2026-01-24 12:00:00"


def test_the_place_of_a_toll_says_how_many_bodies_spoke(shown):
    reader = shown(
        toll(2, attributed_to="Syniehubov (governor)", **on(24)),
        toll(2, attributed_to="Syniehubov (governor)", publisher="LIGA", **on(24)),
        toll(3, attributed_to="State Emergency Service", publisher="NV", **on(24)),
    )
    rows = reader.query("FROM attack_place WHERE rule = 'responsible' AND area = $1", [KHARKIV])
    assert rows["sources"].tolist() == [2]
