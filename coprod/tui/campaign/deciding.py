"""Deciding about a material: every comment answered, every warning mended or kept with a reason, then signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.deciding import Deciding
    from coprod.journeys.checking.draft import Open

LABELS = {
    "approver": ("Name",),
    "safeguarding": ("Name. Today is written beside it",),
    "facts": ("Name. Today is written beside it",),
    "practice": ("Who was there", "Why not, where it is a no"),
    "harm": ("What you did about it", "Who answers for that"),
    "comment": ("Why, in plain words: the panel will read it",),
}
OVERRIDE = (
    "Why every open warning is passed over",
    "Who says so, and their role: Ana Field, campaign lead",
    "Who else says so, in another role",
)
# What a problem with each field is of, so that the cursor goes where it is mended.
PROBLEMS_OF = {
    "comment": ("reason",),
    "harm": ("reason",),
    "practice": ("name", "reason"),
}
OUTCOMES = (
    Shown("done", "Done: we did it"),
    Shown("partly", "Partly: we did part of it"),
    Shown("not", "Not: we did not do it"),
)
YES_NO = (Shown("yes", "Yes, the panel as a whole had it"), Shown("no", "No, it had not"))


@dataclass(frozen=True)
class Undoable:
    """The decisions as they were before one was taken."""

    before: bytes | None


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
        self.is_fresh = True

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
            ("quiet", f"{state} Each is kept at once, in its decisions.yaml."),
            ("body", ""),
        )
        self.show_choices(
            tuple(
                Shown(one.id, decision_words(one), mark="ok" if one.is_done else "··")
                for one in self.deciding.open
            )
        )
        if self.is_fresh:
            self.is_fresh = False
            self._go_to_undecided(-1)

    def action_undecided(self) -> None:
        """Go to the next decision that is not taken."""
        self._go_to_undecided(self.query_one(ChoiceList).caret)

    def _go_to_undecided(self, after: int) -> None:
        listed = self.query_one(ChoiceList)
        opened = self.deciding.open if self.deciding else ()
        places = [place for place, one in enumerate(opened) if not one.is_done]
        wanted = [place for place in places if place > after] or places
        if wanted and wanted[0] != listed.caret:
            listed.action_move(wanted[0] - listed.caret)

    def action_sign(self) -> None:
        """Sign off with an approver's key."""
        from coprod.tui.campaign.signing import sign_over

        sign_over(self, self.workspace, self.material_name)

    def action_override(self) -> None:
        """Pass over every warning that is open: two people, a reason, and a mark on all that is drawn."""
        fields = [
            Field(label, name=name) for label, name in zip(OVERRIDE, ("reason", "name", "name"), strict=True)
        ]
        said = "Release with open warnings? Every page then shows it."
        self.open_over(Filling(said, fields, lambda typed: self._decide("override", typed)), self._decided)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.campaign.showing import show_back

        one = (
            next((one for one in self.deciding.open if one.id == message.choice), None)
            if self.deciding
            else None
        )
        if one is None:
            return
        match one.id.partition(" ")[0]:
            case "comment":
                outcome = Pick(f"“{one.about}”", *OUTCOMES, said=(one.asked,))
                self.open_over(outcome, lambda said: self._ask(one, said))
            case "mix":
                self.open_over(Pick(one.about, *YES_NO), lambda said: self._decide_now(one, said))
            case "practice":
                self._care(one)
            case "shown":
                # That a panel was shown its page is in the history: from there on nothing is undone.
                self.before = []
                show_back(self, self.workspace, self.material_name)
            case "waiver":
                self._waive(one)
            case _:
                self._ask(one, "")

    def _ask(self, one: "Open", first: str | None) -> None:
        """Ask for what has to be typed; `first` is what was picked before, or empty. None: nothing was picked."""
        from coprod.journeys.checking.typed_decisions import typed_before

        if first is None or self.deciding is None:
            return
        kind = one.id.partition(" ")[0]
        picked = (first,) if first else ()
        labels = LABELS[kind]
        before = typed_before(self.deciding.draft, one.id)[len(picked) :]
        names = (*PROBLEMS_OF.get(kind, ("name",)), *("name",) * len(labels))
        fields = [
            Field(label, value=value, name=name)
            for label, value, name in zip(labels, before, names, strict=False)
        ]
        about = f"{one.asked}\n“{one.about}”" if one.asked else one.about
        self.open_over(
            Filling(about, fields, lambda typed: self._decide(one.id, (*picked, *typed))), self._decided
        )

    def _waive(self, one: "Open") -> None:
        from coprod.journeys.checking.typed_decisions import typed_before
        from coprod.tui.campaign.waiving import waiver_fields

        if one.waived_by == "nobody" or self.deciding is None:
            self.tell("Nobody may let this stay", "E on the findings writes in the material: mend the words.")
        else:
            fields = waiver_fields(one.waived_by or "two-roles", typed_before(self.deciding.draft, one.id))
            self.open_over(
                Filling(one.about, fields, lambda typed: self._decide(one.id, typed)), self._decided
            )

    def _care(self, one: "Open") -> None:
        from coprod.journeys.checking.typed_decisions import typed_before
        from coprod.tui.campaign.caring import CareScreen

        if self.deciding is not None:
            before = typed_before(self.deciding.draft, one.id)[0].split()
            self.open_over(CareScreen(before), lambda said: self._ask(one, said))

    def _decide_now(self, one: "Open", said: str | None) -> None:
        if said is not None:
            self._decided(self.attempt(lambda: self._decide(one.id, (said,))))

    def _decide(self, what: str, typed: tuple[str, ...]) -> Undoable:
        from coprod.journeys.checking.deciding import decide
        from coprod.journeys.checking.undoing import decisions_now

        before = decisions_now(self.workspace, self.material_name)
        decide(self.workspace, self.material_name, what, typed, today())
        return Undoable(before)

    def _decided(self, done: Undoable | None) -> None:
        if done is not None:
            self.before = [*self.before, done.before]
            self.draw()

    def action_undo(self) -> None:
        """Take the last decision back, as far as they were taken on this screen."""
        from coprod.journeys.checking.undoing import restore_decisions

        if self.before:
            restore_decisions(self.workspace, self.material_name, self.before.pop())
            self.draw()
        else:
            self.tell(
                "Nothing to undo", "Decisions are taken back in the order they were taken on this screen."
            )


def decision_words(one: "Open") -> str:
    """Give a decision as the list shows it: what it is about, and what was decided."""
    if not one.decided:
        return one.about
    ends = one.about.endswith((".", "?", "!"))
    return f"{one.about} {one.decided[0].upper()}{one.decided[1:]}" if ends else f"{one.about}: {one.decided}"
