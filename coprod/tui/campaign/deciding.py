"""Deciding about a material: every comment answered, every warning mended or kept with a reason, then signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, Filling
from coprod.tui.key_fields import signing_fields
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.deciding import Deciding

LABELS = {
    "approver": ("Name",),
    "safeguarding": ("Name. Today is written beside it",),
    "facts": ("Name. Today is written beside it",),
    "practice": (
        "Paid, a worker there, a break, support after: yes or no, four times",
        "Who was there",
        "Why not, where it is a no",
    ),
    "mix": ("yes or no: for the panel as a whole, never how many",),
    "shown": ("Who showed it. It is in out/, in the folder that ends with -panel",),
    "harm": ("What you did about it", "Who answers for that"),
    "comment": ("done, partly or not", "Why, in plain words: the panel will read it"),
    "waiver": ("Why it stays, for half a year", "First person who says so", "Second person who says so"),
}

OVERRIDE = ("Why every open warning is passed over", "First person who says so", "Second person who says so")
# What a problem with each field is of, so that the cursor goes where it is mended.
PROBLEMS_OF = {"comment": ("outcome", "reason"), "harm": ("reason",), "waiver": ("reason",)}


@dataclass(frozen=True)
class Undoable:
    """The decisions as they were before one was taken, and whether this one is kept for good."""

    before: bytes | None
    is_kept: bool


class DecidingScreen(DeskScreen):
    """One line for each decision; Enter writes it, and it is kept at once."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "undecided", "Next undecided"),
        Binding("u", "undo", "Undo"),
        Binding("s", "sign", "Sign off"),
        Binding("o", "override", "Pass every open warning over, marked on every page", show=False),
    ]

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__()
        self.workspace, self.material_name = workspace, name
        self.deciding: Deciding | None = None
        self.before: list[bytes | None] = []

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw what is decided and what is not."""
        from coprod.journeys.checking.deciding import deciding_of

        self.show_head(self.material_name)
        self.deciding = self.attempt(lambda: deciding_of(self.workspace, self.material_name, today()))
        if self.deciding is None:
            return
        left = sum(not one.is_done for one in self.deciding.open)
        state = "Everything is decided. S signs it off." if not left else f"{left} still to decide."
        self.query_one("#before", Prose).show(
            ("heading", "What the team decides"),
            ("quiet", f"{state} Each is kept in campaigns/{self.material_name}/decisions.yaml at once."),
            ("body", ""),
        )
        self.show_choices(
            tuple(
                Shown(one.id, f"{'ok' if one.is_done else '..'}  {one.about}") for one in self.deciding.open
            )
        )

    def action_undecided(self) -> None:
        """Go to the next decision that is not taken."""
        listed = self.query_one(ChoiceList)
        places = [
            place for place, one in enumerate(self.deciding.open if self.deciding else ()) if not one.is_done
        ]
        after = [place for place in places if place > listed.caret] or places
        if after:
            listed.action_move(after[0] - listed.caret)

    def action_sign(self) -> None:
        """Sign off with an approver's key."""
        from coprod.journeys.checking.deciding import themes_at_hand

        looks = ", ".join(themes_at_hand(self.workspace))
        look = Field(f"The look it is drawn in ({looks})", value="harbour")
        self.open_over(Ask("Sign this material off", *signing_fields(self.workspace), look), self._key_typed)

    def action_override(self) -> None:
        """Pass over every warning that is open: two people, a reason, and a mark on all that is drawn."""
        fields = [
            Field(label, name=name) for label, name in zip(OVERRIDE, ("reason", "name", "name"), strict=True)
        ]
        said = "Release with open warnings? Every page then shows it."
        self.open_over(Filling(said, fields, lambda typed: self._decide("override", typed)), self._decided)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.journeys.checking.typed_decisions import typed_before

        if self.deciding is None:
            return
        what = message.choice
        one = next(one for one in self.deciding.open if one.id == what)
        labels = LABELS[what.partition(" ")[0]]
        before = typed_before(self.deciding.draft, what)
        names = (*PROBLEMS_OF.get(what.partition(" ")[0], ("name",)), *("name",) * len(labels))
        fields = [
            Field(label, value=value, name=name)
            for label, value, name in zip(labels, before, names, strict=False)
        ]
        about = f"{one.asked}\n“{one.about}”" if one.asked else one.about
        self.open_over(Filling(about, fields, lambda typed: self._decide(what, typed)), self._decided)

    def _decide(self, what: str, typed: tuple[str, ...]) -> Undoable:
        from coprod.journeys.checking.deciding import decide
        from coprod.journeys.checking.undoing import decisions_now

        before = decisions_now(self.workspace, self.material_name)
        decide(self.workspace, self.material_name, what, typed, today())
        return Undoable(before, is_kept=what == "shown")

    def _decided(self, done: Undoable | None) -> None:
        if done is not None:
            # That a panel was shown its page is in the material's history: from there on nothing is undone.
            self.before = [] if done.is_kept else [*self.before, done.before]
            self.draw()

    def action_undo(self) -> None:
        """Take the last decision back, as far as they were taken on this screen."""
        from coprod.journeys.checking.undoing import restore_decisions

        if self.before:
            restore_decisions(self.workspace, self.material_name, self.before.pop())
            self.draw()

    def _key_typed(self, typed: tuple[str, ...] | None) -> None:
        from coprod.journeys.checking.bounded import MOST_SECONDS
        from coprod.journeys.checking.deciding import sign_off_typed

        if typed is not None:
            self.open_over(
                Working(
                    "Drawing and signing",
                    sign_off_typed,
                    self.workspace,
                    self.material_name,
                    (typed[0], typed[1], typed[2]),
                    today(),
                    most_seconds=MOST_SECONDS,
                ),
                self._signed,
            )

    def _signed(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.tell("Signed off", *said, "It can be released now.")
