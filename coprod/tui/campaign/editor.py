"""Writing a material: what the rules find is underlined while it is typed, and explained below."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from coprod.clock import today
from coprod.journeys.checking.editing import (
    Written,
    body_line,
    check_pasted,
    check_written,
    save_written,
    source_of,
)
from coprod.tui.campaign.findings import counts_line, finding_lines
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, plain_reasons
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.widgets.material_text import MaterialText
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from campaigns.checking.findings import Finding

# Long enough not to check every letter of a word, short enough to see it before the next one.
AFTER_SECONDS = 0.25
MOST_PROBLEMS = 3


class WritingScreen(DeskScreen):
    """The text above, the finding at the cursor below. Subclasses say how it is checked and what their head says."""

    ROLE = "campaign team"
    UNCHECKED = "The front matter has a mistake"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "go(1)", "Next finding"),
        Binding("ctrl+z", "undo_typing", "Undo"),
        Binding("f1", "keys", "Keys"),
        Binding("escape", "leave", "Back"),
        Binding("f3", "go(-1)", "Finding before", show=False),
        Binding("ctrl+f", "find", "Find words in the text", show=False),
        Binding("f5", "rule", "The rule behind this finding", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self.before = text
        self.written: Written | None = None
        self.waiting: Timer | None = None
        self.current: Finding | None = None
        self.sought = ""

    def check_text(self, text: str) -> Written:
        """Give the check of what stands there."""
        raise NotImplementedError

    def draw_head(self) -> None:
        """Say what is being written."""

    def body(self) -> Iterable[Widget]:
        """Give the counts, the text and the finding."""
        yield Prose(id="counts")
        yield MaterialText(self.before, id="material")
        yield Prose(id="finding")

    def draw(self) -> None:
        """Check what stands there, and go on writing."""
        self.draw_head()
        area = self.query_one(MaterialText)
        if self.written is None:
            area.move_cursor((body_line(self.before), 0))
            self.call_after_refresh(area.scroll_cursor_visible)
        area.focus()
        self._check(self.text)

    @property
    def text(self) -> str:
        """Give what stands on the screen."""
        return self.query_one(MaterialText).text

    def action_go(self, by: int) -> None:
        """Go to another finding, also to one that is about the whole text."""
        area = self.query_one(MaterialText)
        if findings := findings_in(self.written):
            self.current = next_finding(findings, self.current, area.cursor_location, by)
            area.move_cursor(place_of(self.current), center=True)
            self._explain()
        area.focus()

    def action_undo_typing(self) -> None:
        """Take back what was typed last."""
        self.query_one(MaterialText).undo()

    def action_find(self) -> None:
        """Go to the next place where words stand, round the end."""
        area = self.query_one(MaterialText)

        def seek(typed: tuple[str, ...] | None) -> None:
            self.sought = typed[0] if typed else ""
            place = next_place(area.text, self.sought, area.cursor_location)
            if self.sought and place is None:
                self.tell("Not there", f"“{self.sought}” does not stand in this text.")
            elif place is not None:
                area.move_cursor(place, center=True)
                area.focus()

        self.open_over(Ask("Find in the text", Field("Words", value=self.sought)), seek)

    def action_rule(self) -> None:
        """Show the whole rule behind the finding at the cursor."""
        from coprod.tui.campaign.rules import rule_over

        if self.current is not None:
            rule_over(self, self.current)
        else:
            self.tell("No finding at the cursor", "F2 goes to the next one.")

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.draw_head()
        if self.waiting is not None:
            self.waiting.stop()
        self.waiting = self.set_timer(AFTER_SECONDS, lambda: self._check(self.text))

    @on(TextArea.SelectionChanged)
    def _explain(self) -> None:
        if self.written is None:
            return
        area = self.query_one(MaterialText)
        # Several findings can stand at one place: the one that was gone to stays until the cursor leaves it.
        if (
            self.current is None
            or self.current not in findings_in(self.written)
            or place_of(self.current) != area.cursor_location
        ):
            self.current = area.finding_at_cursor()
        self.query_one("#finding", Prose).show(*written_lines(self.written, self.current))

    @work(thread=True, exclusive=True, group="check")
    def _check(self, text: str) -> None:
        self.app.call_from_thread(self._checked, self.check_text(text))

    def _checked(self, written: Written) -> None:
        if written.text != self.text:
            return
        self.written = written
        self.query_one(MaterialText).show_findings(written.check.findings if written.check else ())
        counts = counts_line(written.check) if written.check else self.UNCHECKED
        self.query_one("#counts", Prose).show(("body", counts))
        self._explain()

    def _own_bindings(self) -> list[Binding]:
        """Give the keys without the one that types a question mark here; those of every screen last."""
        own = [one for one in super()._own_bindings() if one.key != "question_mark"]
        return sorted(own, key=lambda one: one.key in {"f1", "escape"})


class EditorScreen(WritingScreen):
    """A material. Nothing is in the file before it is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("ctrl+z", "undo_typing", "Undo"),
        Binding("f4", "preview", "See it as a reader would", show=False),
    ]

    def __init__(self, workspace: Workspace, name: str, text: str) -> None:
        super().__init__(text)
        self.workspace, self.material_name = workspace, name
        self.state = ""

    def check_text(self, text: str) -> Written:
        """Give the check of the material as it stands there."""
        return check_written(self.workspace, text, today())

    def draw_head(self) -> None:
        """Say which material it is, and whether it is saved."""
        self.show_head(self.material_name, self.state if self.text == self.before else "not saved yet")

    def action_save(self) -> None:
        """Write it into its file."""
        text = self.text
        if self.attempt(lambda: saved(self.workspace, self.material_name, text, self.before)):
            self.before, self.state = text, "saved"
            self.draw_head()

    def action_preview(self) -> None:
        """See it as a reader would."""
        from coprod.tui.campaign.preview import preview_over

        preview_over(self, self.workspace, self.material_name, self.text)

    def action_leave(self) -> None:
        """Go back, and ask first where something is not saved."""
        if self.text == self.before:
            self.dismiss()
        else:
            choices = (Shown("save_and_leave", "Save it and leave"), Shown("dismiss", "Leave without saving"))
            self.open_over(Pick("It is not saved yet", *choices), self.do_picked)

    def action_save_and_leave(self) -> None:
        """Write it into its file, and go back once it is there."""
        self.action_save()
        if self.text == self.before:
            self.dismiss()


