"""The people of a store and their roles."""

from pathlib import Path
from typing import Any

from impact.access import register
from impact.access.person import Person, cleaned, looks
from impact.access.register import Register
from impact.access.rules import Role

GIVEN = (Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN)


class UnknownPerson(LookupError):
    """There is no such account."""


def add(folder: Path, account: str, name: str, role: Role) -> Person:
    """Adds an account, or gives a removed one its role back.

    account  what the proxy or provider calls them: a name, a subject or a verified e-mail address
    name     as the ledger will have it beside every decision

    Raises ValueError where the account is there already, or another one has the name.
    """
    account, name = account.strip(), cleaned(name)
    if not account or not name:
        raise ValueError("an account and a name are needed")
    with register.writing(folder) as found:
        known = found.execute("SELECT * FROM people WHERE account = ?", [account]).fetchone()
        if known and known["role"]:
            raise ValueError(f"{account} is here already: `people role {account} ROLE` changes it")
        if known and looks(known["name"]) != looks(name):
            raise ValueError(f"{account} stands in the ledger as {known['name']}: keep that name")
        if known:
            found.execute("UPDATE people SET role = ? WHERE account = ?", [role, account])
            end_visits(found, account)
        else:
            insert(found, account, name, role)
    return Person(name, account, role)


def insert(found: Register, account: str, name: str, role: Role) -> None:
    """Writes a new account. Raises ValueError where another one has the name, or one that looks
    like it."""
    alike = [row["name"] for row in found.execute("SELECT name FROM people").fetchall()]
    written = looks(name) not in map(looks, alike) and found.execute(
        "INSERT INTO people (account, name, folded, role) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [account, name, name.casefold(), role],
    )
    if not (written and written.rowcount):
        raise ValueError(f"another account is called {name}: choose another name")


def give(folder: Path, account: str, role: Role | None) -> None:
    """Gives an account another role; None takes every role away and ends its visits.

    Its name stays taken. Raises UnknownPerson.
    """
    with register.writing(folder) as found:
        before = found.execute("SELECT role FROM people WHERE account = ?", [account]).fetchone()
        if not before:
            raise UnknownPerson(f"nobody here has the account {account}: see `people list`")
        found.execute("UPDATE people SET role = ? WHERE account = ?", [role or "", account])
        if role is None or not before["role"]:
            end_visits(found, account)


def end_visits(found: Register, account: str) -> None:
    """Ends every sign-in of an account. One that was lost with a role does not come back with it:
    whoever has their role again signs in again."""
    found.execute("UPDATE logins SET ended = coalesce(ended, seen) WHERE account = ?", [account])


def everybody(folder: Path) -> list[Person]:
    """All accounts that have a role, by name."""
    with register.opened(folder) as found:
        rows = found.execute("SELECT * FROM people WHERE role <> '' ORDER BY folded").fetchall()
    return [_person(row) for row in rows]


def of_account(folder: Path, account: str) -> Person | None:
    """The person with an account, as their role is now; None where they have none."""
    with register.opened(folder) as found:
        row = found.execute(
            "SELECT * FROM people WHERE account = ? AND role <> ''", [account]
        ).fetchone()
    return _person(row) if row else None


def _person(row: Any) -> Person:
    return Person(row["name"], row["account"], Role(row["role"]))
