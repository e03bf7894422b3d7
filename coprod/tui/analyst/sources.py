"""What there is to look at: opened batches, sealed sessions that wait, or any table file."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.companion import Companion
from coprod.journeys.asking.batches import BATCH, batch_header, batch_headers, waiting_sources
from coprod.journeys.understanding.reading import ReadAbout, about, open_waiting, read_file, read_opened
from coprod.kernel.problem import BadInputError
from coprod.tui.analyst.bench import Bench, Opening
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, Filling
from coprod.tui.key_fields import key_fields, key_typed, opens_together
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

WITHOUT_ANSWERS = {
    "file": "File of answers: name its questionnaire, or keep columns left out",
    "you-said": "You said, we did: answer what young people said",
    "ledger": "The ledger of all releases",
    "codebook": "The codebook",
    "journal": "The journal",
    "sorting": "Sorting by young people: decks of cards",
    "import": "Import a codebook, a project, or a colleague’s coding",
}


class Answers:
    """Opened answers: held by a process of their own, which ends when they are closed. `source` is their file.

    `bench` is where slow work on them is done, `packed` what it is given. `coder` are the initials of who codes, once
    they said so; `untriaged` how many texts nobody has had on the screen, None before anybody looked.
    """

    def __init__(self, held: "Companion[Responses]", read: ReadAbout, source: Path) -> None:
        self.held, self.read, self.source = held, read, source
        self.bench = Bench()
        self.packed = b""
        self.coder = ""
        self.untriaged: int | None = None

    def close(self) -> None:
        """Let go of the answers."""
        self.held.close()
        self.bench.close()


class SourcesScreen(DeskScreen):
    """Batches to read, boxes to open."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_waiting", "Open answers"),
        Binding("b", "bring", "Bring in"),
        Binding("f", "file", "A file"),
        Binding("m", "without_answers", "More"),
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
        headers = self.attempt(lambda: batch_headers(self.workspace)) or ()
        none = "" if headers else "None yet. O opens sealed answers together; F reads a CSV or XLSX file."
        self.query_one("#before", Prose).show(
            ("body", f"Sealed sessions that wait: {names}"),
            ("body", ""),
            ("heading", "Opened batches"),
            *((("quiet", none),) if none else ()),
        )
        self.show_choices(
            tuple(
                Shown(
                    one.name,
                    f"{one.name}   keep until {one.keep_until}{'   MAKE-BELIEVE' if one.simulated else ''}",
                )
                for one in headers
            )
        )

    def action_file(self) -> None:
        """Look at any CSV, XLSX or Parquet file."""
        fields = Field("CSV, XLSX or Parquet file")
        self.open_over(Ask("A table with answers in it", fields), self._file_named)

    def action_bring(self) -> None:
        """Copy a bundle from a stick into the workspace."""
        field = Field("Bundle file (NAME.bundle)")
        self.open_over(Ask("Bring a bundle in, from a stick or a folder", field), self._bundle_named)

    def action_without_answers(self) -> None:
        """Do what needs no opened answers."""
        choices = [Shown(name, words, mark=name[0].upper()) for name, words in WITHOUT_ANSWERS.items()]
        picked = partial(begin_without_answers, self)
        self.open_over(Pick("What needs no opened answers", *choices), picked)

    def action_open_waiting(self) -> None:
        """Open every sealed session that waits, together."""
        fields = (
            Field("Name for the batch", value=f"batch-{today().isoformat()}"),
            *key_fields(self.workspace, together=opens_together(self.workspace)),
        )
        self.open_over(Ask("Open the sealed answers together", *fields), self._opening)

    @on(ChoiceList.Picked)
    def _batch_picked(self, message: ChoiceList.Picked) -> None:
        path = self.workspace.analysis / f"{message.choice}{BATCH}"
        header = self.attempt(lambda: batch_header(path))
        if header is not None:
            fields = key_fields(self.workspace, together=header.together)
            self.open_over(
                Ask(f"Open {message.choice}", *fields), lambda typed: self._batch_typed(path, typed)
            )

    def _batch_typed(self, path: Path, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.read(path, lambda held: held.keep(read_opened, path, key_typed(typed)))

    def _file_named(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            path = Path(typed[0]).expanduser()
            self.read(path, lambda held: held.keep(read_file, typed[0], self.workspace))

    def read(self, source: Path, keeping: "Callable[[Companion[Responses]], None]") -> None:
        """Read answers in a process of their own and show them."""
        work = Opening("Reading the answers", lambda: answers_kept(source, keeping), Answers.close)
        self.open_over(work, self._show)

    def _show(self, answers: Answers | None) -> None:
        if answers is not None:
            from coprod.tui.analyst.responses import ResponsesScreen

            self.open_over(ResponsesScreen(self.workspace, answers, just_opened=True))

    def _opening(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            job = Working(
                "Opening the sealed answers",
                open_waiting,
                self.workspace,
                typed[0],
                key_typed(typed[1:]),
                today(),
            )
            self.open_over(job, self._opened)

    def _opened(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.draw()
            self.tell("Opened", *said)

    def _bundle_named(self, typed: tuple[str, ...] | None) -> None:
        from coprod.journeys.asking.bringing import bring_bundle

        if typed is not None:
            path = self.attempt(lambda: bring_bundle(self.workspace, Path(typed[0]).expanduser()))
            if path is not None:
                self.draw()
                self.tell("It is here", f"boxes/{path.name}", "O opens all that waits together.")


def open_file_with(screen: SourcesScreen) -> None:
    """Look at a file with the questionnaire it answers, and with columns that are left out unless somebody says why not."""
    fields = (
        Field("CSV, XLSX, SPSS or Parquet file"),
        Field("The questionnaire it answers (blank: the one here that fits)"),
        Field("Columns to keep that may say who somebody is, parted by commas (blank: none)"),
        Field("Why they are kept", name="because"),
    )

    def named(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            path = Path(typed[0]).expanduser()
            screen.read(path, lambda held: held.keep(read_file, typed[0], screen.workspace, *typed[1:]))

    screen.open_over(Filling("A table with answers in it", fields, with_reason), named)


def with_reason(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed for a file. Raises BadInputError where columns are to be kept and nobody says why."""
    if typed[2].strip() and not typed[3].strip():
        raise BadInputError.of("because", "columns are kept without a reason", "say why they are needed")
    return typed


def begin_without_answers(screen: SourcesScreen, what: str | None) -> None:
    """Begin what was picked of what needs no opened answers."""
    if what == "import":
        from coprod.tui.analyst.exchanging import bring_in

        bring_in(screen, screen.workspace)
    elif what == "file":
        open_file_with(screen)
    elif what is not None:
        screen.open_over(screen_without_answers(what, screen.workspace))


def screen_without_answers(what: str, workspace: Workspace) -> DeskScreen:
    """Give a screen that needs no opened answers."""
    from coprod.tui.analyst.codebook import CodebookScreen
    from coprod.tui.analyst.journal import JournalScreen
    from coprod.tui.analyst.ledger import LedgerScreen
    from coprod.tui.analyst.yousaid import YouSaidScreen

    match what:
        case "codebook":
            return CodebookScreen(workspace)
        case "journal":
            return JournalScreen(workspace)
        case "ledger":
            return LedgerScreen(workspace)
        case "sorting":
            return decks_screen(workspace)
        case _:
            return YouSaidScreen(workspace)


def decks_screen(workspace: Workspace) -> DeskScreen:
    """Give the decks of a workspace without its answers: to be cleared, printed, sorted, their themes read."""
    from coprod.tui.analyst.sorting import SortingScreen

    return SortingScreen(workspace, no_answers(workspace), "")


def no_answers(workspace: Workspace) -> Answers:
    """Give what stands for answers where none are open: it has no questions, and nothing is asked of it."""
    nobody: Any = None
    read = ReadAbout(workspace.settings.name, simulated=workspace.settings.simulated, questions=())
    return Answers(nobody, read, workspace.analysis)


def answers_kept(source: Path, keeping: "Callable[[Companion[Responses]], None]") -> Answers:
    """Give answers in a process of their own, kept there by `keeping`. Raises as reading them does."""
    held: Companion[Responses] = Companion()
    with ExitStack() as otherwise:
        otherwise.callback(held.close)
        keeping(held)
        answers = Answers(held, held.ask(about), source)
        otherwise.pop_all()
    return answers
