"""The device in hand: each thing looked at, and how to mend what is not right."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.machine import Check

STATES = {"ok": "ok", "look": "??", "missing": "!!"}
# What a facilitator must know of stands before what only whoever set the machine up can mend.
LAST = ("python", "package", "tmux", "chromium", "pdftoppm")


class DeviceScreen(DeskScreen):
    """What is missing first, each with how to mend it; then what is right, on few lines."""

    ROLE = "this device"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "Check again"),
        Binding("down", "turn(2)", "Down"),
        Binding("up", "turn(-2)", "Up", show=False),
    ]

    def __init__(self, workspace: Workspace | None) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the page."""
        yield Prose(id="before")

    def draw(self) -> None:
        """Look, beside the screen's own work."""
        self.show_head(self.workspace.settings.name if self.workspace else "")
        if not self.query_one("#before", Prose).paragraphs:
            self.query_one("#before", Prose).show(("quiet", "looking …"))
        self._look()

    def action_check(self) -> None:
        """Look again, after something was mended."""
        self._look()

    def action_turn(self, by: int) -> None:
        """Turn the page."""
        self.query_one("#middle", VerticalScroll).scroll_relative(y=by, animate=False)

    @work(thread=True, exclusive=True, group="device")
    def _look(self) -> None:
        from coprod.doctor import examine

        checks = examine(workspace=self.workspace)
        self.app.call_from_thread(self.query_one("#before", Prose).show, *device_lines(checks))


def device_lines(checks: "tuple[Check, ...]") -> tuple[tuple[Voice, str], ...]:
    """Give what is not right with how to mend it, then what is right."""
    wrong = sorted((one for one in checks if one.state != "ok"), key=_order)
    lines: list[tuple[Voice, str]] = [
        ("heading", "Mend these before a session" if wrong else "Everything is right")
    ]
    for one in wrong:
        lines.append(("notice", f"{STATES[one.state]}  {one.name}: {one.found}"))
        lines.append(("body", f"    {one.mend}"))
    right = [one for one in checks if one.state == "ok" and not one.name.startswith("package")]
    lines += [("body", ""), ("heading", "Right")]
    return (*lines, *(("quiet", f"ok  {one.name}: {one.found}") for one in right))


def _order(check: "Check") -> tuple[bool, bool]:
    return (check.name.startswith(LAST), check.state != "missing")
