"""All there is to do with opened answers: its key, its words, and how it is begun. Screens are loaded when they are opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from analysis.triage.triage import Queued
    from coprod.journeys.understanding.at_the_desk import AgreementShown, Desk, Offered, ThemeOnBoard
    from coprod.journeys.understanding.reading import Question
    from coprod.tui.analyst.opened import OpenedScreen
    from coprod.tui.widgets.prose import Voice


@dataclass(frozen=True)
class Doing:
    """One thing to do: its name, its key, its words, and how a screen begins it."""

    id: str
    key: str
    words: str
    do: "Callable[[OpenedScreen], None]"


def by_id(wanted: str) -> Doing:
    """Give one of them."""
    return next(one for one in EVERYTHING if one.id == wanted)


def of_written(do: "Callable[[OpenedScreen, Question], None]") -> "Callable[[OpenedScreen], None]":
    """Give what is done with the marked question where people wrote; where it is another, they are asked which."""
    return lambda screen: screen.with_written(lambda question: do(screen, question))


def triage(screen: "OpenedScreen") -> None:
    """Read every text, most urgent first."""
    from coprod.journeys.understanding.at_the_desk import triage_of
    from coprod.tui.analyst.triage import TriageScreen

    def show(queued: "tuple[Queued, ...]") -> None:
        screen.answers.untriaged = len(queued)
        if queued:
            screen.open_over(TriageScreen(screen.workspace, screen.answers, queued))

    screen.work_on(None, "Putting what was written in order", triage_of, then=show)


def read(screen: "OpenedScreen", question: "Question") -> None:
    """Read what was written to the marked question."""
    from coprod.journeys.understanding.reading import texts_of
    from coprod.tui.analyst.texts import TextsScreen
    from coprod.tui.working import Waiting

    held = screen.answers.held
    screen.open_over(
        Waiting("Reading", lambda: held.ask(texts_of, question.key)),
        lambda texts: (
            screen.open_over(TextsScreen(screen.workspace, screen.answers, question, texts))
            if texts
            else None
        ),
    )


def code(screen: "OpenedScreen", question: "Question") -> None:
    """Code the marked question."""
    from coprod.companion import Companion
    from coprod.journeys.understanding.coding_room import CodingRoom, Sheet, open_room, sheet_of
    from coprod.tui.analyst.coding import CodingScreen
    from coprod.tui.working import Waiting

    def opened(desk: "Desk") -> tuple[Companion[CodingRoom], Sheet]:
        room: Companion[CodingRoom] = Companion()
        room.keep(open_room, desk, screen.answers.coder)
        return room, room.ask(sheet_of)

    def show(done: tuple[Companion[CodingRoom], Sheet] | None) -> None:
        if done is not None:
            screen.open_over(CodingScreen(screen.workspace, screen.answers, question, *done))

    def go_on(desk: "Desk") -> None:
        screen.open_over(Waiting("Getting the codes ready", lambda: opened(desk)), show)

    screen.as_coder(lambda: screen.on_desk(question, go_on))


def themes(screen: "OpenedScreen", question: "Question") -> None:
    """Find themes in the marked question, or go on with those that are kept."""
    from coprod.journeys.understanding.at_the_desk import keep_and_show
    from coprod.tui.analyst.themes import ThemesScreen

    def show(board: "tuple[ThemeOnBoard, ...]") -> None:
        screen.open_over(ThemesScreen(screen.workspace, screen.answers, question, board))

    def begin() -> None:
        coder = screen.answers.coder
        screen.work_on(question, "Finding themes", keep_and_show, coder, today(), then=show)

    screen.as_coder(begin)


def quotes(screen: "OpenedScreen", question: "Question") -> None:
    """Pick quotes of the marked question."""
    from coprod.journeys.understanding.at_the_desk import quotes_of
    from coprod.tui.analyst.quotes import QuotesScreen

    def show(offered: "tuple[Offered, ...]") -> None:
        if offered:
            screen.open_over(QuotesScreen(screen.workspace, screen.answers, question, offered))
        else:
            screen.tell("No quotes", "Nobody who agreed to be quoted wrote something that may leave.")

    screen.work_on(question, "Redacting what was written, and looking who agreed", quotes_of, then=show)


def agreement(screen: "OpenedScreen", question: "Question") -> None:
    """Show where the coders of the marked question agree, and where to talk."""
    from coprod.journeys.understanding.at_the_desk import agreement_of
    from coprod.tui.analyst.agreement import AgreementScreen

    def show(found: "AgreementShown") -> None:
        screen.open_over(AgreementScreen(screen.answers, question, found))

    screen.work_on(question, "Comparing coders", agreement_of, then=show)


def key_words(screen: "OpenedScreen", question: "Question") -> None:
    """Show the words one group writes more than all others."""
    from coprod.journeys.understanding.at_the_desk import key_words_of
    from coprod.tui.analyst.page import PageScreen
    from coprod.tui.analyst.page import key_word_lines as lines_of

    def show(by: str, found: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        screen.open_over(PageScreen(screen.answers, f"Key words by {by}", lines_of(found)))

    def go_on(by: str | None) -> None:
        if by is not None:
            screen.work_on(question, "Comparing groups", key_words_of, by, then=lambda found: show(by, found))

    groups = [
        Shown(one.key, one.words)
        for one in screen.answers.read.questions
        if one.kind != "written" and one.key != question.key
    ]
    screen.open_over(Pick("Compare the groups of which question?", *groups), go_on)


def publish(screen: "OpenedScreen") -> None:
    """Ask whether a table may be published, with nothing recorded by asking."""
    from coprod.tui.analyst.whatif import WhatIfScreen

    screen.open_over(WhatIfScreen(screen.workspace, screen.answers, screen.marked_choice()))


def report(screen: "OpenedScreen") -> None:
    """Put a report together."""
    from coprod.tui.analyst.report import ReportScreen

    screen.open_over(ReportScreen(screen.workspace, screen.answers))


def you_said(screen: "OpenedScreen") -> None:
    """Answer what young people said."""
    from coprod.tui.analyst.yousaid import YouSaidScreen

    screen.open_over(YouSaidScreen(screen.workspace, screen.answers))


def ledger(screen: "OpenedScreen") -> None:
    """Show everything that was ever released."""
    from coprod.tui.analyst.ledger import LedgerScreen

    screen.open_over(LedgerScreen(screen.workspace))


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


def pathway(screen: "OpenedScreen") -> None:
    """Draw the pathway audit, its tables recorded as released."""
    from coprod.journeys.understanding.at_the_desk import pathway_from

    def go_on(typed: tuple[str, ...] | None) -> None:
        if typed is not None and typed[0].lower() in {"y", "yes"}:
            screen.work_on(
                None, "Drawing the pathway", pathway_from,
                then=lambda files: screen.tell("The pathway audit is written", *files),
            )  # fmt: skip

    field = Field("Its tables go into the ledger for good. Type yes")
    screen.open_over(Filling("Write the pathway audit into out/", (field,), tuple), go_on)


def involvement(screen: "OpenedScreen") -> None:
    """Begin the files that only people can fill in: involvement, what the team found, who reads reports."""
    from coprod.journeys.understanding.involvement import start_audiences, start_involvement
    from coprod.journeys.understanding.pathway import start_pathway

    starts = {"involvement": start_involvement, "pathway": start_pathway, "audiences": start_audiences}

    def go_on(what: str | None) -> None:
        if what is not None:
            path = screen.attempt(lambda: starts[what](screen.workspace))
            if path is not None:
                screen.tell(
                    "Fill it in, then come back", f"analysis/{path.name}", "Reports say what it says."
                )

    screen.open_over(
        Pick(
            "Begin which file?",
            Shown("involvement", "Involvement: how young people were involved, and what changed"),
            Shown("pathway", "Pathway: what the team found at each access point"),
            Shown("audiences", "Audiences: who reads reports, and what concerns them"),
        ),
        go_on,
    )


def export(screen: "OpenedScreen") -> None:
    """Write answers for another program, on two names and a reason."""
    from coprod.journeys.understanding.at_the_desk import export_from

    fields = (
        Field("File, ending in .csv, .xlsx, .parquet or .sav", value=f"out/{screen.answers.source.stem}.csv"),
        Field("Why raw answers leave coprod (recorded)"),
        Field("First person who says so"),
        Field("Second person who says so"),
    )

    def go_on(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            screen.work_on(
                None, "Writing answers", export_from, typed, today(),
                then=lambda told: screen.tell("Written", *told),
            )  # fmt: skip

    heading = "RAW answers, not for publishing. Two people sign; it is recorded."
    screen.open_over(Filling(heading, fields, tuple), go_on)


def columns(screen: "OpenedScreen") -> None:
    """Show what each column of a file was taken for."""
    from coprod.journeys.understanding.reading import columns_of

    found = screen.attempt(lambda: screen.answers.held.ask(columns_of))
    if found is not None:
        none = ("A batch has questions, not columns; none was left out.",)
        screen.tell(
            "What each column was taken for",
            *(f"{name}: {what}" for name, what in found),
            *(() if found else none),
        )


EVERYTHING = (
    Doing("triage", "g", "Triage: every text again, most urgent first", triage),
    Doing("read", "r", "Read what was written here", of_written(read)),
    Doing("code", "c", "Code it by keyboard", of_written(code)),
    Doing("themes", "t", "Themes, with examples", of_written(themes)),
    Doing("quotes", "q", "Quotes, of those who agreed", of_written(quotes)),
    Doing("agreement", "a", "Agreement between coders", of_written(agreement)),
    Doing("key-words", "k", "Key words of one group", of_written(key_words)),
    Doing("publish", "p", "May I publish this table?", publish),
    Doing("report", "w", "Write a report, with a preview", report),
    Doing("you-said", "y", "You said, we did", you_said),
    Doing("ledger", "l", "The ledger of all releases", ledger),
    Doing("codebook", "b", "The codebook", codebook),
    Doing("journal", "j", "The journal", journal),
    Doing("trail", "h", "How we came to this: the trail", of_written(trail)),
    Doing("pathway", "o", "Pathway audit, drawn", pathway),
    Doing("involvement", "i", "Files that only people can fill in", involvement),
    Doing("export", "x", "Raw answers for another program", export),
    Doing("columns", "n", "What each column was taken for", columns),
)
