"""One connection: bytes in, requests, responses, bytes out. Everything is bounded and nothing is logged."""

import asyncio
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, cast

import h11

from coprod.kernel.unshown import Unshown
from coprod.web.messages import Request, Response

LARGEST_HEAD = 16_384
LARGEST_BODY = 65_536
ARRIVES_WITHIN = 20.0  # seconds for a whole request, from its first byte
STAYS_OPEN = 120.0  # seconds between one request and the next

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class Arrived(Unshown, frozen=True):
    """A whole request, and whether the other side wants another one on this connection."""

    request: Request
    stays_open: bool


class Arriving:
    """A request on its way in; it knows nothing of the one before. Raises h11.RemoteProtocolError for what is none."""

    def __init__(self) -> None:
        self._connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD)
        self._head: h11.Request | None = None
        self._body = bytearray()
        self.whole: Arrived | None = None

    def receive(self, data: bytes) -> None:
        """Take bytes, a head's length at a time: a head that is too long is refused however fast it comes."""
        for begin in range(0, len(data), LARGEST_HEAD):
            self._connection.receive_data(data[begin : begin + LARGEST_HEAD])
            if self.whole is None:
                self.whole = self._look()

    @property
    def beyond(self) -> bytes:
        """Give what has come of the request after this one."""
        return self._connection.trailing_data[0]

    def _look(self) -> Arrived | None:
        while True:
            event = self._connection.next_event()
            match event:
                case h11.Request():
                    self._head = event
                case h11.Data(data=data):
                    self._body += data
                    if len(self._body) > LARGEST_BODY:
                        too_much = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                        raise h11.RemoteProtocolError("too much", error_status_hint=too_much)
                case h11.EndOfMessage() if self._head is not None:
                    is_over = self._connection.their_state is not h11.DONE
                    return Arrived(_read(self._head, bytes(self._body)), not is_over)
                case _:
                    return None


class Conversation(asyncio.Protocol):
    """Answers one request after another until either side has had enough.

    `answer` gives the response to a request, `mend` the one to a bug; `known` holds every open connection.
    """

    def __init__(
        self,
        answer: Answer,
        mend: Callable[[BaseException], Response],
        known: set["Conversation"],
        most: int,
    ) -> None:
        self._answer, self._mend, self._known, self._most = answer, mend, known, most
        self._loop = asyncio.get_running_loop()
        self._arriving = Arriving()
        self._answering: asyncio.Task[Response] | None = None
        self._is_full = False
        self._ends_at = self._loop.time() + STAYS_OPEN
        self._has_begun = False
        self.over: asyncio.Future[None] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless too many are here."""
        self.transport = cast("asyncio.Transport", transport)
        if len(self._known) >= self._most:
            self.transport.abort()
        else:
            self._known.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio gives it
        """Forget the connection. A request that came whole is still done: a tablet may lose its network while it sends."""
        self._known.discard(self)
        if not self.over.done():
            self.over.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Take bytes; while a request is being answered, no more are asked for."""
        self._take(data)
        if self._answering is not None:
            self.transport.pause_reading()

    def pause_writing(self) -> None:
        """Answer no more until the other side has read what it was sent."""
        self._is_full = True

    def resume_writing(self) -> None:
        """Go on with what has come meanwhile."""
        self._is_full = False
        self._go_on()

    def is_overdue(self) -> bool:
        """Tell whether the other side has kept this connection waiting for too long."""
        return self._answering is None and self._loop.time() > self._ends_at

    def _take(self, data: bytes) -> None:
        if data and not self._has_begun:
            self._has_begun, self._ends_at = True, self._loop.time() + ARRIVES_WITHIN
        try:
            self._arriving.receive(data)
        except h11.RemoteProtocolError as error:
            status = HTTPStatus(error.error_status_hint)
            self.transport.write(as_bytes(Response(status=status), last=True))
            self.transport.close()
        else:
            self._go_on()

    def _go_on(self) -> None:
        arrived = self._arriving.whole
        if self._answering is None and arrived is not None and not self._is_full:
            self._answering = self._loop.create_task(self._answer(arrived.request))
            self._answering.add_done_callback(lambda done: self._answered(arrived, done))

    def _answered(self, arrived: Arrived, done: asyncio.Task[Response]) -> None:
        self._answering = None
        if done.cancelled() or self.transport.is_closing():
            return
        error = done.exception()
        response = done.result() if error is None else self._mend(error)
        self.transport.write(
            as_bytes(response, bodiless=arrived.request.method == "HEAD", last=not arrived.stays_open)
        )
        if not arrived.stays_open:
            self.transport.close()
            return
        beyond, self._arriving, self._has_begun = self._arriving.beyond, Arriving(), False
        self._ends_at = self._loop.time() + STAYS_OPEN
        self.transport.resume_reading()
        self._take(beyond)


def as_bytes(response: Response, *, bodiless: bool = False, last: bool = False) -> bytes:
    """Give a response as it goes over the line. Raises ValueError when a header would begin another line."""
    closing = ("Connection: close",) if last else ()
    lines = (
        f"HTTP/1.1 {response.status.value} {response.status.phrase}",
        *(f"{name}: {value}" for name, value in response.headers),
        f"Content-Length: {len(response.body)}",
        *closing,
        "\r\n",
    )
    head = "\r\n".join(lines)
    if head.count("\n") != len(lines) or head.count("\r") != len(lines):
        raise ValueError("a header holds a line break")
    return head.encode("latin-1") + (b"" if bodiless else response.body)


def _read(head: h11.Request, body: bytes) -> Request:
    """Give a request; a header that comes twice is left out, so that nobody reads it two ways."""
    names = [name for name, _ in head.headers]
    return Request(
        method=head.method.decode("ascii"),
        path=head.target.decode("ascii"),
        headers={
            name.decode("ascii"): value.decode("latin-1")
            for name, value in head.headers
            if names.count(name) == 1
        },
        body=body,
    )
