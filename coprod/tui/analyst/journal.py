"""The reflexive journal at the desk: what an analyst noticed about themselves and their reading."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.tui.analyst.reading_list import ReadingList
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.codes.journal import JournalEntry

KINDS = "note, assumption, decision or changed-by-young-people"


class JournalScreen(ReadingList):
    """Entries, oldest first; nothing is ever edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add an entry"),
        Binding("n", "unread", "next entry not looked at", show=False),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.settings.name, (), simulated=workspace.settings.simulated)
        self.workspace = workspace
        self.entries: tuple[JournalEntry, ...] = ()

    def draw(self) -> None:
        """Draw the journal as it is on the disk."""
        from coprod.journeys.understanding.trail import journal_of

        self.entries = self.attempt(lambda: journal_of(self.workspace)) or ()
        self.read_texts = [one.text for one in self.entries]
        self.folded = []
        self.places = range(len(self.entries))
        super().draw()
        if not self.entries:
            empty = "Nothing is written in it yet. A adds an entry: what you noticed, assumed or decided."
            self.query_one("#text-shown", Prose).show(("body", empty))

    def heading(self) -> str:
        """Give what this is."""
        return "The journal: what you noticed about yourselves and your reading"

    def progress(self) -> str:
        """Give how it is kept."""
        return "Dated, on initials, never edited. No answer of a young person belongs in it."

    def mark(self, place: int) -> str:
        """Give the day and whose entry it is."""
        one = self.entries[place]
        return f"{one.on}  {one.by}  "

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give one entry."""
        one = self.entries[place]
        about = f" about {one.about}" if one.about else ""
        return ("quiet", f"{one.on}, {one.by}: {one.kind}{about}"), ("body", one.text)

    def action_add(self) -> None:
        """Write an entry."""
        fields = (
            Field("What you noticed, in your own words", name="journal"),
            Field(f"Kind: {KINDS}", value="note", name="kind"),
            Field("About which code or theme (may stay empty)"),
            Field("Your initials, such as AB", name="initials"),
        )
        self.open_over(Filling("An entry in the journal", fields, self._add), self._added)

    def _add(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        from analysis.codes.journal import JOURNAL_FILE, JournalEntry, add_to_journal

        text, said, about, by = typed
        kind: Any = said
        add_to_journal(
            self.workspace.analysis / JOURNAL_FILE, JournalEntry(today(), by.upper(), kind, text, about)
        )
        return typed

    def _added(self, done: tuple[str, ...] | None) -> None:
        if done is not None:
            self.draw()
