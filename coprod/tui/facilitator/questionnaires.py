"""Choosing what to ask."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.building import check_lines
from coprod.journeys.asking.plans import preview_plan
from coprod.journeys.asking.wording_review import prepare_review, say_it_was_tried
from coprod.kernel.problem import CoprodError
from coprod.kernel.wording import Language
from coprod.tui.desk_ends import Aside, Preview
from coprod.tui.desk_screen import FIND, DeskScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace
from surveys.questionnaires.library import find_questionnaire, shelf
from surveys.questionnaires.questionnaire import is_asked, languages_offered, load_questionnaire

if TYPE_CHECKING:
    from surveys.questionnaires.questionnaire import Questionnaire


NAMES: dict[Language, str] = {"en": "English", "cy": "Welsh"}


class QuestionnairesScreen(DeskScreen):
    """Every questionnaire at hand; Enter prepares a session, P looks at it as a young person would."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "preview", "Preview"),
        Binding("n", "new", "New"),
        Binding("g", "sessions", "Sessions"),
        Binding("c", "sheets", "Print"),
        Binding("e", "edit", "Change the marked one, or a copy of a ready-made one", show=False),
        Binding("f", "form('check')", "What the check says of the marked one", show=False),
        Binding("k", "form('expected')", "Check it for a group, a day and a time", show=False),
        Binding("l", "aside('lines')", "Preview line by line, as screen readers have it", show=False),
        Binding("b", "aside('tablets')", "Preview as tablets show it, in the browser", show=False),
        Binding("t", "form('words')", "Let young people try its words", show=False),
        Binding("w", "form('withdraw')", "Take answers back with four words", show=False),
        Binding("i", "form('import')", "Bring a form in from Kobo or LimeSurvey (XLSForm)", show=False),
        Binding("x", "form('export')", "Write the marked one as an XLSForm", show=False),
        Binding("s", "form('schema')", "Write the JSON Schema of questionnaires, for an editor", show=False),
        FIND,
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")
        yield Prose(id="said")

    def draw(self) -> None:
        """Draw the questionnaires by name."""
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Which questionnaire?"),
            ("quiet", "Enter gets a session with it ready."),
            ("body", ""),
        )
        own = tuple(
            Shown(one.name, f"{one.name}{'' if one.own else '   (ready-made)'}")
            for one in shelf(self.workspace.surveys)
        )
        self.show_choices(own)
        self._describe()

    @on(ChoiceList.Pending)
    @work(thread=True, exclusive=True, group="about")
    def _describe(self) -> None:
        lines = about_lines(self.marked_choice(), self.workspace)
        self.app.call_from_thread(self.query_one("#said", Prose).show, ("body", ""), *lines)

    def action_preview(self) -> None:
        """Leave the desk for a preview; it comes back here afterwards."""
        path = self._path(self.marked_choice())
        asked = self.attempt(lambda: load_questionnaire(path)) if path else None
        if asked is not None:
            workspace = self.workspace
            self.app.exit(Preview(preview_plan(asked, workspace), lambda: (QuestionnairesScreen(workspace),)))

    def action_sessions(self) -> None:
        """Go to the sessions: going on, ending, carrying away."""
        from coprod.tui.facilitator.sessions import SessionsScreen

        self.open_over(SessionsScreen(self.workspace))

    def action_sheets(self) -> None:
        """Print what lies on the table: the guide, paper, cards, sheets for people."""
        from coprod.tui.facilitator.printing import choose_and_print

        choose_and_print(self, self.workspace, self.marked_choice())

    def action_new(self) -> None:
        """Begin a questionnaire of one's own."""
        from coprod.tui.facilitator.building_forms import new_form

        self.open_over(new_form(self.workspace), lambda asked: self._build(asked, is_new=True))

    def action_edit(self) -> None:
        """Go on building a questionnaire that is there; a ready-made one as a copy under another name."""
        from coprod.tui.facilitator.building_forms import copy_form

        name = self.marked_choice()
        path = self._path(name)
        asked = self.attempt(lambda: load_questionnaire(path)) if path else None
        if asked is not None and path is not None and path.parent == self.workspace.surveys:
            self._build(replace(asked, survey=path.stem), is_new=False)
        elif asked is not None:
            self.open_over(copy_form(asked), lambda copy: self._build(copy, is_new=True))

    def action_aside(self, how: str) -> None:
        """Leave the desk for a preview in plain lines or for tablets; Enter comes back here."""
        path = self._path(self.marked_choice())
        if path is not None:
            commands = {
                "lines": ("surveys", "preview", str(path), "--plain"),
                "tablets": ("serve", str(path), "--preview"),
            }
            self.app.exit(Aside(self.workspace.root, commands[how]))

    def action_form(self, which: str) -> None:
        """Check the marked one, try its words, bring a form in, write one for other tools, or take answers back."""
        from coprod.tui.facilitator.exchanging import expected_form, export_form, import_form, schema_written
        from coprod.tui.facilitator.sessions import take_back_form

        path, workspace = self._path(self.marked_choice()), self.workspace
        if which == "import":
            self.open_over(import_form(workspace), self._told)
        elif which == "withdraw":
            self.open_over(take_back_form(workspace), self._told)
        elif which == "schema":
            self._told(self.attempt(lambda: schema_written(workspace)))
        elif path is None:
            return
        elif which == "words":
            try_words(self, path)
        elif which == "check":
            self._told(self.attempt(lambda: (path.stem, *check_lines(path, workspace, today()))))
        elif which == "expected":
            self.open_over(expected_form(workspace, path), self._told)
        else:
            self.open_over(export_form(workspace, path), self._told)

    def _told(self, said: tuple[str, ...] | None) -> None:
        if said is not None:
            self.tell(*said)

    def _build(self, asked: "Questionnaire | None", *, is_new: bool) -> None:
        from coprod.tui.facilitator.building import BuildScreen

        if asked is not None:
            self.open_over(BuildScreen(self.workspace, asked, is_new=is_new))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        from coprod.tui.facilitator.preparing import PreparingScreen

        path = self._path(message.choice)
        asked = self.attempt(lambda: load_questionnaire(path)) if path else None
        if path is not None and asked is not None:
            self.open_over(PreparingScreen(self.workspace, path, asked.survey))

    def _path(self, name: str) -> Path | None:
        return self.attempt(lambda: find_questionnaire(name, self.workspace.surveys)) if name else None


def try_words(screen: QuestionnairesScreen, path: Path) -> None:
    """Make a material of a questionnaire's words, and go to its panel and sign-off."""
    from coprod.tui.campaign.steps import StepsScreen

    workspace = screen.workspace
    made = screen.attempt(lambda: prepare_review(workspace, path, today()))
    if made is not None:
        screen.attempt(lambda: say_it_was_tried(workspace, path, today()))
        screen.open_over(StepsScreen(workspace, made.parent.name))


def about_lines(name: str, workspace: Workspace) -> tuple[tuple[Voice, str], ...]:
    """Give what a questionnaire is: its title, questions and minutes, for whom, and who made it; or that it has mistakes."""
    if not name:
        return ()
    try:
        asked = load_questionnaire(find_questionnaire(name, workspace.surveys))
    except CoprodError:
        return (("notice", "!!  It has mistakes: F lists them."),)
    questions = sum(is_asked(page) for page in asked.pages)
    languages = " and ".join(NAMES[one] for one in languages_offered(asked))
    return (
        ("heading", asked.title.en),
        (
            "body",
            f"{questions} questions, about {asked.minutes} minutes, ages {', '.join(asked.ages)}, {languages}",
        ),
        ("quiet", f"Made by {asked.made_by.en}"),
    )
