"""What there is to look at: opened batches, sealed sessions that wait, or any table file."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from analysis.responses import Responses, read_responses, responses_from_batch
from coprod.clock import today
from coprod.journeys.batches import batch_headers, open_boxes, read_batch, waiting_sources
from coprod.kernel.problem import BadInputError
from coprod.tui.desk_screen import Ask, DeskScreen, Field
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Waiting
from coprod.workspace import Workspace
from surveys.keys import unlock

KEPT_FOR = timedelta(days=365)


class SourcesScreen(DeskScreen):
    """Batches to read, boxes to open."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_waiting", "Open sealed answers"),
        Binding("f", "file", "A file"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the batches, and what waits."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw what is in the workspace now."""
        self.show_head(self.workspace.settings.name)
        waiting = self.attempt(lambda: waiting_sources(self.workspace)) or ()
        names = ", ".join(path.stem for path in waiting) or "none"
        self.query_one("#before", Prose).show(
            ("body", f"Sealed sessions that wait: {names}"), ("body", ""), ("heading", "Opened batches")
        )
        headers = self.attempt(lambda: batch_headers(self.workspace)) or ()
        batches = tuple(
            Shown(
                one.name,
                f"{one.name}   keep until {one.keep_until}{'   MAKE-BELIEVE' if one.simulated else ''}",
            )
            for one in headers
        )
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(batches, "none", same=listed.choices == batches)
        listed.focus()

    def action_file(self) -> None:
        """Look at any CSV, XLSX or Parquet file."""
        self.app.push_screen(
            Ask("A table with answers in it", Field("CSV, XLSX or Parquet file")), self._file_named
        )

    def action_open_waiting(self) -> None:
        """Open every sealed session that waits, together."""
        fields = (
            Field("Name for the batch", value=f"batch-{today().isoformat()}"),
            Field("Your key file"),
            Field("Its passphrase", hidden=True),
        )
        self.app.push_screen(Ask("Open the sealed answers together", *fields), self._opening)

    @on(ChoiceList.Picked)
    def _batch_picked(self, message: ChoiceList.Picked) -> None:
        path = self.workspace.analysis / f"{message.choice}.batch"
        fields = (Field("Your key file"), Field("Its passphrase", hidden=True))
        self.app.push_screen(
            Ask(f"Open {message.choice}", *fields),
            lambda typed: self._read(lambda: batch_responses(path, typed), typed),
        )

    def _file_named(self, typed: tuple[str, ...] | None) -> None:
        self._read(lambda: file_responses(typed), typed)

    def _read(self, reading: Callable[[], Responses], typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.app.push_screen(Waiting("Reading the answers", reading), self._show_responses)

    def _show_responses(self, got: Responses | None) -> None:
        if got is not None:
            from coprod.tui.analyst.responses import ResponsesScreen

            self.app.push_screen(ResponsesScreen(self.workspace, got))

    def _opening(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.app.push_screen(
                Waiting("Opening the sealed answers", lambda: open_waiting(self.workspace, typed)),
                self._opened,
            )

    def _opened(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.draw()
            self.tell("Opened", *said)


def batch_responses(path: Path, typed: tuple[str, ...] | None) -> Responses:
    """Give the responses in a batch, opened with a key file and its passphrase."""
    key, passphrase = typed or ("", "")
    identity = unlock(Path(key).expanduser(), passphrase)
    return responses_from_batch(read_batch(path, identity), path.name)


def file_responses(typed: tuple[str, ...] | None) -> Responses:
    """Give the responses in a file."""
    (name,) = typed or ("",)
    return read_responses(Path(name).expanduser())


def open_waiting(workspace: Workspace, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Open what waits into a batch, and give what may be told of it. Raises as `open_boxes` does."""
    name, key, passphrase = typed
    sources = waiting_sources(workspace)
    if not sources:
        raise BadInputError.of(
            workspace.boxes, "no sealed session waits", "run a session, or bring a bundle in"
        )
    identity = unlock(Path(key).expanduser(), passphrase)
    day = today()
    summary = open_boxes(workspace, sources, identity, name, today=day, keep_until=day + KEPT_FOR)
    damaged = (
        f"{summary.damaged} damaged records were left out." if summary.damaged else "No record was damaged."
    )
    return (
        f"Answered: {summary.answered}.",
        damaged,
        f"Keep until {summary.keep_until}, then dispose of it.",
    )
