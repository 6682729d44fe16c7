"""People: one person suffices unless a store names reviewers; a slip in the list stops all."""

import pytest

from impact.store import reviewers


def test_without_a_list_anybody_may_and_one_suffices(tmp_path):
    assert reviewers.reviewers(tmp_path) == ()
    assert reviewers.among("Olena", ())
    assert not reviewers.second_needed("killed", True, False)


def test_the_store_names_its_reviewers(tmp_path):
    (tmp_path / reviewers.NAME).write_text(
        'reviewers = ["Olena  Koval", "Taras"]', encoding="utf-8"
    )
    named = reviewers.reviewers(tmp_path)
    assert named == ("Olena Koval", "Taras")
    assert reviewers.among(" olena koval", named) and not reviewers.among("Petro", named)


def test_the_environment_names_another_file(tmp_path, monkeypatch):
    path = tmp_path / "roles.toml"
    path.write_text('reviewers = ["A", "B"]', encoding="utf-8")
    monkeypatch.setenv("IMPACT_PEOPLE", str(path))
    assert reviewers.reviewers(tmp_path / "store") == ("A", "B")
    path.unlink()
    with pytest.raises(reviewers.PeopleUnreadable, match="roles"):
        reviewers.reviewers(tmp_path / "store")


@pytest.mark.parametrize(
    "text", ["reviewers = [", "reviewers = 'Olena'", "", "reviewers = ['Olena', ' olena ']"]
)
def test_a_slip_in_the_list_never_lets_one_person_suffice(tmp_path, text):
    (tmp_path / reviewers.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(reviewers.PeopleUnreadable):
        reviewers.reviewers(tmp_path)


@pytest.mark.parametrize(
    ("indicator", "doubted", "needed"),
    [
        ("killed", False, True),
        ("casualties", False, True),
        ("injured", False, False),
        ("heating_loss", True, True),
    ],
)
def test_deaths_and_doubts_need_a_second_person(indicator, doubted, needed):
    assert reviewers.second_needed(indicator, doubted, True) is needed


@pytest.mark.parametrize("other", ["olena koval", "Olena Koval\u034f", "Olena K\u043eval"])
def test_a_name_that_looks_like_anothers_is_no_second_person(other):
    assert reviewers.same("Olena Koval", other) and not reviewers.same("Taras", other)
