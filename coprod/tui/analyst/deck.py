"""Clearing the cards of a deck: read as their writer would, told otherwise, noted, left out."""

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.journeys.understanding.sorting_desk import CardShown, cards_of, change_card
from coprod.tui.desk_screen import PAGES, DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.themes.deck import Card

LINE = 28
HOW = "C clears it, O tells it in other words, K keeps theirs with a reason, T puts a note before it, X leaves it out."


class CardsScreen(DeskScreen):
    """Cards on the left, those that wait marked; the marked one in full on the right. Every change is kept at once."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "clear", "Clear, next"),
        Binding("o", "other_words", "Other words"),
        Binding("t", "note", "Note"),
        Binding("x", "leave_out", "Leave out"),
        Binding("k", "keep_because", "say why its words may stay although they may tell who wrote them", show=False),
        Binding("n", "next_waiting", "the next card that waits", show=False),
        *PAGES,
    ]  # fmt: skip

    def __init__(self, workspace: Workspace, deck: str) -> None:
        super().__init__()
        self.workspace, self.deck = workspace, deck
        self.cards: tuple[CardShown, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the cards as they are on the disk."""
        self.cards = self.attempt(lambda: cards_of(self.workspace, self.deck)) or ()
        self._drawn()

    def action_clear(self) -> None:
        """Say that the marked card was read and may be handed round, and go on; again takes that back."""
        one = self.marked_card()
        if one is None:
            return
        is_cleared = not one.card.cleared
        self._change(cleared=is_cleared)
        now = self.marked_card()
        if is_cleared and now is not None and now.lacks:
            self.tell("It still lacks something", *now.lacks)
        elif is_cleared:
            self.action_next_waiting()

    def action_other_words(self) -> None:
        """Tell the marked card in one's own words."""
        self._ask(
            "Tell it in your own words",
            "Your words; empty shows theirs",
            "in_other_words",
            lambda one: one.in_other_words,
        )

    def action_note(self) -> None:
        """Say what the card is about where that could hurt; it stands before the words."""
        self._ask("A note before the words", "Such as: self-harm", "note", lambda one: one.note)

    def action_keep_because(self) -> None:
        """Say why words may stay that may tell who wrote them."""
        self._ask(
            "Keep their words?",
            "Why nobody will know who it was",
            "keep_because",
            lambda one: one.keep_because,
        )

    def action_leave_out(self) -> None:
        """Leave the marked card out of the deck, or take it in again."""
        one = self.marked_card()
        if one is not None:
            self._change(leave_out=not one.card.leave_out)

    def action_next_waiting(self) -> None:
        """Go to the next card that waits for somebody."""
        listed = self.query_one("#choices", ChoiceList)
        places = [at for at, one in enumerate(self.cards) if one.lacks]
        after = [at for at in places if at > listed.caret] or places
        if after:
            listed.action_move(after[0] - listed.caret)
        else:
            self.tell("Every card was cleared", "Esc, then P: two people put their names to them.")

    def marked_card(self) -> CardShown | None:
        """Give the card the caret is on."""
        return next((one for one in self.cards if str(one.card.card) == self.marked_choice()), None)

    def _ask(self, heading: str, label: str, field: str, now: Any) -> None:
        one = self.marked_card()
        if one is not None:
            self.open_over(
                Ask(heading, Field(label, value=now(one.card))),
                lambda typed: self._change(**{field: typed[0]}) if typed is not None else None,
            )

    def _change(self, **said: object) -> None:
        from msgspec.structs import replace

        one = self.marked_card()
        if one is not None:
            card: Card = replace(one.card, **said)
            kept = self.attempt(lambda: change_card(self.workspace, self.deck, card))
            self.cards = kept or self.cards
            self._drawn()

    def _drawn(self) -> None:
        self.show_head(self.workspace.settings.name, f"deck {self.deck}")
        left = sum(bool(one.lacks) for one in self.cards)
        said = f"{left} of {len(self.cards)} cards wait for you." if left else "Every card was cleared."
        self.query_one("#before", Prose).show(
            ("quiet", f"{said} Read each as its writer would, at that table.")
        )
        self.show_choices(
            tuple(Shown(str(one.card.card), label_of(one), mark=mark_of(one)) for one in self.cards)
        )
        self._show_marked()

    @on(ChoiceList.Pending)
    @on(ChoiceList.Picked)
    def _show_marked(self) -> None:
        one = self.marked_card()
        self.query_one("#told", Prose).show(*(card_lines(one) if one else ()))
        self.action_page(0)


def mark_of(one: CardShown) -> str:
    """Give whether a card is out, cleared, or waits."""
    return "out" if one.card.leave_out else ".. " if one.lacks else "ok "


def label_of(one: CardShown) -> str:
    """Give the beginning of a card."""
    words = one.card.shown or "(empty)"
    return shorten(words, LINE, placeholder="…")


def card_lines(one: CardShown) -> tuple[tuple[Voice, str], ...]:
    """Give a card as it would be handed round, whose words these are, and what it lacks."""
    card = one.card
    note: list[tuple[Voice, str]] = [("notice", f"Note before it: {card.note}")] if card.note else []
    lines: list[tuple[Voice, str]] = [
        ("heading", f"Card {card.card}"), *note, ("body", f"“{card.shown}”" if card.shown else "(nothing stands on it)"),
        ("quiet", f"{card.told}{', left out' if card.leave_out else ', cleared' if card.cleared else ''}"),
    ]  # fmt: skip
    lines += [("notice", f"! {caution}") for caution in card.cautions]
    if card.keep_because:
        lines.append(("quiet", f"Kept because: {card.keep_because}"))
    if card.in_other_words and card.words:
        lines += [("body", ""), ("quiet", "What was written"), ("body", f"“{card.words}”")]
    how = (("body", ""), ("quiet", HOW)) if one.lacks else ()
    return (*lines, *(("notice", f"! {what}") for what in one.lacks), *how)
