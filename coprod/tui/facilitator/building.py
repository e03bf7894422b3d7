"""Building a questionnaire from the question bank: pick, order, reword, with minutes and findings as it grows."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking import building
from coprod.journeys.asking.building import Remark
from coprod.journeys.asking.plans import preview_plan
from coprod.journeys.asking.skipping import conditions_in_words
from coprod.tui.desk_ends import Preview
from coprod.tui.desk_screen import FIND, DeskScreen
from coprod.tui.facilitator.building_forms import KIND_WORDS, KINDS, STEPS, form_for, own_form
from coprod.tui.facilitator.skipping import choose_when
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import kind_of

WEIGHTS = {"mistake": "MUST", "warn": "SHOULD", "ask": "ASK"}
MOST_REMARKS = 3
ACTS = (
    Shown("form('reword')", "Reword it, change its choices"),
    Shown("form('when')", "Ask it only after some answers"),
    Shown("step('up')", "Move it up"),
    Shown("step('down')", "Move it down"),
    Shown("step('remove')", "Take it out"),
)


class BuildScreen(DeskScreen):
    """The questions in order; below them what the check says of the marked one. Every step can be undone."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "form('bank')", "Add"),
        Binding("w", "form('own')", "Write one"),
        Binding("u", "undo", "Undo"),
        Binding("s", "save", "Save"),
        Binding("e", "form('reword')", "Reword the marked question", show=False),
        Binding("d", "step('remove')", "Take the marked question out", show=False),
        Binding("minus", "step('up')", "Move the marked question up", show=False),
        Binding("plus", "step('down')", "Move the marked question down", show=False),
        Binding("i", "form('when')", "Ask the marked question only after some answers", show=False),
        Binding("p", "form('preview')", "Preview it as a young person sees it", show=False),
        Binding("t", "form('head')", "Title, and who made it", show=False),
        Binding("f", "findings", "Everything the check says", show=False),
        FIND,
    ]

    def __init__(self, workspace: Workspace, asked: Questionnaire, *, is_new: bool) -> None:
        super().__init__()
        self.workspace, self.asked, self.is_new = workspace, asked, is_new
        self.before: list[Questionnaire] = []
        self.remarks: tuple[Remark, ...] = ()
        self.is_saved = True

    def body(self) -> Iterable[Widget]:
        """Give the head, the questions and what is found."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")
        yield Prose(id="said")

    def draw(self) -> None:
        """Draw the questions, and check them beside the screen's own work."""
        self.show_head(self.asked.survey, "" if self.is_saved else "not saved yet")
        self.query_one("#before", Prose).show(*head_lines(self.asked))
        self._list()
        self._check(self.asked)

    def _list(self) -> None:
        noted = {one.question for one in self.remarks}
        only = conditions_in_words(self.asked)
        self.show_choices(
            tuple(
                Shown(
                    page.id,
                    f"{page.ask.en}  ({KIND_WORDS[kind_of(page)]}{'; ' + only[page.id] if page.id in only else ''})",
                    mark="??" if page.id in noted else "  ",
                )
                for page in building.questions_in(self.asked)
            )
        )

    def change(self, changed: Questionnaire | None) -> None:
        """Take a step that can be undone."""
        if changed is not None and changed != self.asked:
            known = {page.id for page in self.asked.pages}
            self.before.append(self.asked)
            self.asked, self.is_saved = changed, False
            self.draw()
            for page in building.questions_in(changed):
                if page.id not in known:
                    self.set_caret_on(page.id)

    def action_form(self, which: str) -> None:
        """Open what changes the questionnaire or shows it: `bank`, `own`, `when`, `preview`, or a form."""
        open_over(self, which)

    def action_step(self, which: str) -> None:
        """Move the marked question, or take it out."""
        if marked := self.marked_choice():
            self.change(STEPS[which](self.asked, marked))

    def action_undo(self) -> None:
        """Take the last step back."""
        if self.before:
            self.asked, self.is_saved = self.before.pop(), False
            self.draw()

    def action_findings(self) -> None:
        """Show everything the check says."""
        lines = [words for one in self.remarks for _, words in remark_lines(one)]
        self.tell("What the check says", *(lines or ["Nothing. Young people try the words next."]))

    def action_save(self) -> None:
        """Write it into `surveys/`."""
        path = self.attempt(lambda: building.save_built(self.workspace, self.asked, is_new=self.is_new))
        if path is not None:
            self.is_new, self.is_saved = False, True
            self.tell(
                "Saved",
                f"surveys/{path.name}",
                "Next, in the list: P previews it, T lets young people try its words.",
            )

    def action_leave(self) -> None:
        """Go back, and ask first where something is not saved."""
        if self.is_saved:
            self.dismiss()
        else:
            choices = (Shown("save", "Save it"), Shown("dismiss", "Leave without saving"))
            self.open_over(Pick("It is not saved yet", *choices), self.do_picked)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        del message
        self.open_over(Pick("This question", *ACTS), self.do_picked)

    @work(thread=True, exclusive=True, group="check")
    def _check(self, asked: Questionnaire) -> None:
        remarks = building.remarks_on(asked, self.workspace, today())
        self.app.call_from_thread(self._show_remarks, asked, remarks)

    @on(ChoiceList.Pending)
    def _show_marked(self) -> None:
        self._show_remarks(self.asked, self.remarks)

    def _show_remarks(self, asked: Questionnaire, remarks: tuple[Remark, ...]) -> None:
        if asked != self.asked:
            return
        if remarks != self.remarks:
            self.remarks = remarks
            self._list()
        said = said_lines(remarks, self.marked_choice()) if asked.pages else ()
        self.query_one("#said", Prose).show(("body", ""), *said)


