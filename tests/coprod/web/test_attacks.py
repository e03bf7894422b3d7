"""Somebody who can reach the address tries to read, forge, replay, flood or break out."""

import contextlib
import gc
import http.client
import re
import socket
import time
from http import HTTPStatus
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from coprod.journeys.asking.visit import Asking
from coprod.web import conversation, sittings
from coprod.web.conversation import as_bytes
from coprod.web.messages import Response
from coprod.web.server import Server
from coprod.web.sittings import Sittings
from tests.coprod.web.conftest import Browser, heading, to_questions

HOSTILE = (
    "<script>alert(1)</script>",
    '"></textarea><script>alert(1)</script>',
    "</title></style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% for x in ().__class__ %}",
    "a\r\nSet-Cookie: x=y\r\n\r\n<html>",
    "\x1b]52;c;aGVsbG8=\x07\u202e\u0000",
)

AHEAD = (("GET", "/", ""), ("HEAD", "/cover.js", ""), ("PUT", "/", "Connection: close\r\n"))


def raw(server: Server, sent: bytes) -> bytes:
    with contextlib.closing(
        socket.create_connection(("127.0.0.1", int(server.origin.rsplit(":", 1)[1])), 5)
    ) as one:
        got = b""
        with contextlib.suppress(OSError):
            one.sendall(sent)
            one.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            while part := one.recv(65_536):
                got += part
        return got


def at_the_words(browser: Browser) -> None:
    to_questions(browser)
    for _ in range(4):
        browser.press("Skip")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_words(browser, words):
    at_the_words(browser)
    browser.press("Cymraeg", ("words", words))
    inside = browser.html.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]
    assert "<" not in inside
    assert "\x1b" not in browser.html
    assert [tag for tag, _ in browser.seen.tags].count("script") == 1
    assert not {name for _, known in browser.seen.tags for name in known if name.startswith("on")}
    assert "Set-Cookie" not in browser.headers


def test_a_press_that_is_not_on_the_page_does_nothing(browser, kept):
    to_questions(browser)
    was = heading(browser)
    nonce = browser.seen.hidden["page"]
    for done in ("99", "-1", "0", "send", "Send", "001", "٠١", "", "quiet ", "staff"):
        assert browser.post([("page", nonce), ("do", done)]) == 303
        nonce = browser.get().hidden["page"]
        assert heading(browser) == was
    assert kept.records == []


def test_a_choice_that_is_not_on_the_page_is_no_answer(browser):
    to_questions(browser)
    for choice in ("05", "99", "good", "", "1"):
        browser.press("Cymraeg", ("choice", choice))
        assert not [known for _, known in browser.seen.tags if "checked" in known]
        browser.press("English")


def test_a_page_that_was_left_does_nothing_any_more(browser):
    to_questions(browser)
    old = browser.seen.hidden["page"]
    go_on = browser.seen.buttons["Skip this one"]
    browser.press("Skip")
    here = heading(browser)
    for _ in range(2):
        assert browser.post([("page", old), ("do", go_on)]) == 303
    browser.get()
    assert heading(browser) == here


def test_hiding_works_from_any_page_however_old(browser, server):
    to_questions(browser)
    assert browser.post([("page", "long gone"), ("do", "hide")]) == 303
    browser.get()
    assert "new link" in browser.seen.text
    assert not server.is_anybody_there()


def test_a_link_works_once(browser):
    other = Browser(f"{browser.origin}{browser.url.path}")
    other.get()
    to_questions(browser)
    empty = Browser(f"{browser.origin}/2222-2222-2222-2222")
    empty.get()
    for _ in range(2):
        other.post([("page", other.seen.hidden.get("page", "")), ("do", "00")])
        other.get()
        assert other.html == empty.html
        assert other.cookie == ""
    assert heading(browser) == "How did the visit feel?"


def test_one_interviews_cookie_opens_no_other(server):
    first, second = Browser(server.new_link()), Browser(server.new_link())
    for one in (first, second):
        one.get()
        to_questions(one)
    own, nonce = first.cookie, first.seen.hidden["page"]
    for other in (second.cookie, "", "interview=", f"{own}; {own}"):
        first.cookie = other
        first.get()
        assert "How did" not in first.html
        assert first.post([("page", nonce), ("do", "hide")]) == 303
    first.cookie = own
    first.get()
    assert heading(first) == "How did the visit feel?"
    second.get()
    assert heading(second) == "How did the visit feel?"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example"},
    ],
)
def test_another_site_can_do_nothing(browser, headers):
    to_questions(browser)
    assert browser.post([("page", browser.seen.hidden["page"]), ("do", "hide")], **headers) == 403
    browser.get()
    assert heading(browser) == "How did the visit feel?"


def test_another_name_for_this_address_shows_nothing(browser):
    status, content = browser.request("GET", browser.url.path, Host="rebound.example")
    assert (status, content) == (403, b"")


