"""Coding one question's answers by keyboard or by tapping: digits give and take codes, everything can be undone."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.companion import Companion
from coprod.journeys.understanding.coding_room import (
    NOTHING_LEARNED,
    CodingRoom,
    Sheet,
    SuggestedCode,
    codes_of,
    sheet_of,
    split_code,
    suggested_for,
    undo_last,
)
from coprod.journeys.understanding.reading import Question
from coprod.tui.analyst.coding_list import CodingList
from coprod.tui.analyst.sources import Answers
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.widgets.codegrid import A_PAGE, CodeGrid
from coprod.tui.widgets.rows import Rows
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

ENOUGH_CODED = (
    24  # answers; before as many were coded a word that stood beside a code once looks like a reason
)
ACCEPT = "A gives the first marked ◂, X turns it down. You decide."


class CodingHelp(CodingList):
    """What the machine offers a coder, and a code given to other answers instead. It never codes by itself."""

    def __init__(
        self,
        workspace: Workspace,
        answers: Answers,
        question: Question,
        room: Companion[CodingRoom],
        sheet: Sheet,
    ) -> None:
        super().__init__(answers, question, room, sheet)
        self.workspace = workspace

    def action_suggest(self) -> None:
        """Ask what the machine would look at here, by what this coder has coded."""
        room, response = self.room, self.response
        if response:
            self.open_over(
                Waiting("Learning from what you coded", lambda: room.ask(suggested_for, response)),
                lambda found: self._suggested(response, found),
            )

    def action_accept(self) -> None:
        """Give the likeliest code that was suggested here."""
        code = self.so_far.likeliest(self.response)
        if code:
            self.save(self.so_far.toggled(self.response, code, suggested=True))

    def action_turn_down(self) -> None:
        """Say that the likeliest code suggested here does not fit."""
        code = self.so_far.likeliest(self.response)
        if code:
            self.save(self.so_far.turned_down(self.response, code))

    def action_next_picked(self) -> None:
        """List only the answers to read next: picked by machine, or drawn at random."""
        from coprod.tui.analyst.picking import pick_next

        if not self.is_saving:
            pick_next(self)

    def list_only(self, responses: Sequence[str], how: str) -> None:
        """List only some of the answers, and say how they came to be picked."""
        wanted = set(responses)
        self.places = [place for place, one in enumerate(self.ids) if one in wanted]
        self.words, self.picked = "", how
        self.list_from(0)

    def action_split(self) -> None:
        """Give the answers that are listed another code instead of one they have."""
        listed = [self.ids[place] for place in self.places]
        used = frozenset(code for one in listed for code in self.so_far.codes_of(one))
        codes = [Shown(one.id, one.name) for one in self.so_far.codes]
        have = [one for one in codes if one.id in used]
        if not have or self.is_saving:
            self.tell("No code to split", "/ lists the answers with some words; P gives those another code.")
            return

        def ask_into(code: str | None) -> None:
            if code is not None:
                others = [one for one in codes if one.id != code]
                heading = f"Of the {len(listed)} answers listed, those with it get which code instead?"
                self.open_over(Pick(heading, *others), lambda into: self._split(code, into, listed))

        self.open_over(Pick("Split which code?", *have), ask_into)

    def _split(self, code: str, into: str | None, listed: list[str]) -> None:
        room, day = self.room, today()
        if into is not None:
            work = Waiting(
                "Splitting the code",
                lambda: (room.ask(split_code, code, into, listed, day), room.ask(sheet_of)),
                changes=True,
            )
            self.open_over(work, lambda done: self.take(done[1]) if done else None)

    def _suggested(self, response: str, found: tuple[SuggestedCode, ...] | None) -> None:
        if found is None:
            return
        self.so_far.suggestions[response] = found
        self.show_whole()
        if found:
            names = {one.id: one.name for one in self.so_far.codes}
            lines = [reason(one, names.get(one.code, one.code)) for one in found]
            little = little_coded(len(self.so_far.judged))
            self.tell("Worth a look here", *lines, "", *little, ACCEPT)
        else:
            self.tell("No suggestion", NOTHING_LEARNED)


class CodingScreen(CodingHelp):
    """One coder, one question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"code({digit})", "Give or take a code", show=False)
            for digit in range(1, A_PAGE + 1)
        ),
        Binding("0", "more_codes", "More codes"),
        Binding("space", "read", "Read, next"),
        Binding("s", "suggest", "Suggest"),
        Binding("u", "undo", "Undo"),
        Binding("a", "accept", "give the likeliest code suggested", show=False),
        Binding("x", "turn_down", "turn that suggestion down", show=False),
        Binding("r", "next_picked", "what to read next: picked by machine, or drawn at random", show=False),
        Binding("p", "split", "give some of these answers another code instead of one", show=False),
        Binding("m", "meaning", "what the codes mean", show=False),
        Binding("c", "codebook", "change the codebook", show=False),
        Binding("slash", "find", "find answers with some words", show=False),
        Binding("n", "unread", "the next answer not coded or read", show=False),
    ]

    def action_code(self, digit: int) -> None:
        """Give the code with this digit to the answer, or take it away again."""
        codes = self.query_one(CodeGrid).on_page
        if self.response and digit <= len(codes):
            self.save(self.so_far.toggled(self.response, codes[digit - 1].id))

    def action_more_codes(self) -> None:
        """Show the next nine codes."""
        self.query_one(CodeGrid).turn()
        self.show_whole()

    def action_read(self) -> None:
        """Say that no further code fits, and go on to the next answer."""
        decision = self.so_far.read(self.response) if self.response else None
        if decision is not None:
            self.save(decision)
        self.query_one(Rows).action_move(1)

    def action_unread(self) -> None:
        """Go to the next answer that was neither coded nor read."""
        if not self.go_to_next(lambda place: self.ids[place] not in self.so_far.judged):
            self.tell("Every one of these is judged", "/ finds others; Esc goes back.")

    def action_undo(self) -> None:
        """Take back the last decision that stands, wherever it was."""
        room, day = self.room, today()
        if not self.is_saving:
            work = Waiting("Undoing", lambda: (room.ask(undo_last, day), room.ask(sheet_of)), changes=True)
            self.open_over(work, self._undone)

    def action_meaning(self) -> None:
        """Show what the codes on this page mean."""
        shown = enumerate(self.query_one(CodeGrid).on_page, start=1)
        lines = [f"{number}  {code.name}: {code.definition}" for number, code in shown]
        self.tell("What these codes mean", *lines)

    def action_codebook(self) -> None:
        """Change the codebook, and come back with it as it is then."""
        from coprod.tui.analyst.codebook import CodebookScreen

        if not self.is_saving:
            self.open_over(CodebookScreen(self.workspace, self.answers.coder), self._book_changed)

    def _undone(self, done: tuple[str, Sheet] | None) -> None:
        if done is None:
            return
        self.take(done[1])
        places = [self.ids[place] for place in self.places]
        if done[0] in places:
            rows = self.query_one(Rows)
            rows.action_move(places.index(done[0]) - rows.caret)

    def _book_changed(self, _: object) -> None:
        codes = self.attempt(lambda: self.room.ask(codes_of))
        if codes is not None:
            self.so_far.codes = codes
            self.show_whole()

    @on(CodeGrid.Picked)
    def _tapped(self, message: CodeGrid.Picked) -> None:
        if self.response:
            self.save(self.so_far.toggled(self.response, message.code))


def reason(one: SuggestedCode, name: str) -> str:
    """Give a suggestion in a line: the code, and the words of the answer it goes by."""
    words = f"because of “{'”, “'.join(one.because)}”" if one.because else "no word speaks for it"
    return f"{'◂' if one.is_likely else ' '} {name}: {words}"


def little_coded(judged: int) -> tuple[str, ...]:
    """Say how little suggestions go by, while it is little."""
    if judged >= ENOUGH_CODED:
        return ()
    answers = "one answer is" if judged == 1 else f"{judged} answers are"
    return (f"Only {answers} coded so far: take these for guesses.",)
