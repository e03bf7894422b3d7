"""The plain line mode: the same interview for a screen reader, with nothing left for the next person."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod.cli import plain
from coprod.cli.plain import hand_round, one_interview, walk
from coprod.cli.plainpages import events_for, lines_of
from coprod.cli.plainterminal import WIPE, LineTerminal, why_it_keeps
from coprod.journeys.asking.drafts import pause_words
from coprod.journeys.asking.visit import KioskPlan, Receipt, Save
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import (
    Chosen,
    Declined,
    MainRecord,
    NotShown,
    Rated,
    Record,
    Skipped,
    TextRecord,
    Wrote,
)
from coprod.kernel.wording import Language
from surveys.boxes import withdrawal
from surveys.interviews.events import Continue, GoToEnd, Send
from surveys.interviews.interview import begin, page, records, step
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from tests.surveys.random_questionnaires import EVENTS, questionnaires

QUESTIONNAIRE = """format: 1
survey: small
title: {en: Small, cy: Bach}
made_by: the tests
purpose: {en: To test, cy: I brofi}
minutes: 2
ages: [11-15]
pages:
- ask: {en: How was it?, cy: Sut oedd e?}
  id: how
  kind: faces
- ask: {en: Which?, cy: Pa rai?}
  id: which
  kind: choose-many
  choices:
  - {id: a, label: {en: Aye, cy: A1}}
  - {id: b, label: {en: Bee, cy: B1}}
  - {id: c, label: {en: Sea, cy: C1}}
- ask: {en: What first?, cy: Beth gyntaf?}
  id: order
  kind: ranking
  choices:
  - {id: x, label: {en: Ex, cy: X1}}
  - {id: y, label: {en: Why, cy: Y1}}
- ask: {en: How much?, cy: Faint?}
  id: score
  kind: number
  low: {en: None, cy: Dim}
  high: {en: All, cy: Y cyfan}
- ask: {en: Tell us, cy: Dywed}
  id: words
  kind: text
- ask: {en: More?, cy: Mwy?}
  id: more
  kind: likert
