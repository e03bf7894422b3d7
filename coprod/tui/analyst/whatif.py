"""May I publish this? Asked of the rules and the ledger, with nothing recorded; and then, on a typed yes, released."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.journeys.understanding.reading import TableAsked, publish_table, what_if
from coprod.journeys.understanding.signed import Signed
from coprod.kernel.released import ReleasedTable
from coprod.tui.analyst.opened import OpenedScreen, said_yes
from coprod.tui.analyst.signing import WAYS, signed_words, signing
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Ask, Field, Filling, plain_reasons
from coprod.tui.pick import Pick
from coprod.tui.widgets.bars import STATUS_WORDS, TableBars
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.understanding.tables import Answer

BY_RULE = "The rule holds for every such table: two names cannot lift it. Ask about it in another way."
HOW: tuple[tuple[Voice, str], ...] = (
    ("quiet", "Enter asks about the marked question. B asks about it broken down by another."),
    (
        "quiet",
        "Asking records nothing and shows no number. R releases what was asked about, X writes it to a file.",
    ),
)
CODES = ":codes:"
AGAINST = "Holding it against what was released before"
MAY_STAND = "it may stand in the ledger by then"


class AskedTables(OpenedScreen):
    """Questions on the left; on the right how each cell would be shown and why, or why not."""

    def __init__(self, workspace: Workspace, answers: Answers, marked: str = "") -> None:
        super().__init__(workspace, answers)
        self.begin_at = marked
        self.asked_of = TableAsked("")
        self.answer: Answer | None = None

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="told")

    def draw(self) -> None:
        """Draw the questions that can be tables, and the answer."""
        self.show_head("May I publish this?")
        asked = self.answers.read.questions
        chosen = [Shown(one.key, one.words) for one in asked if one.kind != "written"]
        coded = [
            Shown(f"{CODES}{one.key}", f"Codes given to: {one.words}")
            for one in self.written() or [one for one in asked if one.kind == "either"]
        ]
        self.show_choices((*chosen, *coded))
        self._begin()
        if self.answer is None:
            self.query_one(TableBars).show(None)
            self.query_one("#told", Prose).show(*HOW)

    def _begin(self) -> None:
        """Begin at the question one came from."""
        listed = self.query_one("#choices", ChoiceList)
        place = next((at for at, one in enumerate(listed.choices) if one.id == self.begin_at), None)
        self.begin_at = ""
        if place is not None:
            listed.action_move(place - listed.caret)

    def ask(self, asked: TableAsked) -> None:
        """Ask the rules and the ledger."""
        self.asked_of, self.answer = asked, None
        held, source = self.answers.held, self.answers.source
        if asked.coder:
            from coprod.journeys.understanding.code_tables import may_publish_codes

            question = self.question(asked.question)
            self.work_on(question, "Counting codes", may_publish_codes, asked, then=self._answered)
            return
        self.open_over(
            Waiting(
                "Asking the rules and the ledger",
                lambda: held.ask(what_if, self.workspace, source, asked),
            ),
            self._answered,
        )

    def _answered(self, answer: "Answer | None") -> None:
        if answer is not None:
            self.answer = answer
            self.query_one(TableBars).show(None)
            signed = self.asked_of.signed
            self.query_one("#told", Prose).show(
                *answer_lines(answer, self._words(), is_file=self.answers.read.is_file),
                *((("quiet", f"{signed_words(signed)}: {signed.reason}"),) if signed else ()),
            )
            self.action_page(0)

    def _words(self) -> str:
        asked = self.asked_of
        words = [found.words for key in (asked.question, asked.by) if key and (found := self.question(key))]
        return f"{', by '.join(words)}{f': codes by {asked.coder}' if asked.coder else ''}"


class WhatIfScreen(AskedTables):
    """What is asked, signed, released and written to a file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "by", "Break down by"),
        Binding("r", "release", "Release it"),
        Binding("x", "to_file", "To a file"),
        Binding("s", "not_sensitive", "say why it is not sensitive, and ask again", show=False),
        Binding("o", "sign", "let it leave all the same, on two names", show=False),
        Binding("a", "all_to_file", "every table to one file", show=False),
        *PAGES,
    ]

    def action_by(self) -> None:
        """Ask about the marked question broken down by another."""
        question = self.marked_question()
        if question is not None:
            others = [
                Shown(one.key, one.words)
                for one in self.answers.read.questions
                if one.kind != "written" and one.key != question.key
            ]
            self.open_over(
                Pick("Break it down by", *others),
                lambda by: self.ask(TableAsked(question.key, by)) if by else None,
            )

    def action_not_sensitive(self) -> None:
        """Say why a column of a file is not about safety, abuse, health or identity, and ask again."""
        if not self.asked_of.question:
            self.tell("Ask first", "Enter asks whether the marked table may be published.")
            return
        if not self.answers.read.is_file:
            self.tell(
                "The questionnaire says it",
                "Each question of a batch was asked with it. Of a file, people say so.",
            )
            return
        field = Field("Why is it not sensitive? (kept in the ledger)", value=self.asked_of.not_sensitive)
        self.open_over(
            Ask("A column of a file counts as sensitive unless somebody says why not", field),
            lambda typed: self.ask(replace(self.asked_of, not_sensitive=typed[0])) if typed else None,
        )

    def action_sign(self) -> None:
        """Let a table leave that comes from other data than before, or is held back, on two names and a reason."""
        if self.answer is None or not self.answer.why_not:
            self.tell("Nothing holds it back", "Enter asks; R releases.")
            return
        if self.answer.is_by_rule:
            self.tell("No names can lift this", BY_RULE)
            return

        def picked(picked: str | None) -> None:
            how = next((one for one in WAYS if one == picked), None)
            if how is not None:
                self.open_over(signing(how), self._sign)

        ways = [Shown(name, words) for name, words in WAYS.items()]
        self.open_over(Pick("Let it leave all the same?", *ways), picked)

    def _sign(self, signed: Signed | None) -> None:
        if signed is not None:
            self.ask(replace(self.asked_of, signed=signed))

    def action_to_file(self) -> None:
        """Release what was asked about and write it to a file."""
        if self.answer is None or self.answer.why_not or self.asked_of.coder:
            self.tell("Ask first", "Enter asks about the marked table. A table of codes is released with R.")
        else:
            self._ask_file((self.asked_of,))

    def action_all_to_file(self) -> None:
        """Release every table and write them to one file, on what was signed of the data."""
        every = [one for one in self.answers.read.questions if one.kind != "written"]
        signed = self.asked_of.signed
        if signed is not None and not signed.is_of_the_data:
            signed = None
        self._ask_file(tuple(TableAsked(one.key, signed=signed) for one in every))

    def _ask_file(self, wanted: tuple[TableAsked, ...]) -> None:
        signed = wanted[0].signed if wanted else None
        fields = (
            Field(
                "File, ending in .csv, .xlsx, .parquet or .sav",
                value=f"out/{self.answers.source.stem}-tables.xlsx",
            ),
            Field("Type yes: it is recorded for good, and later tables are held against it", name="yes"),
        )
        self.open_over(
            Filling(with_signed("Release and write to a file?", signed), fields, said_yes),
            lambda typed: self._to_file(wanted, typed),
        )

    def _to_file(self, wanted: tuple[TableAsked, ...], typed: tuple[str, ...] | None) -> None:
        from coprod.journeys.understanding.code_tables import tables_to_file

        if typed is not None:
            self.work_on(
                None, AGAINST, tables_to_file, wanted, typed[0],
                then=lambda told: self.tell("Released and written", *told),
                if_stopped=MAY_STAND,
            )  # fmt: skip

    def action_release(self) -> None:
        """Release what was asked about, on a typed yes."""
        if self.answer is None or self.answer.why_not:
            self.tell("Ask first", "Enter asks whether the marked table may be published.")
            return
        field = Field("Type yes. It is recorded for good, and later tables are held against it", name="yes")
        heading = with_signed("Release this table?", self.asked_of.signed)
        self.open_over(Filling(heading, (field,), said_yes), self._said)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        key = message.choice
        if key.startswith(CODES):
            question = key.removeprefix(CODES)
            self.as_coder(lambda: self.ask(TableAsked(question, coder=self.answers.coder)))
        else:
            self.ask(TableAsked(key))

    def _said(self, typed: tuple[str, ...] | None) -> None:
        if typed is None:
            return
        held, source, asked = self.answers.held, self.answers.source, self.asked_of
        if asked.coder:
            from coprod.journeys.understanding.code_tables import publish_codes

            question = self.question(asked.question)
            self.work_on(question, AGAINST, publish_codes, asked, then=self._released, if_stopped=MAY_STAND)
            return
        self.open_over(
            Waiting(AGAINST, lambda: held.ask(publish_table, self.workspace, source, asked), changes=True),
            self._released,
        )

    def _released(self, done: tuple[ReleasedTable, str] | None) -> None:
        if done is not None:
            self.query_one(TableBars).show(done[0])
            self.query_one("#told", Prose).show(("quiet", f"Released: {done[1]}."))
            self.tell("Released", "Publish it exactly as it is shown here.", done[1])


def with_signed(heading: str, signed: Signed | None) -> str:
    """Give a heading with who says what beneath it, where something was signed."""
    return f"{heading} {signed_words(signed)}." if signed else heading


def answer_lines(answer: "Answer", words: str, *, is_file: bool) -> tuple[tuple[Voice, str], ...]:
    """Give an answer in lines: no with every reason, or yes with how each cell would be shown."""
    if answer.why_not:
        return (
            ("heading", words),
            ("notice", "No."),
            *(("body", reason) for why in answer.why_not for reason in plain_reasons(why)),
            *((("quiet", "S says why it is not sensitive."),) if is_file else ()),
            ("quiet", BY_RULE if answer.is_by_rule else "O lets it leave all the same, on two names."),
        )
    lines: list[tuple[Voice, str]] = [("heading", words), ("big", "Yes, shown like this:")]
    for cell in answer.cells:
        name = f"{cell.by}: {cell.value}" if cell.by else cell.value
        lines.append(("body", f"{name}: {STATUS_WORDS[cell.status] or 'as it is'}"))
    reasons = dict.fromkeys(cell.reason for cell in answer.cells if cell.reason)
    return (*lines, *(("quiet", reason) for reason in reasons), ("quiet", "R releases it."))