def test_only_a_form_is_a_form(browser):
    to_questions(browser)
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
        assert browser.post([("do", "hide")], Content_Type=kind) == 415
    for body in (b"\xff\xfe", b"nothing", b"&".join(b"a=1" for _ in range(91))):
        form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": browser.origin}
        assert browser.request("POST", browser.url.path, body, **form)[0] == 400
    browser.get()
    assert heading(browser) == "How did the visit feel?"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//evil.example/",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/",
        "/cover.js/",
        "/cover.js?x",
        "/page.html",
        "/x" * 2000,
    ],
)
def test_every_other_path_shows_the_same_empty_page_and_leads_nowhere(browser, path):
    for method in ("GET", "POST"):
        form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": browser.origin}
        status, content = browser.request(method, path, b"do=hide", **form)
        assert status == 404
        assert b"new link" in content
        assert "Location" not in browser.headers


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 40_000 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 200_000, b"413"),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"4000\r\n" + b"x" * 0x4000 + b"\r\n" + b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n",
            b"413",
        ),
        (b"GET /\r\nx HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: b\nC: d\x00\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"400"),
        (b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", b"403"),
    ],
)
def test_what_is_no_request_is_refused_and_the_next_one_is_answered(server, sent, status):
    got = raw(server, sent)
    # Where more was sent than was read, the system may cut the line before the refusal arrives.
    assert got[9:12] in {status, b""}
    assert got.count(b"HTTP/1.1 ") <= 1
    assert Browser(server.new_link()).get().buttons


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_no_other_method_does_anything(browser, method):
    assert browser.request(method, browser.url.path)[0] == 405


def test_every_answer_forbids_keeping_framing_guessing_and_outside_help(browser):
    seen = []
    browser.press("Start")
    seen.append(dict(browser.headers))
    for method, path in (("GET", "/nothing"), ("GET", "/cover.js"), ("PUT", "/"), ("POST", "/")):
        browser.request(method, path)
        seen.append(dict(browser.headers))
    for headers in seen:
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert not {"Server", "Date", "ETag", "Last-Modified"} & set(headers)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_other_interviews(browser):
    seen = browser.seen
    browser.post([("page", seen.hidden["page"]), ("do", "00")])
    given = browser.headers["Set-Cookie"]
    assert f"Path={browser.url.path};" in given
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    assert "Max-Age" not in given
    browser.get()
    browser.post([("page", ""), ("do", "hide")])
    assert browser.headers["Set-Cookie"].startswith("interview=; ")
    assert "Max-Age=0" in browser.headers["Set-Cookie"]


def test_a_page_is_as_long_whatever_was_chosen(server):
    lengths = set()
    for choice in ("00", "02", "04"):
        one = Browser(server.new_link())
        one.get()
        to_questions(one)
        one.press("Cymraeg", ("choice", choice))
        lengths.add(len(one.html.encode()))
    assert lengths == {16_384}


def test_links_are_few_lapse_and_cannot_be_guessed():
    now = 0.0
    known = Sittings(lambda: now)
    links = {known.new_link() for _ in range(sittings.MOST_SITTINGS)}
    assert len(links) == sittings.MOST_SITTINGS
    assert all(len(link.replace("-", "")) == 17 for link in links)
    assert known.new_link() == ""
    now = sittings.LINK_LASTS + 1
    assert known.at(next(iter(links))) is None
    assert known.new_link()


def test_an_interview_nobody_is_at_is_forgotten():
    now = 0.0
    known = Sittings(lambda: now)
    link = known.new_link()
    sitting = known.at(link)
    sitting.has_begun = True
    known.touch(sitting)
    now = sittings.FORGETS_AFTER - 1
    assert known.is_anybody_there
    now = sittings.FORGETS_AFTER
    assert known.at(link) is None
    assert not known.is_anybody_there


def test_a_bug_never_shows_an_answer(browser, bugs, canary, capfd, monkeypatch):
    def broken(*_):
        raise KeyError(canary)

    at_the_words(browser)
    monkeypatch.setattr("coprod.web.site.after_form", broken)
    seen = browser.seen
    form = [("page", seen.hidden["page"]), ("words", canary), ("do", seen.buttons["Continue"])]
    assert browser.post(form) == 500
    assert [one.split(" at ")[0] for one in bugs] == ["KeyError"]
    assert canary not in "".join(bugs) + "".join(capfd.readouterr())
    bugs.clear()
    browser.get()
    assert heading(browser) == "What would you change?"


def test_what_could_not_be_kept_can_be_sent_again(plan, canary, capfd):
    tried = []

    def fails_once(records, _):
        tried.append(records)
        if len(tried) == 1:
            raise ZeroDivisionError(canary)

    bugs: list[str] = []
    server = Server(replace(plan, save=fails_once), bugs.append)
    server.start()
    try:
        one = Browser(server.new_link())
        one.get()
        to_questions(one)
        one.press("Go to the end")
        one.press("Send")
        assert heading(one) == "It could not be saved."
        one.press("Try again")
        assert heading(one) == "Saved. Thank you."
    finally:
        server.stop()
    assert tried[0] == tried[1]
    assert len(bugs) == 1
    assert canary not in "".join(bugs) + "".join(capfd.readouterr())


