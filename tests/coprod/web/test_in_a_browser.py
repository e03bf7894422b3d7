"""In a real browser: with script and without, at three sizes, hidden at once, and nothing left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.web.server import Server
from tests.coprod.web.chromium import SIZES, Chromium, chromium

pytestmark = pytest.mark.needs("chromium")
ESCAPE, ENTER, F12, TAB = 27, 13, 123, 9
SAYS = "document.readyState === 'complete' && document.body.innerText.includes({0!r})"
SMALLEST_TARGET = 44  # CSS pixels; WCAG 2.2, 2.5.5


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def tab(window: Chromium) -> Iterator[Chromium]:
    window.new_tab()
    yield window
    window.send("Emulation.setScriptExecutionDisabled", value=False)


def to_questions(tab: Chromium, link: str) -> None:
    tab.open(link)
    tab.press("Start")
    tab.press("English")
    tab.pick("Fish")
    for onward in ("Continue", "Continue", "Continue", "Start"):
        tab.press(onward)


def answer(tab: Chromium, words: str) -> None:
    tab.pick("Good")
    tab.press("Continue")
    tab.pick("A nurse")
    tab.press("Continue")
    tab.press("Skip")
    tab.pick("7")
    tab.press("Continue")
    tab.click("#words")
    tab.type(words)
    tab.press("Continue")
    tab.press("Continue")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_interview_from_link_to_finish(tab, server, kept, canary, size, script):
    tab.size(size)
    tab.send("Emulation.setScriptExecutionDisabled", value=not script)
    to_questions(tab, server.new_link())
    answer(tab, canary)
    tab.press("Send")
    assert "maple" in tab.text
    tab.press("I have written")
    tab.press("Continue")
    tab.press("Finish")
    assert "new link" in tab.text
    assert [record.text for record in kept.records[0][1:]] == [canary]
    assert tab.complaints() == []
    assert {url for url in tab.asked_for() if not url.startswith(server.origin)} == set()


def test_the_browsers_history_holds_one_page_and_going_back_shows_nothing(tab, server, canary):
    to_questions(tab, server.new_link())
    answer(tab, canary)
    entries = tab.send("Page.getNavigationHistory")["entries"]
    assert [one["url"].startswith(server.origin) for one in entries] == [False, True]
    tab.press("No four words, thank you")
    tab.press("Send")
    tab.press("Finish")
    for one in tab.send("Page.getNavigationHistory")["entries"]:
        tab.send("Page.navigateToHistoryEntry", entryId=one["id"])
        tab.settle()
    tab.wait_for(SAYS.format("new link"))
    assert canary not in tab.run("document.documentElement.outerHTML")


def test_going_back_without_script_shows_the_page_of_now(tab, server, canary):
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    to_questions(tab, server.new_link())
    answer(tab, canary)
    tab.press("Hide")
    for one in tab.send("Page.getNavigationHistory")["entries"][1:]:
        tab.send("Page.navigateToHistoryEntry", entryId=one["id"])
        tab.wait_for(SAYS.format("new link"))
        assert canary not in tab.run("document.documentElement.outerHTML")


def test_nothing_is_kept_by_the_browser(tab, server):
    to_questions(tab, server.new_link())
    kept = tab.run(
        "(async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length])()"
    )
    assert kept == [0, 0, "", 0, 0]


@pytest.mark.parametrize("way", ["button", "escape", "f12", "looking away"])
def test_hiding_covers_at_once_and_erases(tab, server, kept, way):
    to_questions(tab, server.new_link())
    tab.pick("Good")
    # Either the question is covered, or the page that follows is on its way or there.
    cover = "!document.querySelector('fieldset') || document.documentElement.classList.contains('covered')"
    match way:
        case "button":
            tab.click("button.hide")
        case "escape":
            tab.key("Escape", ESCAPE)
        case "f12":
            tab.key("F12", F12)
        case "looking away":
            tab.run(
                "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
                "document.dispatchEvent(new Event('visibilitychange'))"
            )
    assert tab.holds(cover)
    tab.wait_for("document.body.innerText.includes('new link')")
    assert not server.is_anybody_there()
    assert kept.records == []


def test_the_cover_is_up_before_the_server_has_answered(tab, server):
    to_questions(tab, server.new_link())
    took = tab.run(
        "(() => { const at = performance.now();"
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));"
        "const covered = getComputedStyle(document.body).visibility === 'hidden';"
        "return [covered, performance.now() - at]; })()"
    )
    assert took[0]
    assert took[1] < 100


def test_escape_and_then_any_mash_never_sends(tab, server, kept):
    to_questions(tab, server.new_link())
    tab.press("Go to the end")
    tab.run(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));"
        "document.querySelectorAll('button').forEach(one => one.click());"
    )
    tab.wait_for(SAYS.format("new link"))
    tab.key("Enter", ENTER)
    tab.wait_for(SAYS.format("new link"))
    assert kept.records == []


def test_enter_in_a_choice_goes_on(tab, server):
    to_questions(tab, server.new_link())
    tab.pick("Good")
    tab.key("Enter", ENTER)
    tab.wait_for(SAYS.format("Who listened to you?"))


def test_stillness_warns_then_covers_and_only_the_picture_brings_it_back(plan, tab):
    server = Server(replace(plan, warn_after=0.8, cover_after=1.6), lambda _: None)
    server.start()
    try:
        to_questions(tab, server.new_link())
        tab.pick("Good")
        tab.wait_for(SAYS.format("Are you still there?"))
        tab.press("I am still here")
        assert (
            tab.run("document.querySelector('input:checked').parentElement.textContent")
            .strip()
            .startswith("Good")
        )
        tab.wait_for(SAYS.format("Are you still there?"))
        tab.wait_for(SAYS.format("Ready"))
        tab.press("Start")
        assert "Which picture" in tab.text
        tab.press("Fish")
        assert "How did the visit feel?" in tab.text
    finally:
        server.stop()


@pytest.mark.parametrize("size", [*SIZES, "narrow"])
def test_targets_are_big_and_nothing_runs_off_the_side(tab, server, size):
    """At 320 pixels too, which is a laptop at 400 per cent (WCAG 2.2, 1.4.10)."""
    tab.size(size)
    tab.open(server.new_link())
    seen = 0
    for press in (
        "Start",
        "English",
        "Continue",
        "Continue",
        "Continue",
        "Start",
        *["Skip"] * 5,
        "Continue",
        "Send",
    ):
        small = tab.run(
            "[...document.querySelectorAll('button, summary, label.item, select, textarea')]"
            ".filter(one => one.getClientRects().length)"
            f".filter(one => one.getBoundingClientRect().height < {SMALLEST_TARGET} || one.getBoundingClientRect().width < {SMALLEST_TARGET})"
            ".map(one => one.outerHTML)"
        )
        assert small == []
        assert tab.run("document.documentElement.scrollWidth <= window.innerWidth"), press
        seen += 1
        tab.press(press)
    assert seen == 13


def test_the_tab_key_goes_down_the_page(tab, server):
    to_questions(tab, server.new_link())
    met = []
    for _ in range(12):
        tab.key("Tab", TAB)
        met.append(
            tab.run("(document.activeElement.value || '') + document.activeElement.textContent.trim()")
        )
    assert [one[-8:] for one in met[:2]] == [met[0][-8:], "Hide"]
    assert met[2].startswith("00")
    assert [one.lstrip("0123456789") for one in met[3:]][:3] == [
        "Continue",
        "Skip this one",
        "I'd rather not say",
    ]


def test_open_help_covers_nothing_and_hide_stays_in_reach(tab, server):
    tab.size("phone")
    to_questions(tab, server.new_link())
    tab.click("summary")
    assert "0800 1111" in tab.text
    tab.run("window.scrollTo(0, document.body.scrollHeight)")
    place = tab.run(
        "(() => { const at = document.querySelector('button.hide').getBoundingClientRect(); return at.top; })()"
    )
    assert 0 <= place < 100
    tab.press("Continue")
    assert "You have not answered" in tab.text


def test_letters_can_be_made_bigger_and_nothing_filled_in_is_lost(tab, server):
    to_questions(tab, server.new_link())
    height = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = tab.run(height)
    tab.pick("Good")
    tab.press("Bigger letters")
    assert tab.run(height) > before * 1.3
    assert "Good" in tab.run("document.querySelector('input:checked').parentElement.textContent")
    tab.press("Continue")
    assert "Who listened to you?" in tab.text
    assert tab.run(height) > before * 1.3
    tab.press("Smaller letters")
    assert tab.run(height) == before
    tab.press("Bigger letters")
    tab.press("Hide")
    tab.open(server.new_link())
    tab.press("Start")
    assert tab.run("document.documentElement.className") == ""


def test_hide_and_help_leave_the_page_to_the_question_however_big_the_letters(tab, server):
    """A phone with letters twice as big, and a note that the Welsh is a draft: the most that can stand on top."""
    tab.size("phone")
    tab.open(server.new_link())
    tab.press("Start")
    tab.press("Cymraeg")
    tab.run("document.documentElement.style.fontSize = '200%'")
    assert tab.run("document.querySelector('header').offsetHeight / window.innerHeight") < 0.25
    assert tab.run("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_numbers_of_the_four_words_stand_on_the_page_however_big_the_letters(tab, server):
    """The number of a list hangs to the left of its words, where a page does not scroll to."""
    to_questions(tab, server.new_link())
    for button in ("Bigger letters", "Go to the end", "Send"):
        tab.press(button)
    tab.run("document.documentElement.style.fontSize = '200%'")
    room = "(() => { const at = getComputedStyle(document.querySelector('ol.words')); return parseFloat(at.paddingLeft) / parseFloat(at.fontSize); })()"
    assert tab.run(room) >= 1.25  # a digit, a full stop and the space after them


def test_paper_gets_nothing(tab, server):
    to_questions(tab, server.new_link())
    tab.send("Emulation.setEmulatedMedia", media="print")
    shown = tab.run("getComputedStyle(document.body).display")
    tab.send("Emulation.setEmulatedMedia", media="")
    assert shown == "none"


def test_when_the_computer_cannot_be_reached_the_words_stay(plan, tab):
    server = Server(plan, lambda _: None)
    server.start()
    to_questions(tab, server.new_link())
    for _ in range(4):
        tab.press("Skip")
    tab.click("#words")
    tab.type("still here")
    server.stop()
    tab.click("button.first")
    tab.wait_for("!document.getElementById('lost').hidden")
    assert "cannot reach" in tab.text
    assert tab.run("document.getElementById('words').value") == "still here"


def test_pictures_of_a_page_are_not_blank(tab, server, tmp_path: Path):
    tab.size("tablet")
    to_questions(tab, server.new_link())
    assert len(tab.picture(tmp_path / "page.png")) > 10_000


@pytest.mark.parametrize("colours", ["none", "active"], ids=["our colours", "the reader's own colours"])
def test_the_plain_colour_fills_the_page_and_a_tap_anywhere_goes_back(tab, server, colours):
    tab.size("tablet")
    tab.send("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": colours}])
    to_questions(tab, server.new_link())
    tab.press("Plain colour")
    grounds = tab.run(
        "[...document.querySelectorAll('html, body')].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert set(grounds) == {"rgb(242, 169, 0)"}
    was = tab.run("performance.timeOrigin")
    tab.click("main")
    tab.wait_for(f"performance.timeOrigin !== {was} && document.readyState === 'complete'")
    assert "How did the visit feel?" in tab.text


def test_a_form_is_as_long_whatever_was_chosen_written_or_skipped(tab, server):
    to_questions(tab, server.new_link())
    for choice in ("Really bad", "In between", ""):
        if choice:
            tab.pick(choice)
        tab.press("Continue" if choice else "Skip")
        if choice:
            tab.press("Back")
    sent = [
        len(one["params"]["request"].get("postData", ""))
        for one in tab.events
        if one.get("method") == "Network.requestWillBeSent" and one["params"]["request"]["method"] == "POST"
    ]
    assert len(sent) > 8
    assert set(sent) == {4096}
