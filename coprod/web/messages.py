"""A request and a response, without a socket. Neither shows what it carries."""

import re
from http import HTTPStatus

from coprod.kernel.unshown import Unshown

COOKIE = "interview"
_COOKIE = re.compile(rf"(?:^|;\s*){COOKIE}=([A-Za-z0-9_-]{{43}})(?=\s*(?:;|$))")


class Request(Unshown, frozen=True, kw_only=True):
    """What a browser asks for. Header names are in small letters; a header that came twice is not here."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def secret(self) -> str:
        """Give the secret in the cookie, or nothing."""
        found = _COOKIE.findall(self.headers.get("cookie", ""))
        return str(found[0]) if len(found) == 1 else ""


class Response(Unshown, frozen=True, kw_only=True):
    """What goes back. Headers that every response has are added by the site."""

    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
