"""Whoever has a page read to them: only when they ask, never an answer, silent at once."""

import os
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from coprod.journeys.asking.visit import Asking, KioskPlan, Press
from coprod.speech import Speaker, find_speaker
from coprod.tui.kiosk import Kiosk
from coprod.tui.respondent.reading import ReadAloud, spoken
from coprod.tui.respondent.view import View
from coprod.tui.respondent.views import view_of
from coprod.tui.widgets.shown import Shown
from surveys.interviews.events import Choose, Continue, GoToEnd, Write
from surveys.interviews.interview import begin, step
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.coprod.tui.pictures import screen_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in program is a shell script")
EVERY_KIND = Path(__file__).parent / "tui" / "every_kind.yaml"


class Heard:
    """A program in eSpeak's place: writes down what it was told and how it was started, then goes on for long."""

    def __init__(self, folder: Path) -> None:
        self.words, self.start, self.process = folder / "words", folder / "start", folder / "process"
        self.program = folder / "espeak-ng"
        self.program.write_text(
            f'#!/bin/sh\necho "$@" > {self.start}\nenv >> {self.start}\ncat > {self.words}\necho $$ > {self.process}\nexec sleep 60\n'
        )
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    def wait(self) -> str:
        until = time.monotonic() + 10
        while not (self.process.exists() and self.process.read_text().strip()):
            assert time.monotonic() < until, "nothing was said"
            time.sleep(0.01)
        return self.words.read_text("utf-8")

    def is_silent(self) -> bool:
        try:
            os.kill(int(self.process.read_text()), 0)
        except ProcessLookupError:
            return True
        return False


@pytest.fixture
def heard(tmp_path: Path) -> Heard:
    return Heard(tmp_path)


@pytest.fixture
def plan() -> KioskPlan:
    return KioskPlan(
        questionnaire=load_questionnaire(EVERY_KIND),
        sha256="",
        languages=("en", "cy"),
        contacts=(),
        save=lambda _, __: None,
        is_staff_word=lambda _: False,
        shuffled=lambda choices: choices,
    )


def test_the_words_go_through_a_pipe_and_stop_at_once(heard: Heard) -> None:
    speaker = Speaker(str(heard.program))
    speaker.say("Sut oedd yr ymweliad? CANARY ŵ", "cy")
    assert heard.wait() == "Sut oedd yr ymweliad? CANARY ŵ"
    assert speaker.is_speaking
    assert heard.start.read_text().startswith("-v cy ")
    assert "CANARY" not in heard.start.read_text(), "not in an argument, not in the environment"
    speaker.hush()
    assert heard.is_silent()
    assert not speaker.is_speaking
    speaker.hush()


def test_a_program_that_is_gone_or_will_not_start_is_just_silence(tmp_path: Path) -> None:
    speaker = Speaker(str(tmp_path / "none"))
    speaker.say("words", "en")
    assert not speaker.is_speaking
    deaf = Speaker("/bin/true")
    deaf.say("words " * 100_000, "en")
    deaf.hush()


def test_without_the_program_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_speaker() is None
    view = View(place="questions/faces/felt")
    assert ReadAloud(None).offered(view, "en") == view
    assert ReadAloud(None).pressed(view, "en") == view


def test_no_answer_is_read_only_what_is_asked_and_offered(plan: KioskPlan) -> None:
    interview = begin(plan.questionnaire, "en", languages=plan.languages)
    for event in (*(Continue(),) * 3, Choose("good"), *(Continue(),) * 8):
        interview = step(interview, event)
    words = step(interview, Write("CANARY words", may_quote=True))
    look_back = step(words, GoToEnd())
    said = spoken(view_of(Asking(words, ""), plan)) + spoken(view_of(Asking(look_back, ""), plan))
    assert "What would you change?" in said
    assert "1. How did the visit feel?" in said
    assert "CANARY" not in said
    assert "Good" not in said
    view = View(place="questions/faces/felt", choices=(Shown("a", "A"), Shown("b", "B")))
    chosen = replace(view, choices=(Shown("a", "A", chosen=True), Shown("b", "B")))
    assert spoken(view) == spoken(chosen)


@pytest.mark.parametrize("place", ["words-0", "words-1", "ready", "colour", "recall", "staff"])
def test_some_pages_are_never_read_out(place: str, heard: Heard) -> None:
    reading = ReadAloud(Speaker(str(heard.program)))
    view = View(place=place)
    assert reading.offered(view, "en") == view
    reading.pressed(view, "en")
    reading.pressed(view, "en")
    assert not heard.start.exists()


async def test_it_is_off_until_asked_advises_headphones_and_is_silent_at_the_next_key(
    plan: KioskPlan, heard: Heard
) -> None:
    app = Kiosk(plan, speaker=Speaker(str(heard.program)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "1", "enter", "enter", "enter", "enter")
        assert not heard.start.exists()
        await pilot.press("r")
        assert "headphones" in screen_text(app)
        assert not heard.start.exists()
        await pilot.press("r")
        assert "How did the visit feel?" in heard.wait()
        await pilot.press("4")
        assert heard.is_silent()
        assert isinstance(app.visit, Asking)
        await pilot.press("f12")
        assert not app.reading.is_warned, "the next person is told about headphones again"


def test_the_button_changes_nothing_by_itself(plan: KioskPlan) -> None:
    from coprod.journeys.asking.turns import turn

    asking = Asking(begin(plan.questionnaire, "en"), "")
    assert turn(asking, Press("read"), plan) == asking
