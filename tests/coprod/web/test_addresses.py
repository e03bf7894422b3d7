"""A facilitator is told this computer's addresses instead of having to look for them."""

from coprod.web.addresses import addresses_here, addresses_in

ROUTES = """\
Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        |-- 127.0.0.1
           /32 host LOCAL
     +-- 192.168.137.0/24 2 0 2
        |-- 192.168.137.0
           /24 link UNICAST
        |-- 192.168.137.1
           /32 host LOCAL
        |-- 192.168.137.255
           /32 link BROADCAST
Local:
        |-- 192.168.137.1
           /32 host LOCAL
"""


def test_only_addresses_that_tablets_can_reach_are_named_each_once():
    assert addresses_in(ROUTES) == ("192.168.137.1",)


def test_where_there_is_no_network_nothing_is_named():
    assert addresses_in("Main:\n        |-- 127.0.0.1\n           /32 host LOCAL\n") == ()


def test_nobody_on_a_network_is_asked(monkeypatch):
    """Looking up a name would tell a name server that a session begins."""

    def asked(*_):
        raise AssertionError

    for name in ("socket", "getaddrinfo", "create_connection"):
        monkeypatch.setattr(f"socket.{name}", asked)
    assert all(not one.startswith("127.") for one in addresses_here())