def open_over(screen: BuildScreen, which: str) -> None:
    """Open the question bank, a form, or a preview over a questionnaire that is being built."""
    asked, marked = screen.asked, screen.marked_choice()
    if which == "bank":
        from coprod.tui.facilitator.bank import BankScreen

        screen.open_over(BankScreen(screen))
    elif which == "own":
        screen.open_over(Pick("What kind of question?", *KINDS), lambda kind: write_own(screen, kind))
    elif which == "preview":
        preview(screen)
    elif which == "when" and marked:
        choose_when(screen, asked, marked, screen.change)
    elif form := form_for(which, asked, marked):
        screen.open_over(form, screen.change)


def write_own(screen: BuildScreen, kind: str | None) -> None:
    """Let a question of one's own be written, of a kind that was picked."""
    if kind is not None:
        screen.open_over(own_form(screen.asked, kind), screen.change)


def preview(screen: BuildScreen) -> None:
    """Leave the desk for a preview of what is saved; it comes back here afterwards."""
    asked, workspace = screen.asked, screen.workspace
    if not screen.is_saved:
        screen.tell("Save it first", "S saves it, P previews it then.")
        return
    plan = screen.attempt(lambda: preview_plan(asked, workspace))
    if plan is not None:
        screen.app.exit(Preview(plan, lambda: back_to_building(workspace, asked)))


def back_to_building(workspace: Workspace, asked: Questionnaire) -> tuple[DeskScreen, ...]:
    """Give the screens that were left for a preview of a saved questionnaire."""
    from coprod.tui.facilitator.questionnaires import QuestionnairesScreen

    return (QuestionnairesScreen(workspace), BuildScreen(workspace, asked, is_new=False))


def head_lines(asked: Questionnaire) -> tuple[tuple[Voice, str], ...]:
    """Give the title, how many questions, the minutes counted, and who made it."""
    count = len(building.questions_in(asked))
    many = "1 question" if count == 1 else f"{count} questions"
    empty: tuple[Voice, str] = ("body", "Empty so far. A adds questions from the bank, W lets you write one.")
    return (
        ("heading", asked.title.en),
        (
            "quiet",
            f"{many}, about {asked.minutes} minutes   ·   made by {asked.made_by.en.partition('.')[0]}",
        ),
        *(() if count else (empty,)),
        *((("quiet", "Enter on one rewords it, moves it or takes it out."),) if count else ()),
    )


def said_lines(remarks: tuple[Remark, ...], marked: str) -> tuple[tuple[Voice, str], ...]:
    """Give what the check says of the marked question, and how much it says of the others."""
    here = [one for one in remarks if one.question == marked]
    rest = len(remarks) - len(here)
    more = f"{rest} more about the rest: F shows all." if rest else ""
    if not remarks:
        return (("quiet", "The check finds nothing to change."),)
    lines = [line for one in here[:MOST_REMARKS] for line in remark_lines(one)]
    return (*lines, ("quiet", more)) if more else tuple(lines)


def remark_lines(remark: Remark) -> tuple[tuple[Voice, str], ...]:
    """Give one remark: how much it weighs, what it says, what to do instead."""
    about = f" ({remark.question})" if remark.question else ""
    return (
        ("notice", f"{WEIGHTS[remark.weight]}{about}  {remark.says}"),
        ("quiet", f"        {remark.instead}"),
    )
