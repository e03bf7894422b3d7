"""Anything the desk can do, by name: the keys of this screen, every place, every material. The kiosk has none of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from coprod.kernel.text import clean_line
from coprod.tui.box import Box
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from coprod.workspace import Workspace

# Keys of every screen that are no thing to do by name.
NOT_IN_IT = frozenset({"app.focus_next", "app.focus_previous", "enter", "leave", "palette"})
Open = Callable[[], Screen[None]]


@dataclass(frozen=True)
class Entry:
    """One thing to do: its words, beside them its key or the command that does the same, and what does it.

    `action` is an action of the screen, `opens` gives a screen to open; with both, of the screen that opens.
    """

    words: str
    beside: str = ""
    action: str = ""
    opens: Open | None = None


@dataclass(frozen=True)
class Place:
    """A screen that needs only a workspace, the command that does the same if there is one, the action that begins it."""

    words: str
    command: str
    module: str
    screen: str
    action: str = ""


PLACES = (
    Place("Questionnaires: preview, build, run a session", "surveys run",
          "facilitator.questionnaires", "QuestionnairesScreen"),
    Place("Questionnaires: make one of your own", "surveys make",
          "facilitator.questionnaires", "QuestionnairesScreen", "new"),
    Place("Questionnaires: bring one in from Kobo or LimeSurvey", "surveys import",
          "facilitator.questionnaires", "QuestionnairesScreen", "form('import')"),
    Place("Questionnaires: write their JSON Schema, for an editor", "surveys schema",
          "facilitator.questionnaires", "QuestionnairesScreen", "form('schema')"),
    Place("Print guides, paper forms, cards, sheets", "surveys sheets",
          "facilitator.questionnaires", "QuestionnairesScreen", "sheets"),
    Place("Sessions: go on, end, carry away", "surveys session",
          "facilitator.sessions", "SessionsScreen"),
    Place("Take answers back with four words", "surveys withdraw",
          "facilitator.sessions", "SessionsScreen", "take_back"),
    Place("Bring in answers sealed on another device", "surveys open",
          "facilitator.sessions", "SessionsScreen", "bring"),
    Place("Batches: how long they are kept, destroy one", "surveys dispose",
          "facilitator.batches", "BatchesScreen"),
    Place("Answers: open, read, code, tables, themes, report", "surveys open",
          "analyst.sources", "SourcesScreen"),
    Place("Codebook: what each code means", "analysis codebook", "analyst.codebook", "CodebookScreen"),
    Place("Ledger: every number released", "analysis ledger", "analyst.ledger", "LedgerScreen"),
    Place("Journal: what you noticed about your reading", "analysis journal", "analyst.journal", "JournalScreen"),
    Place("You said, we did: answer young people", "analysis you-said", "analyst.yousaid", "YouSaidScreen"),
    Place("Sorting by young people: decks of cards", "analysis sort", "analyst.sources", "decks_screen"),
    Place("Materials: check, panel, sign-off, release", "campaigns check",
          "campaign.materials", "MaterialsScreen"),
    Place("Help contacts: say that you checked one", "contacts confirm", "service.service", "ServiceScreen"),
    Place("Settings: names, days, languages, contacts of your own", "",
          "service.settings", "SettingsScreen"),
    Place("Keys: who may open answers", "keys show", "service.keys", "KeysScreen"),
    *(
        Place(f"Keys: {words}", f"keys {command}", "service.keys", "KeysScreen", f"do('{act}')")
        for act, words, command in (
            ("make", "make one for yourself", "new"),
            ("words", "see the four words of a key file", "show"),
            ("add", "name somebody who may open answers", "add"),
            ("remove", "seal to somebody no more", "remove"),
            ("card", "print a card with four words", "card"),
            ("start", "rehearse, step 1", "rehearse"),
            ("answer", "rehearse, step 2", "rehearse"),
            ("finish", "rehearse, step 3", "rehearse"),
        )
    ),
    Place("This device: what it is missing", "doctor", "service.device", "DeviceScreen"),
)  # fmt: skip
OF_A_MATERIAL = (
    Place("findings", "campaigns check", "campaign.findings", "FindingsScreen"),
    Place("steps to its release", "campaigns release", "campaign.steps", "StepsScreen"),
    Place("what the team decides", "campaigns decide", "campaign.deciding", "DecidingScreen"),
    Place("two versions beside each other", "campaigns compare", "campaign.comparing", "ComparingScreen"),
    Place("what was drawn", "campaigns verify", "campaign.gallery", "GalleryScreen"),
)


def places(workspace: "Workspace") -> tuple[Entry, ...]:
    """Give every place of a workspace, its materials last."""
    from coprod.journeys.overview import materials_of

    return (
        *(Entry(one.words, one.command, one.action, _opener(one, workspace)) for one in PLACES),
        *(
            Entry(
                f"{clean_line(name)}: {one.words}",
                one.command,
                opens=_opener(one, workspace, name),
            )
            for name in materials_of(workspace)
            for one in OF_A_MATERIAL
        ),
    )


def _opener(place: Place, *arguments: object) -> Open:
    def opened() -> Screen[None]:
        made: Screen[None] = getattr(import_module(f"coprod.tui.{place.module}"), place.screen)(*arguments)
        return made

    return opened


def matching(entries: Iterable[Entry], typed: str) -> tuple[Entry, ...]:
    """Give the entries that hold every word typed, in any order; those whose words begin so come first."""
    words = typed.casefold().split()
    held = [one for one in entries if all(word in f"{one.words} {one.beside}".casefold() for word in words)]
    return tuple(sorted(held, key=lambda one: not one.words.casefold().startswith(" ".join(words))))


class Found(Rows):
    """What matches; a tap takes it at once."""

    class Tapped(Message):
        """A row was tapped."""

    def on_click(self, event: Click) -> None:
        """Take what was tapped."""
        event.stop()
        self.post_message(self.Tapped())


class Palette(Box[Entry | None], inherit_bindings=False):
    """Gives what was picked, or None. `asks` stands in the empty line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss(None)"),
        Binding("down", "move(1)", priority=True),
        Binding("up", "move(-1)", priority=True),
        Binding("pagedown", "move(8)", priority=True),
        Binding("pageup", "move(-8)", priority=True),
        Binding("enter", "pick", priority=True),
    ]
    WAYS: ClassVar[tuple[Chip, ...]] = (Chip("pick", "Enter", "Go"), Chip("dismiss(None)", "Esc", "Back"))

    def __init__(
        self,
        entries: Sequence[Entry],
        asks: str = "Type a word of what you want to do",
    ) -> None:
        super().__init__()
        self.entries = self.found = tuple(entries)
        self.asks = asks

    def compose(self) -> ComposeResult:
        """Give a line to type in, and what matches under it."""
        with Vertical(classes="box"):
            yield Input(placeholder=self.asks, id="wanted")
            yield Found(id="found")
            yield Prose(id="foot")
            yield self.foot()

    def on_mount(self) -> None:
        """Begin with everything."""
        self.query_one(Input).cursor_blink = False
        self.query_one(Input).focus()
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _show(self) -> None:
        self.found = matching(self.entries, self.query_one(Input).value)
        rows = self.query_one(Found)
        width = max(20, rows.size.width - 3)
        rows.show(tuple(_row(one, width) for one in self.found))
        none: tuple[tuple[Voice, str], ...] = (("quiet", "Nothing here is called that."),)
        self.query_one("#foot", Prose).show(*(() if self.found else none))

    def action_move(self, by: int) -> None:
        """Move the caret."""
        self.query_one(Found).action_move(by)

    @on(Found.Tapped)
    def action_pick(self) -> None:
        """Give what the caret is on."""
        if self.found:
            self.dismiss(self.found[self.query_one(Found).caret])


def _row(entry: Entry, width: int) -> str:
    """Give the words, and beside them at the right the key or the command where there is room."""
    gap = width - cell_len(entry.words) - cell_len(entry.beside)
    return f"{entry.words}{' ' * gap}{entry.beside}" if gap > 1 else entry.words
