"""Quotes at the desk: only of those who agreed, as they could leave beside as they were sent; ticked, put otherwise, let out."""

from collections.abc import Iterable
from textwrap import shorten
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.understanding.at_the_desk import (
    Offered,
    let_out_picked,
    paraphrase_picked,
)
from coprod.journeys.understanding.reading import Question
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

LINE = 36
NAMES = (
    Field("Who has read it and takes it on their name"),
    Field("Who else agrees that it leaves"),
    Field("Who will read it: everybody, or an audience such as police", value="everybody"),
)


class QuotesScreen(OpenedScreen):
    """Quotes to tick on the left; the marked one in full on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick"),
        Binding("l", "let_out", "Let out"),
        Binding("p", "paraphrase", "Put otherwise"),
        *PAGES,
    ]

    def __init__(
        self, workspace: Workspace, answers: Answers, question: Question, offered: tuple[Offered, ...]
    ) -> None:
        super().__init__(workspace, answers)
        self.asked, self.offered = question, offered
        self.ticked: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the quotes and what is ticked."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        out = sum(bool(one.let_out_for) for one in self.offered)
        self.query_one("#before", Prose).show(
            ("heading", self.asked.words), ("quiet", f"{len(self.ticked)} ticked, {out} let out before.")
        )
        self.show_choices(
            tuple(
                Shown(str(at), label_of(one), mark=mark_of(one, self.ticked))
                for at, one in enumerate(self.offered)
            )
        )
        self._show_marked()

    def action_tick(self) -> None:
        """Tick the marked quote, or take the tick away."""
        quote = self.marked_quote()
        if quote is not None:
            self.ticked ^= {quote.safe}
            self.draw()

    def action_let_out(self) -> None:
        """Record the ticked quotes as leaving, on two names."""
        wanted = tuple(one for one in self.offered if one.safe in self.ticked)
        if not wanted:
            self.tell("No quote is ticked", "Space ticks the marked one. Read each as it could leave first.")
            return

        def let_out(typed: tuple[str, ...]) -> tuple[tuple[Offered, ...], str]:
            from coprod.journeys.understanding.quotes import Asking

            let_out_picked(self.workspace, self.asked.key, wanted, Asking(*typed), today())
            return wanted, typed[2]

        heading = "Let the ticked quotes out? The first person read each as it could leave."
        self.open_over(Filling(heading, NAMES, let_out), self._is_out)

    def action_paraphrase(self) -> None:
        """Record somebody's own words for the marked quote, to be printed in its stead."""
        quote = self.marked_quote()
        if quote is None:
            return

        def put_otherwise(typed: tuple[str, ...]) -> tuple[tuple[Offered, ...], str]:
            from coprod.journeys.understanding.quotes import Asking, Paraphrase

            made, asking = Paraphrase(*typed[:2]), Asking(*typed[2:])
            paraphrase_picked(self.workspace, self.asked.key, quote, made, asking, today())
            return (quote,), typed[4]

        fields = (
            Field("Other words, without what points at them", value=quote.safe),
            Field("Whose words these are"),
        )
        self.open_over(Filling("Put this quote otherwise", (*fields, *NAMES), put_otherwise), self._is_out)

    def marked_quote(self) -> Offered | None:
        """Give the quote the caret is on."""
        marked = self.marked_choice()
        return self.offered[int(marked)] if marked else None

    def _is_out(self, done: tuple[tuple[Offered, ...], str] | None) -> None:
        """Mark quotes as recorded for some readers."""
        if done is None:
            return
        quotes, readers = done
        self.offered = tuple(
            replace(one, let_out_for=(*one.let_out_for, readers)) if one in quotes else one
            for one in self.offered
        )
        self.ticked -= {one.safe for one in quotes}
        self.draw()

    @on(ChoiceList.Pending)
    def _show_marked(self) -> None:
        quote = self.marked_quote()
        self.query_one("#told", Prose).show(*(quote_lines(quote) if quote else ()))
        self.action_page(0)

    @on(ChoiceList.Picked)
    def _picked(self) -> None:
        self.action_tick()


def label_of(quote: Offered) -> str:
    """Give the beginning of a quote, and whether something speaks against it."""
    line = shorten(quote.safe, LINE, placeholder="…")
    return f"{line}{'  !' if quote.cautions else ''}"


def quote_lines(quote: Offered) -> tuple[tuple[Voice, str], ...]:
    """Give a quote as it could leave and as it was sent, who agreed, and what speaks against it."""
    lines: list[tuple[Voice, str]] = [("heading", "As it could leave"), ("body", f"“{quote.safe}”")]
    if quote.original != quote.safe:
        lines += [("body", ""), ("heading", "As it was sent"), ("quiet", f"“{quote.original}”")]
    agreed = (
        "Its writer let it be quoted."
        if quote.agreed
        else "From a file: nobody here asked its writer. You must know."
    )
    lines += [("body", ""), ("quiet", agreed)]
    lines += [("notice", f"! {caution}") for caution in quote.cautions]
    if quote.let_out_for:
        lines.append(("quiet", f"Let out for: {', '.join(quote.let_out_for)}."))
    return tuple(lines)


def mark_of(quote: Offered, ticked: set[str]) -> str:
    """Give whether a quote is ticked, or out already."""
    return "[x]" if quote.safe in ticked else ("out" if quote.let_out_for else "[ ]")
