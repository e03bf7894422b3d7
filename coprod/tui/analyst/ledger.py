"""The ledger of releases: every table that ever left this workspace, as it left."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.tui.desk_screen import PAGES, DeskScreen
from coprod.tui.widgets.bars import TableBars
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.publishing.ledger import Entry

EMPTY = "Nothing was released yet. A table is released from opened answers: P, May I publish it?"


class LedgerScreen(DeskScreen):
    """Releases on the left, the latest first; the marked one as it left on the right."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [*PAGES]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.entries: dict[str, Entry] = {}

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="told")

    def draw(self) -> None:
        """Draw what the ledger holds."""
        from coprod.journeys.understanding.tables import releases_of

        found = self.attempt(lambda: releases_of(self.workspace)) or ()
        self.entries = {one.id: one for one in reversed(found)}
        self.show_head(self.workspace.settings.name, "ledger of releases")
        self.show_choices(
            tuple(Shown(name, f"{name}: {one.release.table.wording}") for name, one in self.entries.items())
        )
        self._show_marked()

    @on(ChoiceList.Pending)
    @on(ChoiceList.Picked)
    def _show_marked(self) -> None:
        entry = self.entries.get(self.marked_choice())
        self.query_one(TableBars).show(entry.release.table if entry else None)
        self.query_one("#told", Prose).show(*(said_of(entry) if entry else (("body", EMPTY),)))
        self.action_page(0)


def said_of(entry: "Entry") -> tuple[tuple[Voice, str], ...]:
    """Give what is recorded of a release beside its table."""
    release = entry.release
    lines: list[tuple[Voice, str]] = [("quiet", f"{entry.id}. A claim cites it by this name.")]
    others = ", of other people" if release.reissue and release.reissue.other_people else ""
    for what, signed in ((f"Released again{others}", release.reissue), ("OVERRIDDEN", release.override)):
        if signed is not None:
            lines.append(
                (
                    "notice",
                    f"{what}: {signed.reason} ({' and '.join(signed.signed_by)}; recorded, not proven)",
                )
            )
    if release.not_sensitive:
        lines.append(("quiet", f"Taken as not sensitive, because: {release.not_sensitive}"))
    return tuple(lines)
