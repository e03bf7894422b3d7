"""Choosing what to ask."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.journeys.plans import preview_plan
from coprod.tui.desk_ends import Preview
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace
from surveys.library import find_questionnaire, shelf
from surveys.questionnaire import load_questionnaire


class QuestionnairesScreen(DeskScreen):
    """Every questionnaire at hand; Enter prepares a session, P looks at it as a young person would."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "preview", "Preview")]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the questionnaires by name."""
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(("heading", "Which questionnaire?"), ("body", ""))
        own = tuple(
            Shown(one.name, f"{one.name}{'' if one.own else '   (ready-made)'}")
            for one in shelf(self.workspace.surveys)
        )
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(own, "none", same=listed.choices == own)
        listed.focus()

    def action_preview(self) -> None:
        """Leave the desk for a preview; it comes back here afterwards."""
        listed = self.query_one(ChoiceList)
        if 0 <= listed.caret < len(listed.choices):
            path = find_questionnaire(listed.choices[listed.caret].id, self.workspace.surveys)
            asked = self.attempt(lambda: load_questionnaire(path))
            if asked is not None:
                self.app.exit(Preview(preview_plan(asked, self.workspace)))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.facilitator.preparing import PreparingScreen

        path = find_questionnaire(message.choice, self.workspace.surveys)
        asked = self.attempt(lambda: load_questionnaire(path))
        if asked is not None:
            self.app.push_screen(PreparingScreen(self.workspace, path, asked.survey))
