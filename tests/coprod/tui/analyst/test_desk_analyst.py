"""The analyst's desk: every screen in three sizes, and what an analyst does on it by keys and by tapping."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen

from analysis.codes.codebook import load_codebook
from analysis.codes.coding import Coded, Suggested, Undone, read_coding
from analysis.codes.judgements import unite
from analysis.inputs.responses import read_responses
from analysis.publishing.ledger import Override, Reissue, read_ledger
from coprod.journeys.understanding import at_the_desk, reading, themes_desk
from coprod.journeys.understanding.coding_room import Decision, decide, open_room, sheet_of
from coprod.journeys.understanding.quotes import approvals_of
from coprod.journeys.understanding.tables import ledger_path
from coprod.journeys.understanding.yousaid import add_theme, answer_theme, you_said_of
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.tui.analyst import (
    more,
)
from coprod.tui.analyst.agreement import AgreementScreen
from coprod.tui.analyst.codebook import CodebookScreen
from coprod.tui.analyst.journal import JournalScreen
from coprod.tui.analyst.ledger import LedgerScreen
from coprod.tui.analyst.page import PageScreen, key_word_lines
from coprod.tui.analyst.quotes import QuotesScreen
from coprod.tui.analyst.report import ReportScreen
from coprod.tui.analyst.responses import ResponsesScreen
from coprod.tui.analyst.sources import Answers, SourcesScreen
from coprod.tui.analyst.texts import TextsScreen
from coprod.tui.analyst.themes import ThemesScreen
from coprod.tui.analyst.triage import TriageScreen
from coprod.tui.analyst.whatif import WhatIfScreen
from coprod.tui.analyst.yousaid import YouSaidScreen
from coprod.tui.desk import Desk
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.codegrid import CodeGrid
from coprod.workspace import Workspace
from tests.coprod.tui.analysts_desk import DAY, code_all, coding_screen, looks_as_it_was_looked_at
from tests.coprod.tui.opened_answers import SAID, desk_of, held, slowly
from tests.coprod.tui.pictures import screen_text
from tests.coprod.tui.waiting import keyed, until


def coded_by(workspace: Workspace, answers: Answers, coder: str, every: int) -> None:
    """Let somebody code: waits where they were long, and for `every`-th answer something else."""
    rows = enumerate(answers.held.ask(lambda responses: responses.texts("Said").to_list()), start=1)
    codes = {
        f"row-{row}": "waits" if row % 4 == 1 else "being-listened-to" if (row - 1) % every else "outreach"
        for row, _ in rows
    }
    code_all(workspace, answers, coder, codes)


def agreement_screen(workspace: Workspace, answers: Answers) -> AgreementScreen:
    coded_by(workspace, answers, "AB", 7)
    coded_by(workspace, answers, "CD", 9)
    return AgreementScreen(answers, SAID, at_the_desk.agreement_of(desk_of(workspace, answers)))


def you_said_screen(workspace: Workspace, answers: Answers) -> YouSaidScreen:
    for theme in ("Waiting too long", "Being asked first"):
        add_theme(workspace, theme)
    answer_theme(workspace, "Waiting too long", {"you_said": "You waited for months.", "decision": "doing"})
    return YouSaidScreen(workspace, answers)


def ledger_screen(workspace: Workspace, answers: Answers) -> LedgerScreen:
    answers.held.ask(reading.publish_table, workspace, answers.source, reading.TableAsked("Listened"))
    return LedgerScreen(workspace)


SCREENS: dict[str, Callable[[Workspace, Answers], Screen[None]]] = {
    "sources": lambda workspace, _: SourcesScreen(workspace),
    "responses": ResponsesScreen,
    "triage": lambda workspace, answers: TriageScreen(workspace, answers, at_the_desk.triage_of(desk_of(workspace, answers))),
    "texts": lambda workspace, answers: TextsScreen(workspace, answers, SAID, answers.held.ask(reading.texts_of, "Said")),
    "coding": coding_screen,
    "codebook": lambda workspace, _: CodebookScreen(workspace, "AB"),
    "themes": lambda workspace, answers: ThemesScreen(
        workspace, answers, SAID, themes_desk.keep_and_show(desk_of(workspace, answers), "AB", DAY)
    ),
    "quotes": lambda workspace, answers: QuotesScreen(
        workspace, answers, SAID, at_the_desk.quotes_of(desk_of(workspace, answers))
    ),
    "agreement": agreement_screen,
    "key-words": lambda workspace, answers: PageScreen(
        answers, "Key words by Area", key_word_lines(at_the_desk.key_words_of(desk_of(workspace, answers), "Area"))
    ),
    "what-if": lambda workspace, answers: WhatIfScreen(workspace, answers, "Listened"),
    "ledger": ledger_screen,
    "report": ReportScreen,
    "you-said": you_said_screen,
    "journal": lambda workspace, _: JournalScreen(workspace),
}  # fmt: skip


@pytest.mark.parametrize("named", SCREENS)
async def test_every_screen_of_the_analyst_looks_as_it_was_looked_at(
    workspace: Workspace, answers: Answers, named: str
) -> None:
    await looks_as_it_was_looked_at(workspace, SCREENS[named](workspace, answers), named)


@pytest.mark.usefixtures("in_this_process")
async def test_what_must_be_read_first_comes_first_after_opening(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ResponsesScreen(workspace, answers, just_opened=True))
        await until(pilot, "1 of 64 have been on this screen. A person must read every one")
        await keyed(pilot, "a", "=rang the duty worker", "enter", "enter", "enter", "enter", "=Sal", "enter")
        await until(pilot, "apart from the answers")
        await pilot.press("escape", "l")
        await until(pilot, "Sal: rang the duty worker")
        await pilot.press("escape", "escape")
        await until(pilot, "63 unread: G")


async def test_answers_are_coded_by_digits_undone_and_saved(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = coding_screen(workspace, answers)
        await app.push_screen(screen)
        await pilot.press("2", "6", "space", "space", "2")
        await until(pilot, "AB: 3 of 64 judged, saved")
        found = unite([read_coding(screen.room.ask(lambda room: room.work.path_of("AB")))]).coders[0]
        assert found.codes_of("row-1") == {"waits", "being-listened-to"}
        assert found.judged == {"row-1", "row-2", "row-3"}
        await pilot.press("u")
        await until(pilot, "AB: 2 of 64 judged, saved")
        await pilot.click(CodeGrid, offset=(3, 2))
        await until(pilot, "3 of 64 judged, saved")
        assert unite([read_coding(found_path(workspace))]).coders[0].codes_of("row-3") == {"waits"}


async def wait_long(pilot: Pilot[Any], text: str) -> None:
    """Wait for what takes a process of its own and the drawing of every format."""
    for _ in range(2000):
        if text in screen_text(pilot.app):
            return
        await pilot.pause(0.05)
    pytest.fail(f"{text!r} never came; the screen is:\n{screen_text(pilot.app)}")


def found_path(workspace: Workspace) -> Path:
    return next(path for path in workspace.analysis.glob("*.AB.coding"))


async def test_a_suggestion_says_which_words_it_goes_by_and_codes_nothing_by_itself(
    workspace: Workspace, answers: Answers
) -> None:
    coded_by(workspace, answers, "AB", 7)
    screen = coding_screen(workspace, answers)
    screen.room.ask(lambda room: room.write([Undone(1)], DAY))
    screen.so_far.take(screen.room.ask(sheet_of))
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        before = found_path(workspace).read_bytes()
        await pilot.press("s")
        shown = await until(pilot, "Worth a look here")
        assert "Waits: because of “" in shown
        assert found_path(workspace).read_bytes() == before
        await pilot.press("escape", "a")
        await until(pilot, "64 of 64 judged, saved")
    last = read_coding(found_path(workspace)).entries[-1].did
    assert last == Coded("row-1", "waits", None, suggested=True)
    machine = read_coding(next(workspace.analysis.glob("*.machine.coding")))
    assert isinstance(machine.entries[-1].did, Suggested)


async def test_somebody_else_writing_to_the_file_is_told_and_nothing_is_called_saved(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = coding_screen(workspace, answers)
        await app.push_screen(screen)
        await pilot.press("1")
        await until(pilot, "1 of 64 judged, saved")
        other = open_room(desk_of(workspace, answers), "AB")
        decide(other, Decision("read", "row-9"), DAY)
        await pilot.press("down", "2")
        await until(pilot, "somebody else wrote to")
        await pilot.press("escape")
        await until(pilot, "AB: 1 of 64 judged, saved")


async def test_the_codebook_is_changed_without_touching_its_yaml(
    workspace: Workspace, answers: Answers
) -> None:
    coded_by(workspace, answers, "CD", 9)
    path = workspace.analysis / "codebook.yaml"
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CodebookScreen(workspace))
        await keyed(
            pilot, "down", "a", "=Opening hours", "enter", "=When a place is open", "enter", "=AB", "enter"
        )
        await until(pilot, "Opening hours")
        await keyed(pilot, "r", "=Ways in", "enter")
        await until(pilot, "Ways in")
        book = load_codebook(path)
        assert book.code("opening-hours").under == "getting-help"
        assert book.code("access-points").name == "Ways in"
        assert [change.who for change in book.history[-2:]] == ["AB", "AB"]
        await pilot.press("u")
        await until(pilot, "Access points")
        assert load_codebook(path).code("access-points").name == "Access points"


async def test_a_merge_takes_everybodys_coding_with_it(workspace: Workspace, answers: Answers) -> None:
    coded_by(workspace, answers, "CD", 9)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CodebookScreen(workspace, "AB"))
        await keyed(pilot, "down", "down", "m", "1", "enter", "=the same thing", "enter")
        await until(pilot, "Access points")
    book = load_codebook(workspace.analysis / "codebook.yaml")
    assert "waits" not in {code.id for code in book.codes}
    codings = [read_coding(path) for path in workspace.analysis.glob("*.coding")]
    coder = next(one for one in unite(codings).coders if one.name == "CD")
    assert "access-points" in coder.codes_of("row-1")


@pytest.mark.usefixtures("in_this_process")
async def test_themes_are_renamed_set_aside_and_brought_back(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(SCREENS["themes"](workspace, answers))
        await keyed(pilot, "r", "=Long waits", "enter")
        await until(pilot, "1 Long waits")
        await pilot.press("x")
        await until(pilot, "(set aside)")
        await pilot.press("u")
        for _ in range(400):
            await pilot.pause(0.02)
            if "(set aside)" not in screen_text(app):
                break
        assert "(set aside)" not in screen_text(app)


@pytest.mark.usefixtures("in_this_process")
async def test_asking_whether_a_table_may_be_published_records_nothing_and_releasing_does(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(WhatIfScreen(workspace, answers, "Listened"))
        await pilot.press("enter")
        shown = await until(pilot, "Yes, shown like this")
        assert "about" not in shown
        assert not ledger_path(workspace).exists()
        await keyed(pilot, "r", "=no", "enter")
        await pilot.pause()
        assert not ledger_path(workspace).exists()
        await keyed(pilot, "r", "=yes", "enter")
        await until(pilot, "Publish it exactly as it is shown")
    assert len(read_ledger(ledger_path(workspace))) == 1


@pytest.mark.usefixtures("in_this_process")
async def test_a_second_wave_of_other_people_is_released_where_two_say_that_nobody_answered_in_both(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The audit thinks of the same people, of whom some came and some left; one name does not persuade it."""
    first, later = tmp_path / "first.csv", tmp_path / "later.csv"
    pl.DataFrame({"Asked": ["yes"] * 40 + ["no"] * 18 + ["maybe"] * 2}).write_csv(first)
    pl.DataFrame({"Asked": ["yes"] * 41 + ["no"] * 13 + ["maybe"] * 8}).write_csv(later)
    held(first).held.ask(reading.publish_table, workspace, first, reading.TableAsked("Asked"))
    app, signed = Desk(workspace), ("enter", "=Ana", "enter", "=Sal", "enter")
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(WhatIfScreen(workspace, held(later), "Asked"))
        await pilot.press("enter")
        assert "--" not in await until(pilot, "two people say so")
        await keyed(pilot, "o", "1", "=More came", *signed)
        assert "--" not in await until(pilot, "in both, two people say so")
        await keyed(pilot, "o", "2", "=A year later", "enter", "=Ana", "enter", "=ana ", "enter")
        await until(pilot, "the first person again")
        await keyed(pilot, "=Sal", "enter")
        await until(pilot, "Ana and Sal say that other people answered: A year later")
        await until(pilot, "Yes, shown like this")
        assert len(read_ledger(ledger_path(workspace))) == 1
        await pilot.press("a")
        await until(pilot, "to a file? Ana and Sal say that")
        await keyed(pilot, "escape", "r")
        await until(pilot, "this table? Ana and Sal say that")
        await keyed(pilot, "=yes", "enter")
        await until(pilot, "Publish it exactly as it is shown")
        await app.push_screen(LedgerScreen(workspace))
        await until(pilot, "Released again, of other people: A year later")
    again = read_ledger(ledger_path(workspace))[-1].release.reissue
    assert again == Reissue("A year later", ("Ana", "Sal"), other_people=True)


