"""What else an analyst does at the desk: redaction decided on, young people's sorting, comparing, the matrix, exchange."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from textual.screen import Screen

from analysis.codes.codebook import load_codebook
from analysis.codes.coding import Split, read_coding
from analysis.publishing.ledger import read_ledger
from analysis.themes.deck import load_deck
from coprod.journeys.understanding import (
    at_the_desk,
    desk_pages,
    framework_desk,
    in_place,
    reading,
    reviewing,
    sorting_desk,
    themes_desk,
)
from coprod.journeys.understanding.exchange_desk import bring_coded_in
from coprod.journeys.understanding.redactions import REDACTIONS_FILE, decided_in
from coprod.journeys.understanding.tables import ledger_path
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.tui.analyst import find, opened, signing, sorting
from coprod.tui.analyst.agreement import AgreementScreen
from coprod.tui.analyst.bench import Opening
from coprod.tui.analyst.deck import CardsScreen
from coprod.tui.analyst.find import FindScreen
from coprod.tui.analyst.framework import FrameworkScreen
from coprod.tui.analyst.page import PageScreen
from coprod.tui.analyst.quotes import QuotesScreen
from coprod.tui.analyst.redactions import RedactionsScreen
from coprod.tui.analyst.responses import ResponsesScreen
from coprod.tui.analyst.sorting import SortingScreen
from coprod.tui.analyst.sources import Answers, SourcesScreen
from coprod.tui.analyst.themes import ThemesScreen
from coprod.tui.analyst.whatif import WhatIfScreen
from coprod.tui.desk import Desk
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace
from tests.coprod.tui.analysts_desk import DAY, Room, code_all, coding_screen, looks_as_it_was_looked_at
from tests.coprod.tui.opened_answers import SAID, answers_file, desk_of, held
from tests.coprod.tui.waiting import keyed, until

NAMED = "simulated: my worker Zinnia rang me from Birchwood and it helped"


@pytest.fixture
def answers(workspace: Workspace, tmp_path: Path) -> Iterator[Answers]:
    del workspace
    path = answers_file(tmp_path)
    table = pl.read_csv(path)
    said = [NAMED if row in {3, 7} else text for row, text in enumerate(table["Said"])]
    table.with_columns(Said=pl.Series(said)).write_csv(path)
    opened = held(path)
    yield opened
    opened.close()


def review(workspace: Workspace, answers: Answers) -> RedactionsScreen:
    return RedactionsScreen(answers, *reviewing.review_of(desk_of(workspace, answers), "AB"))


def coded(workspace: Workspace, answers: Answers, rows: int = 64) -> None:
    codes = {f"row-{row}": "waits" if row % 2 else "outreach" for row in range(1, rows + 1)}
    code_all(workspace, answers, "AB", codes)


def find_screen(workspace: Workspace, answers: Answers) -> FindScreen:
    stand_in: Any = Room(in_place.open_in_place(desk_of(workspace, answers)))
    return FindScreen(answers, SAID, stand_in)


def made_deck(workspace: Workspace, answers: Answers) -> None:
    sorting_desk.make_deck(desk_of(workspace, answers), ("cards", "none", "10", "they were asked"))


def cleared_deck(workspace: Workspace, answers: Answers) -> None:
    made_deck(workspace, answers)
    for one in sorting_desk.cards_of(workspace, "cards"):
        kept = "simulated, nobody wrote it" if one.card.cautions else ""
        from msgspec.structs import replace

        sorting_desk.change_card(workspace, "cards", replace(one.card, cleared=True, keep_because=kept))


def cards(workspace: Workspace, answers: Answers) -> CardsScreen:
    made_deck(workspace, answers)
    return CardsScreen(workspace, "cards")


def decks(workspace: Workspace, answers: Answers) -> SortingScreen:
    made_deck(workspace, answers)
    return SortingScreen(workspace, answers, "Said")


def matrix(workspace: Workspace, answers: Answers) -> FrameworkScreen:
    coded(workspace, answers, 4)
    return FrameworkScreen(
        workspace, answers, SAID, framework_desk.matrix_shown(desk_of(workspace, answers), "AB")
    )


def page(heading: str, function: Callable[..., Any]) -> Callable[[Workspace, Answers], PageScreen]:
    return lambda workspace, answers: PageScreen(answers, heading, function(desk_of(workspace, answers)))


SCREENS: dict[str, Callable[[Workspace, Answers], Screen[None]]] = {
    "redactions": review,
    "find": find_screen,
    "sorting": decks,
    "cards": cards,
    "framework": matrix,
    "words": page("Words that most answers hold", desk_pages.words_page),
    "network": page("Words that stand near each other", desk_pages.network_page),
}


@pytest.mark.parametrize("named", SCREENS)
async def test_every_further_screen_looks_as_it_was_looked_at(
    workspace: Workspace, answers: Answers, named: str
) -> None:
    await looks_as_it_was_looked_at(workspace, SCREENS[named](workspace, answers), named)


async def test_redaction_is_decided_place_by_place_and_kept_without_the_words(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(review(workspace, answers))
        await until(pilot, "1 “Zinnia”: [worker]?")
        await pilot.press("1")
        await until(pilot, "“Zinnia”: stays, you said")
        await keyed(pilot, "g", "=it helped", "enter")
        await until(pilot, "“it helped”: [removed], you said")
        await pilot.press("u")
        await until(pilot, "my worker Zinnia rang me")
        await pilot.press("space", "space")
        await until(pilot, "every place found was decided on")
    kept = (workspace.analysis / REDACTIONS_FILE).read_text("utf-8")
    assert not any(word in kept for word in ("Zinnia", "Birchwood", "helped"))
    responses = answers.held.ask(lambda held: held)
    decided = decided_in(workspace, answers.source, responses, "Said")[NAMED]
    assert [NAMED[start:end] for start, end in decided.stays] == ["Zinnia"]
    assert not decided.goes


async def test_words_are_found_where_they_stand_letter_by_letter_redacted_as_decided(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(find_screen(workspace, answers))
        await pilot.press(*"rang")
        shown = await until(pilot, "‹rang› me from [")
        assert "Birchwood" not in shown
        await pilot.press(*"x")
        await until(pilot, "Nobody wrote this")


async def test_the_first_lines_are_drawn_at_once_the_rest_and_how_many_there_are_come_after(
    workspace: Workspace, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "AT_ONCE", 2)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(find_screen(workspace, answers))
        await keyed(pilot, "=simulated")
        await until(pilot, "In 63 answers. Lines shown: 52. More come as you go down.")
        await keyed(pilot, "=zebra")
        await until(pilot, "Nobody wrote this")


async def test_cards_are_cleared_told_otherwise_and_left_out_and_a_changed_one_is_cleared_anew(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(cards(workspace, answers))
        first = load_deck(workspace.analysis / "cards.deck.yaml").cards[0]
        await keyed(pilot, "o", "=They had to wait", "enter")
        await until(pilot, "“They had to wait”")
        await pilot.press("c")
        await until(pilot, "9 of 10 cards wait")
        await keyed(pilot, "up", "t", "=waiting", "enter")
        await until(pilot, "10 of 10 cards wait")
        await pilot.press("x")
        await until(pilot, "9 of 10 cards wait")
    held_now = load_deck(workspace.analysis / "cards.deck.yaml").cards[0]
    assert (held_now.words, held_now.in_other_words) == (first.words, "They had to wait")
    assert (held_now.note, held_now.leave_out, held_now.cleared) == ("waiting", True, False)


@pytest.mark.usefixtures("in_this_process")
async def test_a_group_sorts_and_their_themes_are_shown_beside_the_codes(
    workspace: Workspace, answers: Answers
) -> None:
    cleared_deck(workspace, answers)
    coded(workspace, answers)
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(SortingScreen(workspace, answers, "Said"))
        await pilot.press("h")
        await until(pilot, "P puts two names to them")
        await keyed(pilot, "escape", "p", "=Ana", "enter", "=Bo", "enter", "enter")
        await until(pilot, "They may be handed round")
        await pilot.press("escape")
        for piles in ("Long waits: 1, 2, 3; Kind people: 4, 5", "Waits: 1, 2, 3; People: 4, 5", "Waits: 1, 2; Rest: 4, 5", "Time: 1, 2, 3; Who: 4, 5"):  # fmt: skip
            await keyed(pilot, "y", f"={piles}", "enter")
            await until(pilot, "Piles of")
            await pilot.press("escape")
        await pilot.press("t")
        await until(pilot, "Written: out/cards-themes.pdf")
        await pilot.press("escape", "b")
        await until(pilot, "Beside the codes")


async def test_what_changed_since_earlier_answers_is_told_from_released_tables(
    workspace: Workspace, answers: Answers, tmp_path: Path
) -> None:
    coded(workspace, answers)
    other = tmp_path / "earlier"
    other.mkdir()
    earlier = held(answers_file(other, most=60).rename(other / "earlier.csv"))
    coded(workspace, earlier, 60)
    asked = desk_pages.ChangeAsked("AB", other_people="another group", names=("Ana", "Bo"))
    told = [
        line
        for _, line in desk_pages.change_since(
            desk_of(workspace, answers), desk_of(workspace, earlier), asked
        )
    ]
    assert any(line.startswith("Waits: about the same") for line in told)
    assert len(read_ledger(ledger_path(workspace))) == 2


def test_themes_are_compared_by_the_names_an_analyst_gave_them(
    workspace: Workspace, answers: Answers, tmp_path: Path
) -> None:
    other = tmp_path / "earlier"
    other.mkdir()
    earlier = held(answers_file(other, most=60).rename(other / "earlier.csv"))
    for one in (answers, earlier):
        desk = desk_of(workspace, one)
        board = themes_desk.keep_and_show(desk, "AB", DAY)
        themes_desk.change_theme(
            desk, "AB", themes_desk.ThemeChange("rename", board[0].id, "Long waits"), DAY
        )
    asked = desk_pages.ChangeAsked("AB", of_themes=True, other_people="another group", names=("Ana", "Bo"))
    told = [
        line
        for _, line in desk_pages.change_since(
            desk_of(workspace, answers), desk_of(workspace, earlier), asked
        )
    ]
    assert any(line.startswith("Long waits: ") for line in told)
    assert any(line.startswith("none of these themes: ") for line in told)


@pytest.mark.usefixtures("in_this_process")
async def test_a_theme_is_parted_by_words(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        board = themes_desk.keep_and_show(desk_of(workspace, answers), "AB", DAY)
        await app.push_screen(ThemesScreen(workspace, answers, SAID, board))
        await keyed(pilot, "p", "=twice", "enter", "=Told twice", "enter")
        await until(pilot, "Told twice")
        await keyed(pilot, "p", "=nobody wrote this", "enter", "=Empty", "enter")
        await until(pilot, "None or all of its answers")


async def test_a_code_is_split_by_the_answers_listed(workspace: Workspace, answers: Answers) -> None:
    coded(workspace, answers)
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        screen = coding_screen(workspace, answers)
        await app.push_screen(screen)
        screen.find("months")
        await pilot.press("p", "1")
        await until(pilot, "get which code instead?")
        await pilot.press("1")
        await until(pilot, "AB: 64 of 64 judged, saved")
        last = read_coding(next(workspace.analysis.glob("*.AB.coding"))).entries[-1].did
        assert isinstance(last, Split)


async def test_answers_to_read_next_are_picked_or_drawn_at_random_and_those_still_to_judge_are_found_again(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(coding_screen(workspace, answers))
        await pilot.press("r", "1")
        await until(pilot, "so they stand for themselves: tables of codes")
        await keyed(pilot, "escape", "r", "3", "=no", "enter")
        await until(pilot, "This is no number")
        await keyed(pilot, "=12", "enter")
        await until(pilot, "Once all that were drawn are coded")
        await pilot.press("escape", "2")
        await until(pilot, "AB: 1 of 64 judged, saved. Codes 1/3. drawn at random: 12")
        await pilot.press("r", "4")
        await until(pilot, "drawn at random: 11")


@pytest.mark.usefixtures("in_this_process")
async def test_cells_of_the_matrix_are_written_in_the_analysts_words(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(matrix(workspace, answers))
        await until(pilot, "4 cells wait for a line")
        await keyed(pilot, "w", "=Waited long, more than once", "enter")
        await until(pilot, "3 cells wait for a line")
        await keyed(pilot, "x", "enter", "enter", "=why", "enter", "=Ana", "enter", "=Bo", "enter")
        await until(pilot, "keep it as you keep the answers")
    assert (workspace.out / "answers-matrix.xlsx").is_file()


@pytest.mark.usefixtures("in_this_process")
async def test_answers_with_codes_and_the_codebook_leave_for_other_programs_and_come_back(
    workspace: Workspace, answers: Answers
) -> None:
    coded(workspace, answers)
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(ResponsesScreen(workspace, answers))
        await keyed(
            pilot,
            *("down", "down", "x", "2", "enter", "enter"),
            *("=why", "enter", "=Ana", "enter", "=Ana", "enter"),
        )
        await until(pilot, "the first person again")
        await pilot.press("escape", "x", "3", "enter")
        await until(pilot, "A codebook holds no answers")
    assert not (workspace.out / "answers.qdpx").exists()
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(SourcesScreen(workspace))
        await keyed(pilot, "m", "i", f"={workspace.out / 'codebook.qdc'}", "enter", "enter")
        await until(pilot, "imported/codebook.yaml")
    assert load_codebook(workspace.root / "imported" / "codebook.yaml").codes


@pytest.mark.usefixtures("in_this_process")
async def test_a_table_of_codes_is_asked_about_and_released_like_any_other(
    workspace: Workspace, answers: Answers
) -> None:
    coded(workspace, answers)
    app = Desk(workspace)
    async with app.run_test(size=(80, 36)) as pilot:
        await app.push_screen(WhatIfScreen(workspace, answers, ":codes:Said"))
        await pilot.press("enter")
        await until(pilot, "Yes, shown like this")
        assert not ledger_path(workspace).exists()
        await keyed(pilot, "r", "=yes", "enter")
        await until(pilot, "Publish it exactly as it is shown")
        await pilot.press("escape", "up", "up", "up", "up", "enter")
        await until(pilot, "Yes, shown like this")
        await keyed(pilot, "x", "enter", "=yes", "enter")
        await until(pilot, "Released and written")
    assert (workspace.out / "answers-tables.xlsx").is_file()
    assert len(read_ledger(ledger_path(workspace))) == 2


async def test_answers_are_closed_only_when_somebody_says_so(workspace: Workspace, answers: Answers) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = ResponsesScreen(workspace, answers)
        await app.push_screen(screen)
        await pilot.press("escape", "escape", "escape", "2")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("escape", "1")
        await pilot.pause()
        assert app.screen is not screen


def test_nothing_of_an_answer_is_in_a_representation_of_what_the_desk_holds(
    workspace: Workspace, answers: Answers
) -> None:
    desk = desk_of(workspace, answers)
    made_deck(workspace, answers)
    shown = (
        f"{reviewing.review_of(desk, 'AB')!r} {in_place.open_in_place(desk)!r} "
        f"{in_place.lines_with(in_place.open_in_place(desk), 'simulated')!r} "
        f"{framework_desk.matrix_shown(desk, 'AB')!r} {sorting_desk.cards_of(workspace, 'cards')!r}"
    )
    assert "simulated:" not in shown
    assert reading.Written("simulated: x", may_quote=True)


async def test_a_process_with_answers_is_ended_where_nobody_waits_for_it_any_more(
    workspace: Workspace,
) -> None:
    come, closed = threading.Event(), threading.Event()
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        work = Opening("Reading the answers", lambda: come.wait(30), lambda _: closed.set())
        app.push_screen(work)
        await until(pilot, "Reading the answers")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not work
        come.set()
        for _ in range(200):
            await pilot.pause(0.02)
            if closed.is_set():
                break
    assert closed.is_set()


def test_raw_answers_and_decks_are_asked_again_in_the_form_that_lacks_something() -> None:
    typed = ("out/answers.csv", "for the evaluation", "Ana", "Sal")
    assert signing.signed_by_two(typed) == typed
    for lacking in ((*typed[:2], "", "Sal"), (*typed[:3], "ana "), ("out/answers.csv", " ", "Ana", "Sal")):
        with pytest.raises(BadInputError):
            signing.signed_by_two(lacking)
    with pytest.raises(BadInputError):
        sorting.with_group(("cards", " ", "24"))
    assert sorting.with_group(("cards", "none", "24"))


def test_what_cannot_be_taken_back_is_done_on_a_typed_yes_only() -> None:
    assert opened.said_yes(("out/tables.xlsx", " Yes "))
    for other in ("", "no", "yesterday"):
        with pytest.raises(BadInputError):
            opened.said_yes(("out/tables.xlsx", other))


async def test_agreement_on_answers_nobody_coded_says_what_to_press(
    workspace: Workspace, answers: Answers
) -> None:
    with pytest.raises(RefusedError, match="C codes it"):
        at_the_desk.agreement_of(desk_of(workspace, answers))


async def test_the_right_half_turns_by_page_keys_though_the_list_beside_it_could_be_scrolled_too(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = QuotesScreen(workspace, answers, SAID, at_the_desk.quotes_of(desk_of(workspace, answers)))
        await app.push_screen(screen)
        screen.query_one("#told", Prose).show(*[("body", f"line {number}") for number in range(60)])
        await pilot.pause()
        left = screen.query_one("#left")
        assert left.max_scroll_y > 0
        await pilot.press("pagedown")
        assert "line 0" not in await until(pilot, "line 30")
        await pilot.press("pageup")
        await until(pilot, "line 0")
        assert left.scroll_y == 0


def test_a_colleagues_coding_is_brought_in_and_replaces_nothing_else(
    workspace: Workspace, answers: Answers, tmp_path: Path
) -> None:
    coded(workspace, answers, 4)
    here = next(workspace.analysis.glob("*.AB.coding"))
    brought = here.rename(tmp_path / here.name)
    assert "A compares what AB coded" in bring_coded_in(workspace, str(brought), "", DAY)[1]
    assert here.read_bytes() == brought.read_bytes()
    coded(workspace, answers, 5)
    newer = here.read_bytes()
    with pytest.raises(BadInputError, match="initials of its own"):
        bring_coded_in(workspace, str(brought), "", DAY)
    assert here.read_bytes() == newer
    renamed = brought.rename(tmp_path / "answers.ZZ.coding")
    with pytest.raises(BadInputError, match="the name it had"):
        bring_coded_in(workspace, str(renamed), "", DAY)


def test_nothing_is_brought_into_a_folder_outside_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("path,description\nWaits,long\n", "utf-8")
    with pytest.raises(BadInputError, match="no folder in the workspace"):
        bring_coded_in(workspace, str(table), "../elsewhere", DAY)
    assert bring_coded_in(workspace, str(table), "imported", DAY)[0] == "imported/codebook.yaml"


async def test_another_person_goes_on_coding_under_their_own_initials(
    workspace: Workspace, answers: Answers
) -> None:
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ResponsesScreen(workspace, answers))
        await pilot.press("m", "2")
        await until(pilot, "@ Another person codes now")
        await keyed(pilot, "@", "=cd", "enter")
        await until(pilot, "AB coded until now")
    assert answers.coder == "CD"


async def test_codes_on_which_coders_differ_are_picked_and_closed_by_touch(
    workspace: Workspace, answers: Answers
) -> None:
    coded(workspace, answers)
    codes = {f"row-{row}": "waits" for row in range(1, 65)}
    code_all(workspace, answers, "CD", codes)
    app = Desk(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = AgreementScreen(answers, SAID, at_the_desk.agreement_of(desk_of(workspace, answers)))
        await app.push_screen(screen)
        await until(pilot, "AB yes; CD no")
        await pilot.click("#choices", offset=(5, 1))
        await until(pilot, "CD yes; AB no")
        await pilot.click("#bar", offset=(3, 1))
        await pilot.pause()
        assert app.screen is not screen
