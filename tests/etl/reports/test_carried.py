"""A place that is carried far from where it was named is marked, so that a person looks at it."""

import pytest

from etl.reports.reader import read


def carried(text: str) -> dict[float, bool]:
    """Value -> whether its place was carried far."""
    return {each.figure.value: each.carried for each in read(text, "2026-01-24").figures}


@pytest.mark.parametrize(
    ("text", "far"),
    [
        # its own words, and the sentence before, say where
        ("In Sumy 5 people were injured. 7 houses were damaged.", {5: False, 7: False}),
        ("У Сумах поранено 5 людей. Пошкоджено 7 будинків.", {5: False, 7: False}),
        # a report of one place only is about that place, however long it is
        (
            "In Sumy 5 people were injured. It was cold. Trams stood still. Schools are closed. "
            "7 houses were damaged.",
            {5: False, 7: False},
        ),
        # over an unknown place
        (
            "In Sumy 5 people were injured. In Zernograd, 3 shops burned. 7 houses were damaged.",
            {5: False, 7: True},
        ),
        (
            "У Сумах поранено 5 людей. У Зернограді 3 магазини згоріли. Пошкоджено 7 будинків.",
            {5: False, 7: True},
        ),
        # over another subject
        (
            "In Sumy 5 people were injured. Russian troops lost 400 soldiers. 7 houses were "
            "damaged.",
            {5: False, 7: True},
        ),
        # over several sentences of a report of several places
        (
            "In Odesa 4 people were injured. In Sumy 5 people were injured. It was cold. Trams "
            "stood still. Schools are closed. 7 houses were damaged.",
            {4: False, 5: False, 7: True},
        ),
        (
            "В Одесі поранено 4 людей. У Сумах поранено 5 людей. Було холодно. Трамваї стали. "
            "Школи зачинено. Пошкоджено 7 будинків.",
            {4: False, 5: False, 7: True},
        ),
    ],
)
def test_a_place_carried_over_others_or_far_is_marked(text, far):
    assert carried(text) == far
