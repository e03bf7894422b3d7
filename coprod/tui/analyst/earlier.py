"""Earlier answers to set beside those that are open: another batch, or a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.journeys.asking.batches import BATCH, batch_header, batch_headers
from coprod.journeys.understanding.at_the_desk import Desk
from coprod.journeys.understanding.reading import packed, read_file, read_opened
from coprod.tui.dialogs import Ask, Field
from coprod.tui.key_fields import key_fields, key_typed
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.working import Waiting

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from coprod.companion import Companion
    from coprod.journeys.understanding.reading import Question
    from coprod.tui.analyst.opened import OpenedScreen

A_FILE = ":file"


def with_earlier(screen: "OpenedScreen", question: "Question", then: Callable[[Desk], None]) -> None:
    """Ask which earlier answers are meant, read them, and go on with the same question of them on a desk."""
    here = screen.answers.source.stem
    headers = screen.attempt(lambda: batch_headers(screen.workspace)) or ()
    batches = [Shown(one.name, f"{one.name}   keep until {one.keep_until}") for one in headers if one.name != here]  # fmt: skip

    def picked(name: str | None) -> None:
        if name == A_FILE:
            form = Ask("Earlier answers from a file", Field("CSV, XLSX, Parquet or SPSS file"))
            screen.open_over(form, _file_named)
        elif name is not None:
            path = screen.workspace.analysis / f"{name}{BATCH}"
            header = screen.attempt(lambda: batch_header(path))
            if header is not None:
                form = Ask(f"Open {name}", *key_fields(screen.workspace, together=header.together))
                screen.open_over(form, lambda typed: _batch_typed(path, typed))

    def _file_named(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            read(Path(typed[0]).expanduser(), lambda held: held.keep(read_file, typed[0], screen.workspace))

    def _batch_typed(path: Path, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            read(path, lambda held: held.keep(read_opened, path, key_typed(typed)))

    def read(path: Path, keeping: "Callable[[Companion[Responses]], None]") -> None:
        screen.open_over(
            Waiting("Reading the earlier answers", lambda: _packed(keeping)),
            lambda held: then(Desk(held, path, question.key, screen.workspace)) if held else None,
        )

    screen.open_over(Pick("Which are the earlier answers?", *batches, Shown(A_FILE, "A file")), picked)


def _packed(keeping: "Callable[[Companion[Responses]], None]") -> bytes:
    """Read answers in a process of their own, and give them as a job can take them."""
    from coprod.companion import Companion

    held: Companion[Responses] = Companion()
    try:
        keeping(held)
        return held.ask(packed)
    finally:
        held.close()
