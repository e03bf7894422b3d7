"""The staff app: home, and one working screen for each role."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.tui.base import CoprodApp
from coprod.tui.desk_ends import Aside, Back, DeskEnd, HandOver
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.home import HomeScreen
from coprod.tui.themes import DARK
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.tui.handover import Board
    from coprod.tui.palette import Entry

BUG = 70


class Desk(CoprodApp[DeskEnd | None], inherit_bindings=False):
    """The staff app. `board` is a session just come back from the kiosk, `back` gives the screens that were left for it."""

    CSS_PATH = "styles/desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave coprod", show=False, priority=True)
    ]

    def __init__(
        self,
        workspace: Workspace | None,
        board: "Board | None" = None,
        *,
        theme: str = DARK.name,
        back: Back | None = None,
    ) -> None:
        super().__init__(theme)
        self.home = HomeScreen(workspace)
        self.board, self.back = board, back

    def get_default_screen(self) -> HomeScreen:
        """Give home, so that nothing is drawn before it."""
        return self.home

    def on_mount(self) -> None:
        """Open again what was left for the kiosk, and the board of a running session over it."""
        for screen in self.back() if self.back is not None else ():
            self.push_screen(screen)
        if self.board is not None:
            self.push_screen(board_screen(self.board, self.back))

    def entries(self) -> "tuple[Entry, ...]":
        """Give what can be done by name from every screen: the places of the workspace, colours, leaving."""
        from coprod.tui.palette import Entry, places

        workspace = self.home.workspace
        return (
            Entry("Home", action="app.go_home"),
            *(places(workspace) if workspace is not None else ()),
            *(Entry(f"Colours: {name}", action=f"app.colours('{name}')") for name in self.available_themes),
            Entry("Leave coprod", "Ctrl+Q", action="app.quit"),
        )

    def action_go_home(self) -> None:
        """Close every screen over home."""
        for _ in self.screen_stack[1:]:
            self.pop_screen()

    def action_colours(self, name: str) -> None:
        """Go to one of the three themes."""
        self.theme = name


def board_screen(board: "Board", back: Back | None = None) -> DeskScreen:
    """Give the board of a session."""
    from coprod.tui.facilitator.board import BoardScreen

    return BoardScreen(board, back)


def run_desk(workspace: Workspace | None) -> int:
    """Run the staff app until somebody leaves it, stepping aside for the kiosk; give the exit code."""
    board: Board | None = None
    back: Back | None = None
    theme = DARK.name
    while True:
        desk = Desk(workspace, board, theme=theme, back=back)
        end = desk.run()
        workspace, board, theme = desk.home.workspace, None, desk.theme
        if end is None:
            return _told(desk)
        board = end.board if isinstance(end, HandOver) else None
        back = None if isinstance(end, Aside) else end.back
        if _stepped_aside(end, theme) == "crashed" and board is not None:
            return 1


def _stepped_aside(end: DeskEnd, theme: str) -> str:
    """Run the kiosk for a session or a preview, and give how it ended."""
    from coprod.tui.handover import kiosk_plan
    from coprod.tui.opening import run_kiosk

    if isinstance(end, Aside):
        return _run_command(end)
    plan = kiosk_plan(end.board, today()) if isinstance(end, HandOver) else end.plan
    return run_kiosk(plan, theme=theme)


def _run_command(aside: Aside) -> str:
    """Let a command of coprod have the terminal, and wait until it has been read."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "coprod", *aside.arguments]
    subprocess.run(command, cwd=aside.root, check=False)  # noqa: S603  our own program, arguments of ours
    sys.stdout.write("\nEnter goes back to the desk.\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return "ended"


def _told(desk: Desk) -> int:
    """Give the exit code, and say where a bug was if there was one."""
    if desk.crash:
        import sys

        sys.stderr.write(f"{desk.crash}\n")
        return BUG
    return desk.return_code or 0
