"""Settings: a slip stops the server with a sentence that holds no secret."""

import pytest

from impact.access import settings
from impact.access.rules import Role

GOOD = "k3Vd8Qz1Wm7Xb5Tn2Jc9Rf6Hp4Ls0GyA"
PROXY = {
    "IMPACT_SIGN_IN": "proxy", "IMPACT_PUBLIC_ADDRESS": "https://impact.example.org/",
    "IMPACT_PROXY_SECRET": GOOD,
}  # fmt: skip
OIDC = {
    "IMPACT_SIGN_IN": "oidc", "IMPACT_PUBLIC_ADDRESS": "https://impact.example.org",
    "IMPACT_OIDC_PROVIDER": "https://id.example.org/.well-known/openid-configuration",
    "IMPACT_OIDC_CLIENT": "impact", "IMPACT_OIDC_SECRET": GOOD, "IMPACT_COOKIE_SECRET": GOOD[::-1],
}  # fmt: skip


@pytest.fixture
def given(monkeypatch):
    for name in settings.NAMES:
        monkeypatch.delenv(name, raising=False)

    def given_(**texts: str) -> settings.Settings:
        for name, text in texts.items():
            monkeypatch.setenv(name, text)
        return settings.current()

    return given_


def test_without_a_setting_nobody_signs_in(given):
    assert given().way == ""


def test_whole_settings_are_read(given):
    found = given(**PROXY)
    assert (found.address, found.public) == ("https://impact.example.org", False)
    found = given(
        **OIDC, IMPACT_ROLE_CLAIM="groups", IMPACT_REVIEWERS="desk, night desk",
        IMPACT_ADMINS="chiefs", IMPACT_READING="public", IMPACT_HOURS="8",
    )  # fmt: skip
    assert found.roles == {
        "desk": Role.REVIEWER, "night desk": Role.REVIEWER, "chiefs": Role.ADMIN,
    }  # fmt: skip
    assert found.public and found.longest == 8 * 3600


def test_a_group_with_two_roles_has_the_higher(given):
    found = given(
        **OIDC, IMPACT_ROLE_CLAIM="g", IMPACT_VIEWERS="all", IMPACT_REVIEWERS="all"
    )  # fmt: skip
    assert found.roles == {"all": Role.REVIEWER}


@pytest.mark.parametrize("name", [*PROXY, *OIDC])
def test_what_is_missing_is_named(given, name):
    whole = PROXY if name in PROXY and "PROXY" in name else OIDC
    with pytest.raises(settings.SettingsWrong, match=name):
        given(**{**whole, name: ""})


@pytest.mark.parametrize(
    "weak",
    ["x", GOOD[:31], "a" * 64, "changeme" * 8, "0123456789abcdef0123456789abcdef",
     "MySecretMySecretMySecretMySecret!", "abababababcdcdcdcdababababab12345"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["IMPACT_OIDC_SECRET", "IMPACT_COOKIE_SECRET"])
def test_a_weak_or_known_secret_is_refused_and_not_repeated(given, name, weak):
    with pytest.raises(settings.SettingsWrong, match=f"{name} can be guessed") as raised:
        given(**{**OIDC, name: weak})
    assert weak not in str(raised.value).replace(name, "") or weak == "x"


@pytest.mark.parametrize(
    "address",
    ["http://impact.example.org", "impact.example.org", "https://", "https://a/b", "https://u@a",
     "https://a:x", "ftp://a", "https://a?b", "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_is_https_and_a_host(given, address):
    with pytest.raises(settings.SettingsWrong, match="IMPACT_PUBLIC_ADDRESS"):
        given(**{**PROXY, "IMPACT_PUBLIC_ADDRESS": address})


@pytest.mark.parametrize(("name", "text"), [
    ("IMPACT_SIGN_IN", "yes"), ("IMPACT_READING", "everybody"), ("IMPACT_HOURS", "-1"),
    ("IMPACT_HOURS", "nan"), ("IMPACT_IDLE_MINUTES", "soon"), ("IMPACT_REVIEWERS", "desk"),
    ("IMPACT_OIDC_PROVIDER", "http://id.example.org/"),
    ("IMPACT_OIDC_PROVIDER", "http://127.0.0.1.example.org/"),
    ("IMPACT_OIDC_PROVIDER", "http://localhost@example.org/"), ("IMPACT_OIDC_PROVIDER", "https://"),
])  # fmt: skip
def test_a_slip_is_told(given, name, text):
    with pytest.raises(settings.SettingsWrong):
        given(**{**OIDC, name: text})


def test_a_file_of_secrets_serves_too_and_the_environment_goes_before_it(
    given, monkeypatch, tmp_path
):
    file = tmp_path / "secrets.toml"
    lines = [f'{name} = "{text}"' for name, text in PROXY.items()]
    file.write_text("\n".join(["[access]", *lines]), encoding="utf-8")
    monkeypatch.setattr(settings, "SECRETS", file)
    settings._read.cache_clear()
    assert given().proxy_secret == GOOD
    assert given(IMPACT_PROXY_SECRET=GOOD[::-1]).proxy_secret == GOOD[::-1]
    file.write_text('[access]\nIMPACT_SECRT = "a"', encoding="utf-8")
    settings._read.cache_clear()
    with pytest.raises(settings.SettingsWrong, match="has no IMPACT_SECRT"):
        given()
    file.write_text(f'[access]\nIMPACT_PROXY_SECRET = "{GOOD}', encoding="utf-8")
    settings._read.cache_clear()
    with pytest.raises(settings.SettingsWrong) as raised:
        given()
    assert GOOD not in str(raised.value)
    settings._read.cache_clear()


def test_settings_do_not_show_their_secrets(given):
    assert GOOD not in repr(given(**PROXY)) and GOOD not in repr(given(**OIDC))


@pytest.mark.parametrize("name", [
    "IMPACT_OIDC_PROVIDER", "IMPACT_OIDC_SECRET", "IMPACT_COOKIE_SECRET", "IMPACT_PROXY_SECRET",
    "IMPACT_READING", "IMPACT_ROLE_CLAIM", "IMPACT_REVIEWERS", "IMPACT_HOURS",
])  # fmt: skip
def test_settings_of_a_sign_in_that_is_not_set_stop_the_server(given, name):
    with pytest.raises(settings.SettingsWrong, match="IMPACT_SIGN_IN is missing"):
        given(**{name: "something"})


def test_a_name_of_ours_that_means_nothing_stops_the_server(given):
    with pytest.raises(settings.SettingsWrong, match="is IMPACT_SIGN_IN meant"):
        given(IMPACT_SIGNIN="oidc")
