"""People and their sign-ins: a name in the ledger is one account; what has ended stays ended."""

import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from etl.__main__ import main
from impact.access import logins, people, register, settings
from impact.access.rules import Role
from impact.access.settings import Settings

ISSUER = "https://provider.example"
PLAIN = Settings(way="oidc", address="https://impact.example")
BY_CLAIM = Settings(
    way="oidc", address="https://impact.example", claim="groups",
    roles={"desk": Role.REVIEWER, "chiefs": Role.ADMIN},
)  # fmt: skip


def claims(subject: str, **more) -> dict:
    return {"iss": ISSUER, "sub": subject, "name": "Olena Koval", **more}


def test_a_name_belongs_to_one_account_for_good(tmp_path):
    people.add(tmp_path, "olena", "Olena Koval", Role.REVIEWER)
    with pytest.raises(ValueError, match="another account is called"):
        people.add(tmp_path, "other", "OLENA  koval", Role.REVIEWER)
    people.give(tmp_path, "olena", None)
    assert people.of_account(tmp_path, "olena") is None
    with pytest.raises(ValueError, match="another account is called"):
        people.add(tmp_path, "other", "Olena Koval", Role.REVIEWER)
    with pytest.raises(ValueError, match="keep that name"):
        people.add(tmp_path, "olena", "Somebody Else", Role.REVIEWER)
    people.add(tmp_path, "olena", "Olena Koval", Role.VIEWER)
    assert people.of_account(tmp_path, "olena").role is Role.VIEWER


def test_a_name_has_no_control_characters(tmp_path):
    assert people.add(tmp_path, "a", "Ole\nna\x1b[31m\u202e Koval", Role.VIEWER).name == (
        "Ole na [31m Koval"
    )


def test_only_whoever_serves_reads_the_register(tmp_path):
    people.add(tmp_path, "a", "A", Role.VIEWER)
    assert stat.S_IMODE((tmp_path / register.NAME).stat().st_mode) == 0o600


def test_without_a_register_nobody_is_known_and_none_is_made(tmp_path):
    assert people.everybody(tmp_path) == []
    assert logins.person(tmp_path, logins.digest("word"), PLAIN) is None
    assert not (tmp_path / register.NAME).exists()


def test_the_browsers_word_is_kept_nowhere(tmp_path):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    begun = logins.begin(tmp_path, claims("s1"), PLAIN)
    assert begun.word.encode() not in (tmp_path / register.NAME).read_bytes()
    assert logins.person(tmp_path, logins.digest(begun.word), PLAIN).name == "Olena Koval"
    assert logins.person(tmp_path, begun.word, PLAIN) is None


def test_who_has_no_role_does_not_come_in(tmp_path):
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s1"), PLAIN)
    with register.opened(tmp_path) as found:
        assert not found.execute("SELECT * FROM logins").fetchall()


@pytest.mark.parametrize("verified", [True, False, "true", None])
def test_an_e_mail_address_counts_only_if_the_provider_has_verified_it(tmp_path, verified):
    people.add(tmp_path, "olena@example.org", "Olena Koval", Role.REVIEWER)
    told = claims("s1", email="olena@example.org", email_verified=verified)
    if verified is True:
        assert logins.begin(tmp_path, told, PLAIN).person.account == "olena@example.org"
    else:
        with pytest.raises(logins.NoRole):
            logins.begin(tmp_path, told, PLAIN)


def test_an_address_that_passes_to_somebody_else_brings_them_no_role(tmp_path):
    people.add(tmp_path, "olena@example.org", "Olena Koval", Role.REVIEWER)
    mail = {"email": "olena@example.org", "email_verified": True}
    logins.begin(tmp_path, claims("s1", **mail), PLAIN)
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s2", **mail), PLAIN)


def test_a_subject_that_looks_like_an_address_is_no_address(tmp_path):
    people.add(tmp_path, "olena@example.org", "Olena Koval", Role.REVIEWER)
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("olena@example.org"), PLAIN)


