"""A person who brings or decides."""

from dataclasses import dataclass

from impact.access.rules import Role

# Characters of a name.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name the ledger keeps.

    name     as the ledger has it; no two accounts of a store have one
    account  what the provider or proxy calls them; empty where nobody signs in and names are typed
    role     what they may do
    """

    name: str
    account: str = ""
    role: Role = Role.ADMIN


def cleaned(name: str) -> str:
    """A name without control characters, white space as single spaces, not too long."""
    shown = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(shown.split())[:LONGEST].strip()
