"""What each step of a material's way out does, over the screen it was picked on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.working import Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.releases import ReleasedFiles

Act = Callable[[DeskScreen, Workspace, str], None]


def ask(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Show the panel's questions, made first where they have to be."""
    from coprod.tui.campaign.questions import ask_over

    ask_over(screen, workspace, name)


def hand(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Prepare a session with the panel's questions, or go on with one."""
    from campaigns.panels.panelfile import PANEL_FILE
    from coprod.tui.campaign.questions import hand_round, way_back

    path = workspace.campaigns / name / PANEL_FILE
    if path.exists():
        hand_round(screen, workspace, path, f"panel-{name}", way_back(workspace, name))
    else:
        screen.tell("Not yet", "First make the panel's questions: step 1.")


def open_panel(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Open the panel's answers with a key holder's key, and show what was said."""
    from coprod.journeys.checking.panelwork import open_panel_typed
    from coprod.tui.campaign.questions import open_answers

    open_answers(
        screen,
        workspace,
        name,
        open_panel_typed,
        lambda done: read(screen, workspace, name) if done else None,
    )


def read(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Show what the panel said."""
    from campaigns.panels.panelfile import RESULT_FILE, load_panel_result
    from coprod.tui.campaign.panel_said import PanelSaidScreen

    path = workspace.campaigns / name / RESULT_FILE
    result = screen.attempt(lambda: load_panel_result(path))
    if result is not None:
        screen.open_over(PanelSaidScreen(name, result, workspace))
    elif screen.app.screen is screen:
        screen.tell("Not yet", "No panel's answers have been opened for this material.")


def decide(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Go to the decisions."""
    from coprod.tui.campaign.deciding import DecidingScreen

    screen.open_over(DecidingScreen(workspace, name))


def show(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Show the panel what was done with what it said."""
    from coprod.tui.campaign.showing import show_back

    show_back(screen, workspace, name)


def sign(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Sign off with an approver's key."""
    from coprod.tui.campaign.signing import sign_over

    sign_over(screen, workspace, name)


def release(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Draw a signed material, in a process of its own that can be stopped."""
    from coprod.journeys.checking.bounded import MOST_SECONDS
    from coprod.journeys.checking.deciding import release_typed

    def released(files: "ReleasedFiles | None") -> None:
        if files is not None:
            screen.draw()
            names = (path.name for path in files.paths)
            screen.tell("Released", f"In out/{name}:", *names, f"Code on it: {files.code}")

    drawing = Working(
        "Drawing the material", release_typed, workspace, name, today(), most_seconds=MOST_SECONDS
    )
    screen.open_over(drawing, released)


def look(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Look at what was drawn."""
    from coprod.tui.campaign.gallery import GalleryScreen

    screen.open_over(GalleryScreen(workspace, name))


ACTS: dict[str, Act] = {
    "ask": ask,
    "hand": hand,
    "open": open_panel,
    "said": read,
    "decide": decide,
    "show": show,
    "sign": sign,
    "release": release,
    "gallery": look,
}