def test_a_claim_gives_the_highest_of_its_roles_and_takes_it_at_the_next_sign_in(tmp_path):
    first = logins.begin(tmp_path, claims("s1", groups=["desk", "chiefs", "x", 7]), BY_CLAIM)
    assert first.person.role is Role.ADMIN
    assert logins.begin(tmp_path, claims("s1", groups="desk"), BY_CLAIM).person.role == "reviewer"
    # The first sign-in lasts; what it may do is what the account may now.
    mark = logins.digest(first.word)
    assert logins.person(tmp_path, mark, BY_CLAIM).role is Role.REVIEWER
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s1", groups=[]), BY_CLAIM)
    assert logins.person(tmp_path, mark, BY_CLAIM) is None


@pytest.mark.parametrize("back", ["the role", "the account", "an older register"])
def test_a_sign_in_that_was_lost_with_the_role_stays_lost_when_the_role_comes_back(tmp_path, back):
    begun = logins.begin(tmp_path, claims("s1", groups=["desk"]), BY_CLAIM)
    mark, account = logins.digest(begun.word), begun.person.account
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s1", groups=[]), BY_CLAIM)
    if back == "the role":
        people.give(tmp_path, account, Role.REVIEWER)
    elif back == "the account":
        people.add(tmp_path, account, begun.person.name, Role.REVIEWER)
    else:
        with register.writing(tmp_path) as found:  # as an older version left it
            found.execute("UPDATE logins SET ended = NULL")
        people.give(tmp_path, account, Role.REVIEWER)
    assert logins.person(tmp_path, mark, BY_CLAIM) is None
    again = logins.begin(tmp_path, claims("s1", groups=["desk"]), BY_CLAIM)
    assert logins.person(tmp_path, logins.digest(again.word), BY_CLAIM).role is Role.REVIEWER


def test_two_accounts_of_one_name_are_two_persons_in_the_ledger(tmp_path):
    one = logins.begin(tmp_path, claims("s1", groups=["desk"]), BY_CLAIM).person
    two = logins.begin(tmp_path, claims("s2", groups=["desk"]), BY_CLAIM).person
    assert (one.name, two.name) == ("Olena Koval", "Olena Koval (2)")
    # What the provider calls somebody later changes no name.
    again = logins.begin(tmp_path, {**claims("s2", groups=["desk"]), "name": "X"}, BY_CLAIM)
    assert again.person.name == "Olena Koval (2)"


def test_whoever_was_taken_out_stays_out_whatever_the_claim_says(tmp_path):
    account = logins.begin(tmp_path, claims("s1", groups=["desk"]), BY_CLAIM).person.account
    people.give(tmp_path, account, None)
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s1", groups=["desk"]), BY_CLAIM)


@pytest.mark.parametrize(("began", "seen", "lasts"), [
    (1, 1, True), (11 * 3600, 1, True), (13 * 3600, 1, False), (2 * 3600, 3700, False),
])  # fmt: skip
def test_a_sign_in_ends_by_age_and_unused(tmp_path, began, seen, lasts):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    mark = logins.digest(logins.begin(tmp_path, claims("s1"), PLAIN).word)
    now = time.time()
    with register.writing(tmp_path) as found:
        found.execute("UPDATE logins SET began = ?, seen = ?", [now - began, now - seen])
    assert bool(logins.person(tmp_path, mark, PLAIN)) is lasts
    logins.note(tmp_path, mark)
    assert bool(logins.person(tmp_path, mark, PLAIN)) is (began < 12 * 3600)


@pytest.mark.parametrize(
    ("ahead", "lasts"), [(60, True), (3600, False), (55 * 365 * 86_400, False)]
)
def test_a_sign_in_under_a_clock_that_was_ahead_does_not_last_until_then(tmp_path, ahead, lasts):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    mark = logins.digest(logins.begin(tmp_path, claims("s1"), PLAIN).word)
    now = time.time()
    with register.writing(tmp_path) as found:
        found.execute("UPDATE logins SET began = ?, seen = ?", [now + ahead, now + ahead])
    assert bool(logins.person(tmp_path, mark, PLAIN)) is lasts


