"""Grammar: numbers, places, days and speakers of a sentence become claims, or are left out."""

import pytest

from tests.etl.reports.scanning import claimed

KYIV, KHARKIV, ODESA = "UA80", "UA6312027001", "UA5110027001"
LOST, WITHOUT = ("heating_loss", "lost"), ("heating_loss", "without")


def figures(text: str) -> list[tuple[str, str, float, str]]:
    """Indicator, status, value and unit of each claim that may become a figure."""
    return [(each.indicator, each.status, each.number.value, each.unit)
            for each in claimed(text) if not each.out and not each.lacks]  # fmt: skip


def only(text: str):
    (found,) = (each for each in claimed(text) if not each.out)
    return found


# What is counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Kharkiv 5 people were killed and 12 injured.",
         [("killed", "", 5, "people"), ("injured", "", 12, "people")]),
        ("Kyiv: killed - 5, injured - 12.",
         [("killed", "", 5, "people"), ("injured", "", 12, "people")]),
        ("Some 7,000 customers in Odesa lost power and water.",
         [("power_outage", "lost", 7_000, "customers"),
          ("water_outage", "lost", 7_000, "customers")]),
        ("Russia launched 120 drones and 30 missiles at Ukraine.",
         [("drones_launched", "", 120, "drones"), ("missiles_launched", "", 30, "missiles")]),
        ("У Києві пошкоджено 12 будинків.", [("buildings_damaged", "", 12, "buildings")]),
        ("У Києві 24 січня без тепла залишаються 3300 будинків.", [(*WITHOUT, 3_300, "buildings")]),
    ],
)  # fmt: skip
def test_each_number_counts_what_its_own_words_say(text, expected):
    assert figures(text) == expected


def test_a_part_that_is_still_out_is_told_apart_from_the_whole():
    text = "Of the 5,635 buildings that lost heating in Kyiv, 4,000 are still without heat."
    assert figures(text) == [(*LOST, 5_635, "buildings"), (*WITHOUT, 4_000, "buildings")]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Five people were killed in Odesa, including two children.", ["all", "children"]),
        ("У Харкові загинули п'ятеро людей, серед них двоє дітей.", ["all", "children"]),
        ("In Kharkiv 12 people were injured, among them three children and a paramedic.",
         ["all", "children", "medics"]),
    ],
)  # fmt: skip
def test_people_within_a_toll_are_a_group_of_it(text, groups):
    assert [each.people for each in claimed(text)] == groups


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The house has nine storeys.", "storeys"),
        ("Russian forces lost 1,200 soldiers.", "military"),
        ("In Kyiv 90 drones were shot down.", "shot_down"),
        ("Some 300 rescuers worked in Kharkiv.", "response"),
        ("In Kyiv power use fell by 12 percent.", "percent"),
        ("Збито 90 дронів.", "shot_down"),
    ],
)
def test_what_is_no_figure_is_kept_with_the_reason(text, why):
    assert [each.out for each in claimed(text)] == [why]


def test_people_killed_over_years_are_a_total():
    (found,) = claimed("Since 2022, 1,200 people have been killed in Kharkiv Oblast.")
    assert (found.out, found.period) == ("", "cumulative")


def test_what_happened_before_the_invasion_is_past():
    (found,) = claimed("In 2015 in Mariupol 30 people were killed.")
    assert found.out == "past"


def test_a_number_whose_noun_is_not_told_awaits_a_person():
    (found,) = claimed("In Kyiv 4,000 remain without power.")
    assert (found.status, found.lacks) == ("without", ("unit",))


# Where


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Odesa 3 people were killed.", ODESA),
        ("Drones hit Kharkiv. Three people were killed in the city.", KHARKIV),
        ("Дрони вдарили по Харкову. У місті загинули троє людей.", KHARKIV),
    ],
)
def test_a_claim_is_about_the_place_named_or_pointed_at(text, place):
    assert only(text).place == place


@pytest.mark.parametrize(
    "text",
    [
        "In Zernograd two people were killed.",
        "In eastern Ukraine three people were killed.",
        "Three people were killed.",
    ],
)
def test_a_claim_without_a_place_of_ours_awaits_a_person(text):
    found = only(text)
    assert (found.place, found.lacks) == ("", ("place",))


# When


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("In Odesa 3 people were killed.", "2026-01-24", ""),
        ("Yesterday 5 people were killed in Odesa.", "2026-01-23", ""),
        ("У ніч на 20 січня в Одесі загинули двоє людей.", "2026-01-20", "night"),
    ],
)
def test_a_claim_is_of_the_day_told_or_else_of_the_publication(text, day, moment):
    found = only(text)
    assert (found.date, found.moment) == (day, moment)


def test_a_count_at_a_time_says_at_which():
    text = "As of 09:00 on 24 January, 3,300 buildings in Kyiv remain without heat."
    assert only(text).as_of == "2026-01-24T09:00"


def test_what_was_lost_is_of_the_attacks_day_and_what_is_still_out_of_today():
    lost, out = claimed(
        "The attack on 22 January left 6,000 buildings in Kyiv without heat. "
        "Another 40 buildings in Kyiv remain without heat."
    )
    assert (lost.status, lost.date) == ("lost", "2026-01-22")
    assert (out.status, out.date) == ("without", "2026-01-24")


# What sentences leave to later ones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Heat failed in Kyiv. Some 5,635 buildings were cut off. By evening 3,300 were still "
         "without it.", [(*LOST, 5_635, "buildings"), (*WITHOUT, 3_300, "buildings")]),
        ("In Kharkiv 5 people were killed. Another 12 were injured.",
         [("killed", "", 5, "people"), ("injured", "", 12, "people")]),
        ("Power failed in Odesa. 7,000 customers were reconnected.",
         [("power_outage", "restored", 7_000, "customers")]),
    ],
)  # fmt: skip
def test_a_sentence_goes_on_with_the_service_the_unit_and_the_place_before(text, expected):
    assert figures(text) == expected
    assert len({each.place for each in claimed(text)}) == 1


# Why, and who says so


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("After a Russian strike 6,000 buildings in Kyiv lost heat.", "strike"),
        ("Через негоду без світла 12 тисяч споживачів на Сумщині.", "weather"),
        ("Some 7,000 customers in Odesa lost power.", "unknown"),
    ],
)
def test_a_loss_has_the_cause_that_is_told(text, cause):
    assert only(text).cause == cause


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In Kharkiv 5 people were killed, said governor Oleh Syniehubov.",
         "Syniehubov (governor)"),
        ("У Києві без тепла 3300 будинків, повідомив мер Віталій Кличко.", "Klitschko (mayor)"),
        ("In Kharkiv 5 people were killed.", ""),
    ],
)  # fmt: skip
def test_a_claim_has_the_speaker_who_is_named(text, speaker):
    assert only(text).speaker == speaker


def test_a_claim_knows_the_words_of_each_field():
    found = only("Over 320,000 customers in Kyiv lost power on 22 January.")
    told = {
        name: " ".join(token.text for token in found.scan.tokens[start:end])
        for name, (start, end) in found.trail.items()
    }
    assert (told["value"], told["bound"], told["place"]) == ("320,000", "Over", "Kyiv")
    assert "22 January" in told["date"]
