"""Answers, one question at a time: a table that keeps the disclosure rules, or themes of what was written."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from analysis.answers import answers_to
from analysis.responses import Responses
from analysis.tables import release_table
from analysis.themes import Themes
from analysis.themes_apart import themes_of
from coprod.journeys.tables import policy_of
from coprod.kernel.released import ReleasedTable
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.widgets.bars import TableBars, bar_of
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Working
from coprod.workspace import Workspace


class ResponsesScreen(DeskScreen):
    """Questions on the left; the table or the themes of the marked one on the right."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "themes", "Themes"),
        Binding("pageup", "page(-1)", "up", show=False),
        Binding("pagedown", "page(1)", "down", show=False),
    ]

    def __init__(self, workspace: Workspace, responses: Responses) -> None:
        super().__init__()
        self.workspace, self.responses = workspace, responses
        self.shown = ""

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield TableBars(id="table")
                yield Prose(id="themes")

    def draw(self) -> None:
        """Draw the list of questions."""
        self.show_head(
            self.responses.source.rsplit("/", 1)[-1], "MAKE-BELIEVE" if self.responses.simulated else ""
        )
        choices = tuple(Shown(key, words) for key, words in questions_in(self.responses))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(choices, "none", same=True)
        listed.focus()
        if not self.shown:
            self.query_one("#themes", Prose).show(
                ("quiet", "Enter shows a question's table. T finds themes in what was written."),
                ("quiet", "Nothing here is recorded as released: `coprod analysis report` does that."),
            )
            self.query_one(TableBars).show(None)

    def action_page(self, by: int) -> None:
        """Turn the right half."""
        right = self.query_one("#right", VerticalScroll)
        right.scroll_relative(y=by * (right.size.height - 2), animate=False)

    def action_themes(self) -> None:
        """Find themes in the marked question."""
        listed = self.query_one(ChoiceList)
        if not 0 <= listed.caret < len(listed.choices):
            return
        column = listed.choices[listed.caret].id
        texts = self.attempt(lambda: texts_of(self.responses, column))
        if texts is not None:
            written, quotable = texts
            self.app.push_screen(
                Working("Finding themes", themes_of, written, quotable),
                lambda themes: self._found(column, themes),
            )

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        table = self.attempt(lambda: table_of(self.workspace, self.responses, message.choice))
        if table is not None:
            self.shown = message.choice
            self.query_one(TableBars).show(table)
            self.query_one("#themes", Prose).show()
            self.query_one("#right", VerticalScroll).scroll_home(animate=False)

    def _found(self, column: str, themes: Themes | None) -> None:
        if themes is not None:
            self.shown = column
            self.query_one(TableBars).show(None)
            self.query_one("#themes", Prose).show(*theme_lines(themes))
            self.query_one("#right", VerticalScroll).scroll_home(animate=False)


def questions_in(responses: Responses) -> tuple[tuple[str, str], ...]:
    """Give each question's key and its words; of a file, each column but those that may say who somebody is."""
    if responses.about is not None:
        return tuple((one.key, one.question.wording) for one in responses.about.questions)
    return tuple((name, name) for name in responses.frame.columns if name not in responses.identifying)


def table_of(workspace: Workspace, responses: Responses, question: str) -> ReleasedTable:
    """Give the table of a question by the disclosure rules; looked at, not released. Raises as `answers_to` does."""
    return release_table(answers_to(responses, question), policy_of(workspace))


def texts_of(responses: Responses, column: str) -> tuple[list[str | None], list[bool]]:
    """Give what was written to a question, and of each whether it may be quoted. Raises BadInputError if it holds no text."""
    return responses.texts(column).to_list(), responses.quotable(column).to_list()


def theme_lines(themes: Themes) -> tuple[tuple[Voice, str], ...]:
    """Give themes as lines: a bar, the name and phrases, then examples."""
    lines: list[tuple[Voice, str]] = [
        ("quiet", "Sorted by machine from words that stand together. A person reads every answer."),
    ]
    most = max((theme.answers for theme in themes.themes), default=1)
    for theme in themes.themes:
        lines += [
            ("body", ""),
            ("heading", f"{theme.name}"),
            ("big", f"{bar_of(theme.answers / most, 24)} {_about(theme.answers)}"),
            ("quiet", ", ".join(theme.phrases[:5])),
            *(("body", f"“{example}”") for example in theme.examples[:2]),
        ]
    return tuple(lines) if themes.themes else (*lines, ("body", "Too little was written to find themes."))


def _about(answers: int) -> str:
    """Give a number of answers as it may be shown: under 5 never as a number, then rounded to 5."""
    return "fewer than 5" if answers < 5 else f"about {5 * round(answers / 5)}"
