"""A material's way out: the panel, the decisions, the sign-off, the release, and what was drawn."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.kernel.problem import CoprodError
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.looking import Step

MARKS = {"done": "ok", "open": "▸▸", "later": "··"}


class StepsScreen(DeskScreen):
    """The steps in order, each with where it stands; Enter does one."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare"),
        Binding("v", "verify", "Verify"),
        Binding("h", "history", "History"),
        Binding("t", "text", "Back to the text", show=False),
    ]

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__()
        self.workspace, self.material_name = workspace, name
        self.next_before = ""

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the steps when they have been looked at."""
        self.show_head(self.material_name)
        self.query_one("#before", Prose).show(
            ("heading", "From the check to the wall"),
            ("quiet", "ok done   ▸▸ can be done now   ·· waits for a step before it"),
            ("body", ""),
        )
        self._look()

    @work(thread=True, exclusive=True, group="look")
    def _look(self) -> None:
        from coprod.journeys.checking.looking import steps_of

        try:
            steps = steps_of(self.workspace, self.material_name, today())
        except CoprodError as error:
            self.app.call_from_thread(self.explain, str(error))
        else:
            self.app.call_from_thread(self._show, steps)

    def _show(self, steps: "tuple[Step, ...]") -> None:
        from coprod.journeys.checking.looking import first_open

        self.show_choices(tuple(Shown(one.id, one.words, mark=MARKS[one.state]) for one in steps))
        next_now = first_open(steps)
        if next_now != self.next_before:  # whoever comes back from a step finds the next one marked
            self.next_before = next_now
            listed = self.query_one(ChoiceList)
            wanted = next(at for at, one in enumerate(steps) if one.id == next_now)
            listed.action_move(wanted - listed.caret)

    def action_history(self) -> None:
        """Show who did what with it, and whether anything of that is missing."""
        from coprod.journeys.checking.releases import history_lines

        found = self.attempt(lambda: history_lines(self.workspace, self.material_name))
        if found is not None:
            whole = (
                () if found[1] else ("ok  Every line fits the one before it: nothing was changed by hand.",)
            )
            lines = (*(f"!!  {one}" for one in found[1]), *(found[0] or ("Nothing yet.",)))
            self.tell("What was done", *whole, *lines)

    def action_text(self) -> None:
        """Write in it, with findings as one types."""
        from coprod.tui.campaign.editor import editor_for

        editor = self.attempt(lambda: editor_for(self.workspace, self.material_name))
        if editor is not None:
            self.open_over(editor)

    def action_compare(self) -> None:
        """Put this version beside another one, and ask which says it better."""
        from coprod.tui.campaign.comparing import ComparingScreen

        self.open_over(ComparingScreen(self.workspace, self.material_name))

    def action_verify(self) -> None:
        """Tell whether a file, or the code on a wall, is signed."""
        from coprod.tui.campaign.verifying import verify_over

        verify_over(self, self.workspace)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.campaign.doing import ACTS

        ACTS[message.choice](self, self.workspace, self.material_name)
