"""The first staff screen: what is here, what needs doing, three roles."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.overview import overview_of
from coprod.kernel.contacts import NATIONS
from coprod.kernel.problem import BadInputError
from coprod.tui.desk_screen import Ask, DeskScreen, Field
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

ROLES = (
    Shown("facilitator", "Facilitator: run a session"),
    Shown("analyst", "Analyst: open answers, tables, themes"),
    Shown("campaign", "Campaign team: check a material"),
)
BEGINNINGS = (
    Shown("demo", "Look round a make-believe service (takes about half a minute)"),
    Shown("new", "Start a workspace for your own service"),
)


DEMO_SEED = 2017


class HomeScreen(DeskScreen):
    """Home. Without a workspace it offers the demo or a new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit_desk", "Leave"),
        Binding("t", "next_theme", "Colours"),
        Binding("escape", "leave", "stay here", show=False),
    ]

    def __init__(self, workspace: Workspace | None) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give what is next, the roles, and what is here."""
        yield Prose(id="next")
        yield ChoiceList(id="choices")
        yield Prose(id="here")

    def draw(self) -> None:
        """Draw what the workspace holds today."""
        if self.workspace is None:
            self._draw_beginning()
            return
        settings = self.workspace.settings
        self.show_head(settings.name, "MAKE-BELIEVE" if settings.simulated else "")
        overview = self.attempt(lambda: overview_of(workspace_of(self), today()))
        due: list[tuple[Voice, str]] = [("body", f"• {line}") for line in overview.next] if overview else []
        here: list[tuple[Voice, str]] = [("quiet", line) for line in overview.here] if overview else []
        self.query_one("#next", Prose).show(("heading", "Next"), *due, ("body", ""))
        self.query_one("#here", Prose).show(("body", ""), ("heading", "In this workspace"), *here)
        self._show_list(ROLES)

    def action_leave(self) -> None:
        """Stay: there is nothing before home."""

    def action_quit_desk(self) -> None:
        """Leave coprod."""
        self.app.exit()

    def action_next_theme(self) -> None:
        """Go to the next of the three themes."""
        names = list(self.app.available_themes)
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if message.choice == "demo":
            self.app.push_screen(
                Ask("Where should the make-believe service go?", Field("New folder", value="coprod-demo")),
                self._make_demo,
            )
        elif message.choice == "new":
            fields = (
                Field("Name of the service"),
                Field("New folder"),
                Field(f"Nation ({', '.join(NATIONS)})", value="england"),
            )
            self.app.push_screen(Ask("A workspace for your service", *fields), self._make_new)
        else:
            self.app.push_screen(role_screen(message.choice, workspace_of(self)))

    def _make_demo(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            from coprod.tui.working import Working

            self.app.push_screen(
                Working("Making a make-believe service", make_demo, Path(typed[0])), self._made
            )

    def _make_new(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self._made(self.attempt(lambda: make_workspace(*typed)))

    def _made(self, workspace: Workspace | None) -> None:
        if workspace is not None:
            self.workspace = workspace
            self.draw()

    def _draw_beginning(self) -> None:
        self.show_head()
        self.query_one("#next", Prose).show(
            (
                "heading",
                "Ask young people. Understand what they said. Check what is made from it, with them.",
            ),
            ("body", ""),
            (
                "body",
                "This folder is in no workspace yet. A workspace is one folder with your questionnaires,",
            ),
            ("body", "sealed answers, reports and materials."),
            ("body", ""),
        )
        self.query_one("#here", Prose).show()
        self._show_list(BEGINNINGS)

    def _show_list(self, choices: tuple[Shown, ...]) -> None:
        listed = self.query_one(ChoiceList)
        listed.show(choices, "none", same=listed.choices == choices)
        listed.focus()


def workspace_of(screen: HomeScreen) -> Workspace:
    """Give the workspace of a home screen that has one."""
    assert screen.workspace is not None
    return screen.workspace


def role_screen(role: str, workspace: Workspace) -> DeskScreen:
    """Give the working screen of a role; its libraries are loaded only now."""
    if role == "facilitator":
        from coprod.tui.facilitator.questionnaires import QuestionnairesScreen

        return QuestionnairesScreen(workspace)
    if role == "analyst":
        from coprod.tui.analyst.sources import SourcesScreen

        return SourcesScreen(workspace)
    from coprod.tui.campaign.materials import MaterialsScreen

    return MaterialsScreen(workspace)


def make_demo(folder: Path) -> Workspace:
    """Make the make-believe service and give its workspace. Raises BadInputError for a folder in use."""
    from coprod.journeys.demo import run_demo
    from coprod.workspace import load_workspace

    run_demo(folder, DEMO_SEED, today(), lambda _: None)
    return load_workspace(folder)


def make_workspace(name: str, folder: str, nation: str) -> Workspace:
    """Make a workspace. Raises BadInputError for a nation that is none or a folder in use."""
    known = {one: one for one in NATIONS}
    if nation not in known:
        raise BadInputError.of(
            "nation", f"`{nation}` is no nation here", f"choose one of {', '.join(NATIONS)}"
        )
    if not folder:
        raise BadInputError.of("folder", "it has no name", "name a new folder")
    return begin_workspace(Path(folder).expanduser(), name or folder, known[nation])
