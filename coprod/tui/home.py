"""The first staff screen: what is here, what needs doing, three roles."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.kernel.contacts import NATIONS
from coprod.kernel.problem import BadInputError, CoprodError
from coprod.tui.desk_screen import NARROW, DeskScreen
from coprod.tui.dialogs import Field, Filling, plain_reasons
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import WIDEST as PROSE_WIDEST
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.wrapping import hanging
from coprod.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from coprod.journeys.overview import Due, Overview

ROLES = (
    Shown("facilitator", "Facilitator: run a session, go on with one, take answers back"),
    Shown("analyst", "Analyst: open answers, read them, tables, themes, report"),
    Shown("campaign", "Campaign team: check a material, panel, sign-off, release"),
    Shown("service", "Service: who can open answers, help contacts, this device"),
)
BEGINNINGS = (
    Shown("demo", "Look round a make-believe service (takes about half a minute)"),
    Shown("new", "Start a workspace for your own service"),
    Shown("open", "Open a workspace that is in another folder"),
    Shown("key", "I hold a key: make it, see its words, rehearse"),
    Shown("device", "This device: is it fit for a session?"),
    Shown("tour", "What coprod is for, in one page"),
)
BEGINNING: tuple[tuple[Voice, str], ...] = (
    ("heading", "Ask young people. Understand what they said. Check what is made from it, with them."),
    ("body", ""),
    ("body", "This folder is in no workspace yet."),
    ("body", "A workspace is one folder: questionnaires, sealed answers, reports and materials."),
    ("body", ""),
)
TOUR = """\
1  A facilitator hands a laptop round. Young people answer, skip, stop, get help. What they send is sealed at once; \
nobody in the room can read it.
2  Some days later somebody with a key opens all answers together, mixed, never fewer than 5. Until then a young \
person can take theirs back.
3  An analyst reads every answer, finds themes, makes tables that point at nobody, and writes the report.
4  A campaign team checks materials by rule and with a panel of young people. Only then can they be drawn as page, \
poster, card and text.

The make-believe service has all four, with made-up answers. Change anything in it."""
DEMO_SEED = 2017
# How many names of a kind, and how many things that are due: the most that the screen has room for.
ROOMS = ((40, 12), (20, 8), (12, 6), (8, 4), (6, 4), (5, 4), (4, 4), (3, 4), (2, 4), (2, 2))
ROLE_OF = {
    "answers": "analyst",
    "said": "analyst",
    "material": "campaign",
    "service": "service",
}


class HomeView(DeskScreen):
    """What is next and what is here, looked at beside the screen's own work and laid out in the room there is."""

    def __init__(self, workspace: Workspace | None) -> None:
        super().__init__()
        self.workspace = workspace
        self.due: tuple[Due, ...] = ()
        self.overview: Overview | None = None

    def body(self) -> Iterable[Widget]:
        """Give what is next, the roles, and what is here."""
        yield Prose(id="next")
        yield ChoiceList(id="choices")
        yield Prose(id="here")

    def draw(self) -> None:
        """Draw the roles at once, and what the workspace holds today when it has been looked at."""
        if self.workspace is None:
            self.show_head()
            self.query_one("#next", Prose).show(*BEGINNING)
            self.query_one("#here", Prose).show()
            self.show_choices(BEGINNINGS)
            return
        settings = self.workspace.settings
        self.show_head(settings.name, "MAKE-BELIEVE" if settings.simulated else "")
        if not self.query_one("#next", Prose).paragraphs:
            self.query_one("#next", Prose).show(("heading", "Next"), ("quiet", "looking …"), ("body", ""))
        self.show_choices(ROLES)
        self._look(self.workspace)

    @work(thread=True, exclusive=True, group="overview")
    def _look(self, workspace: Workspace) -> None:
        from coprod.journeys.overview import overview_of
        from coprod.workspace import load_workspace

        try:
            fresh = load_workspace(workspace.root)
            overview = overview_of(fresh, today())
        except CoprodError as error:
            self.app.call_from_thread(self.query_one("#next", Prose).show, *trouble_lines(str(error)))
        else:
            self.app.call_from_thread(self._show_overview, fresh, overview)

    def _show_overview(self, workspace: Workspace, overview: "Overview") -> None:
        self.workspace, self.due, self.overview = workspace, overview.next, overview
        self._lay_out()

    def on_resize(self) -> None:
        """Name more or less of what is here, as there is room."""
        if self.overview is not None:
            self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        """Show what is next, and as much of what is here as the screen takes."""
        overview = self.overview
        if overview is None:
            return
        room, width = self.query_one("#middle").size.height, min(self.size.width - 2, PROSE_WIDEST)
        room -= len(self.query_one("#choices", ChoiceList).drawn(width, room))
        sizes = ROOMS if self.size.width >= NARROW else ROOMS[-1:]
        forms = [(next_lines(overview, due), here_lines(overview, named)) for named, due in sizes]
        following, here = next(
            (
                one
                for one in forms
                if sum(len(hanging(text, width)) for _, text in (*one[0], *one[1])) <= room
            ),
            forms[-1],
        )
        self.query_one("#next", Prose).show(*following)
        self.query_one("#here", Prose).show(*here)


