"""A material with its findings: the words underlined, the rule explained, and what stands between it and release."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.clock import today
from coprod.kernel.problem import CoprodError
from coprod.kernel.text import clean_line
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.marked_text import MarkedText
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from campaigns.checking.check import CheckResult
    from campaigns.checking.findings import Finding
    from coprod.journeys.checking.looking import Look

WORDS = {"block": "MUST", "warn": "SHOULD", "ask": "ASK"}


class MarkedScreen(DeskScreen):
    """The text above, one finding below. Subclasses say what is shown."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Next finding"),
        Binding("up", "go(-1)", "Finding before", show=False),
        Binding("pagedown", "turn(1)", "a page down", show=False),
        Binding("pageup", "turn(-1)", "a page up", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """Give the counts, the text and the finding."""
        yield Prose(id="counts")
        with VerticalScroll(id="text", can_focus=False):
            yield MarkedText(id="marked")
        yield Prose(id="finding")

    def action_turn(self, by: int) -> None:
        """Turn the text by a page."""
        view = self.query_one("#text", VerticalScroll)
        view.scroll_relative(y=by * max(1, view.size.height - 2), animate=False)

    def show_finding(self, source: str, findings: "Sequence[Finding]", at: int, kept: str = "") -> None:
        """Draw the text with one finding as the current one, in sight; `kept` says who lets it stay."""
        self.query_one(MarkedText).show(source, findings, at)
        finding = findings[at] if findings else None
        self.query_one("#finding", Prose).show(*finding_lines(finding, at, len(findings), kept))
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        row = self.query_one(MarkedText).row_of_current()
        view = self.query_one("#text", VerticalScroll)
        view.scroll_to(y=max(0, row - view.size.height // 2), animate=False)


class FindingsScreen(MarkedScreen):
    """A material as it stands in its file; the arrows go from one finding to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit"),
        Binding("w", "waive", "Waive"),
        Binding("n", "steps", "On to the panel"),
        Binding("p", "preview", "See it as a reader would", show=False),
        Binding("r", "rule", "The rule behind this finding", show=False),
        Binding("m", "mentions", "What is only quoted or rejected", show=False),
        Binding("c", "check", "Check again, after a change in the file", show=False),
    ]

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__()
        self.workspace, self.material_name = workspace, name
        self.look: Look | None = None
        self.kept: tuple[str, ...] = ()
        self.at = 0

    def draw(self) -> None:
        """Check the material as it stands in its file now, beside the screen's own work."""
        self.show_head(self.material_name)
        self._check()

    @work(thread=True, exclusive=True, group="check")
    def _check(self) -> None:
        from coprod.journeys.checking.deciding import kept_words
        from coprod.journeys.checking.looking import look_at

        try:
            look = look_at(self.workspace, self.material_name, today())
            kept = kept_words(look.case, look.check.findings)
        except CoprodError as error:
            self.app.call_from_thread(self.explain, str(error))
        else:
            self.app.call_from_thread(self._looked, look, kept)

    def _looked(self, look: "Look", kept: tuple[str, ...]) -> None:
        self.kept = kept
        self.look, self.at = look, min(self.at, max(0, len(look.check.findings) - 1))
        self._show(look)

    def action_check(self) -> None:
        """Look again, after a change in the file."""
        self.draw()

    def action_go(self, by: int) -> None:
        """Go to another finding."""
        if self.look is not None and self.look.check.findings:
            self.at = (self.at + by) % len(self.look.check.findings)
            self._show(self.look)
        else:
            self.action_turn(by)

    def action_mentions(self) -> None:
        """Show what stands in the text only to be quoted or rejected, and why it is no finding."""
        mentions = self.look.check.mentions if self.look is not None else ()
        lines = (f"line {one.line}: “{clean_line(one.text)}”: {one.because}" for one in mentions)
        self.tell(
            "Mentioned, not used", *(lines if mentions else ("Nothing here is only quoted or rejected.",))
        )

    def action_steps(self) -> None:
        """Go to the steps of the material's way out."""
        from coprod.tui.campaign.steps import StepsScreen

        self.open_over(StepsScreen(self.workspace, self.material_name))

    def action_edit(self) -> None:
        """Write in it, with findings as one types."""
        from coprod.tui.campaign.editor import editor_for

        editor = self.attempt(lambda: editor_for(self.workspace, self.material_name))
        if editor is not None:
            self.open_over(editor)

    def action_preview(self) -> None:
        """See it as a reader would."""
        from coprod.tui.campaign.preview import preview_over

        if self.look is not None:
            preview_over(self, self.workspace, self.material_name, self.look.case.material.source)

    def action_rule(self) -> None:
        """Show the rule behind the finding."""
        from coprod.tui.campaign.rules import rule_over

        if self.look is not None and self.look.check.findings:
            rule_over(self, self.look.check.findings[self.at])

    def action_waive(self) -> None:
        """Let a warning stay, with a reason and two names."""
        from coprod.tui.campaign.waiving import waive_over

        if self.look is not None and not self.look.check.findings:
            self.tell("Nothing to waive", "No rule found anything.")
        elif self.look is not None:
            waive_over(self, self.workspace, self.material_name, self.look, self.at)

    def _show(self, look: "Look") -> None:
        check = look.check
        self.show_head(self.material_name)
        stay = f" · {sum(map(bool, self.kept))} kept, as decided" if any(self.kept) else ""
        self.query_one("#counts", Prose).show(
            ("body", counts_line(check)), ("quiet", f"{state_line(look)}{stay}")
        )
        kept = self.kept[self.at] if self.kept else ""
        self.show_finding(look.case.material.source, check.findings, self.at, kept)


def counts_line(check: "CheckResult") -> str:
    """Give how many findings of each weight, and how hard the text is to read."""
    found = check.findings
    counts = [f"{word} {sum(one.severity == name for one in found)}" for name, word in WORDS.items()]
    reading = check.readability
    if reading.grade_low is None or reading.grade_high is None:
        age = "too short to score"
    else:
        age = f"reading age about {reading.grade_low + 5:.0f} to {reading.grade_high + 5:.0f}"
    return f"{' · '.join(counts)} · {age}, {reading.words} words"


def state_line(look: "Look") -> str:
    """Give where the material stands on its way out."""
    panel = "a panel has reviewed it" if look.case.panel else "no panel yet"
    signed = (
        "signed off" if look.is_signed else "its sign-off holds no more" if look.void else "not signed off"
    )
    mentions = len(look.check.mentions)
    quoted = f" · {mentions} more only quoted or rejected: M" if mentions else ""
    return f"{panel} · {signed}{quoted}"


def finding_lines(
    finding: "Finding | None", at: int, of: int, kept: str = ""
) -> tuple[tuple[Voice, str], ...]:
    """Give one finding explained: what it says, what to say instead, and who says so; `kept` by whom it stays."""
    if finding is None:
        return (("body", "ok  No rule found anything. A person still reads it, and a panel."),)
    lines: list[tuple[Voice, str]] = [
        (
            "notice",
            f"{WORDS[finding.severity]}  {finding.rule}   finding {at + 1} of {of}, line {finding.line}",
        ),
        *((("body", f"ok  It {kept}."),) if kept else ()),
        ("body", finding.message),
    ]
    if finding.instead:
        lines.append(("body", f"Try instead: {finding.instead}"))
    return (*lines, ("quiet", f"Source: {finding.source}"))
