"""A part of a page that runs again by itself, without the page around it.

What the page asked before it drew the part is not asked then. So the part asks whether whoever
looks at it is still in the role for which it was drawn; in another one the whole page runs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from impact.access.rules import Role
from pages.parts.shell import access
from pages.parts.shell import screen as st


def part(function: Callable[..., None], *, run_every: float | None = None) -> Callable[..., None]:
    """The function as such a part.

    run_every  seconds after which it runs again by itself; None where only a choice in it does so
    """

    @wraps(function)
    def drawn(*args: Any, **named: Any) -> None:
        role = _role()

        @wraps(function)
        def again() -> None:
            if _role() != role:
                st.rerun()
            function(*args, **named)

        st.fragment(again, run_every=run_every)()

    return drawn


def _role() -> Role | None:
    """The role of whoever looks; None without an account."""
    who = access.present()
    return who.role if who else None
