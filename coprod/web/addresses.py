"""The addresses of this computer, as the system tells them without asking anybody on a network."""

import ipaddress
import re
import socket
import sys
from pathlib import Path

ROUTES = Path("/proc/net/fib_trie")
_OURS = re.compile(r"\|-- ([\d.]+)\n\s+/32 host LOCAL")


def addresses_here() -> tuple[str, ...]:
    """Give the IPv4 addresses on which tablets may reach this computer; nothing where the system does not say."""
    if ROUTES.exists():
        return addresses_in(ROUTES.read_text("ascii"))
    if sys.platform == "win32":
        return _reachable(socket.gethostbyname_ex(socket.gethostname())[2])
    return ()


def addresses_in(routes: str) -> tuple[str, ...]:
    """Give the addresses that a Linux routing table calls its own."""
    return _reachable(_OURS.findall(routes))


def _reachable(addresses: list[str]) -> tuple[str, ...]:
    known = dict.fromkeys(map(ipaddress.ip_address, addresses))
    return tuple(str(one) for one in known if not one.is_loopback)