class PastedScreen(WritingScreen):
    """Words from anywhere, checked as they are pasted or typed. Nothing is kept."""

    UNCHECKED = "Paste the words here, or type them"

    def check_text(self, text: str) -> Written:
        """Give the check of plain text."""
        return check_pasted(text, today())

    def draw_head(self) -> None:
        """Say that nothing is kept."""
        self.show_head("pasted words: nothing is kept")


def findings_in(written: Written | None) -> "tuple[Finding, ...]":
    """Give what a check found; nothing before there was one."""
    return tuple(written.check.findings) if written and written.check else ()


def place_of(finding: "Finding") -> tuple[int, int]:
    """Give where a finding begins, as the cursor counts: from 0."""
    return (finding.line - 1, finding.column - 1)


def next_finding(
    findings: "tuple[Finding, ...]", current: "Finding | None", cursor: tuple[int, int], by: int
) -> "Finding":
    """Give the finding after the current one, or with -1 the one before; round the ends, from the cursor where there is none."""
    if current in findings:
        return findings[(findings.index(current) + by) % len(findings)]
    if by > 0:
        return next((one for one in findings if place_of(one) > cursor), findings[0])
    return next((one for one in reversed(findings) if place_of(one) < cursor), findings[-1])


def next_place(text: str, sought: str, after: tuple[int, int]) -> tuple[int, int] | None:
    """Give the line and column, from 0, of the next place with these words, in any letters; None where there is none."""
    wanted = sought.casefold()
    if not wanted:
        return None
    places = [
        (row, found.start())
        for row, line in enumerate(text.split("\n"))
        for found in re.finditer(re.escape(wanted), line.casefold())
    ]
    return next((place for place in places if place > after), places[0] if places else None)


def editor_for(workspace: Workspace, name: str) -> EditorScreen:
    """Give the editor of a material. Raises BadInputError when it has no file."""
    return EditorScreen(workspace, name, source_of(workspace, name))


def saved(workspace: Workspace, name: str, text: str, before: str) -> bool:
    """Save a text and tell that it is. Raises as `save_written` does."""
    save_written(workspace, name, text, before)
    return True


def written_lines(written: Written, here: "Finding | None") -> tuple[tuple[Voice, str], ...]:
    """Give what is said below the text: mistakes in the front matter, the finding at the cursor, or how many there are."""
    if written.check is None:
        reasons = plain_reasons("\n".join(str(one) for one in written.problems[:MOST_PROBLEMS]))
        return tuple(("notice", reason) for reason in reasons)
    findings = written.check.findings
    if here is not None:
        return finding_lines(here, findings.index(here), len(findings))
    whole = next((one for one in findings if not one.text), None)
    if whole is not None:
        return finding_lines(whole, findings.index(whole), len(findings))
    if findings:
        return (("quiet", "Nothing at the cursor. F2 goes to the next finding."),)
    return finding_lines(None, 0, 0)
