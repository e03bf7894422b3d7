"""The headers of every response: nothing kept, framed, guessed or fetched from outside."""

from http import HTTPStatus

from msgspec.structs import replace

from coprod.web.messages import COOKIE, Response
from coprod.web.templates import style_hash

HTML = ("Content-Type", "text/html; charset=utf-8")
# With "no-referrer" browsers send "Origin: null" with a form, and the origin could not be checked.
_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=()"),
)


def dressed(response: Response) -> Response:
    """Give a response with the headers that every response has."""
    policy = (
        f"default-src 'none'; script-src 'self'; style-src {style_hash()}; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = (*response.headers, *_ALWAYS, ("Content-Security-Policy", policy))
    return replace(response, headers=headers)


def back_to(path: str, *headers: tuple[str, str]) -> Response:
    """Send a browser to look at a page, after it has posted a form."""
    return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", path), *headers))


def cookie(path: str, secret: str, *, secure: bool) -> tuple[str, str]:
    """Give the header that sets one interview's cookie; without a secret, the one that takes it away."""
    kept = "" if secret else "; Max-Age=0"
    only = "; Secure" if secure else ""
    return "Set-Cookie", f"{COOKIE}={secret}; Path={path}; HttpOnly; SameSite=Strict{only}{kept}"