async def test_quotes_leave_on_two_names_only(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(SCREENS["quotes"](workspace, answers))
        await keyed(pilot, "space", "l", "=Ana", "enter", "=Ana", "enter", "enter")
        await until(pilot, "two people")
        assert not approvals_of(workspace)
        await keyed(pilot, "tab", "=Sal", "enter", "enter")
        await until(pilot, "0 ticked, 1 let out before")
    assert [one.audience for one in approvals_of(workspace)] == ["everybody"]


@pytest.mark.usefixtures("in_this_process")
async def test_a_report_is_looked_at_before_it_is_written_and_the_look_records_nothing(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = ReportScreen(workspace, answers)
        await app.push_screen(screen)
        screen.query_one(ChoiceList).touched("Listened")
        await pilot.pause()
        await pilot.press("v")
        await wait_long(pilot, "Who is missing")
        assert not ledger_path(workspace).exists()
        await keyed(pilot, "w", "=yes", "enter")
        await wait_long(pilot, "The report is written")
    assert (workspace.out / "answers-report.html").is_file()
    assert len(read_ledger(ledger_path(workspace))) == 1


@pytest.mark.usefixtures("in_this_process")
async def test_two_people_let_held_back_tables_into_a_report_and_may_take_that_back(
    workspace: Workspace, answers: Answers
) -> None:
    names = ("Ana", "Sal")
    told: tuple[tuple[str, str, Reissue | None, Override | None], ...] = (
        ("2", "data changed", Reissue("a reason", names), None),
        ("3", "people answered", Reissue("a reason", names, other_people=True), None),
        ("4", "on their names", None, Override("a reason", names)),
    )
    app = Desk(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = ReportScreen(workspace, answers)
        await app.push_screen(screen)

        async def pick(number: str) -> None:
            screen.query_one(ChoiceList).touched(":signed")
            await until(pilot, "They stay out")
            await pilot.press(number)

        for number, words, reissue, override in told:
            await pick(number)
            await keyed(pilot, "=a reason", "enter", "=Ana", "enter", "=Ana", "enter")
            await until(pilot, "the first person again")
            await keyed(pilot, "=Sal", "enter")
            await until(pilot, words)
            assert (screen._request().reissue, screen._request().override) == (reissue, override)
        await pick("1")
        await until(pilot, "Tables held back: stay out")
        assert (screen._request().reissue, screen._request().override) == (None, None)


async def test_no_theme_is_closed_without_its_answer(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(you_said_screen(workspace, answers))
        await pilot.press("c")
        await until(pilot, "cannot be closed")
        await keyed(pilot, "escape", "w", "enter", "enter", "=We asked for a second nurse", "enter")
        await keyed(
            pilot, "=Nobody should wait this long.", "enter", "=Sam, manager", "enter", "=soon", "enter"
        )
        await until(pilot, "This is no day")
        for _ in "soon":
            await pilot.press("backspace")
        await keyed(pilot, "=2027-03-31", "enter")
        await until(pilot, "being done, 2027-03-31")
        await pilot.press("c")
        await until(pilot, "closed on")
    first = you_said_of(workspace).themes[0]
    assert (first.owner, first.on, first.missing()) == ("Sam, manager", date(2027, 3, 31), ())


async def test_the_journal_keeps_what_was_typed_until_it_can_be_kept(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 30)) as pilot:
        await app.push_screen(JournalScreen(workspace))
        await keyed(pilot, "a", "=I expected waits", "enter", "enter", "enter", "enter")
        await until(pilot, "initials")
        await keyed(pilot, "tab", "tab", "tab", "=AB", "enter")
        await until(pilot, "2026-11-22 AB I expected waits")


async def test_a_question_nobody_wrote_to_asks_which_one_is_meant(
    workspace: Workspace, answers: Answers
) -> None:
    read = answers.read
    answers.read = replace(read, questions=tuple(
        replace(one, kind="written" if one.key == "Said" else "chosen") for one in read.questions
    ))  # fmt: skip
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ResponsesScreen(workspace, answers))
        await pilot.press("r")
        await until(pilot, "Which of the questions that people wrote to?")
        await pilot.press("1")
        await until(pilot, "1 of 64 have been on this screen")


async def test_slow_work_can_be_stopped_and_begun_again(
    workspace: Workspace, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[4]))
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = ResponsesScreen(workspace, answers)
        await app.push_screen(screen)
        came: list[str] = []
        screen.work_on(None, "Reading slowly", slowly, 60, then=came.append)
        await until(pilot, "Esc stops it")
        await pilot.press("escape")
        await until(pilot, "The work was stopped. Nothing was changed.")
        assert not came
        await pilot.press("escape")
        screen.work_on(None, "Reading quickly", slowly, 0, then=came.append)
        await until(pilot, "Rest on a question")
        for _ in range(400):
            await pilot.pause(0.02)
            if came:
                break
        assert came == ["answers.csv"]


async def test_nothing_of_an_answer_is_in_a_representation(workspace: Workspace, answers: Answers) -> None:
    desk = desk_of(workspace, answers)
    room = open_room(desk, "AB")
    shown = (
        f"{desk!r} {room!r} {sheet_of(room)!r} {at_the_desk.quotes_of(desk)!r} {Decision('read', 'row-1')!r}"
    )
    assert "simulated:" not in shown


async def test_few_answers_never_show_as_a_number_and_looking_releases_nothing(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(ResponsesScreen(workspace, answers))
        await pilot.press("1")
        shown = await until(pilot, "few or none")
        assert "Never" not in shown
    assert not list(workspace.analysis.iterdir())


async def test_every_text_can_be_read_found_and_seen_as_it_could_leave(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(SCREENS["texts"](workspace, answers))
        await keyed(pilot, "slash", "=months SPRING", "enter")
        await until(pilot, "“months SPRING”: 2")
        await pilot.press("slash", "backspace", "enter", "end")
        shown = await until(pilot, "[/] [@click=app.exit]x[/]")
        assert not set(shown) & set("\x1b\x07\u202e")
        await pilot.press("r")
        await until(pilot, "as it could leave, redacted")


def test_columns_that_may_say_who_somebody_is_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "named.csv"
    pl.DataFrame({"Email": ["a@example.org"] * 3, "Said": ["yes indeed"] * 3}).write_csv(path)
    assert [one.key for one in reading.about(read_responses(path)).questions] == ["Said"]


def test_a_left_out_column_is_kept_for_a_reason_only_and_a_questionnaire_can_be_named(
    tmp_path: Path, workspace: Workspace
) -> None:
    path = tmp_path / "named.csv"
    pl.DataFrame({"Email": ["a@example.org"] * 3, "Said": ["yes indeed"] * 3}).write_csv(path)
    kept = reading.read_file(str(path), workspace, "", "Email", "to thank those who asked for it")
    assert [one.key for one in reading.about(kept).questions] == ["Email", "Said"]
    with pytest.raises(RefusedError):
        reading.read_file(str(path), workspace, "", "Email")
    with pytest.raises(BadInputError, match="no column"):
        reading.read_file(str(path), workspace, str(next(workspace.surveys.glob("*.yaml"))))


async def test_the_form_for_a_file_asks_why_a_column_is_kept(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "named.csv"
    pl.DataFrame({"Email": ["a@example.org"] * 3, "Said": ["yes indeed"] * 3}).write_csv(path)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await keyed(pilot, "2", "m", "f")
        await until(pilot, "Why they are kept")
        await keyed(pilot, f"={path}", "enter", "enter", "=Email", "enter", "enter")
        await until(pilot, "without a reason")
        await keyed(pilot, "=to thank them", "enter")
        await until(pilot, "Rest on a question")
        assert isinstance(app.screen, ResponsesScreen)


async def test_what_needs_no_answers_is_reached_without_opening_any(workspace: Workspace) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        for letter, screen in (
            ("l", LedgerScreen),
            ("c", CodebookScreen),
            ("j", JournalScreen),
            ("y", YouSaidScreen),
        ):
            await app.push_screen(SourcesScreen(workspace))
            await pilot.press("m", letter)
            await pilot.pause()
            assert isinstance(app.screen, screen)
            await pilot.press("escape", "escape")
            await pilot.pause()


def test_every_thing_to_do_has_a_key_of_its_own() -> None:
    keys = [one.key for one in more.EVERYTHING]
    assert len(set(keys)) == len(keys)
    assert "m" not in keys
