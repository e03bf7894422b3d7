"""What both apps share: the scrubbing filter, the themes, the crash that keeps quiet."""

import asyncio
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from textual.app import App
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.worker import WorkerFailed, active_worker

from coprod.tui.crash import crash_message, forget, ignore_loop_error
from coprod.tui.scrub import SCRUB
from coprod.tui.themes import DARK, THEMES

Result = TypeVar("Result")


class CoprodApp(App[Result], Generic[Result], inherit_bindings=False):
    """An app that paints only harmless characters and whose crash tells a place, never a value."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str = DARK.name) -> None:
        super().__init__()
        self.crash = ""
        for name in set(self.available_themes) - set(THEMES):
            self.unregister_theme(name)
        for one in THEMES.values():
            self.register_theme(one)
        self.theme = theme
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colours' names to the styles, whichever theme is on."""
        return dict(DARK.variables)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give Textual's filters and then ours, so that ours has the last word."""
        return (*super().get_line_filters(), SCRUB)

    def on_load(self) -> None:
        """Silence asyncio's own error printer before anything runs."""
        asyncio.get_running_loop().set_exception_handler(ignore_loop_error)

    def copy_to_clipboard(self, text: str) -> None:
        """Do nothing: the next person could paste it, and what leaves goes through a gate that a clipboard has not."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a picture could hold an answer."""

    def action_suspend_process(self) -> None:
        """Do nothing: it would show the shell with the screen behind it."""

    def _handle_exception(self, error: Exception) -> None:
        """Take an error as a bug, unless work only found its screen closed meanwhile: then nobody waits for it."""
        if not _came_too_late(error):
            super()._handle_exception(error)

    def panic(self, *renderables: Any) -> None:
        """End the app without drawing what it was given: it may hold a traceback."""
        del renderables
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End the app, and keep a line that names the bug's place for whoever started it."""
        self.crash = crash_message(self._exception)
        self._exit_renderables.clear()
        if self._exception is not None and not self.is_headless:
            forget(self._exception)
            self._exception = None
        self._close_messages_no_wait()


def _came_too_late(error: Exception) -> bool:
    """Tell whether a background task failed only because its screen was closed before it was done."""
    worker = active_worker.get(None)
    if worker is None or not (isinstance(error, WorkerFailed) and isinstance(error.error, NoMatches)):
        return False
    return not worker.node.is_attached or not worker.node.is_running