class HomeScreen(HomeView):
    """Home. Without a workspace it offers the demo, a new one, or a tour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "do_next", "What is next"),
        Binding("t", "next_theme", "Colours"),
        Binding("q", "quit_desk", "Leave"),
        Binding("escape", "leave", "stay here", show=False),
        Binding("o", "begin('open')", "Open a workspace that is in another folder", show=False),
        Binding("w", "begin('new')", "Start a workspace for a service", show=False),
        Binding("d", "begin('demo')", "Look round a make-believe service", show=False),
        Binding("k", "begin('key')", "I hold a key: make it, see its words, rehearse", show=False),
        Binding("i", "begin('tour')", "What coprod is for, in one page", show=False),
    ]

    def action_leave(self) -> None:
        """Stay: there is nothing before home."""

    def action_do_next(self) -> None:
        """Go where one thing that is due is done; with several, pick which."""
        if not self.due:
            self.tell("Nothing is waiting", "Pick what you want to do, by its number or with the arrows.")
        elif len(self.due) == 1:
            self._go("0")
        else:
            choices = (Shown(str(place), one.words) for place, one in enumerate(self.due))
            self.open_over(Pick("What is next?", *choices), self._go)

    def _own_bindings(self) -> list[Binding]:
        """Give the keys; without a workspace nothing is next."""
        return [
            one for one in super()._own_bindings() if self.workspace is not None or one.action != "do_next"
        ]

    def _go(self, place: str | None) -> None:
        if place is not None and self.workspace is not None:
            self.open_over(screen_for(self.due[int(place)], self.workspace))

    def action_quit_desk(self) -> None:
        """Leave coprod."""
        self.app.exit()

    def action_next_theme(self) -> None:
        """Go to the next of the three themes."""
        names = list(self.app.available_themes)
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if self.workspace is not None:
            self.open_over(role_screen(message.choice, self.workspace))
        else:
            self.action_begin(message.choice)

    def action_begin(self, which: str) -> None:
        """Do one of BEGINNINGS, from inside a workspace too."""
        if which == "demo":
            said = "Where should the make-believe service go?"
            field = Field("New folder", value="coprod-demo", name="folder")
            self.open_over(
                Filling(said, (field,), lambda typed: free_folder(typed[0])),
                lambda folder: make_demo_over(self, folder, self._made),
            )
        elif which == "new":
            self.open_over(new_workspace_form(), self._made)
        elif which == "open":
            field = Field("The folder it is in", name="folder")
            self.open_over(
                Filling("Which workspace?", (field,), lambda typed: workspace_in(typed[0])), self._opened
            )
        elif which == "tour":
            self.tell("What coprod is for", *TOUR.split("\n"))
        else:
            self.open_over(screen_without_workspace(which))

    def _opened(self, workspace: Workspace | None) -> None:
        if workspace is not None:
            self.workspace = workspace
            self.show_keys()
            self.query_one("#next", Prose).show()
            self.draw()

    def _made(self, workspace: Workspace | None) -> None:
        self._opened(workspace)
        if workspace is not None:
            self.tell("It is there", *whereabouts(workspace))


def make_demo_over(screen: DeskScreen, folder: Path | None, then: Callable[[Workspace | None], None]) -> None:
    """Make a make-believe service in a folder, beside the screen's own work."""
    if folder is not None:
        from coprod.tui.working import Working

        heading, stopped = "Making a make-believe service", "the half-made folder can be deleted then"
        screen.open_over(Working(heading, make_demo, folder, if_stopped=stopped), then)


def next_lines(overview: "Overview", most: int) -> tuple[tuple[Voice, str], ...]:
    """Give what is due, at most so much of it."""
    due = overview.next
    lines: list[tuple[Voice, str]] = [
        ("body", f"• {one.words[0].upper()}{one.words[1:]}") for one in due[:most]
    ]
    if len(due) > most:
        lines.append(("quiet", f"  N shows {len(due) - most} more"))
    return (("heading", "Next"), *(lines or [("body", "Nothing is waiting.")]), ("body", ""))


