"""The server: an address, its site, and a way for another thread to ask for links and to stop."""

import asyncio
import ipaddress
import threading
import time
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from http import HTTPStatus
from typing import Any, TypeVar

from coprod.journeys.asking.visit import KioskPlan
from coprod.kernel.problem import BadInputError
from coprod.web.addresses import addresses_here
from coprod.web.certificate import Encryption
from coprod.web.conversation import Conversation
from coprod.web.headers import dressed
from coprod.web.messages import Response
from coprod.web.site import Site

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 240
SWEEP_EVERY = 5.0
STOPS_WITHIN = 20.0
_T = TypeVar("_T")


class Server:
    """Serves one plan in a thread of its own until it is stopped. `report` is told where a bug is, in words."""

    def __init__(
        self,
        plan: KioskPlan,
        report: Callable[[str], None],
        *,
        host: str = LOOPBACK,
        port: int = 0,
        encryption: Encryption | None = None,
    ) -> None:
        if encryption is None and not is_loopback(host):
            raise BadInputError.of("--host", "another address needs encryption", "give or make a certificate")
        self.plan, self.report = plan, report
        self.host, self.port, self.encryption = host, port, encryption
        self.origin = ""
        self._connections: set[Conversation] = set()
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._unexpected)
        self._thread = threading.Thread(target=self._loop.run_forever, name="coprod-serve", daemon=True)

    def start(self) -> str:
        """Listen, and give the origin. Raises BadInputError when the address cannot be used."""
        self._thread.start()
        try:
            return self._wait(self._listen())
        except OSError:
            self._end()
            known = " or ".join(addresses_here())
            raise BadInputError.of(
                f"--host {self.host}",
                "this computer cannot listen there",
                f"name an address of this computer with --host{known and f' ({known})'}, and a free port with --port",
            ) from None

    def new_link(self) -> str:
        """Give a new one-time link, or nothing when too many are open."""
        return self._wait(self._call(self.site.new_link))

    def is_anybody_there(self) -> bool:
        """Tell whether an interview is running."""
        return self._wait(self._call(lambda: self.site.sittings.is_anybody_there))

    def stop(self) -> None:
        """Take no more requests, wait for what is being saved, and forget everything."""
        self._wait(self._close())
        self._end()

    async def _listen(self) -> str:
        context = self.encryption.context if self.encryption else None
        self._server = await self._loop.create_server(self._converse, self.host, self.port, ssl=context)
        port = self._server.sockets[0].getsockname()[1]
        shown = f"[{self.host}]" if ":" in self.host else self.host
        self.origin = f"{'https' if context else 'http'}://{shown}:{port}"
        self.site = Site(self.plan, self.origin, time.monotonic, lambda error: self.report(place_of(error)))
        self._sweeper = asyncio.create_task(self._sweep())
        return self.origin

    def _converse(self) -> Conversation:
        return Conversation(self.site.answer, self._mend, self._connections, MOST_CONNECTIONS)

    def _mend(self, error: BaseException) -> Response:
        """Tell of a bug by its kind and place, never by what it was working on."""
        self.report(place_of(error))
        return dressed(Response(status=HTTPStatus.INTERNAL_SERVER_ERROR))

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            self.site.sittings.sweep()
            for one in [one for one in self._connections if one.is_overdue()]:
                one.transport.abort()

    async def _close(self) -> None:
        self._server.close()
        self._sweeper.cancel()
        await self.site.settle()
        for one in list(self._connections):
            one.transport.close()
        if overs := [one.over for one in self._connections]:
            await asyncio.wait(overs, timeout=2)
        for one in list(self._connections):
            one.transport.abort()

    async def _call(self, told: Callable[[], _T]) -> _T:
        return told()

    def _wait(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        waiting: Future[_T] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return waiting.result(STOPS_WITHIN)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOPS_WITHIN)
        self._loop.close()

    def _unexpected(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take the place of asyncio's own log, which would print a traceback."""
        error = context.get("exception")
        if error is not None and not isinstance(error, OSError):
            self.report(place_of(error))


def is_loopback(host: str) -> bool:
    """Tell whether only programs on this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def place_of(error: BaseException) -> str:
    """Give the kind of an error and where it was raised; never its text, which may hold an answer."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__} at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}"
