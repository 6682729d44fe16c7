"""Access: who asks, and whether they may bring or decide here. It is asked anew at every action.

Where nobody signs in, whoever reaches the server decides. Therefore a server that listens anywhere
but on this machine's loopback is then read-only, however it was started and whoever asks. What
counts are the sockets that this process listens on, not options and not headers. If that cannot be
told, the server is read-only too. Where nothing listens and no browser asks (a test, a script)
there is no server to reach.

Where people sign in (impact/access/settings.py), pages/doors/ says of every request and message who
it is from. A page that is served without it knows nobody and is read-only, also where nobody signs
in: pages/doors/ is what keeps pages of others from speaking to it.

Each reason for everybody is a function in REASONS. To add one, add a function that returns the
sentence, or None where there is no such reason.
"""

import logging
import secrets
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import unquote

from streamlit import config
from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact.access import logins, people, register, rules, settings
from impact.access.actions import Action
from impact.access.person import Person
from impact.access.remembered import Known, Remembered
from impact.access.rules import Role
from impact.access.settings import Settings
from impact.model.language import N_
from impact.store import condition, ledger
from pages.parts.shell import screen as st
from pages.parts.shell import sockets

OPEN_TO_A_NETWORK = N_(
    "Read-only: this server can be reached from other machines, and nobody signs in here. Reports "
    "are brought and figures decided where the dashboard answers on its own machine alone, as "
    "“make run” starts it."
)
UNTOLD = N_(
    "Read-only: it cannot be told whether this server answers on its own machine alone, and nobody "
    "signs in here. Start it with “make run” to bring reports and decide about figures."
)
AT_FAULT = N_("Nothing can be received, reviewed or corrected until the store is mended.")
NOT_SIGNED_IN = N_("To bring reports or decide about figures, sign in.")
TO_READ = N_("To see this, sign in.")
NOT_YOURS = N_("Your account may not do this here: it needs another role.")
_LOG = logging.getLogger(__name__)
# The header by which pages/doors/ says who asks. Its name is made anew for each process: no browser
# knows it, and none can send it.
HEADER = f"x-asks-{secrets.token_hex(16)}"
_ACCOUNT, _LOGIN = "account:", "login:"
_REMEMBERED = Remembered()
# Set once pages/doors/ stands before the pages.
_guarded: list[bool] = []


class Closed(Exception):
    """Nothing can be brought or decided here; `reason` is a sentence to translate."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_to_a_network() -> str | None:
    """Why a server takes nothing in: nobody signs in, and a network can reach it or it cannot be
    told whether one can."""
    if signing_in():
        return None
    found = sockets.listening()
    if found and not all(map(_is_loopback, found)):
        return OPEN_TO_A_NETWORK
    # Without the guard nobody has looked at the names and pages that a request comes by.
    asked = (not found or not _guarded) and _is_asked()
    return UNTOLD if found is None or asked else None


def store_at_fault() -> str | None:
    """Why a store takes nothing in: it is damaged or incomplete."""
    faults = condition.watch(str(ledger.store_folder())).faults()
    return AT_FAULT if any(each.closes for each in faults) else None


REASONS: tuple[Callable[[], str | None], ...] = (open_to_a_network, store_at_fault)


def closed(action: Action) -> str | None:
    """Why something cannot be done here now by whoever asks, as a sentence to translate."""
    return _not_allowed(action) or next((reason for each in REASONS if (reason := each())), None)


def require(who: Person, action: Action) -> None:
    """Raises Closed where a person may not do something here now, or is not the one who asks."""
    if reason := closed(action):
        raise Closed(reason)
    asks = present()
    if asks and asks.account != who.account:
        raise Closed(NOT_SIGNED_IN)


def _not_allowed(action: Action) -> str | None:
    if not signing_in():
        return None
    found = _known(_asks())
    if found.person is None:
        return NOT_SIGNED_IN
    if not rules.allowed(found.person.role, rules.ACTION, action):
        return NOT_YOURS
    return None if found.now else AT_FAULT


def guard() -> None:
    """Says that pages/doors/ stands before every page and address of this process."""
    _guarded[:] = [True]


def signing_in() -> Settings | None:
    """How people sign in here; None where nobody does."""
    found = settings.current()
    return found if found.way and _guarded else None


def present() -> Person | None:
    """Who asks, as their role is at this moment; None where nobody has signed in."""
    return person(_asks())


def person(mark: str) -> Person | None:
    """Whom a mark stands for that `by_account` or `by_login` has made; nobody where the register
    cannot be read. While a shared one is away it is whoever was known last: they read on."""
    return _known(mark).person


def _known(mark: str) -> Known:
    found, folder = signing_in(), ledger.store_folder()
    try:
        if found and mark.startswith(_ACCOUNT):
            account = unquote(mark.removeprefix(_ACCOUNT))
            return _REMEMBERED.known(mark, lambda: people.of_account(folder, account), found.idle)
        if found and mark.startswith(_LOGIN):
            login = mark.removeprefix(_LOGIN)
            return _REMEMBERED.known(mark, lambda: logins.person(folder, login, found), found.idle)
    except register.Away:
        pass  # it has said so itself, and every page tells it
    except register.Unreadable as error:
        _LOG.error("the register of people cannot be read: %s", error)
    return Known(None)


def forget(word: str) -> None:
    """Forgets whom a browser's word stood for."""
    _REMEMBERED.forget(by_login(word))


def by_account(account: str) -> str:
    """The mark of an account that a trusted proxy names, percent-encoded."""
    return f"{_ACCOUNT}{account}"


def by_login(word: str) -> str:
    """The mark of the sign-in that a browser's word stands for."""
    return f"{_LOGIN}{logins.digest(word)}"


def login_of(mark: str) -> str:
    """The digest of the sign-in that a mark names; empty for one of a proxy."""
    return mark.removeprefix(_LOGIN) if mark.startswith(_LOGIN) else ""


def role(who: Person | None) -> Role:
    """What whoever asks may do: without an account, what everybody may."""
    found = signing_in()
    if not found:
        return Role.VIEWER if open_to_a_network() else Role.ADMIN
    if who:
        return who.role
    return Role.VIEWER if found.public else Role.ANYONE


def may(who: Person | None, kind: str, name: str) -> bool:
    """Whether whoever asks may have an entry of data/access.toml."""
    least = rules.entries()[kind].get(name)
    # What all may read where nobody signs in needs no look at the sockets.
    if least and not signing_in() and least.rank <= Role.VIEWER.rank:
        return True
    return least is not None and rules.allowed(role(who), kind, name)


def hidden(page: str) -> str | None:
    """Why whoever asks does not see a page, as a sentence to translate."""
    who = present()
    if may(who, rules.PAGE, page):
        return None
    if not signing_in():
        return open_to_a_network() or NOT_YOURS
    return TO_READ if signing_in() and not who else NOT_YOURS


def _asks() -> str:
    """The mark of whoever runs this page, as pages/doors/ has set it."""
    return st.context.headers.get(HEADER, "")


def _is_asked() -> bool:
    """Whether a browser runs this page. A browser sends headers; a test without one does not."""
    return get_script_run_ctx(suppress_warning=True) is not None and bool(st.context.headers)


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


def refuse_uploads() -> None:
    """Makes Streamlit's own address for uploads take no file, whatever its size.

    It is for a page that was started as a script of its own: then no Guard stands before that
    address.
    """
    if open_to_a_network():
        config.set_option("server.maxUploadSize", 0)
