"""Who may do what: each entry of data/access.toml names the least role; what has none is denied."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from impact.model.language import N_

PATH = Path(__file__).parents[2] / "data" / "access.toml"


class Role(StrEnum):
    """What somebody may do here. The order is the rank."""

    ANYONE = "anyone"
    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


# What a role that may be given to a person is called on screen.
NAMES = {
    Role.VIEWER: N_("viewer"),
    Role.CONTRIBUTOR: N_("contributor"),
    Role.REVIEWER: N_("reviewer"),
    Role.ADMIN: N_("admin"),
}
NOBODY = "nobody"
# What asks and changes nothing (RFC 9110).
SAFE = ("GET", "HEAD", "OPTIONS")
PAGE, ACTION, ADDRESS, SENDING, MESSAGE = KINDS = (
    "page", "action", "address", "sending", "message",
)  # fmt: skip


@cache
def entries() -> Mapping[str, Mapping[str, Role | None]]:
    """Kind -> entry -> the least role that may; None where nobody may.

    Raises ValueError for a kind or role that there is not.
    """
    told = tomllib.loads(PATH.read_text(encoding="utf-8"))
    if set(told) != set(KINDS):
        raise ValueError(f"{PATH.name} has not the tables {', '.join(KINDS)}")
    return {
        kind: {name: None if role == NOBODY else Role(role) for name, role in rules.items()}
        for kind, rules in told.items()
    }


def allowed(role: Role, kind: str, name: str) -> bool:
    """Whether a role may. What has no entry is denied."""
    least = entries()[kind].get(name)
    return least is not None and role.rank >= least.rank


def address(path: str, method: str = "GET") -> tuple[str, str]:
    """The kind and name of the entry that a request falls under.

    The longest entry that the path begins with counts; the name is empty where none fits.
    """
    reads = method in SAFE
    kind, wanted = (ADDRESS, path) if reads else (SENDING, f"{method} {path}")
    below = [each for each in entries()[kind] if each.endswith("/") and each != "/"]
    found = [each for each in below if wanted.startswith(each)]
    return kind, wanted if wanted in entries()[kind] else max(found, key=len, default="")