"""


class Script:
    """A terminal that types a script and keeps what it was told, forgetting what is wiped."""

    def __init__(self, *typed: str | None) -> None:
        self.typed = list(typed)
        self.said: list[str] = []
        self.screens: list[list[str]] = []
        self.hidden: list[str] = []

    def say(self, *lines: str) -> None:
        self.said += lines

    def read(self) -> str | None:
        return self.typed.pop(0) if self.typed else None

    def read_hidden(self) -> str | None:
        return self.hidden.pop(0) if self.hidden else "staff"

    def wipe(self) -> None:
        self.screens.append(self.said)
        self.said = []

    def everything(self) -> str:
        return "\n".join(line for screen in (*self.screens, self.said) for line in screen)


def asked() -> Questionnaire:
    return parse_questionnaire(QUESTIONNAIRE, "small.yaml")


def a_plan(save: Save, languages=("en",), label="") -> KioskPlan:
    return KioskPlan(
        questionnaire=asked(),
        sha256="sha",
        languages=languages,
        contacts=shipped_contacts().contacts,
        save=save,
        is_staff_word=lambda word: word == "staff",
        shuffled=lambda choices: choices,
        label=label,
    )


KEYS = (
    "Enter: Continue. s: Skip this one. n: I'd rather not say. b: Back. e: Go to the end. h: Help. "
    "l: Cymraeg. q: Stop and throw it away"
)
ANSWERS = ("4", "3 1", "2,1", "10", "CANARY words", "1", "s")


def walked(*typed: str | None):
    terminal = Script("", "", "", *typed)
    return walk(begin(asked(), languages=("en", "cy"), front="plain"), terminal), terminal


def test_typed_lines_give_the_same_records_as_the_same_acts_elsewhere():
    ended, terminal = walked(*ANSWERS, "y")
    main, text = records(ended, "sha")
    assert isinstance(main, MainRecord)
    assert dict(main.replies) == {
        "how": Chosen(("good",)),
        "which": Chosen(("a", "c")),
        "order": Chosen(("y", "x")),
        "score": Rated(10),
        "words": Wrote(),
        "more": Skipped(),
    }
    assert text == TextRecord("sha", "words", "CANARY words", may_quote=True)
    assert "CANARY" not in terminal.everything(), "what was written is not shown again"


def test_a_page_reads_from_progress_to_keys_and_comes_once():
    _, terminal = walked("4", None)
    said = [line for line in terminal.said if line]
    first = said.index("Question 1 of 6")
    assert said[first : first + 9] == [
        "Question 1 of 6",
        "How was it?",
        "1. Really bad",
        "2. Not good",
        "3. In between",
        "4. Good",
        "5. Really good",
        "Type the number of your answer.",
        KEYS,
    ]
    assert said.count("How was it?") == 1
    assert not any("(^_^)" in line for line in said), "a face is noise to a screen reader"


def test_each_letter_does_what_it_says():
    ended, terminal = walked("n", "b", "h", "b", "l", "l", "2", "s", "e", "y")
    main, *_ = records(ended, "sha")
    assert isinstance(main, MainRecord)
    assert main.replies["how"] == Chosen(("not-good",))
    assert main.replies["which"] == Skipped()
    assert main.replies["order"] == NotShown()
    said = terminal.everything()
    assert "Call 0800 1111" not in said, "no contacts were given here"
    assert "Get help or talk to someone" in said
    assert "Sut oedd e?" in said


def test_rather_not_say_is_one_key():
    ended, _ = walked("N", "e", "y")
    main, *_ = records(ended, "sha")
    assert isinstance(main, MainRecord)
    assert main.replies["how"] == Declined()


@pytest.mark.parametrize("typed", ["9", "0", "-1", "good", "1 2", "x", "4.5"])
def test_what_means_nothing_is_said_so_once_and_nothing_changes(typed):
    ended, terminal = walked(typed, "4", "e", "y")
    assert terminal.everything().count("Type one of the numbers or letters given.") == 1
    main, *_ = records(ended, "sha")
    assert isinstance(main, MainRecord)
    assert main.replies["how"] == Chosen(("good",))


def test_the_end_of_input_is_stopping_and_erases():
    for typed in ((), ("4",), ("4", "s", "s", "s", "CANARY")):
        ended, _ = walked(*typed)
        assert ended.stage == "erased"


def test_words_can_be_written_again_or_left_out_of_reports():
    ended, _ = walked("s", "s", "s", "s", "first", "3", "second", "2", "e", "y")
    _, text = records(ended, "sha")
    assert text == TextRecord("sha", "words", "second", may_quote=False)


def test_the_writer_is_told_about_a_phone_number_and_may_leave_it():
    ended, terminal = walked("s", "s", "s", "s", "07700 900123", "1", "e", "y")
    assert "may show who someone is" in terminal.everything()
    assert len(records(ended, "sha")) == 2


def test_an_answer_can_be_changed_by_its_number_on_the_last_page():
    ended, _ = walked("4", "e", "1", "5", "y")
    main, *_ = records(ended, "sha")
    assert isinstance(main, MainRecord)
    assert main.replies["how"] == Chosen(("really-good",))


@given(questionnaires(), st.lists(EVENTS, max_size=20), st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_typed_line_breaks_a_page_and_every_number_shown_means_its_choice(questionnaire, events, typed):
    interview = begin(questionnaire, languages=("en", "cy"))
    for event in events:
        interview = step(interview, event)
    shown = page(interview)
    assert lines_of(shown)
    for event in events_for(shown, typed):
        interview = step(interview, event)
    for place, choice in enumerate(shown.choices, 1):
        picked = interview
        for event in events_for(shown, str(place)):
            picked = picked if event == Continue() else step(picked, event)
        after = {one.id: one for one in page(picked).choices}
        assert (
            page(picked).heading != shown.heading
            or after[choice.id].chosen
            or choice.chosen
            or picked == interview
        )


# --- one person after another ---


def on_a_good_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "keeps_here", lambda: "")


def test_nothing_of_one_interview_is_on_the_screen_of_the_next(monkeypatch):
    on_a_good_terminal(monkeypatch)
    kept: list[tuple[Record, ...]] = []
    terminal = Script("", "", "", *ANSWERS, "y", "", "", "", "", "", "q", "")
    terminal.hidden = ["", "", "staff"]
    receipt = Receipt(("one", "two", "three", "four"), date(2027, 3, 1))
    hand_round(a_plan(lambda records, _: kept.append(records) or receipt), terminal)
    assert len(kept) == 1
    first = next(place for place, screen in enumerate(terminal.screens) if "one two three four" in screen)
    assert terminal.screens[first].count("one two three four") == 2
    assert not any(
        "one two three four" in screen or "Good" in screen for screen in terminal.screens[first + 1 :][:2]
    )
    assert terminal.said == [], "the last screen is wiped too"


def test_a_wrong_staff_word_shows_the_ready_page_again(monkeypatch):
    on_a_good_terminal(monkeypatch)
    terminal = Script()
    terminal.hidden = ["guess", "exit", "staff"]
    hand_round(a_plan(lambda _, __: None), terminal)
    assert all("Ready. Press Enter to start." in screen for screen in terminal.screens[1:4])


def test_the_ready_page_shows_the_words_of_every_key_card(monkeypatch):
    on_a_good_terminal(monkeypatch)
    terminal = Script()
    terminal.hidden = ["staff"]
    plan = replace(a_plan(lambda _, __: None), sealed_to=(("Ana", "maple lantern river button"),))
    hand_round(plan, terminal)
    assert "Key card, Ana: maple lantern river button" in terminal.everything()


def test_it_says_saved_only_after_saving_and_a_failure_can_be_tried_again():
    tries: list[int] = []

    def save(_: tuple[Record, ...], __: Language | None) -> Receipt | None:
        tries.append(1)
        assert "It is saved." not in terminal.said
        if len(tries) == 1:
            raise BadInputError.of("box", "the disk is full", "make room")
        return None

    terminal = Script("", "", "", "4", "e", "y", "1", "")
    one_interview(a_plan(save), terminal)
    assert len(tries) == 2
    said = terminal.everything()
    assert said.index("It could not be saved.") < said.index("It is saved.")


def test_a_failure_can_also_be_thrown_away_and_is_not_called_saved():
    def save(_: tuple[Record, ...], __: Language | None) -> Receipt | None:
        raise BadInputError.of("box", "the disk is full", "make room")

    terminal = Script("", "", "", "4", "e", "y", "2", "")
    one_interview(a_plan(save), terminal)
    assert "It is saved." not in terminal.everything()
    assert "It is gone" in terminal.everything()


def test_ctrl_c_in_an_interview_erases_it_and_does_not_end_the_session(monkeypatch):
    on_a_good_terminal(monkeypatch)

    class Interrupted(Script):
        def read(self) -> str | None:
            if len(self.typed) == 1:
                self.typed.clear()
                raise KeyboardInterrupt
            return super().read()

    terminal = Interrupted("", "", "", "4", "last")
    terminal.hidden = ["", "staff"]
    hand_round(a_plan(lambda _: pytest.fail("nothing was sent")), terminal)
    assert "Your answers have been thrown away. Nothing was saved." in terminal.everything()


def test_a_preview_says_so_and_never_says_saved():
    terminal = Script("2", "", "", "", "4", "e", "y", "")
    one_interview(a_plan(lambda _, __: None, ("en", "cy"), "preview"), terminal)
    said = terminal.everything()
    assert "Rhagolwg yw hwn." in said
    assert "Cymraeg drafft" in said
    assert "Mae wedi'i gadw" not in said
    assert "Diolch" in said


GOOD = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environment", "is_terminal", "parents", "said"),
    [
        (GOOD, True, ("bash", "gnome-terminal-"), ""),
        ({"TERM": "linux"}, True, (), ""),
        ({"WT_SESSION": "1"}, True, (), ""),
        (GOOD, False, (), "pipe"),
        ({**GOOD, "TMUX": "1"}, True, (), "TMUX"),
        ({**GOOD, "STY": "1.pts"}, True, (), "STY"),
        (GOOD, True, ("bash", "script", "bash"), "script"),
        (GOOD, True, ("bash", "tmux: server"), "tmux"),
        ({"TERM": "screen-256color"}, True, (), "screen-256color"),
        ({"TERM": "dumb"}, True, (), "dumb"),
        ({}, True, (), "unknown"),
    ],
)
def test_hand_round_is_refused_where_the_next_person_could_scroll_back(
    environment, is_terminal, parents, said
):
    reason = why_it_keeps(environment, is_terminal=is_terminal, parents=parents)
    assert said in reason
    assert bool(said) == bool(reason)


def test_hand_round_in_a_pipe_is_refused_before_anybody_is_asked():
    terminal = Script()
    with pytest.raises(RefusedError, match="pipe"):
        hand_round(a_plan(lambda _, __: None), terminal)
    assert not terminal.everything()


def test_the_wipe_clears_the_screen_and_what_was_scrolled_away(capsys):
    LineTerminal(wipes=True).wipe()
    LineTerminal(wipes=False).wipe()
    assert capsys.readouterr().out == WIPE == "\x1b[H\x1b[2J\x1b[3J"


def test_no_escape_code_is_written_and_none_gets_through(capsys):
    LineTerminal(wipes=True).say("a\x1b[31mb", "", "word " * 60)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert max(len(line) for line in out.split("\n")) <= 100


def test_a_preview_runs_through_a_pipe_as_a_new_user_would_try_it(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(QUESTIONNAIRE, "utf-8")
    command = [sys.executable, "-m", "coprod", "surveys", "preview", str(path), "--plain"]
    typed = "1\n\n\n\n4\n3 1\ns\n7\nCANARY\n1\ns\ny\n\n"
    done = subprocess.run(
        command,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "This is a preview. Nothing is kept." in done.stdout
    assert "Thank you" in done.stdout
    assert "\x1b" not in done.stdout
    assert "CANARY" not in done.stdout


def test_the_same_acts_end_alike_in_both_front_ends():
    events = (GoToEnd(), Send())
    full = begin(asked())
    lines, _ = walked("e", "y")
    for _ in range(3):
        full = step(full, page(full).actions[0].event)
    for event in events:
        full = step(full, event)
    assert records(full, "sha") == records(lines, "sha")


class Pauser(Script):
    """Types the words it was shown on coming back, as a person who wrote them down does."""

    def read_hidden(self) -> str | None:
        typed = super().read_hidden()
        if typed != "the words":
            return typed
        shown = [
            line for screen in self.screens for line in screen if len(line.split()) == 4 and line.islower()
        ]
        return shown[-1]


def pausing_plan(kept: list[tuple[Record, ...]], shelf: Path, monkeypatch: pytest.MonkeyPatch) -> KioskPlan:
    monkeypatch.setattr(withdrawal, "MEMORY_KIBIBYTES", 64)
    monkeypatch.setattr(plain, "keeps_here", lambda: "")
    plan = replace(a_plan(lambda records, _: kept.append(records)), front="plain")
    return replace(plan, pausing=pause_words(plan, shelf))


def test_four_words_bring_a_person_back_to_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Record, ...]] = []
    shelf = tmp_path / "monday.drafts"
    plan = pausing_plan(kept, shelf, monkeypatch)
    terminal = Pauser("", "", "", "4", "s", "s", "s", "CANARY words", "1", "p", "", "", "e", "y", "")
    terminal.hidden = ["", "one two three four", "the words", "the words", "staff"]
    hand_round(plan, terminal)
    ((main, text),) = kept
    assert isinstance(main, MainRecord)
    assert main.replies["how"] == Chosen(("good",))
    assert text == TextRecord("sha", "words", "CANARY words", may_quote=True)
    assert b"CANARY" not in shelf.read_bytes() if shelf.exists() else True
    said = terminal.everything()
    assert "CANARY" not in said
    assert said.count("Those words open nothing here.") == 2, "wrong words, and right words a second time"
    assert "If you paused, type your four pause words." in said


def test_nothing_is_left_on_the_screen_and_nothing_is_sent_while_somebody_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Record, ...]] = []
    plan = pausing_plan(kept, tmp_path / "monday.drafts", monkeypatch)
    terminal = Pauser("", "", "", "4", "s", "s", "s", "CANARY words", "1", "p", "", "")
    terminal.hidden = ["", "staff"]
    hand_round(plan, terminal)
    assert kept == []
    assert terminal.said == []
    assert b"CANARY" not in (tmp_path / "monday.drafts").read_bytes()


def test_pausing_is_offered_only_where_it_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = pausing_plan([], tmp_path / "monday.drafts", monkeypatch)
    terminal = Script("", "", "", "p", "4", None)
    one_interview(replace(plan, pausing=None), terminal)
    assert "p: Pause" not in terminal.everything()
    terminal = Script("p", "", "", "", "h", None)
    one_interview(plan, terminal)
    front, _, rest = terminal.everything().partition("Question 1 of 6")
    assert "p: Pause" not in front
    assert "p: Pause, and come back with words" in rest
