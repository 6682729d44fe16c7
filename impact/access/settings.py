"""How people sign in here, as the environment says it, or [access] in Streamlit's file of secrets.

Without a setting nobody signs in: the dashboard is one person's tool on their own machine.
docs/operations.md says what each setting means. A slip stops the server with a sentence.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from impact.access.rules import Role
from impact.sharing import place

SECRETS = Path(__file__).parents[2] / ".streamlit" / "secrets.toml"
PROXY, OIDC = "proxy", "oidc"
# A secret has so many characters at least, so many of them different.
LENGTH, DIFFERENT = 32, 12
# What stands in examples, ours too; whoever leaves it has no secret.
KNOWN = ("change", "secret", "password", "example", "01234567", "abcdef", "qwerty", "xxxx")
_ROLES = {f"IMPACT_{role.name}S": role for role in (Role.ADMIN, Role.REVIEWER, Role.CONTRIBUTOR,
                                                    Role.VIEWER)}  # fmt: skip
NAMES = (
    *("IMPACT_SIGN_IN", "IMPACT_PUBLIC_ADDRESS", "IMPACT_READING", "IMPACT_PROXY_SECRET"),
    *("IMPACT_OIDC_PROVIDER", "IMPACT_OIDC_CLIENT", "IMPACT_OIDC_SECRET", "IMPACT_OIDC_PROMPT"),
    *("IMPACT_ROLE_CLAIM", "IMPACT_HOURS", "IMPACT_IDLE_MINUTES", "IMPACT_COOKIE_SECRET"),
    *_ROLES,
)


# Names of the environment that have nothing to do with signing in.
OTHERS = (
    *("IMPACT_STORE", "IMPACT_BLOBS", "IMPACT_COPY", "IMPACT_PEOPLE"),
    *("IMPACT_TESTS", "IMPACT_TEST_POSTGRES"),
)


class SettingsWrong(ValueError):
    """A setting is missing, unsafe or contradicts another: a sentence says which."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How people sign in here.

    way            PROXY, OIDC, or empty where nobody signs in
    address        scheme and host by which readers reach the server, no slash; empty: not told
    public         whether everybody may read without an account
    proxy_secret   what the trusted proxy sends to prove itself
    provider       address of the provider's openid-configuration; client, secret: ours there
    prompt         what the provider is asked to do at each sign-in ("login"); empty: as it likes
    cookie_secret  signs the cookie that lasts while somebody is on their way to the provider
    claim, roles   the provider's claim that holds groups, and which role a group gives
    longest, idle  seconds after which a sign-in ends, at most and unused
    """

    way: str = ""
    address: str = ""
    public: bool = False
    proxy_secret: str = field(default="", repr=False)
    provider: str = ""
    client: str = ""
    secret: str = field(default="", repr=False)
    prompt: str = ""
    cookie_secret: str = field(default="", repr=False)
    claim: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict, hash=False)
    longest: float = 12 * 3600
    idle: float = 3600


def current() -> Settings:
    """The settings of this process. Raises SettingsWrong."""
    _refuse_unknown()
    return _read(tuple(os.environ.get(name, "") for name in NAMES))


@lru_cache(maxsize=8)
def _read(environment: tuple[str, ...]) -> Settings:
    given = {**_file(), **{n: t for n, t in zip(NAMES, environment, strict=True) if t}}
    told = {name: str(given.get(name, "")).strip() for name in NAMES}
    way = told["IMPACT_SIGN_IN"]
    if way not in ("", PROXY, OIDC):
        raise SettingsWrong(f"IMPACT_SIGN_IN is {PROXY} or {OIDC}, or not set")
    address = _address(told["IMPACT_PUBLIC_ADDRESS"])
    if not way:
        _refuse_the_rest(told)
        return Settings(address=address)
    if not address:
        raise SettingsWrong("with sign-in IMPACT_PUBLIC_ADDRESS is needed: https://your.host")
    reading = told["IMPACT_READING"] or "accounts"
    if reading not in ("accounts", "public"):
        raise SettingsWrong("IMPACT_READING is accounts (as without it) or public")
    shared = Settings(
        way=way,
        address=address,
        public=reading == "public",
        longest=_positive(told, "IMPACT_HOURS", 12) * 3600,
        idle=_positive(told, "IMPACT_IDLE_MINUTES", 60) * 60,
    )
    if way == PROXY:
        return replace(shared, proxy_secret=_strong(told, "IMPACT_PROXY_SECRET"))
    return _with_provider(shared, told)


def _refuse_the_rest(told: Mapping[str, str]) -> None:
    """Raises SettingsWrong where anything is set that only counts with a sign-in: whoever set it
    thinks that people sign in here, and everybody would be let in."""
    for name in NAMES:
        if told[name] and name not in ("IMPACT_SIGN_IN", "IMPACT_PUBLIC_ADDRESS"):
            raise SettingsWrong(f"{name} is set, but nobody signs in: IMPACT_SIGN_IN is missing")


def _refuse_unknown() -> None:
    """Raises SettingsWrong for a name of ours in the environment that means nothing: a slip."""
    for name in os.environ:
        if name.startswith("IMPACT_") and name not in (*NAMES, *OTHERS):
            near = difflib.get_close_matches(name, NAMES, n=1)
            meant = f"; is {near[0]} meant?" if near else ""
            raise SettingsWrong(f"there is no setting {name}{meant}")


def _with_provider(shared: Settings, told: Mapping[str, str]) -> Settings:
    provider = told["IMPACT_OIDC_PROVIDER"]
    if not _is_safe(provider):
        raise SettingsWrong(
            "IMPACT_OIDC_PROVIDER is the https address of the provider's openid-configuration"
        )
    if not told["IMPACT_OIDC_CLIENT"]:
        raise SettingsWrong("IMPACT_OIDC_CLIENT is needed: the name that the provider gave us")
    roles = {
        group: role
        for name, role in reversed(_ROLES.items())
        for group in filter(None, (each.strip() for each in told[name].split(",")))
    }
    if roles and not told["IMPACT_ROLE_CLAIM"]:
        raise SettingsWrong("IMPACT_ROLE_CLAIM is needed: the claim that holds the groups")
    return replace(
        shared,
        provider=provider,
        client=told["IMPACT_OIDC_CLIENT"],
        secret=_strong(told, "IMPACT_OIDC_SECRET"),
        prompt=told["IMPACT_OIDC_PROMPT"],
        cookie_secret=_strong(told, "IMPACT_COOKIE_SECRET"),
        claim=told["IMPACT_ROLE_CLAIM"],
        roles=roles,
    )


def _file() -> Mapping[str, object]:
    if not SECRETS.exists():
        return {}
    try:
        found = tomllib.loads(SECRETS.read_text(encoding="utf-8")).get("access", {})
    except (OSError, ValueError) as error:
        # What a parser says of a file of secrets may hold one.
        raise SettingsWrong(f"{SECRETS.name} cannot be read ({type(error).__name__})") from None
    unknown = set(found) - set(NAMES)
    if unknown:
        raise SettingsWrong(f"[access] in {SECRETS.name} has no {', '.join(sorted(unknown))}")
    return found


def _address(text: str) -> str:
    """Scheme and host. Raises SettingsWrong where it has more, or is open to listeners."""
    if not text:
        return ""
    text = text.rstrip("/")
    if not _is_safe(text) or (parts := urlsplit(text)).path or parts.query or parts.fragment:
        raise SettingsWrong("IMPACT_PUBLIC_ADDRESS is https and a host: https://your.host")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can listen: https, or http within this machine."""
    try:
        parts = urlsplit(address)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        right = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False
    return right and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _positive(told: Mapping[str, str], name: str, otherwise: float) -> float:
    try:
        found = float(told[name] or otherwise)
    except ValueError:
        found = 0
    if not 0 < found < 10_000:
        raise SettingsWrong(f"{name} is a number above 0")
    return found


def _strong(told: Mapping[str, str], name: str) -> str:
    """A secret. Raises SettingsWrong, which never repeats it."""
    secret = told[name]
    if not secret:
        # Whoever was sent to the provider by one machine comes back to another.
        same = name == "IMPACT_COOKIE_SECRET" and place.of_environment()
        alike = ", the same on all machines of the store" if same else ""
        raise SettingsWrong(f"{name} is needed{alike}: `openssl rand -hex 32` makes one")
    weak = len(secret) < LENGTH or len(set(secret)) < DIFFERENT
    if weak or any(each in secret.lower() for each in KNOWN):
        raise SettingsWrong(f"{name} can be guessed: `openssl rand -hex 32` makes a good one")
    return secret