def test_hiding_while_it_is_being_saved_saves_once_and_the_picture_brings_the_words(plan, kept):
    def slow(records, words_in):
        time.sleep(0.3)
        return kept.save(records, words_in)

    server = Server(replace(plan, save=slow), lambda _: None)
    server.start()
    try:
        one = Browser(server.new_link())
        one.get()
        to_questions(one, "Star")
        one.press("Go to the end")
        sender = Thread(target=lambda: one.post(_form(one, "Send")))
        sender.start()
        time.sleep(0.1)
        assert one.post([("page", ""), ("do", "hide")]) == 303
        sender.join()
        one.get()
        assert "lantern" not in one.html
        one.press("Start")
        one.press("Star")
        assert "lantern" in one.html
    finally:
        server.stop()
    assert len(kept.records) == 1


def test_a_tablet_that_loses_its_network_while_it_sends_finds_its_words_when_it_is_back(plan, kept):
    begun, may_keep = Event(), Event()

    def waits(records, words_in):
        begun.set()
        may_keep.wait(10)
        return kept.save(records, words_in)

    server = Server(replace(plan, save=waits), lambda _: None)
    server.start()
    try:
        one = Browser(server.new_link())
        one.get()
        to_questions(one)
        one.press("Go to the end")
        leave_while_it_is_answered(one, urlencode(_form(one, "Send")), begun)
        assert "Saving" in one.get().text
        may_keep.set()
        for _ in range(500):
            if "Saving" not in one.get().text:
                break
            time.sleep(0.01)
        assert "lantern" in one.html
    finally:
        server.stop()
    assert len(kept.records) == 1


def leave_while_it_is_answered(browser: Browser, body: str, begun: Event) -> None:
    line = http.client.HTTPConnection(browser.url.hostname, browser.url.port, timeout=10)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": browser.origin}
    line.request("POST", browser.url.path, body, {**form, "Cookie": browser.cookie})
    assert begun.wait(10)
    line.close()


def test_requests_sent_ahead_are_answered_one_after_another_in_their_order(browser):
    host = f"Host: {browser.url.netloc}\r\n"
    sent = "".join(f"{method} {path} HTTP/1.1\r\n{host}{more}\r\n" for method, path, more in AHEAD)
    with contextlib.closing(socket.create_connection((browser.url.hostname, browser.url.port), 5)) as one:
        one.sendall(sent[:40].encode())
        one.sendall(sent[40:].encode())
        got = b""
        while part := one.recv(65_536):
            got += part
    assert re.findall(rb"HTTP/1.1 (\d+)", got) == [b"404", b"200", b"405"]


def test_a_header_that_would_begin_another_line_is_never_sent():
    for value in ("a\r\nSet-Cookie: x=y", "a\nb", "a\rb"):
        with pytest.raises(ValueError, match="line break"):
            as_bytes(Response(status=HTTPStatus.OK, headers=(("Location", value),)))


@pytest.mark.parametrize("sent", [b"", b"GET / HT"])
def test_who_sends_half_a_request_or_none_is_not_waited_for(plan, monkeypatch, sent):
    monkeypatch.setattr(conversation, "ARRIVES_WITHIN", -1.0)
    monkeypatch.setattr(conversation, "STAYS_OPEN", -1.0)
    monkeypatch.setattr("coprod.web.server.SWEEP_EVERY", 0.05)
    server = Server(plan, lambda _: None)
    address = ("127.0.0.1", int(server.start().rsplit(":", 1)[1]))
    try:
        with (
            contextlib.closing(socket.create_connection(address, 9)) as one,
            contextlib.suppress(ConnectionError),
        ):
            one.sendall(sent)
            assert one.recv(1) == b""
    finally:
        server.stop()


def _form(browser, button):
    value = next(value for label, value in browser.seen.buttons.items() if label.startswith(button))
    return [("page", browser.seen.hidden["page"]), ("do", value)]


def test_stopping_waits_for_what_is_being_saved(plan, kept):
    def slow(records, words_in):
        time.sleep(0.4)
        return kept.save(records, words_in)

    server = Server(replace(plan, save=slow), lambda _: None)
    server.start()
    one = Browser(server.new_link())
    one.get()
    to_questions(one)
    one.press("Go to the end")

    def send():
        with contextlib.suppress(OSError, AssertionError):
            one.press("Send")

    sender = Thread(target=send)
    sender.start()
    time.sleep(0.15)
    server.stop()
    sender.join()
    assert len(kept.records) == 1


def test_a_double_press_of_send_saves_once(browser, kept):
    to_questions(browser)
    browser.press("Go to the end")
    seen = browser.seen
    form = [("page", seen.hidden["page"]), ("do", seen.buttons["Send what I have"])]
    assert [browser.post(form), browser.post(form)] == [303, 303]
    assert len(kept.records) == 1


def test_nothing_of_an_interview_is_left_in_the_server(browser, server):
    to_questions(browser)
    browser.press("Go to the end")
    browser.press("No four words, thank you")
    browser.press("Send")
    browser.press("Finish")
    assert server.site.sittings._by_link == {}
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Asking)]
