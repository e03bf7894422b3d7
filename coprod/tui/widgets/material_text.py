"""A material's text to write in: what the check found is underlined where it stands, copying stays inside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from coprod.kernel.text import clean

if TYPE_CHECKING:
    from campaigns.checking.findings import Finding

# No colour: the weight is also said in words below the text.
STYLES = {
    "block": Style(underline=True, bold=True, reverse=True),
    "warn": Style(underline=True, bold=True),
    "ask": Style(underline=True, italic=True),
}


class MaterialText(TextArea):
    """Free writing with undo. `show_findings` underlines; lines and columns count from 1 as in findings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "document_start", show=False),
        Binding("ctrl+end", "document_end", show=False),
    ]

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=True)
        self.findings: Sequence[Finding] = ()
        self.kept = ""
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Underline these findings from now on."""
        self.findings = findings
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Give a line with its findings underlined, the heaviest on top."""
        line = super().get_line(line_index)
        number = line_index + 1
        for finding in sorted(self.findings, key=lambda one: "awb".find(one.severity[0])):
            if finding.text and finding.line <= number <= finding.end_line:
                start = finding.column - 1 if number == finding.line else 0
                end = finding.end_column - 1 if number == finding.end_line else len(line)
                line.stylize(STYLES[finding.severity], start, end)
        return line

    def finding_at_cursor(self) -> "Finding | None":
        """Give the finding under the cursor, else the first one on its line, else None."""
        row, column = self.cursor_location[0] + 1, self.cursor_location[1] + 1
        here = [one for one in self.findings if one.line <= row <= one.end_line and one.text]
        under = [one for one in here if one.line < row or one.column <= column]
        exact = [one for one in under if one.end_line > row or column <= one.end_column]
        return next(iter(exact or here), None)

    def action_document_start(self) -> None:
        """Go to the first line."""
        self.move_cursor((0, 0))

    def action_document_end(self) -> None:
        """Go behind the last letter."""
        self.move_cursor(self.document.end)

    def action_copy(self) -> None:
        """Keep what is marked, in this box only."""
        self.kept = self.selected_text or self.kept

    def action_cut(self) -> None:
        """Keep what is marked, in this box only, and take it out."""
        self.action_copy()
        self.action_delete_left() if self.selected_text else None

    def action_paste(self) -> None:
        """Put in what was kept."""
        self.replace(self.kept, *self.selection, maintain_selection_offset=False)

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste from elsewhere what is left of the text once it is cleaned."""
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection, maintain_selection_offset=False)
