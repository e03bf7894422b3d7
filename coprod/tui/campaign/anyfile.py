"""The check of any file: a leaflet as PDF or Word, a web page, subtitles, a text."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.checking.checks import CheckBrief, check_paths
from coprod.tui.campaign.findings import counts_line, finding_lines
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.marked_text import MarkedText
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.checks import Checked


class AnyFileScreen(DeskScreen):
    """The text above, one finding below; the arrows go from one finding to the next. Nothing is kept."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Next finding"),
        Binding("up", "go(-1)", "Finding before", show=False),
        Binding("r", "rule", "Its rule"),
    ]

    def __init__(self, name: str, checked: "Checked") -> None:
        super().__init__()
        self.file_name, self.checked = name, checked
        self.at = 0

    def body(self) -> Iterable[Widget]:
        """Give the counts, the text and the finding."""
        yield Prose(id="counts")
        with VerticalScroll(id="text", can_focus=False):
            yield MarkedText(id="marked")
        yield Prose(id="finding")

    def draw(self) -> None:
        """Draw the text with one finding as the current one."""
        findings = self.checked.result.findings
        self.show_head(self.file_name)
        self.query_one("#counts", Prose).show(("body", counts_line(self.checked.result)))
        self.query_one(MarkedText).show(self.checked.source, findings, self.at)
        finding = findings[self.at] if findings else None
        self.query_one("#finding", Prose).show(*finding_lines(finding, self.at, len(findings)))
        self.call_after_refresh(self._keep_in_sight)

    def action_go(self, by: int) -> None:
        """Go to another finding."""
        if findings := self.checked.result.findings:
            self.at = (self.at + by) % len(findings)
            self.draw()

    def action_rule(self) -> None:
        """Show the rule behind the finding."""
        from coprod.tui.campaign.rules import RulesScreen

        if findings := self.checked.result.findings:
            self.open_over(RulesScreen(findings[self.at].rule))

    def _keep_in_sight(self) -> None:
        row = self.query_one(MarkedText).row_of_current()
        view = self.query_one("#text", VerticalScroll)
        view.scroll_to(y=max(0, row - view.size.height // 2), animate=False)


def any_file_form(workspace: Workspace) -> "Filling[Checked]":
    """Give the form that checks a file."""

    def checked(typed: tuple[str, ...]) -> "Checked":
        path = str(Path(typed[0]).expanduser())
        return check_paths([path], workspace, CheckBrief(today()))[0]

    field = Field("File (.md .txt .html .docx .pdf .srt)")
    return Filling("Check any file", (field,), checked)
