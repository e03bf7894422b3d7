"""Putting a report together: for whom, which tables and texts; looked at as text before it is written."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.understanding.at_the_desk import preview_from, report_from
from coprod.journeys.understanding.signed import Signed, reissue_and_override
from coprod.tui.analyst.opened import OpenedScreen, said_yes
from coprod.tui.analyst.signing import WAYS, signed_words, signing
from coprod.tui.analyst.sources import Answers
from coprod.tui.dialogs import Ask, Field, Filling
from coprod.tui.drawn_text import preview_lines
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.understanding.reading import Question
    from coprod.journeys.understanding.reports import ReportRequest, WrittenReport

EVERYBODY = "everybody"
HOW: tuple[tuple[Voice, str], ...] = (
    ("quiet", "Enter changes a line or ticks a question. Nothing ticked: all that concerns these readers."),
    (
        "quiet",
        "V shows the report as text, with nothing recorded. W writes it: its tables go into the ledger for good.",
    ),
)


class ReportAsked(OpenedScreen):
    """What is said of a report before it is written, asked line by line."""

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        super().__init__(workspace, answers)
        self.said = {
            "audience": "",
            "title": "What young people told us",
            "name": answers.source.stem,
            "coder": "",
            "read_by": "",
            "approved_by": "",
        }
        self.signed: Signed | None = None
        self.ticked: set[str] = set()
        self.text = ""

    def _pick_audience(self) -> None:
        from coprod.journeys.understanding.involvement import audiences_of

        held = self.attempt(lambda: audiences_of(self.workspace))
        if held is not None:
            choices = [Shown(one.id, one.name) for one in held.audiences]
            self.open_over(
                Pick("Who will read it?", Shown("", "everybody: all of it"), *choices),
                lambda wanted: self._set({"audience": wanted}) if wanted is not None else None,
            )

    def _ask(self, name: str, field: Field) -> None:
        self.open_over(Ask("Report", field), lambda typed: self._set({name: typed[0]}) if typed else None)

    def _ask_names(self) -> None:
        heading = "Let out the quotes coprod picks for these readers. Leave both empty for none that are new."
        fields = (
            Field("Who has read every quote and takes it on their name", value=self.said["read_by"]),
            Field("Who else agrees that they leave", value=self.said["approved_by"]),
        )
        self.open_over(
            Ask(heading, *fields),
            lambda typed: self._set({"read_by": typed[0], "approved_by": typed[1]}) if typed else None,
        )

    def _ask_signing(self) -> None:
        """Let tables leave that come from other data than before, or are held back; or take that back."""

        def picked(picked: str | None) -> None:
            how = next((one for one in WAYS if one == picked), None)
            if how is not None:
                self.open_over(signing(how), lambda signed: self._sign(signed) if signed else None)
            elif picked is not None:
                self._sign(None)

        ways = (Shown("", "They stay out"), *(Shown(name, words) for name, words in WAYS.items()))
        self.open_over(Pick("Tables that are held back", *ways), picked)

    def _sign(self, signed: Signed | None) -> None:
        self.signed = signed
        self._set({})

    def _held_back(self) -> str:
        return signed_words(self.signed) if self.signed else "stay out"

    def _set(self, said: dict[str, str]) -> None:
        self.said |= said
        self.text = ""
        self.draw()

    def _request(self) -> "ReportRequest":
        return request_of(self.said, self.answers.read.questions, self.ticked, self.signed)


class ReportScreen(ReportAsked):
    """What goes in on the left; the report as text on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "preview", "Preview"),
        Binding("w", "write", "Write it"),
        Binding("pagedown", "page(1)", "Page down", priority=True),
        Binding("pageup", "page(-1)", "page up", show=False, priority=True),
    ]

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield Prose(id="told")

    def draw(self) -> None:
        """Draw what goes in, and the preview."""
        said = self.said
        self.show_head(
            self.answers.read.source, "report", "MAKE-BELIEVE" if self.answers.read.simulated else ""
        )
        names = f"{said['read_by']} and {said['approved_by']}" if said["read_by"] else "those let out before"
        fixed = (
            Shown(":audience", f"For: {said['audience'] or EVERYBODY}", mark="…"),
            Shown(":title", f"Title: {said['title']}", mark="…"),
            Shown(":name", f"Files: {said['name']}-report", mark="…"),
            Shown(":coder", f"Codes by: {said['coder'] or 'nobody'}", mark="…"),
            Shown(":quotes", f"Quotes: {names}", mark="…"),
            Shown(":signed", f"Tables held back: {self._held_back()}", mark="…"),
        )
        asked = (
            Shown(
                one.key,
                f"{one.words}{'  (written)' if one.kind == 'written' else ''}",
                mark=self._tick(one.key),
            )
            for one in self.answers.read.questions
        )
        self.show_choices((*fixed, *asked))
        self.query_one("#told", Prose).show(*(preview_lines(self.text) if self.text else HOW))

    def action_preview(self) -> None:
        """Show the report as text; nothing is recorded."""
        self.work_on(None, "Putting the report together", preview_from, self._request(), then=self._previewed)

    def action_write(self) -> None:
        """Write the report, on a typed yes."""
        field = Field("Type yes: its tables go into the ledger for good", name="yes")
        self.open_over(Filling("Write the report into out/?", (field,), said_yes), self._said_yes)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        match message.choice:
            case ":audience":
                self._pick_audience()
            case ":title":
                self._ask("title", Field("Title", value=self.said["title"]))
            case ":name":
                self._ask("name", Field("What the files are called", value=self.said["name"]))
            case ":coder":
                self._ask("coder", Field("Whose codes to count: initials", value=self.said["coder"]))
            case ":quotes":
                self._ask_names()
            case ":signed":
                self._ask_signing()
            case question:
                self.ticked ^= {question}
                self.draw()

    def _tick(self, question: str) -> str:
        return "[x]" if question in self.ticked else "[ ]"

    def _previewed(self, text: str) -> None:
        self.text = text
        self.draw()
        self.action_page(0)

    def _said_yes(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.work_on(
                None, "Writing the report", report_from, self._request(),
                then=self._written, if_stopped="tables may stand in the ledger by then",
            )  # fmt: skip

    def _written(self, written: "WrittenReport") -> None:
        quotes = (
            "Quotes are in it." if written.quotes else "No quotes: Q picks some, two people let them out."
        )
        self.tell(
            "The report is written",
            f"out/{written.page.name}   to read in a browser",
            f"out/{written.pdf.name}   to print or send",
            "beside them: a Word file, and a workbook with every table and its reasons",
            f"{len(written.releases)} tables went into the ledger of releases.",
            quotes,
        )


def request_of(
    said: dict[str, str],
    questions: "tuple[Question, ...]",
    ticked: set[str],
    signed: Signed | None = None,
) -> "ReportRequest":
    """Give what was put together as a report is asked for."""
    from coprod.journeys.understanding.reports import LetOut, ReportRequest

    asked = [one for one in questions if one.key in ticked]
    names = said["read_by"], said["approved_by"]
    reissue, override = reissue_and_override(signed)
    return ReportRequest(
        said["name"],
        said["title"],
        said["audience"],
        questions=tuple(one.key for one in asked if one.kind != "written"),
        texts=tuple(one.key for one in asked if one.kind == "written"),
        coder=said["coder"].upper(),
        let_out=LetOut(*names, today()) if any(names) else None,
        reissue=reissue,
        override=override,
    )
