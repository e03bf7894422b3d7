"""How long a page turn takes on a tablet while 30 tablets answer at once, encrypted, server and tablets in processes of their own.

Run with `python -m benchmarks.web [TABLETS] [SECONDS]`. A page turn is pressing a button (POST), being sent back,
and having the whole next page (GET): on with an answer, then back. People press once a second, faster than anybody
reads; then all press in the same moment, over and over, which nobody does. Target for both: p90 under 30 ms.

The tablets are made here, by one process, and their work is in the time too. It is kept small (what is pressed is
written out before the clock starts, and pages are looked at after it stops) and told: what both sides took of a
processor stands below, for as many turns as there are tablets. Where nothing else runs, they work side by side.
"""

import asyncio
import multiprocessing
import re
import secrets
import ssl
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from benchmarks.measures import Measure

QUESTIONNAIRE = Path(__file__).parents[1] / "tests" / "coprod" / "tui" / "every_kind.yaml"
TABLETS, SECONDS = 30, 10.0
PROMISED = 30.0  # milliseconds
PACE = 1.0  # seconds between one press and the next
BUTTONS = ("Continue", "Back")


class Tablet:
    """One tablet on one encrypted connection."""

    def __init__(self, link: str) -> None:
        self.url = urlsplit(link)
        self.cookie = ""
        self.html = ""

    async def open(self) -> None:
        """Connect, start the interview and go to its first question."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        self.reader, self.writer = await asyncio.open_connection(
            self.url.hostname, self.url.port, ssl=trusting
        )
        await self._get()
        for button in ("Start", "English", "Continue", "Continue", "Continue", "Start"):
            await self.turn(button)

    async def turn(self, button: str) -> float:
        """Press a button, and give the milliseconds until the next page is here."""
        return await self.press(self.form(button))

    def form(self, button: str) -> bytes:
        """Give what pressing a button sends, and the request for the page after it."""
        nonce = re.findall(r'name="page" value="([^"]*)"', self.html)[0]
        value = re.findall(rf'value="(\d\d)" class="[^"]*">{button}', self.html)[0]
        return self._asked("POST", urlencode({"page": nonce, "choice": "03", "do": value}).encode())

    async def press(self, form: bytes) -> float:
        """Send a form, and give the milliseconds until the next page is here."""
        begun = time.perf_counter()
        head, _ = await self._answer(form)
        if cookie := re.search(rb"(?i)set-cookie: ([^;]*)", head):
            self.cookie = cookie[1].decode()
        _, content = await self._answer(self._asked("GET"))
        took = (time.perf_counter() - begun) * 1000
        if head[9:12] != b"303":
            raise SystemExit(f"the server said {head[9:12]!r}")
        self.html = content.decode()
        return took

    async def _get(self) -> None:
        self.html = (await self._answer(self._asked("GET")))[1].decode()

    def _asked(self, method: str, body: bytes = b"") -> bytes:
        lines = [f"{method} {self.url.path} HTTP/1.1", f"Host: {self.url.netloc}", f"Cookie: {self.cookie}"]
        if method == "POST":
            origin = f"{self.url.scheme}://{self.url.netloc}"
            lines += [f"Origin: {origin}", "Content-Type: application/x-www-form-urlencoded"]
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body

    async def _answer(self, asked: bytes) -> tuple[bytes, bytes]:
        self.writer.write(asked)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
        return head, await self.reader.readexactly(int(length))


def serve(pipe: Connection, tablets: int) -> None:
    """Serve until told to stop, in a process of its own."""
    from coprod.journeys.asking.visit import KioskPlan, Receipt
    from coprod.kernel.contacts import shipped_contacts
    from coprod.web.certificate import fresh_encryption
    from coprod.web.server import Server
    from surveys.questionnaires.questionnaire import load_questionnaire

    plan = KioskPlan(
        questionnaire=load_questionnaire(QUESTIONNAIRE),
        sha256="0" * 64,
        languages=("en", "cy"),
        contacts=shipped_contacts().contacts,
        save=lambda _, __: Receipt(("maple", "lantern", "teapot", "puffin"), date(2026, 12, 4)),
        is_staff_word=lambda _: True,
        shuffled=lambda choices: choices,
        front="page",
    )
    server = Server(plan, print, encryption=fresh_encryption("127.0.0.1"))
    server.start()
    pipe.send([server.new_link() for _ in range(tablets)])
    while pipe.recv() != "stop":
        pipe.send(time.process_time())
    server.stop()


async def people(tablets: list[Tablet], seconds: float) -> list[float]:
    """Give every page turn of people who press about once a second, not together."""

    async def one(tablet: Tablet) -> list[float]:
        found: list[float] = []
        until = time.monotonic() + seconds
        await asyncio.sleep(PACE * secrets.randbelow(1000) / 1000)
        while time.monotonic() < until:
            found.append(await tablet.turn(BUTTONS[len(found) % 2]))
            await asyncio.sleep(PACE * (500 + secrets.randbelow(1000)) / 1000)
        if len(found) % 2:
            await tablet.turn(BUTTONS[1])
        return found

    return [took for found in await asyncio.gather(*map(one, tablets)) for took in found]


async def together(tablets: list[Tablet], seconds: float) -> list[float]:
    """Give every page turn where all press in the same moment, and again as soon as all have their page."""
    found: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for button in BUTTONS:
            forms = [one.form(button) for one in tablets]
            found += await asyncio.gather(*map(Tablet.press, tablets, forms))
    return found


class Measured(NamedTuple):
    """The page turns of both ways of pressing, in milliseconds, and what one turn took of a processor where all press at once."""

    people: list[float]
    together: list[float]
    server: float
    tablets: float


def measured(count: int, seconds: float) -> Measured:
    """Serve in one process, press in this one, and give what both found."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs, count))
    server.start()
    theirs.close()  # so that a server that fails to start ends the wait
    links = ours.recv()

    def used() -> tuple[float, float]:
        ours.send("how long")
        return ours.recv() * 1000, time.process_time() * 1000

    async def all_of_it() -> Measured:
        tablets = [Tablet(link) for link in links]
        for one in tablets:
            await one.open()
        apart = await people(tablets, seconds)
        server_before, tablets_before = used()
        at_once = await together(tablets, seconds)
        server_after, tablets_after = used()
        turns = len(at_once)
        return Measured(
            apart, at_once, (server_after - server_before) / turns, (tablets_after - tablets_before) / turns
        )

    try:
        return asyncio.run(all_of_it())
    finally:
        ours.send("stop")
        server.join(10)


def measures(count: int = TABLETS, seconds: float = SECONDS) -> Iterator[Measure]:
    """Give both measured claims, and what the server and the tablets made here took of a processor."""
    found = measured(count, seconds)
    for name, values in (("people pressing", found.people), ("all in one moment", found.together)):
        p90 = statistics.quantiles(values, n=100, method="inclusive")[89]
        yield Measure(
            f"a page turn on tablets, {name}",
            f"{count}, p90 of {len(values)}",
            f"{p90:.0f} ms",
            promised=f"under {PROMISED:.0f} ms",
            kept=p90 < PROMISED,
        )
    for name, took in (("the server", found.server), ("the tablets made here", found.tablets)):
        yield Measure(f"processor time of {name}", f"{count} turns", f"{took * count:.0f} ms")


if __name__ == "__main__":
    from benchmarks.measures import print_table

    given = [float(one) for one in sys.argv[1:]]
    sys.exit(0 if print_table(measures(int(given[0]) if given else TABLETS, *given[1:2])) else 1)
