"""What was drawn: each file shown here as well as a terminal can, or opened in the program this computer has for it."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.journeys.checking.looking import drawn_files
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

OPENERS = {"darwin": "open", "win32": "explorer"}


class GalleryScreen(DeskScreen):
    """Files by name; Enter shows one here, O opens it in its own program."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Open it"),
        Binding("v", "verify", "Verify"),
        Binding("f", "folder", "The folder"),
    ]

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__()
        self.workspace, self.material_name = workspace, name

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw what is in `out/NAME`."""
        self.show_head(self.material_name)
        files = drawn_files(self.workspace, self.material_name)
        said = (
            f"In out/{self.material_name}. Enter shows one here."
            if files
            else "Nothing has been released yet."
        )
        self.query_one("#before", Prose).show(("heading", "What was drawn"), ("quiet", said), ("body", ""))
        self.show_choices(
            tuple(Shown(path.name, f"{path.name}   {path.stat().st_size // 1000 + 1} kB") for path in files)
        )

    def action_verify(self) -> None:
        """Tell whether the marked file is signed, byte for byte."""
        from coprod.tui.campaign.verifying import verdict_over

        if name := self.marked_choice():
            verdict_over(self, self.workspace, str(self.workspace.out / self.material_name / name))

    def action_open(self) -> None:
        """Open the marked file in the program of this computer."""
        if name := self.marked_choice():
            open_or_say_where(self, self.workspace.out / self.material_name / name)

    def action_folder(self) -> None:
        """Open the folder in the program of this computer, or say where it is."""
        folder = self.workspace.out / self.material_name
        if not folder.is_dir() or not open_file(folder):
            self.tell("The folder", str(folder))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.campaign.drawn import DrawnScreen

        self.open_over(DrawnScreen(self.workspace, self.workspace.out / self.material_name / message.choice))


def open_or_say_where(screen: DeskScreen, path: Path) -> None:
    """Open a file in the program of this computer, or say where it is."""
    if open_file(path):
        screen.tell("Opened", f"{path.name} is open in its own program.")
    else:
        screen.tell("Here it is", str(path), "This computer has no program here that opens it.")


def open_file(path: Path) -> bool:
    """Open a file in the program of this computer; tell whether there is one."""
    opener = shutil.which(OPENERS.get(sys.platform, "xdg-open"))
    if opener is None:
        return False
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  the opener is the system's own, the path one that was drawn here
        [opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    return True
