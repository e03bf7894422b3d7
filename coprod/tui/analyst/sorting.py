"""Themes by young people at the desk: decks of cards, from clearing them to the themes the sorters share."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.batches import BATCH
from coprod.journeys.understanding.sorting_desk import (
    DeckShown,
    deal_cards,
    decks_of,
    keep_typed_piles,
    make_deck,
    map_page,
    themes_page,
)
from coprod.journeys.understanding.sorting_words import refuse_unread
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Language
from coprod.tui.analyst.deck import CardsScreen
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.page import PageScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_ends import Aside
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

NO_DECK = (
    "No deck yet. A deck holds excerpts of writers who agreed, on cards. 4 to 12 young people sort them into piles and "
    "name the piles; what they share are themes in their words, not ours. A makes one."
)
OPEN_FIRST = (
    "Open the answers first",
    "Then M, Code them, S: cards are made of answers, and codes belong to them.",
)


class Decks(OpenedScreen):
    """Decks on the left; on the right how far the marked one is and what comes next."""

    def __init__(self, workspace: Workspace, answers: Answers, question: str) -> None:
        super().__init__(workspace, answers)
        self.asked = question
        self.decks: tuple[DeckShown, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the decks as they are on the disk."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        self.query_one("#before", Prose).show(("heading", "Themes by young people, who sort cards"))
        self.decks = self.attempt(lambda: decks_of(self.workspace)) or ()
        self.show_choices(tuple(Shown(one.name, one.name, mark=mark_of(one)) for one in self.decks))
        self._show_marked()

    def marked_deck(self) -> DeckShown | None:
        """Give the deck the caret is on."""
        return next((one for one in self.decks if one.name == self.marked_choice()), None)

    def _words(self) -> str:
        question = self.question(self.asked)
        return question.words if question else self.asked

    def _page(self, heading: str, lines: "tuple[tuple[Voice, str], ...] | None") -> None:
        if lines is not None:
            self.open_over(PageScreen(self.answers, heading, lines))

    @on(ChoiceList.Pending)
    def _show_marked(self) -> None:
        deck = self.marked_deck()
        self.query_one("#told", Prose).show(*(deck_lines(deck) if deck else (("body", NO_DECK),)))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self.open_over(CardsScreen(self.workspace, message.choice))


class SortingScreen(Decks):
    """Decks from their making to the themes of those who sorted them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Make a deck"),
        Binding("p", "print_cards", "Print"),
        Binding("h", "hand_over", "Sort here"),
        Binding("t", "themes", "Themes"),
        Binding("y", "type_piles", "type somebody's piles from printed cards", show=False),
        Binding("b", "beside", "their themes beside your codes", show=False),
        *PAGES,
    ]

    def action_add(self) -> None:
        """Make a deck of the question one came from."""
        if not self.answers.read.questions:
            self.tell(*OPEN_FIRST)
            return
        fields = (
            Field("Name of the deck", value="cards", name="--name"),
            Field(
                "Ask the group: in which batches did they write? Names parted by commas, or none",
                name="--group-answered",
            ),
            Field("How many cards, 8 to 60", value="24", name="--most"),
            Field("How do you know that the writers in this file let themselves be quoted?"),
        )
        asked = fields[:-1] if self.answers.source.suffix == BATCH else fields
        self.open_over(Filling(f"A deck of: {self._words()}", asked, with_group), self._make)

    def action_print_cards(self) -> None:
        """Record the cards as leaving on two names, and write them to be printed."""
        deck = self.marked_deck()
        if deck is None:
            return
        if deck.waiting:
            self.tell("Not yet", next_step(deck))
            return

        def deal(typed: tuple[str, ...]) -> tuple[str, ...]:
            language: Language = "cy" if typed[2].lower() in {"cy", "welsh"} else "en"
            return deal_cards(self.workspace, deck.name, (typed[0], typed[1]), language, today())

        fields = (
            Field("Who has read every card and takes it on their name"),
            Field("Who else agrees that they leave"),
            Field("Language on them: en or cy", value="en"),
        )
        form = Filling("Let the cards leave, and draw them", fields, deal)
        self.open_over(form, lambda done: self._dealt(done) if done else None)

    def action_hand_over(self) -> None:
        """Let young people sort in this terminal, one after another; the desk closes and comes back after."""
        deck = self.marked_deck()
        if deck is None:
            return
        if not deck.is_dealt:
            self.tell("Not yet", "Clear every card, then P puts two names to them.")
            return
        languages = (Shown("en", "English"), Shown("cy", "Welsh"))
        self.open_over(
            Pick("In which language? The answers are closed while they sort.", *languages),
            lambda language: self._hand_over(deck, language),
        )

    def action_type_piles(self) -> None:
        """Keep the piles of one young person who sorted printed cards."""
        deck = self.marked_deck()
        if deck is not None:
            field = Field("Their piles, parted by ;   Waiting: 1, 4; Kind people: 2, 3", name="piles")
            form = Filling(
                "One young person’s piles", (field,), lambda typed: keep_typed_piles(self.workspace, deck.name, typed[0])
            )  # fmt: skip
            self.open_over(form, self._kept)

    def action_themes(self) -> None:
        """Show the themes that the sorters share, and write them into `out/`."""
        deck = self.marked_deck()
        if deck is not None:
            work = Waiting("Putting piles together", lambda: themes_page(self.workspace, deck.name))
            self.open_over(work, lambda lines: self._page("Themes they share", lines))

    def action_beside(self) -> None:
        """Show their themes beside the codes that somebody gave to the same answers."""
        deck = self.marked_deck()
        if not self.answers.read.questions:
            self.tell(*OPEN_FIRST)
        elif deck is not None:
            question = self.question(deck.question)
            self.as_coder(
                lambda: self.work_on(
                    question, "Setting themes beside codes", map_page, deck.name, self.answers.coder,
                    then=lambda lines: self._page("Their themes beside your codes", lines),
                )
            )  # fmt: skip

    def _make(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.work_on(
                self.question(self.asked), "Picking excerpts", make_deck, (*typed, "")[:4],
                then=lambda told: self.tell("The deck is made", *told),
            )  # fmt: skip

    def _dealt(self, files: tuple[str, ...]) -> None:
        self.draw()
        self.tell(
            "They may be handed round",
            *files,
            "Print on one side and cut. 4 to 12 young people sort, each alone.",
        )

    def _hand_over(self, deck: DeckShown, language: str | None) -> None:
        if language is None:
            return
        if self.attempt(lambda: self._may_be_read("cy" if language == "cy" else "en")):
            command = ("analysis", "sort", "run", deck.name, "--language", language)
            self.app.exit(Aside(self.workspace.root, command))

    def _may_be_read(self, language: Language) -> bool:
        refuse_unread(language, simulated=self.workspace.settings.simulated)
        return True

    def _kept(self, sorters: str | None) -> None:
        if sorters is not None:
            self.draw()
            self.tell("Kept", f"Piles of {sorters} young people are there now. Y types the next one’s.")


def with_group(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed for a deck. Raises BadInputError where nobody said in which batches the sorters wrote."""
    if not typed[1].strip():
        raise BadInputError.of("--group-answered", "nobody has said", "ask them; write each batch, or none")
    return typed


def mark_of(deck: DeckShown) -> str:
    """Give how far a deck is."""
    return "sorted" if deck.sorters else "out   " if deck.is_dealt else "..    "


def deck_lines(deck: DeckShown) -> tuple[tuple[Voice, str], ...]:
    """Give how far a deck is, and what comes next."""
    waiting = f"{deck.waiting} wait to be read and cleared." if deck.waiting else "Every one was cleared."
    lines: list[tuple[Voice, str]] = [
        ("heading", deck.name),
        ("quiet", f"Made of: {deck.question}"),
        ("body", f"{deck.cards} cards. {waiting}"),
    ]
    if deck.sorters:
        lines.append(("body", f"Sorted by {deck.sorters} young people."))
    return (*lines, ("body", ""), ("notice", next_step(deck)))


def next_step(deck: DeckShown) -> str:
    """Give what comes next for a deck."""
    if deck.waiting:
        return "Enter: read each card as its writer would, and clear it."
    if not deck.is_dealt:
        return "P: two people put their names to the cards, and they are drawn."
    if not deck.sorters:
        return "H: young people sort here, or Y: type the piles of printed cards."
    return "T: the themes they share. B: beside your codes."
