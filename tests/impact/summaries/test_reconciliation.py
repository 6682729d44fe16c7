"""The country's toll of a day beside the sum of its places."""

import pytest

from tests.made import GOVERNOR, KHARKIV, KYIV, on, toll


def beside(reader):
    return reader.query("FROM reconciliation").iloc[0]


def test_the_two_are_set_side_by_side_and_never_added(shown):
    row = beside(
        shown(
            toll(31, place="UA", **on(24)),
            toll(19, place=KHARKIV, attributed_to=GOVERNOR, **on(24)),
            toll(30, place=KHARKIV, publisher="LIGA", **on(24)),
            toll(4, place=KYIV, **on(24)),
        )
    )
    assert (row["said"], row["places"], row["difference"]) == (31, 23, 8)
    assert (row["places_low"], row["places_high"]) == (23, 34)
    assert (list(row["explained_by"]), row["reporting"]) == (["rivals"], 2)


@pytest.mark.parametrize(
    ("said", "places", "why"),
    [(9, 4, ["silent"]), (4, 4, []), (3, 4, ["older"])],
    ids=["more than all places", "the same", "fewer than one of them"],
)
def test_what_may_explain_a_difference(shown, said, places, why):
    figures = [toll(said, place="UA", **on(24))]
    if said < places:  # two places together say more: neither alone puts the country in doubt
        figures += [toll(places - 1, place=KHARKIV, **on(24)), toll(1, place=KYIV, **on(24))]
    else:
        figures += [toll(places, place=KHARKIV, **on(24))]
    assert list(beside(shown(*figures))["explained_by"]) == why


def test_without_a_claim_of_the_country_there_is_nothing_to_compare(shown):
    assert shown(toll(4, place=KYIV, **on(24))).query("FROM reconciliation").empty
