"""Sign-ins: who is here, since when, until when.

A sign-in is made at one place, where the provider has sent somebody back
(pages/doors/sign_in.py). The browser holds a random word; the register keeps its digest. So nothing
that a browser can make up is a sign-in, and an ended one stays ended whatever the browser keeps.
Times are seconds since 1970.
"""

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.access import people, register
from impact.access.person import Person, cleaned
from impact.access.register import Register
from impact.access.rules import Role
from impact.access.settings import Settings

# Seconds between two notes that a sign-in is in use.
NOTED = 30
# Seconds for which ended sign-ins and a provider's words are kept.
KEPT = 30 * 86_400
# Seconds by which a clock may be set back without a word to those who have just signed in.
STEP = 300
# How many numbers after a name are tried where other accounts have it.
_NAMESAKES = 1000


class NoRole(LookupError):
    """The provider knows the person; nobody here gave them a role."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A new sign-in: the word for the browser, and who it is."""

    word: str
    person: Person


def digest(word: str) -> str:
    """What the register keeps in place of a browser's word."""
    return hashlib.sha256(word.encode()).hexdigest()


def begin(folder: Path, claims: Mapping[str, Any], settings: Settings) -> Begun:
    """Signs in whom the provider has proved, by the claims of its ID token.

    Raises NoRole, KeyError where the token names nobody.
    """
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    word, now = secrets.token_urlsafe(32), time.time()
    with register.writing(folder) as found:
        found.execute("DELETE FROM logins WHERE coalesce(ended, seen) < ?", [now - KEPT])
        found.execute("DELETE FROM ended WHERE at < ?", [now - KEPT])
        account = _account(found, issuer, subject, claims, settings)
        row = found.execute(
            "SELECT * FROM people WHERE account = ? AND role <> ''", [account]
        ).fetchone()
        if row:
            found.execute(
                "INSERT INTO logins VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                [digest(word), account, issuer, subject, str(claims.get("sid", "")), now, now],
            )
    if not row:
        raise NoRole(subject)
    return Begun(word, Person(row["name"], account, Role(row["role"])))


def _account(
    found: Register,
    issuer: str,
    subject: str,
    claims: Mapping[str, Any],
    settings: Settings,
) -> str:
    """The account of whom the provider calls so, bound to them at their first sign-in; else empty.

    Where a claim gives roles, it adds people and changes their roles. An account with an @ is an
    e-mail address: it counts only if the provider has verified it, and only until somebody has
    signed in by it. Any other is a subject.
    """
    whole = f"{issuer}|{subject}"
    mail = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    row = found.execute(
        "SELECT account FROM people WHERE subject = ?"
        " OR (subject IS NULL AND account = CASE WHEN account LIKE '%@%' THEN ? ELSE ? END)"
        " ORDER BY subject IS NULL",
        [whole, mail, subject],
    ).fetchone()
    role = _claimed(claims, settings)
    if not row and not role:
        return ""
    account = row["account"] if row else whole
    if not row and role:
        _insert(found, account, claims, role)
    if settings.claim:
        # Who has lost the group has lost the role; who was taken out here stays out.
        found.execute(
            "UPDATE people SET role = ? WHERE account = ? AND role <> ''", [role or "", account]
        )
        if not role:
            people.end_visits(found, account)
    found.execute(
        "UPDATE people SET subject = ? WHERE account = ? AND subject IS NULL", [whole, account]
    )
    return account


def _claimed(claims: Mapping[str, Any], settings: Settings) -> Role | None:
    """The highest role that the claim gives; None where it gives none."""
    told = claims.get(settings.claim, ()) if settings.claim else ()
    # A text or a list of texts. An object's keys are no groups: their values may say "not".
    listed = told if isinstance(told, list | tuple) else [told]
    groups = [each for each in listed if isinstance(each, str)]
    given = [settings.roles[each] for each in groups if each in settings.roles]
    return max(given, key=lambda role: role.rank, default=None)


def _insert(found: Register, account: str, claims: Mapping[str, Any], role: Role) -> None:
    """Adds somebody by their name at the provider; a second account of that name gets a number."""
    told = (claims.get(each) for each in ("name", "preferred_username", "email", "sub"))
    name = next(filter(None, (cleaned(str(each or "")) for each in told)))
    for number in range(1, _NAMESAKES):
        try:
            people.insert(found, account, name if number == 1 else f"{name} ({number})", role)
        except ValueError:
            continue
        return
    raise NoRole(account)


def person(folder: Path, mark: str, settings: Settings) -> Person | None:
    """Who holds the word of a digest, as their role is now.

    None where it was never given out, is ended, too old or too long unused, or has no role left;
    also where it began in the future, as under a clock that was set right since: it would last
    until then.
    """
    now = time.time()
    with register.opened(folder) as found:
        row = found.execute(
            "SELECT people.*, seen FROM logins JOIN people USING (account)"
            " WHERE digest = ? AND ended IS NULL AND role <> ''"
            " AND began BETWEEN ? AND ? AND seen > ?",
            [mark, now - settings.longest, now + STEP, now - settings.idle],
        ).fetchone()
    return Person(row["name"], row["account"], Role(row["role"])) if row else None


def note(folder: Path, mark: str) -> None:
    """Notes that a sign-in is in use, now and then."""
    now = time.time()
    with register.opened(folder) as found:
        row = found.execute(
            "SELECT 1 FROM logins WHERE digest = ? AND seen < ?", [mark, now - NOTED]
        ).fetchone()
    if row:
        with register.writing(folder) as found:
            found.execute("UPDATE logins SET seen = ? WHERE digest = ?", [now, mark])


def end(folder: Path, mark: str) -> None:
    """Ends one sign-in."""
    with register.writing(folder) as found:
        found.execute(
            "UPDATE logins SET ended = ? WHERE digest = ? AND ended IS NULL", [time.time(), mark]
        )


def end_told(folder: Path, word: str, issuer: str, subject: str, session: str) -> bool:
    """Ends what a provider says has ended: one session of its own, or all of a subject.

    word  the name of the provider's word (jti). It counts once. Returns False for a second time.
    """
    now = time.time()
    with register.writing(folder) as found:
        taken = found.execute(
            "INSERT INTO ended VALUES (?, ?) ON CONFLICT DO NOTHING", [f"{issuer}|{word}", now]
        )
        if not taken.rowcount:
            return False
        found.execute(
            "UPDATE logins SET ended = ? WHERE ended IS NULL AND issuer = ?"
            " AND (session = ? OR ? = '') AND (subject = ? OR ? = '')",
            [now, issuer, session, session, subject, subject],
        )
    return True
