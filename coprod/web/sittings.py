"""One-time links and the interviews behind them: in memory only, few enough to count, gone when they end."""

import re
import secrets
from collections.abc import Callable
from hmac import compare_digest

from coprod.journeys.asking.turns import turn
from coprod.journeys.asking.visit import Act, KioskPlan, Ready, Visit
from coprod.web.page import WebPage
from coprod.web.views import page_of

# Small letters and digits that are not taken for one another on a screen or in handwriting.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 4, 4
_LINK = re.compile(rf"/[{LETTERS}]{{{GROUP}}}(-[{LETTERS}]{{{GROUP}}}){{{GROUPS - 1}}}")
MOST_SITTINGS = 200
LINK_LASTS = 1_800.0  # seconds until a link that nobody opened is dropped
FORGETS_AFTER = 1_200.0  # seconds without a sign of anybody until an interview is dropped


class Sitting:
    """One interview at one browser. `nonce` names the page it stands on: a form of any other page does nothing.

    `is_big` is how the letters were asked for; it goes with the interview, and the next person begins afresh.
    """

    __slots__ = ("has_begun", "is_big", "nonce", "notice", "page", "secret", "touched", "visit")

    def __init__(self, touched: float) -> None:
        self.visit: Visit = Ready()
        self.has_begun = False
        self.is_big = False
        self.secret = secrets.token_urlsafe(32)
        self.nonce = secrets.token_urlsafe(16)
        self.notice = ""
        self.page: WebPage | None = None
        self.touched = touched

    def go_to(self, visit: Visit, notice: str = "") -> None:
        """Stand on another page."""
        self.visit, self.notice, self.page = visit, notice, None
        self.nonce = secrets.token_urlsafe(16)

    def shown(self, plan: KioskPlan) -> WebPage:
        """Give the page it stands on, drawn up once."""
        if self.page is None:
            self.page = page_of(self.visit, plan, self.notice)
        return self.page

    def act(self, act: Act, plan: KioskPlan) -> None:
        """Do one act."""
        self.go_to(turn(self.visit, act, plan))

    def is_known(self, secret: str) -> bool:
        """Tell whether a browser showed this interview's own secret."""
        return self.has_begun and compare_digest(secret, self.secret)


class Sittings:
    """Every link that may still be opened and every interview that runs."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._by_link: dict[str, Sitting] = {}

    def new_link(self) -> str:
        """Give the path of a new one-time link, or nothing when too many are open."""
        self.sweep()
        if len(self._by_link) >= MOST_SITTINGS:
            return ""
        link = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
        self._by_link[link] = Sitting(self.clock())
        return f"/{link}"

    def at(self, path: str) -> Sitting | None:
        """Give the sitting behind a path, or None: never made, used up, over, and unknown look the same."""
        sitting = self._by_link.get(path.removeprefix("/"))
        if sitting is not None and self._has_lapsed(sitting):
            self.end(path)
            return None
        return sitting

    def touch(self, sitting: Sitting) -> None:
        """Note that somebody is there."""
        sitting.touched = self.clock()

    def end(self, path: str) -> None:
        """Drop an interview and everything it knew."""
        self._by_link.pop(path.removeprefix("/"), None)

    def end_all(self) -> None:
        """Drop every interview and every link."""
        self._by_link.clear()

    def sweep(self) -> None:
        """Drop links that nobody opened and interviews that nobody is at."""
        self._by_link = {link: one for link, one in self._by_link.items() if not self._has_lapsed(one)}

    def _has_lapsed(self, sitting: Sitting) -> bool:
        return self.clock() - sitting.touched >= (FORGETS_AFTER if sitting.has_begun else LINK_LASTS)

    @property
    def is_anybody_there(self) -> bool:
        """Tell whether an interview is running."""
        self.sweep()
        return any(one.has_begun for one in self._by_link.values())


def is_link(path: str) -> bool:
    """Tell whether a path has the shape of a link, made here or not."""
    return _LINK.fullmatch(path) is not None
