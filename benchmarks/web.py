"""How long a page turn takes on a tablet while 30 tablets answer at once, encrypted, server and tablets in processes of their own.

Run with `python -m benchmarks.web [TABLETS] [SECONDS]`. A page turn is pressing a button (POST), being sent back,
and having the whole next page (GET). People press once a second, faster than anybody reads; then all press at once,
over and over, which nobody does. Target: p90 under 30 ms while people press.
"""

import asyncio
import multiprocessing
import re
import secrets
import ssl
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.measures import Measure

QUESTIONNAIRE = Path(__file__).parents[1] / "tests" / "coprod" / "tui" / "every_kind.yaml"
TABLETS, SECONDS = 30, 10.0
PROMISED = 30.0  # milliseconds
PACE = 1.0  # seconds between one press and the next
LANGUAGES = ("Cymraeg", "English")


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
        nonce = re.findall(r'name="page" value="([^"]*)"', self.html)[0]
        value = re.findall(rf'value="(\d\d)" class="[^"]*">{button}', self.html)[0]
        body = urlencode({"page": nonce, "choice": "03", "do": value}).encode()
        begun = time.perf_counter()
        status, _ = await self._ask("POST", body)
        await self._get()
        took = (time.perf_counter() - begun) * 1000
        if status != 303:
            raise SystemExit(f"the server said {status}")
        return took

    async def _get(self) -> None:
        _, content = await self._ask("GET", b"")
        self.html = content.decode()

    async def _ask(self, method: str, body: bytes) -> tuple[int, bytes]:
        lines = [f"{method} {self.url.path} HTTP/1.1", f"Host: {self.url.netloc}", f"Cookie: {self.cookie}"]
        if method == "POST":
            origin = f"{self.url.scheme}://{self.url.netloc}"
            lines += [f"Origin: {origin}", "Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}", "", ""]
        self.writer.write("\r\n".join(lines).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = int(re.findall(r"(?i)content-length: (\d+)", head)[0])
        if given := re.findall(r"(?i)set-cookie: ([^;]*)", head):
            self.cookie = given[0]
        return int(head[9:12]), await self.reader.readexactly(length)


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
    pipe.recv()
    server.stop()


async def people(tablets: list[Tablet], seconds: float) -> list[float]:
    """Give every page turn of people who press about once a second, not together."""

    async def one(tablet: Tablet) -> list[float]:
        found, until = [], time.monotonic() + seconds
        await asyncio.sleep(PACE * secrets.randbelow(1000) / 1000)
        while time.monotonic() < until:
            found.append(await tablet.turn(LANGUAGES[len(found) % 2]))
            await asyncio.sleep(PACE * (500 + secrets.randbelow(1000)) / 1000)
        if len(found) % 2:
            await tablet.turn(LANGUAGES[1])
        return found

    return [took for found in await asyncio.gather(*map(one, tablets)) for took in found]


async def together(tablets: list[Tablet], seconds: float) -> list[float]:
    """Give every page turn where all press in the same moment, and again as soon as all have their page."""
    found: list[float] = []
    until = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < until or turn % 2:
        language = LANGUAGES[turn % 2]
        found += await asyncio.gather(*(one.turn(language) for one in tablets))
        turn += 1
    return found


def measured(count: int, seconds: float) -> dict[str, list[float]]:
    """Give the page turns, in milliseconds, of both ways of pressing."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs, count))
    server.start()
    theirs.close()  # so that a server that fails to start ends the wait
    links = ours.recv()

    async def all_of_it() -> dict[str, list[float]]:
        tablets = [Tablet(link) for link in links]
        for one in tablets:
            await one.open()
        ways: dict[str, Callable[[list[Tablet], float], Awaitable[list[float]]]] = {
            "people": people,
            "together": together,
        }
        return {name: await way(tablets, seconds) for name, way in ways.items()}

    try:
        return asyncio.run(all_of_it())
    finally:
        ours.send("stop")
        server.join(10)


def measures(count: int = TABLETS, seconds: float = SECONDS) -> Iterator[Measure]:
    """Give the measured claim, and what happens when nobody waits."""
    found = measured(count, seconds)
    for name, values in found.items():
        cuts = statistics.quantiles(values, n=100, method="inclusive")
        claimed = name == "people"
        yield Measure(
            "a page turn on tablets, " + ("people pressing" if claimed else "all in one moment"),
            f"{count}, p90 of {len(values)}",
            f"{cuts[89]:.0f} ms",
            promised=f"under {PROMISED:.0f} ms" if claimed else "",
            kept=cuts[89] < PROMISED if claimed else None,
        )


if __name__ == "__main__":
    from benchmarks.measures import print_table

    given = [float(one) for one in sys.argv[1:]]
    sys.exit(0 if print_table(measures(int(given[0]) if given else TABLETS, *given[1:2])) else 1)
