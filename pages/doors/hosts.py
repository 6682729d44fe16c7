"""By which names this server answers, and from whose pages a WebSocket may come."""

import string
from ipaddress import ip_address
from urllib.parse import urlsplit

from impact.access import settings
from pages.parts.shell import access

# What a name with its port is made of.
_LETTERS = frozenset(string.ascii_lowercase + string.digits + ".-_:[]")


def answers(host: str) -> bool:
    """Whether this server answers by a name, as the Host header has it.

    A page of somebody else's may have a name that leads to this machine: its browser then asks us
    by that name. So the names are those of the public address and of this machine. Where neither
    an address is set nor this machine alone can ask, the server is read-only, and any name does.
    """
    host = host.lower()
    if not host or not _LETTERS.issuperset(host):
        return False
    address = settings.current().address
    if is_local(host) or (address and host == urlsplit(address).netloc):
        return True
    return not address and access.open_to_a_network() is not None


def is_local(host: str) -> bool:
    """Whether a name can only mean the machine of whoever uses it."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def at_home(origin: str, host: str) -> bool:
    """Whether a WebSocket comes from a page of ours. One that does not say from where does not."""
    address = settings.current().address
    if address and origin == address:
        return True
    ours = (f"http://{host.lower()}", f"https://{host.lower()}")
    return origin.lower() in ours and (not address or is_local(host))
