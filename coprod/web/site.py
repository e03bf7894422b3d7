"""The site: a request gives a response. No socket, no log; it remembers nothing but running interviews."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from coprod.journeys.asking.visit import (
    Hide,
    KeptFailed,
    KeptSafe,
    KioskPlan,
    Press,
    Ready,
    Recalling,
    Receipt,
    Saving,
)
from coprod.kernel.problem import CoprodError
from coprod.web.forms import LETTERS, STILL, Form, after_form, read_form
from coprod.web.headers import HTML, back_to, cookie, dressed
from coprod.web.messages import Request, Response
from coprod.web.own_pages import gone_page
from coprod.web.sittings import FORGETS_AFTER, Sitting, Sittings, is_link
from coprod.web.templates import html_of, script
from surveys.interviews.interview import Interview, records, words_wanted

SCRIPT = "/cover.js"
FORM = "application/x-www-form-urlencoded"
LARGEST_BODY = 65_536


class Site:
    """Serves one plan at one address. `origin` is as browsers write it: `https://192.168.0.7:8443`.

    `report` is told of a bug, and may say where it is but never what it was working on.
    """

    def __init__(
        self,
        plan: KioskPlan,
        origin: str,
        clock: Callable[[], float],
        report: Callable[[BaseException], None],
    ) -> None:
        self.plan = plan
        self.report = report
        self.origin = origin
        self._is_secure = origin.startswith("https:")
        self.sittings = Sittings(clock)
        self._one_at_a_time = asyncio.Lock()
        self._saves: set[asyncio.Task[Receipt | None]] = set()
        self._gone()  # once before anybody asks: the templates take longer to prepare than thirty pages to draw

    def new_link(self) -> str:
        """Give a new one-time link, or nothing when too many are open."""
        path = self.sittings.new_link()
        return f"{self.origin}{path}" if path else ""

    async def answer(self, request: Request) -> Response:
        """Give the response, with the headers that every response has."""
        return dressed(await self._answer(request))

    async def settle(self) -> None:
        """Wait for every save that has begun, then forget every interview."""
        if self._saves:
            await asyncio.wait(self._saves)
        self.sittings.end_all()

    async def _answer(self, request: Request) -> Response:
        if not self._is_for_us(request):
            return Response(status=HTTPStatus.FORBIDDEN)
        match request.method:
            case "GET" | "HEAD" if request.path == SCRIPT:
                kind = ("Content-Type", "text/javascript; charset=utf-8")
                return Response(status=HTTPStatus.OK, body=script(), headers=(kind,))
            case "GET" | "HEAD":
                return self._show(request)
            case "POST":
                return await self._take(request)
            case _:
                return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)

    def _is_for_us(self, request: Request) -> bool:
        """Tell whether a request names this address and comes from its own pages: other sites may not post."""
        here = self.origin.partition("://")[2]
        if request.headers.get("host") != here:
            return False
        if request.method != "POST":
            return True
        from_us = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return from_us and request.headers.get("origin") == self.origin

    def _show(self, request: Request) -> Response:
        sitting = self.sittings.at(request.path)
        if sitting is None or (sitting.has_begun and not sitting.is_known(request.secret)):
            return self._gone()
        if sitting.has_begun:
            self.sittings.touch(sitting)
        body = html_of(sitting.shown(self.plan), sitting.nonce, int(FORGETS_AFTER), is_big=sitting.is_big)
        again = (("Refresh", "2"),) if isinstance(sitting.visit, Saving) else ()
        return Response(status=HTTPStatus.OK, body=body, headers=(HTML, *again))

    async def _take(self, request: Request) -> Response:
        """Do what a form asks, then send the browser back to the same address to look."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            return Response(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        form = read_form(request.body)
        if form is None:
            return Response(status=HTTPStatus.BAD_REQUEST)
        sitting = self.sittings.at(request.path)
        if sitting is None:
            return back_to(request.path) if is_link(request.path) else self._gone()
        if not sitting.has_begun:
            return self._begin(sitting, form, request)
        if not sitting.is_known(request.secret):
            return back_to(request.path)
        if form.one("do") not in STILL:  # sent by a page that nobody touches
            self.sittings.touch(sitting)
        await self._do(sitting, form)
        return self._after(sitting, request)

    def _begin(self, sitting: Sitting, form: Form, request: Request) -> Response:
        """Use a link up: whoever presses Start first gets the only cookie it ever gives."""
        if form.one("page") != sitting.nonce:
            return back_to(request.path)
        sitting.has_begun = True
        sitting.act(Press("start"), self.plan)
        self.sittings.touch(sitting)
        return back_to(request.path, cookie(request.path, sitting.secret, secure=self._is_secure))

    async def _do(self, sitting: Sitting, form: Form) -> None:
        """Do what a form asks. Hiding always works; anything else only from the page that is shown now."""
        if form.one("do") == "hide":
            sitting.act(Hide(), self.plan)
        elif form.one("page") == sitting.nonce:
            was = sitting.visit
            sitting.is_big ^= form.one("do") == LETTERS
            outcome = after_form(sitting.visit, form, sitting.shown(self.plan), self.plan)
            sitting.go_to(outcome.visit, outcome.notice)
            if isinstance(outcome.visit, Saving) and not isinstance(was, Recalling):
                await self._save(sitting, outcome.visit.interview)

    async def _save(self, sitting: Sitting, interview: Interview) -> None:
        """Keep the records; the page says saved only after that has come back, and whoever has left changes nothing."""
        kept = asyncio.create_task(self._kept(interview))
        self._saves.add(kept)
        kept.add_done_callback(self._saves.discard)
        await asyncio.wait({kept})
        error = kept.exception()
        sitting.act(KeptSafe(kept.result()) if error is None else KeptFailed(), self.plan)
        if error is not None and not isinstance(error, CoprodError):
            self.report(error)

    async def _kept(self, interview: Interview) -> Receipt | None:
        async with self._one_at_a_time:
            kept = records(interview, self.plan.sha256)
            return await asyncio.to_thread(self.plan.save, kept, words_wanted(interview))

    def _after(self, sitting: Sitting, request: Request) -> Response:
        """Drop a visit that is over, with its cookie."""
        if not isinstance(sitting.visit, Ready):
            return back_to(request.path)
        self.sittings.end(request.path)
        return back_to(request.path, cookie(request.path, "", secure=self._is_secure))

    def _gone(self) -> Response:
        body = html_of(gone_page(self.plan), "", int(FORGETS_AFTER))
        return Response(status=HTTPStatus.NOT_FOUND, body=body, headers=(HTML,))
