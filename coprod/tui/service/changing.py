"""What the screens that change `coprod.toml` share: the settings as they are on disk, and one step back."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from coprod.kernel.problem import BadInputError
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Filling
from coprod.workspace import Settings, Workspace, load_workspace, save_settings


class ChangingScreen(DeskScreen):
    """A screen whose acts change the settings; each of them can be undone while the screen is open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "Undo the last change", show=False)]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.before: list[tuple[Settings, Settings]] = []

    def reload(self) -> None:
        """Look at the settings again: another screen, or a person, may have changed them."""
        self.workspace = self.attempt(lambda: load_workspace(self.workspace.root)) or self.workspace

    def change(self, change: Callable[[], Workspace]) -> bool:
        """Do a change and draw what it gives; tell whether there was one."""
        return self.changed(self.attempt(change))

    def changed(self, now: Workspace | None) -> bool:
        """Draw the workspace as a change gave it, and remember how it was; tell whether there was one."""
        if now is None:
            return False
        self.before.append((self.workspace.settings, now.settings))
        self.workspace = now
        self.draw()
        return True

    def fill(self, form: Filling[Workspace]) -> None:
        """Let a form be filled in that changes the settings."""

        def filled(now: Workspace | None) -> None:
            self.changed(now)

        self.open_over(form, filled)

    def action_undo(self) -> None:
        """Put the settings back as they were before the last change made here."""
        if not self.before:
            self.tell("Nothing to undo", "Nothing was changed since this page was opened.")
            return
        was, then = self.before[-1]
        if self.attempt(lambda: put_back(self.workspace, was, then)) is not None:
            self.before.pop()
            self.draw()


def put_back(workspace: Workspace, was: Settings, then: Settings) -> Workspace:
    """Give the workspace with the settings it had. Raises BadInputError where they were changed again since."""
    if load_workspace(workspace.root).settings != then:
        raise BadInputError.of(
            "coprod.toml", "it was changed again since, elsewhere", "change it by hand instead"
        )
    return save_settings(workspace, was)
