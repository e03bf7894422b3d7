"""Keys: making one, naming who may open answers, and the rehearsal in three steps that proves they can."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.journeys.asking.rehearsals import add_key_holder, answer, finish_rehearsal, start_rehearsal
from coprod.journeys.service import Holder, holders_of, make_key, public_key_typed
from coprod.journeys.understanding.reading import KeyTyped, identity_of
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting
from coprod.workspace import Workspace, load_workspace

KEYS = (
    Shown("make", "Make a key for yourself, on a USB stick"),
    Shown("add", "Name somebody who may open answers"),
    Shown("start", "Rehearse, step 1: write the file to take to the key holders"),
    Shown("answer", "Rehearse, step 2: as a key holder, open that file on your computer"),
    Shown("finish", "Rehearse, step 3: take back what a key holder made"),
)
FORMS: dict[str, tuple[str, tuple[Field, ...]]] = {
    "make": (
        "Your key",
        (
            Field("New key file, outside the workspace"),
            Field("Passphrase of four words or more", hidden=True),
            Field("The same again", hidden=True),
        ),
    ),
    "add": (
        "Somebody who may open answers",
        (Field("Name and role"), Field("Public key (age1…), or their .pub file")),
    ),
    "start": (
        "Rehearse, step 1 of 3",
        (Field("What staff call this device"), Field("File to write, such as on a stick")),
    ),
    "answer": (
        "Rehearse, step 2 of 3",
        (
            Field("The rehearsal file"),
            Field("Your key file"),
            Field("Its passphrase", hidden=True),
            Field("File to write and hand back"),
        ),
    ),
    "finish": ("Rehearse, step 3 of 3", (Field("What the key holder made"),)),
}


class KeysScreen(DeskScreen):
    """Who can open answers, and what can be done about it."""

    ROLE = "keys"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the people, then the acts."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the key holders as they are now."""
        self.workspace = self.attempt(lambda: load_workspace(self.workspace.root)) or self.workspace
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Who can open answers"), *holder_lines(holders_of(self.workspace)), ("body", "")
        )
        self.show_choices(KEYS)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        acts = {
            "make": self._make_key,
            "add": self._add_holder,
            "start": self._start,
            "answer": self._answer,
            "finish": self._finish,
        }
        heading, fields = FORMS[message.choice]
        self.open_over(Ask(heading, *fields), acts[message.choice])

    def _make_key(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            path = Path(typed[0]).expanduser()
            self.open_over(
                Waiting("Making your key", lambda: make_key(path, typed[1], typed[2])),
                lambda words: self._made_key(path, words),
            )

    def _made_key(self, path: Path, words: str | None) -> None:
        if words is not None:
            self.tell(
                "Your key is made",
                f"It is in {path}. Without it and its passphrase nobody opens the answers.",
                f"Four words to know it by: {words}",
                f"Its public half is in {path.name}.pub: it only seals, and may be sent around.",
            )

    def _add_holder(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self._changed(lambda: add_key_holder(self.workspace, typed[0], public_key_typed(typed[1])))

    def _start(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            path = Path(typed[1]).expanduser()
            done = self._changed(lambda: start_rehearsal(self.workspace, typed[0] or "this device", path))
            if done:
                self.tell("Step 1 is done", f"Take {path} to each key holder: step 2 is on their computer.")

    def _answer(self, typed: tuple[str, ...] | None) -> None:
        if typed is None:
            return
        sealed, token = Path(typed[0]).expanduser(), Path(typed[3]).expanduser()
        simulated = self.workspace.settings.simulated
        self.open_over(
            Waiting(
                "Opening the rehearsal",
                lambda: answer(sealed, identity_of(KeyTyped(typed[1], typed[2])), token, simulated=simulated),
            ),
            lambda device: self._answered(device, token),
        )

    def _answered(self, device: str | None, token: Path) -> None:
        if device is not None:
            self.tell("It opened", f"Take {token} back to {device}: step 3 is done there.")

    def _finish(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self._changed(lambda: finish_rehearsal(self.workspace, Path(typed[0]).expanduser()))

    def _changed(self, change: Callable[[], Workspace]) -> bool:
        """Draw what a change gives; tell whether there was one."""
        changed = self.attempt(change)
        if changed is not None:
            self.draw()
        return changed is not None


def holder_lines(holders: tuple[Holder, ...]) -> tuple[tuple[Voice, str], ...]:
    """Give each key holder with the four words to compare, and what is still to do."""
    lines: list[tuple[Voice, str]] = []
    for one in holders:
        state = "ok" if one.is_rehearsed else "!!"
        rest = "" if one.is_rehearsed else "   not rehearsed on this device"
        lines.append(("body" if one.is_rehearsed else "notice", f"{state}  {one.name}: {one.words}{rest}"))
    if len(holders) < 2:
        lines.append(
            ("notice", "!!  At least 2 people must be able to open answers. K makes and names keys.")
        )
    return tuple(lines)
