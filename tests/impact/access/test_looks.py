"""Names that look like another's: one of them is taken."""

import pytest

from impact.access import logins, people
from impact.access.person import cleaned, looks
from impact.access.rules import Role
from impact.access.settings import OIDC, Settings

NAME = "Olena Koval"


@pytest.mark.parametrize("other", [
    "Olena Koval\u034f", "Olena\u3164 Koval", "Ol\u2800ena Koval", "Olena Koval\ufe0f",
    "Olena K\u043eval", "OLENA KOVAL", "Olena  Koval", "Olena\u00a0Koval", "Olena Koval\u115f",
    "\uff2flena Koval", "Ole\u0301na Koval", "\u200fOlena Koval", "Olena K\u03bfval",
    "Olena KovaI", "Olena Kova1", "0lena Koval", "Olena Kova\u0406", "Olena Kova|",
    "Olena Koval.", "Olena-Koval", "Olena 'Koval'", "Ole`na Koval",
])  # fmt: skip
def test_a_name_that_looks_like_anothers_is_taken(tmp_path, other):
    people.add(tmp_path, "olena", NAME, Role.REVIEWER)
    with pytest.raises(ValueError, match="another account"):
        people.add(tmp_path, "other", other, Role.REVIEWER)


@pytest.mark.parametrize(("name", "other"), [
    ("Boris", "\u0392oris"), ("Nina", "\u039dina"), ("Halyna", "\u0397alyna"), ("Zoe", "\u0396oe"),
    ("Kateryna", "\u039aateryna"), ("Maria", "\u039caria"), ("Yurii", "\u03a5urii"),
    ("Xenia", "\u03a7enia"), ("Emil", "\u0395mil"), ("Hanna", "\u04bbanna"), ("Dana", "\ua4d3ana"),
    ("Sava", "\u054fava"), ("Wanda", "\u13b3anda"), ("Olena", "\u0555lena"), ("Ivan", "\u04c0van"),
    ("Olena", "Olena\U0001d159"),
])  # fmt: skip
def test_a_letter_of_any_script_that_is_drawn_like_a_latin_one_counts_as_it(name, other):
    assert looks(name) == looks(other) != looks(f"{name}a")


@pytest.mark.parametrize(("name", "other"), [
    ("Mama Bum", "Marna Burn"), ("Taras Melnyk", "Taras Rnelnyk"), ("Wanda", "Vvanda"),
    ("Boss Admin", "Boss Adrnin"),
])  # fmt: skip
def test_two_letters_that_look_like_a_third_count_as_it(name, other):
    assert looks(name) == looks(other) != looks(f"{name}a")


def test_the_providers_second_person_of_a_look_gets_a_number(tmp_path):
    found = Settings(way=OIDC, claim="groups", roles={"r": Role.REVIEWER})
    names = set()
    for number, name in enumerate((NAME, "Olena Koval\u034f", "Олена Коваль", "Оlenа Kоvаl")):
        claims = {"iss": "i", "sub": str(number), "name": name, "groups": ["r"]}
        names.add(logins.begin(tmp_path, claims, found).person.name)
    assert len(set(map(looks, names))) == 4 and NAME in names and f"{NAME} (2)" in names


@pytest.mark.parametrize(
    "name", ["Олена Коваль", "Ґанна Їжакевич", "José García", "Anna-Maria O’Neill", "Lucia Arno"]
)
def test_an_ordinary_name_stays_as_it_is(name):
    assert cleaned(name) == name
    assert looks(name) != looks(f"{name}a")
