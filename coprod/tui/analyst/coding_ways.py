"""Ways to code opened answers and to find themes in them: alone, beside others, with young people."""

from functools import partial
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.tui.analyst.signing import SIGNING, signed_by_two
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from coprod.journeys.understanding.at_the_desk import AgreementShown, Desk
    from coprod.journeys.understanding.desk_pages import Line
    from coprod.journeys.understanding.framework_desk import MatrixShown
    from coprod.journeys.understanding.reading import Question
    from coprod.journeys.understanding.themes_desk import ThemeOnBoard
    from coprod.tui.analyst.opened import OpenedScreen
    from coprod.tui.widgets.prose import Voice

CHANGE_FIELDS = (
    Field("Why these answers are not sensitive (empty: they are)"),
    Field("If other people answered each time: how you know (empty: they are the same)", name="reason"),
    *SIGNING[1:],
)


def told_by_two(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed for a comparison. Raises BadInputError where other people answered and not two say so."""
    return signed_by_two(typed) if typed[1].strip() else typed


def code(screen: "OpenedScreen", question: "Question") -> None:
    """Code the marked question."""
    from coprod.companion import Companion
    from coprod.journeys.understanding.coding_room import CodingRoom, Sheet, open_room, sheet_of
    from coprod.tui.analyst.bench import Opening, companion_with
    from coprod.tui.analyst.coding import CodingScreen

    def opened(desk: "Desk") -> tuple[Companion[CodingRoom], Sheet]:
        room = companion_with(open_room, desk, screen.answers.coder)
        return room, room.ask(sheet_of)

    def show(done: tuple[Companion[CodingRoom], Sheet] | None) -> None:
        if done is not None:
            screen.open_over(CodingScreen(screen.workspace, screen.answers, question, *done))

    def go_on(desk: "Desk") -> None:
        work = Opening("Getting the codes ready", lambda: opened(desk), lambda done: done[0].close())
        screen.open_over(work, show)

    screen.as_coder(lambda: screen.on_desk(question, go_on))


def themes(screen: "OpenedScreen", question: "Question") -> None:
    """Find themes in the marked question, or go on with those that are kept."""
    from coprod.journeys.understanding.themes_desk import keep_and_show
    from coprod.tui.analyst.themes import ThemesScreen

    def show(board: "tuple[ThemeOnBoard, ...]") -> None:
        screen.open_over(ThemesScreen(screen.workspace, screen.answers, question, board))

    def begin() -> None:
        coder = screen.answers.coder
        screen.work_on(question, "Finding themes", keep_and_show, coder, today(), then=show)

    screen.as_coder(begin)


def agreement(screen: "OpenedScreen", question: "Question") -> None:
    """Show where the coders of the marked question agree, and where to talk."""
    from coprod.journeys.understanding.at_the_desk import agreement_of
    from coprod.tui.analyst.agreement import AgreementScreen

    def show(found: "AgreementShown") -> None:
        screen.open_over(AgreementScreen(screen.answers, question, found))

    screen.work_on(question, "Comparing coders", agreement_of, then=show)


def another_coder(screen: "OpenedScreen") -> None:
    """Let somebody else go on, on their own initials: codes, themes and matrices are theirs from now on."""
    before, screen.answers.coder = screen.answers.coder, ""
    said = f"{before} coded until now. " if before else ""
    screen.as_coder(
        lambda: screen.tell(f"{screen.answers.coder} codes now", f"{said}Each sees their own codes only.")
    )


def codebook(screen: "OpenedScreen") -> None:
    """Change the codebook."""
    from coprod.tui.analyst.codebook import CodebookScreen

    screen.open_over(CodebookScreen(screen.workspace, screen.answers.coder))


def journal(screen: "OpenedScreen") -> None:
    """Read and write the reflexive journal."""
    from coprod.tui.analyst.journal import JournalScreen

    screen.open_over(JournalScreen(screen.workspace))


def trail(screen: "OpenedScreen", question: "Question") -> None:
    """Write how it came to the codes and themes of the marked question."""
    from coprod.journeys.understanding.at_the_desk import trail_of
    from coprod.tui.analyst.page import PageScreen

    def show(lines: tuple[str, ...]) -> None:
        told: list[tuple[Voice, str]] = [("body", line) for line in lines]
        screen.open_over(PageScreen(screen.answers, "How we came to this (written into out/)", told))

    screen.work_on(question, "Writing the trail", trail_of, then=show)


def sorting(screen: "OpenedScreen", question: "Question") -> None:
    """Let young people sort excerpts of the marked question into themes."""
    from coprod.tui.analyst.sorting import SortingScreen

    screen.open_over(SortingScreen(screen.workspace, screen.answers, question.key))


def together(screen: "OpenedScreen", question: "Question") -> None:
    """Show which codes stand on the same answers, drawn into `out/`."""
    from coprod.journeys.understanding.desk_pages import pairs_page

    def begin() -> None:
        screen.work_on(
            question, "Putting codes together", pairs_page, screen.answers.coder,
            then=lambda lines: _page(screen, "Codes that stand on the same answers", lines),
        )  # fmt: skip

    screen.as_coder(begin)


def framework(screen: "OpenedScreen", question: "Question") -> None:
    """Write the framework matrix of the marked question: a line for each case and code."""
    from coprod.journeys.understanding.framework_desk import matrix_shown
    from coprod.journeys.understanding.frameworks import SEALED
    from coprod.tui.analyst.framework import FrameworkScreen

    def show(found: "MatrixShown") -> None:
        screen.open_over(FrameworkScreen(screen.workspace, screen.answers, question, found))

    if not screen.answers.read.is_file:
        screen.explain(SEALED)
        return
    screen.as_coder(
        lambda: screen.work_on(
            question, "Laying out the matrix", matrix_shown, screen.answers.coder, then=show
        )
    )


def change(screen: "OpenedScreen", question: "Question") -> None:
    """Show which codes or themes are there more or less often than in earlier answers."""
    from coprod.journeys.understanding.desk_pages import may_compare
    from coprod.tui.analyst.earlier import with_earlier

    def picked(earlier: "Desk", of: str | None) -> None:
        if of is not None:
            screen.work_on(
                question, "Looking at both", partial(may_compare, of_themes=of == "themes"), earlier, screen.answers.coder,
                then=lambda _: ask(earlier, of),
            )  # fmt: skip

    def ask(earlier: "Desk", of: str) -> None:
        form = Filling(
            "Both tables are released and stand in the ledger for good", CHANGE_FIELDS, told_by_two
        )
        screen.open_over(form, lambda typed: compare(earlier, of, typed) if typed is not None else None)

    def compare(earlier: "Desk", of: str, typed: tuple[str, ...]) -> None:
        from coprod.journeys.understanding.desk_pages import ChangeAsked, change_since

        asked = ChangeAsked(screen.answers.coder, of == "themes", typed[0], typed[1], typed[2:])
        screen.work_on(
            question, "Comparing with earlier answers", change_since, earlier, asked,
            then=lambda lines: _page(screen, "What changed", lines),
            if_stopped="tables may stand in the ledger by then",
        )  # fmt: skip

    def go_on(earlier: "Desk") -> None:
        what = Pick(
            "Compare what?",
            Shown("codes", f"The codes that {screen.answers.coder} gave in both"),
            Shown("themes", f"The themes that {screen.answers.coder} keeps of both, by their names"),
        )
        screen.open_over(what, lambda of: picked(earlier, of))

    screen.as_coder(lambda: with_earlier(screen, question, go_on))


def _page(screen: "OpenedScreen", heading: str, lines: "tuple[Line, ...]") -> None:
    from coprod.tui.analyst.page import PageScreen

    screen.open_over(PageScreen(screen.answers, heading, lines))