def here_lines(overview: "Overview", most: int) -> tuple[tuple[Voice, str], ...]:
    """Give what was worked on last and what is here, with at most so many names of a kind."""
    last = f"Worked on last: {', '.join(overview.recent[: max(most, 3)])}"
    recent: tuple[tuple[Voice, str], ...] = (("quiet", last),) if overview.recent else ()
    held: tuple[tuple[Voice, str], ...] = tuple(("quiet", one.in_words(most)) for one in overview.here)
    return (("body", ""), ("heading", "In this workspace"), *recent, *held)


def trouble_lines(why: str) -> tuple[tuple[Voice, str], ...]:
    """Give what to mend where a file of the workspace cannot be read."""
    reasons: list[tuple[Voice, str]] = [("notice", line) for line in plain_reasons(why)]
    return (("heading", "A file here needs mending"), *reasons, ("body", ""))


def role_screen(role: str, workspace: Workspace) -> DeskScreen:
    """Give the working screen of a role; its libraries are loaded only now."""
    if role == "facilitator":
        from coprod.tui.facilitator.questionnaires import QuestionnairesScreen

        return QuestionnairesScreen(workspace)
    if role == "analyst":
        from coprod.tui.analyst.sources import SourcesScreen

        return SourcesScreen(workspace)
    if role == "service":
        from coprod.tui.service.service import ServiceScreen

        return ServiceScreen(workspace)
    from coprod.tui.campaign.materials import MaterialsScreen

    return MaterialsScreen(workspace)


def screen_without_workspace(which: str) -> DeskScreen:
    """Give the screen of a key holder, or of the device, that needs no workspace."""
    if which == "key":
        from coprod.tui.service.own_key import OwnKeyScreen

        return OwnKeyScreen()
    from coprod.tui.service.device import DeviceScreen

    return DeviceScreen(None)


def screen_for(due: "Due", workspace: Workspace) -> DeskScreen:
    """Give the screen on which something due is done."""
    if due.where == "material":
        from coprod.tui.campaign.steps import StepsScreen

        return StepsScreen(workspace, due.name)
    if due.where == "session":
        from coprod.tui.facilitator.sessions import SessionsScreen

        return SessionsScreen(workspace)
    if due.where == "batches":
        from coprod.tui.facilitator.batches import BatchesScreen

        return BatchesScreen(workspace)
    return role_screen(ROLE_OF[due.where], workspace)


def whereabouts(workspace: Workspace) -> tuple[str, ...]:
    """Give where a new workspace is, and what to know about it."""
    lines = [f"Folder: {workspace.root}", "Next time, start coprod in that folder."]
    keys = workspace.root.with_name(f"{workspace.root.name}-keys")
    if workspace.settings.simulated and keys.is_dir():
        lines.append(
            f"The keys of its make-believe people: {keys.name}, beside it. They are filled in for you."
        )
    return tuple(lines)


def new_workspace_form() -> Filling[Workspace]:
    """Give the form that makes a workspace; a mistake in it is mended where it was made."""
    fields = (
        Field("Name of the service"),
        Field("New folder", name="folder"),
        Field(f"Nation ({', '.join(NATIONS)})", value="england", name="nation"),
    )
    return Filling("A workspace for your service", fields, lambda typed: make_workspace(*typed))


def free_folder(typed: str) -> Path:
    """Give the folder that was typed. Raises BadInputError when it has no name or holds something."""
    if not typed:
        raise BadInputError.of("folder", "the folder has no name", "name a new folder")
    folder = Path(typed).expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError.of("folder", f"the folder {typed} is not empty", "name a new folder")
    return folder


def workspace_in(typed: str) -> Workspace:
    """Give the workspace in the folder that was typed, or above it. Raises BadInputError when there is none."""
    found = find_workspace(Path(typed or ".").expanduser())
    if found is None:
        raise BadInputError.of("folder", "no workspace is there", "name the folder that holds coprod.toml")
    return found


def make_demo(folder: Path) -> Workspace:
    """Make the make-believe service and give its workspace. Raises BadInputError for a folder in use."""
    from coprod.journeys.demo import run_demo
    from coprod.workspace import load_workspace

    run_demo(folder, DEMO_SEED, today(), lambda _: None)
    return load_workspace(folder)


def make_workspace(name: str, folder: str, nation: str) -> Workspace:
    """Make a workspace. Raises BadInputError for a nation that is none or a folder in use."""
    from coprod.journeys.beginnings import begin_workspace

    known = {one: one for one in NATIONS}
    if nation not in known:
        raise BadInputError.of(
            "nation", f"`{nation}` is no nation here", f"choose one of {', '.join(NATIONS)}"
        )
    return begin_workspace(free_folder(folder), name or folder, known[nation])
