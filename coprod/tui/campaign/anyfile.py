"""The check of any file: a leaflet as PDF or Word, a web page, subtitles, a report, a whole folder, pasted words."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.checking.anyfiles import brief_typed, page_of, report_of
from coprod.journeys.checking.checks import CheckBrief, check_paths
from coprod.tui.campaign.findings import WORDS, MarkedScreen, counts_line
from coprod.tui.campaign.gallery import open_or_say_where
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.tui.working import Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.checking.checks import Checked

WHAT = (
    Shown("file", "A file, or a folder of files"),
    Shown("pasted", "Words that I paste or type here"),
    Shown("record", "A referral, an assessment or a report: nothing of it is kept"),
)
MOST_SECONDS = 600.0


class AnyFileScreen(MarkedScreen):
    """A file that is no material here; the arrows go from one finding to the next. Nothing is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rule", "Its rule"),
        Binding("w", "write", "Write a report"),
    ]

    def __init__(self, workspace: Workspace, checked: "Checked", *, is_record: bool = False) -> None:
        super().__init__()
        self.workspace, self.checked, self.is_record = workspace, checked, is_record
        self.at = 0

    def draw(self) -> None:
        """Draw the text with one finding as the current one."""
        result = self.checked.result
        self.show_head(Path(result.path).name)
        self.query_one("#counts", Prose).show(("body", counts_line(result)))
        self.show_finding(self.checked.source, result.findings, self.at)

    def action_go(self, by: int) -> None:
        """Go to another finding."""
        if findings := self.checked.result.findings:
            self.at = (self.at + by) % len(findings)
            self.draw()
        else:
            self.action_turn(by)

    def action_rule(self) -> None:
        """Show the rule behind the finding."""
        from coprod.tui.campaign.rules import rule_over

        if findings := self.checked.result.findings:
            rule_over(self, findings[self.at])

    def action_write(self) -> None:
        """Write every finding as one web page, to send round."""
        write_report(self, self.workspace, (self.checked,), is_record=self.is_record)


class CheckedFilesScreen(DeskScreen):
    """One line a file, the heaviest findings first; Enter shows one."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "write", "Write a report")]

    def __init__(
        self, workspace: Workspace, checked: "Sequence[Checked]", *, is_record: bool = False
    ) -> None:
        super().__init__()
        self.workspace, self.is_record = workspace, is_record
        self.checked = tuple(sorted(checked, key=_weight, reverse=True))

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the files."""
        self.show_head("a folder")
        blocked = sum(bool(_weight(one)[0]) for one in self.checked)
        self.query_one("#before", Prose).show(
            ("heading", f"{many(len(self.checked))}, {blocked} with a MUST"),
            ("quiet", "A check finds words, not meaning: young people read it next."),
            ("body", ""),
        )
        self.show_choices(tuple(Shown(str(at), file_line(one)) for at, one in enumerate(self.checked)))

    def action_write(self) -> None:
        """Write every finding as one web page, to send round."""
        write_report(self, self.workspace, self.checked, is_record=self.is_record)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        checked = self.checked[int(message.choice)]
        self.open_over(AnyFileScreen(self.workspace, checked, is_record=self.is_record))


def _weight(checked: "Checked") -> tuple[int, ...]:
    return tuple(sum(one.severity == name for one in checked.result.findings) for name in WORDS)


def many(files: int) -> str:
    """Give how many files there are."""
    return "1 file" if files == 1 else f"{files} files"


def file_line(checked: "Checked") -> str:
    """Give a file's name with how many findings of each weight it has."""
    counts = zip(WORDS.values(), _weight(checked), strict=True)
    return f"{Path(checked.result.path).name}   {'  '.join(f'{word} {count}' for word, count in counts)}"


def check_anything(screen: DeskScreen, workspace: Workspace) -> None:
    """Ask over a screen what to check, and check it."""
    from coprod.tui.campaign.editor import PastedScreen

    acts: dict[str, Callable[[], None]] = {
        "file": lambda: _ask_for_file(screen, workspace, is_record=False),
        "record": lambda: _ask_for_file(screen, workspace, is_record=True),
        "pasted": lambda: screen.open_over(PastedScreen("")),
    }
    screen.open_over(Pick("Check what?", *WHAT), lambda picked: acts[picked]() if picked else None)


def any_file_form(*, is_record: bool) -> Filling[tuple[str, CheckBrief]]:
    """Give the form that names a file or a folder, and for whom it is."""
    fields = (
        Field("File (.md .txt .html .docx .pdf .srt) or folder", name="path"),
        Field("Audience, or blank: what it says", name="audience"),
        Field("Nation, or blank: what it says", name="nation"),
    )
    what = "A referral, an assessment or a report" if is_record else "Check any file"
    return Filling(what, fields, lambda typed: brief_typed(typed, today(), is_record=is_record))


def _ask_for_file(screen: DeskScreen, workspace: Workspace, *, is_record: bool) -> None:
    def checked(found: "list[Checked] | None") -> None:
        if found is not None and len(found) == 1:
            screen.open_over(AnyFileScreen(workspace, found[0], is_record=is_record))
        elif found:
            screen.open_over(CheckedFilesScreen(workspace, found, is_record=is_record))

    def named(given: tuple[str, CheckBrief] | None) -> None:
        if given is not None:
            path, brief = given
            checking = Working("Checking", check_paths, [path], workspace, brief, most_seconds=MOST_SECONDS)
            screen.open_over(checking, checked)

    screen.open_over(any_file_form(is_record=is_record), named)


def write_report(
    screen: DeskScreen, workspace: Workspace, checked: "Sequence[Checked]", *, is_record: bool
) -> None:
    """Write a web page with every finding, unless what was checked is about young people, and open it."""
    if is_record:
        screen.tell("Nothing of a record is kept", "Read the findings here; no page is written of them.")
        return
    path = screen.attempt(lambda: report_of(workspace, page_of(checked)))
    if path is not None:
        open_or_say_where(screen, path)
