"""What the tests of the page for tablets share: a plan with every kind of page, a server, and a plain browser."""

import contextlib
import http.client
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from msgspec.structs import replace

from coprod.journeys.asking.visit import KioskPlan, Receipt
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.record import Record
from coprod.kernel.wording import Language
from coprod.web.server import Server
from surveys.questionnaires.questionnaire import load_questionnaire

EVERY_KIND = Path(__file__).parents[1] / "tui" / "every_kind.yaml"
MORE_KINDS = Path(__file__).with_name("more_kinds.yaml")
WORDS = ("maple", "lantern", "teapot", "puffin")


class Kept:
    """Stands for the box: remembers what it was given."""

    def __init__(self) -> None:
        self.records: list[tuple[Record, ...]] = []
        self.words_in: list[Language | None] = []

    def save(self, records: tuple[Record, ...], words_in: Language | None) -> Receipt | None:
        self.records.append(records)
        self.words_in.append(words_in)
        return Receipt(WORDS, date(2026, 12, 4)) if words_in else None


class Seen(HTMLParser):
    """What a browser makes of a page: its buttons, its fields, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self.inputs: list[tuple[str, str, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._button: str | None = None
        self._label = ""
        self._label_value: tuple[str, str, str] | None = None
        self.labelled: dict[str, tuple[str, str]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag == "button":
            self._button = known.get("value", "")
            self._label = ""
        if tag == "label":
            self._label = ""
            self._label_value = None
        if tag == "input" and known.get("type") == "hidden":
            self.hidden[known["name"]] = known["value"]
        elif tag == "input":
            self.inputs.append((known["type"], known["name"], known["value"]))
            self._label_value = (known["type"], known["name"], known["value"])

    def handle_endtag(self, tag):
        if tag == "button" and self._button is not None:
            self.buttons[" ".join(self._label.split())] = self._button
            self._button = None
        if tag == "label" and self._label_value is not None:
            self.labelled[" ".join(self._label.split())] = self._label_value[1:]

    def handle_data(self, data):
        self.text += data
        self._label += data


class Browser:
    """A browser without script: follows one redirect, keeps one cookie, shows where it is."""

    def __init__(self, link: str) -> None:
        self.url = urlsplit(link)
        self.origin = f"{self.url.scheme}://{self.url.netloc}"
        self.cookie = ""
        self.status = 0
        self.html = ""
        self.headers: dict[str, str] = {}

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=10)
        sent = {"Cookie": self.cookie} if self.cookie else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            content = answer.read()
        self.headers = dict(answer.getheaders())
        if given := answer.getheader("Set-Cookie"):
            self.cookie = given.split(";")[0]
        return answer.status, content

    def get(self) -> Seen:
        self.status, content = self.request("GET", self.url.path)
        self.html = content.decode()
        return self.seen

    @property
    def seen(self) -> Seen:
        return Seen(self.html)

    def post(self, fields: list[tuple[str, str]], **headers: str) -> int:
        form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": self.origin} | headers
        status, _ = self.request("POST", self.url.path, urlencode(fields).encode(), **form)
        return status

    def press(self, button: str, *fields: tuple[str, str]) -> Seen:
        """Press the button whose words start so, with fields filled in, and look at what comes."""
        seen = self.seen
        value = next(value for label, value in seen.buttons.items() if label.startswith(button))
        assert self.post([("page", seen.hidden["page"]), *fields, ("do", value)]) == 303
        return self.get()

    def pick(self, *labels: str) -> list[tuple[str, str]]:
        known = self.seen.labelled
        return [
            next(value for label, value in known.items() if label.startswith(wanted)) for wanted in labels
        ]


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def plan(kept: Kept) -> KioskPlan:
    return KioskPlan(
        questionnaire=load_questionnaire(EVERY_KIND),
        sha256="0" * 64,
        languages=("en", "cy"),
        contacts=shipped_contacts().contacts,
        save=kept.save,
        gives_words=True,
        is_staff_word=lambda word: word == "open sesame",
        shuffled=lambda choices: choices,
        front="page",
        warn_after=120.0,
        cover_after=180.0,
    )


@pytest.fixture
def more_kinds(plan: KioskPlan) -> KioskPlan:
    return replace(plan, questionnaire=load_questionnaire(MORE_KINDS))


@pytest.fixture
def bugs() -> list[str]:
    return []


@pytest.fixture
def server(plan: KioskPlan, bugs: list[str]) -> Iterator[Server]:
    one = Server(plan, bugs.append)
    one.start()
    yield one
    one.stop()
    assert bugs == []


@pytest.fixture
def browser(server: Server) -> Browser:
    one = Browser(server.new_link())
    one.get()
    return one


def to_questions(browser: Browser, *pictures: str) -> None:
    browser.press("Start")
    browser.press("English")
    browser.press("Continue", *browser.pick(*pictures))
    for _ in range(2):
        browser.press("Continue")
    browser.press("Start")


def heading(browser: Browser) -> str:
    return re.sub(r"<[^>]*>", "", re.findall(r"<h1>(.*?)</h1>", browser.html)[0])
