"""python -m etl people: who may bring and decide, where people sign in."""

import argparse
from pathlib import Path

from impact.access import people
from impact.access.rules import Role
from impact.store.ledger import store_folder

HELP = "who may bring and decide, where people sign in"
ROLES = [str(role) for role in people.GIVEN]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: add ACCOUNT NAME ROLE | role ACCOUNT ROLE | remove ACCOUNT | list"""
    what = parser.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="give an account a name in the ledger and a role")
    add.add_argument("account", help="what the proxy or provider calls them, or verified e-mail")
    add.add_argument("name", help="as it will stand beside every decision")
    add.add_argument("role", choices=ROLES)
    role = what.add_parser("role", help="give an account another role")
    role.add_argument("account")
    role.add_argument("role", choices=ROLES)
    remove = what.add_parser("remove", help="take an account's role away and end its visits")
    remove.add_argument("account")
    what.add_parser("list", help="a line for each account: role, account, name")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Changes or lists the register of people. A change counts at once, in open pages too."""
    folder = store or store_folder()
    if options.what == "add":
        added = people.add(folder, options.account, options.name, Role(options.role))
        print(f"{added.account} is {added.name}, {added.role}")
    elif options.what == "role":
        people.give(folder, options.account, Role(options.role))
        print(f"{options.account} is {options.role} now")
    elif options.what == "remove":
        people.give(folder, options.account, None)
        print(f"{options.account} may do nothing here any more; the name stays taken")
    else:
        for each in people.everybody(folder):
            print(f"{each.role}\t{each.account}\t{each.name}")
    return 0
