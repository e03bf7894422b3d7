"""One connection: bytes in, requests, responses, bytes out. Everything is bounded and nothing is logged."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import h11

from coprod.web.messages import Request, Response

LARGEST_HEAD = 16_384
READ_AT_ONCE = 16_384
ARRIVES_WITHIN = 20.0  # seconds for a whole request, from its first byte
STAYS_OPEN = 120.0  # seconds between one request and the next
LARGEST_BODY = 65_536

Answer = Callable[[Request], Awaitable[Response]]
REFUSED = (("Content-Length", "0"), ("Connection", "close"))


async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer) -> None:
    """Answer one request after another until either side has had enough."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD)
    while True:
        request = await _request(connection, reader)
        if isinstance(request, HTTPStatus):
            await _refuse(connection, writer, request)
            return
        if request is None:
            return
        await _send(connection, writer, await answer(request), bodiless=request.method == "HEAD")
        if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
            return
        connection.start_next_cycle()


async def _request(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | HTTPStatus | None:
    """Give the next request, the status to refuse it with, or None when nobody asks any more."""
    try:
        async with asyncio.timeout(STAYS_OPEN):
            if not connection.trailing_data[0]:
                first = await reader.read(READ_AT_ONCE)
                if not first:
                    return None
                connection.receive_data(first)
        async with asyncio.timeout(ARRIVES_WITHIN):
            return await _whole(connection, reader)
    except (TimeoutError, ConnectionError):
        return None
    except h11.RemoteProtocolError as error:
        return HTTPStatus(error.error_status_hint)


async def _whole(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | HTTPStatus | None:
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        match event:
            case h11.NEED_DATA:
                connection.receive_data(await reader.read(READ_AT_ONCE))
            case h11.Request():
                head = event
            case h11.Data(data=data):
                body += data
                if len(body) > LARGEST_BODY:
                    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            case h11.EndOfMessage() if head is not None:
                return _read(head, bytes(body))
            case _:
                return None


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


async def _send(
    connection: h11.Connection, writer: asyncio.StreamWriter, response: Response, *, bodiless: bool
) -> None:
    headers = [*response.headers, ("Content-Length", str(len(response.body)))]
    head = h11.Response(status_code=response.status, headers=headers)
    parts = [connection.send(head)]
    if not bodiless:
        parts.append(connection.send(h11.Data(data=response.body)))
    parts.append(connection.send(h11.EndOfMessage()))
    writer.write(b"".join(part for part in parts if part))
    await writer.drain()


async def _refuse(connection: h11.Connection, writer: asyncio.StreamWriter, status: HTTPStatus) -> None:
    if connection.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
        return
    sent = connection.send(h11.Response(status_code=status, headers=list(REFUSED))) or b""
    writer.write(sent + (connection.send(h11.EndOfMessage()) or b""))
    await writer.drain()