def test_what_has_ended_stays_ended(tmp_path):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    marks = [
        logins.digest(logins.begin(tmp_path, claims("s1", sid=sid), PLAIN).word)
        for sid in ("one", "two", "three")
    ]
    logins.end(tmp_path, marks[0])
    assert logins.person(tmp_path, marks[0], PLAIN) is None
    assert logins.end_told(tmp_path, "j1", ISSUER, "", "two")
    assert [bool(logins.person(tmp_path, each, PLAIN)) for each in marks] == [False, False, True]
    assert not logins.end_told(tmp_path, "j1", ISSUER, "s1", "")
    assert logins.end_told(tmp_path, "j2", "https://other.example", "s1", "")
    assert logins.person(tmp_path, marks[2], PLAIN)
    assert logins.end_told(tmp_path, "j3", ISSUER, "s1", "")
    assert logins.person(tmp_path, marks[2], PLAIN) is None


def test_people_are_kept_from_the_command_line(tmp_path, capsys):
    def etl(*arguments: str) -> int:
        return main(["--store", str(tmp_path), "people", *arguments])

    assert etl("add", "olena@example.org", "Olena Koval", "reviewer") == 0
    assert etl("role", "olena@example.org", "admin") == 0
    assert etl("list") == 0
    assert "admin\tolena@example.org\tOlena Koval" in capsys.readouterr().out
    assert etl("remove", "olena@example.org") == 0
    assert etl("role", "nobody", "viewer") == 1
    assert "nobody here has the account nobody" in capsys.readouterr().err
    assert etl("list") == 0
    assert capsys.readouterr().out == ""


def test_a_register_that_is_exchanged_or_taken_away_is_seen_at_once(tmp_path):
    people.add(tmp_path, "a", "A", Role.VIEWER)
    assert people.of_account(tmp_path, "a")
    (tmp_path / register.NAME).rename(tmp_path / "aside")
    with pytest.raises(register.Unreadable, match="gone"):  # nobody has taken every role away
        people.of_account(tmp_path, "a")
    people.add(tmp_path, "b", "B", Role.VIEWER)
    assert people.of_account(tmp_path, "a") is None and people.of_account(tmp_path, "b")
    (tmp_path / "aside").replace(tmp_path / register.NAME)
    assert people.of_account(tmp_path, "a")


def test_many_read_while_others_write(tmp_path):
    people.add(tmp_path, "a", "A", Role.VIEWER)

    def turn(number: int) -> bool:
        if number % 10 == 0:
            people.add(tmp_path, f"a{number}", f"A {number}", Role.VIEWER)
        return people.of_account(tmp_path, "a") is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(turn, range(200)))
    assert len(people.everybody(tmp_path)) == 21


@pytest.mark.parametrize("told", [{"g-adm": False}, {"g-adm": True}, True, 5, None, [["g-adm"]]])
def test_only_a_text_or_a_list_of_texts_names_groups(tmp_path, told):
    found = settings.Settings(way=settings.OIDC, claim="groups", roles={"g-adm": Role.ADMIN})
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, {"iss": "i", "sub": "s", "name": "S", "groups": told}, found)


def test_a_sign_in_that_was_lost_with_its_group_does_not_come_back_with_the_role(tmp_path):
    found = settings.Settings(way=settings.OIDC, claim="groups", roles={"r": Role.REVIEWER})
    claims = {"iss": "i", "sub": "s", "name": "S", "groups": ["r"]}
    begun = logins.begin(tmp_path, claims, found)
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims | {"groups": []}, found)
    people.give(tmp_path, "i|s", Role.REVIEWER)
    assert logins.person(tmp_path, logins.digest(begun.word), found) is None
