"""What is kept, and until when: destroying a batch with a certificate."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.disposal import dispose
from coprod.journeys.asking.standing import batches_kept
from coprod.journeys.asking.visit_words import written_date
from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError
from coprod.tui.desk_screen import FIND, DeskScreen
from coprod.tui.dialogs import Field, Filling, Message
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace


class BatchesScreen(DeskScreen):
    """One line a batch; Enter destroys one, once its name has been typed."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [FIND]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the batches, those to go soonest first."""
        self.show_head(self.workspace.settings.name)
        kept = self.attempt(lambda: batches_kept(self.workspace)) or ()
        said = "Enter destroys one for good, with its sealed answers and a certificate."
        self.query_one("#before", Prose).show(
            ("heading", "Opened answers, and until when they are kept"),
            ("quiet", said if kept else "None. Answers come here when somebody opens them."),
            ("body", ""),
        )
        self.show_choices(
            tuple(
                Shown(name, f"{'!!  ' if until < today() else ''}{name}: until {written_date(until, 'en')}")
                for name, until in kept
            )
        )

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        name = message.choice
        fields = (
            Field(f"Type its name, {name}, to destroy it for good", name="batch"),
            Field("Who destroys it, for the certificate", name="name"),
        )
        self.open_over(
            Filling("This cannot be undone", fields, lambda typed: destroyed(self.workspace, name, typed)),
            self._destroyed,
        )

    def _destroyed(self, certificate: Path | None) -> None:
        if certificate is not None:
            self.draw()
            lines = self.attempt(lambda: read_text(certificate)) or ""
            self.open_over(
                Message(f"Destroyed. The certificate is out/{certificate.name}", lines.split("\n"))
            )


def destroyed(workspace: Workspace, name: str, typed: tuple[str, ...]) -> Path:
    """Destroy a batch whose name was typed, and give its certificate. Raises BadInputError when it was not."""
    if typed[0] != name:
        raise BadInputError.of("batch", "the name was not typed", "nothing is destroyed")
    return dispose(workspace, name, typed[1], today())
