"""Slow work on the screen: what is being done, that it goes on, and the key that stops it."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from coprod.jobs import Job
from coprod.kernel.problem import CoprodError
from coprod.tui.box import Box
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.prose import Prose

Got = TypeVar("Got")
Done_co = TypeVar("Done_co", covariant=True)


class Stoppable(Protocol[Done_co]):
    """Work that goes on elsewhere: a job in a process of its own, or on one that is kept warm."""

    def result(self, most_seconds: float | None = None) -> Done_co:
        """Wait for the result and give it. Raises StoppedError."""

    def stop(self) -> None:
        """End the work now."""


class Waiting(Box[Got | None], Generic[Got], inherit_bindings=False):
    """Runs one function in a thread, for short work that holds what may not leave this process: an unlocked key.

    Esc goes back at once and gives None; what the function still gives is dropped. Work that changes something
    is waited for: it is done whether somebody looks or not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave")]
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("leave", "Esc", "Back"),)

    def __init__(self, what: str, function: Callable[[], Got], *, changes: bool = False) -> None:
        super().__init__()
        self.what, self.function, self.changes = what, function, changes
        self.is_left = False

    def compose(self) -> ComposeResult:
        """Give a box in the middle."""
        with Vertical(classes="box"):
            yield Prose(id="message")
            if not self.changes:
                yield self.foot()

    def on_mount(self) -> None:
        """Say what is being done, and do it."""
        for message in self.query(Prose):  # none when the app is left in the very moment this box comes
            message.show(("heading", self.what), ("body", ""), ("quiet", "This takes a moment."))
        self._run(self.app)

    def action_leave(self) -> None:
        """Go back without waiting."""
        if not self.changes:
            self.is_left = True
            self.dismiss(None)

    def give(self, result: Got) -> None:
        """Give what came, where somebody still waits for it."""
        if not self.is_left:
            self.dismiss(result)

    def refused(self, why: str) -> None:
        """Say why nothing came, where somebody still waits."""
        if not self.is_left:
            refuse(self, why)

    @work(thread=True, exclusive=True)
    def _run(self, app: App[Any]) -> None:
        """Do it. The app is handed over: a thread cannot find it once this screen was left."""
        try:
            result = self.function()
        except CoprodError as error:
            app.call_from_thread(self.refused, str(error))
        else:
            app.call_from_thread(self.give, result)


def refuse(screen: Box[Got | None], why: str) -> None:
    """Close a screen of work and say why nothing came of it."""
    from coprod.tui.dialogs import Message, plain_reasons

    screen.dismiss(None)
    screen.app.push_screen(Message("This cannot be done yet", plain_reasons(why)))


class Working(Box[Got | None], Generic[Got], inherit_bindings=False):
    """Runs one function in a process of its own and gives what it gives; None when it was stopped or failed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop")]
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("stop", "Esc", "Stop"),)

    def __init__(
        self,
        what: str,
        function: Callable[..., Got],
        *arguments: Any,
        if_stopped: str = "nothing is changed then",
        most_seconds: float | None = None,
    ) -> None:
        super().__init__()
        self.if_stopped, self.most_seconds = if_stopped, most_seconds
        self.what, self.function, self.arguments = what, function, arguments
        self.seconds = 0
        self.job: Stoppable[Got] | None = None

    def compose(self) -> ComposeResult:
        """Give a box in the middle."""
        with Vertical(classes="box"):
            yield Prose(id="message")
            yield self.foot()

    def on_mount(self) -> None:
        """Start the work, and count the seconds."""
        self.job = self.begin()
        self.set_interval(1.0, self._tick)
        self._show()
        self._wait(self.app, self.job)

    def begin(self) -> Stoppable[Got]:
        """Start the work."""
        return Job(self.function, *self.arguments)

    def action_stop(self) -> None:
        """Stop the work."""
        if self.job is not None:
            self.job.stop()

    @work(thread=True, exclusive=True)
    def _wait(self, app: App[Any], job: Stoppable[Got]) -> None:
        try:
            result = job.result(self.most_seconds)
        except CoprodError as error:
            app.call_from_thread(refuse, self, str(error))
        else:
            app.call_from_thread(self.dismiss, result)

    def _tick(self) -> None:
        self.seconds += 1
        self._show()

    def _show(self) -> None:
        dots = "·" * (self.seconds % 4)
        self.query_one(Prose).show(
            ("heading", f"{self.what} {dots}"),
            ("body", ""),
            ("quiet", f"{self.seconds} seconds so far. Esc stops it; {self.if_stopped}."),
        )
