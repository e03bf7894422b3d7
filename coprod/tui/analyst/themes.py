"""Themes at the desk: bars and examples; rename, merge, set aside, undo, make a code. A machine found them; a person decides."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.understanding.reading import Question
from coprod.journeys.understanding.themes_desk import (
    ThemeChange,
    ThemeOnBoard,
    change_theme,
    theme_to_code,
)
from coprod.tui.analyst.opened import OpenedScreen
from coprod.tui.analyst.sources import Answers
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Ask, Field
from coprod.tui.pick import Pick
from coprod.tui.widgets.bars import bar_of, number_in
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

BAR = 10
CAUTION = (
    "Piles found by machine from words that stand together; sizes in words. A person reads every answer."
)


class ThemesScreen(OpenedScreen):
    """Themes with bars on the left; on the right what is most like the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rename", "Rename"),
        Binding("m", "merge", "Merge"),
        Binding("x", "set_aside", "Set aside"),
        Binding("u", "undo", "Undo"),
        Binding("p", "part", "make a theme of its own of answers with some words", show=False),
        Binding("c", "to_code", "make a code of it, suggested for its answers", show=False),
        *PAGES,
    ]

    def __init__(
        self, workspace: Workspace, answers: Answers, question: Question, board: tuple[ThemeOnBoard, ...]
    ) -> None:
        super().__init__(workspace, answers)
        self.asked, self.board = question, board

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the themes as they stand."""
        self.show_head(self.answers.read.source, "MAKE-BELIEVE" if self.answers.read.simulated else "")
        self.query_one("#before", Prose).show(("heading", self.asked.words))
        most = max((number_in(one.size) or 0 for one in self.board), default=0)
        self.show_choices(tuple(Shown(one.id, label_of(one, most)) for one in self.board))
        self._show_marked()

    def action_rename(self) -> None:
        """Give the marked theme another name."""
        theme = self.marked_theme()
        if theme is not None:
            fields = Field("Name, in your words", value=theme.name)
            self.open_over(
                Ask("Rename this theme", fields),
                lambda typed: self._change(ThemeChange("rename", theme.id, typed[0])) if typed else None,
            )

    def action_merge(self) -> None:
        """Put the marked theme into another."""
        theme = self.marked_theme()
        if theme is not None:
            others = [Shown(one.id, one.name) for one in self.board if one.id != theme.id]
            self.open_over(
                Pick(f"Put “{theme.name}” into which theme?", *others),
                lambda into: self._change(ThemeChange("merge", theme.id, into)) if into else None,
            )

    def action_part(self) -> None:
        """Make a new theme of those answers of the marked one that hold some words."""
        theme = self.marked_theme()
        if theme is not None:
            fields = Field("Answers with these words"), Field("Name of the new theme, in your words")
            self.open_over(
                Ask(f"Part “{theme.name}”", *fields),
                lambda typed: (
                    self._change(ThemeChange("part", theme.id, typed[1], typed[0])) if typed else None
                ),
            )

    def action_set_aside(self) -> None:
        """Leave the marked theme out of what follows; its answers stay to be read."""
        theme = self.marked_theme()
        if theme is not None and not theme.is_set_aside:
            self._change(ThemeChange("set-aside", theme.id))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._change(ThemeChange("undo"))

    def action_to_code(self) -> None:
        """Make a code of the marked theme; it is only suggested for its answers."""
        theme = self.marked_theme()
        if theme is not None:
            fields = Field("Name of the code", value=theme.name), Field("What it means, in your words")
            self.open_over(
                Ask("A code of this theme. The machine suggests it; you give it, answer by answer", *fields),
                lambda typed: self._to_code(theme, typed) if typed else None,
            )

    def marked_theme(self) -> ThemeOnBoard | None:
        """Give the theme the caret is on."""
        return next((one for one in self.board if one.id == self.marked_choice()), None)

    def _change(self, change: ThemeChange) -> None:
        coder = self.answers.coder
        self.work_on(self.asked, "Writing it down", change_theme, coder, change, today(), then=self._changed)

    def _to_code(self, theme: ThemeOnBoard, typed: tuple[str, ...]) -> None:
        named, coder = (typed[0], typed[1]), self.answers.coder
        self.work_on(
            self.asked, "Making a code", theme_to_code, coder, theme.id, named, today(), then=self._changed
        )

    def _changed(self, board: tuple[ThemeOnBoard, ...]) -> None:
        self.board = board
        self.draw()

    @on(ChoiceList.Pending)
    @on(ChoiceList.Picked)
    def _show_marked(self) -> None:
        theme = self.marked_theme()
        self.query_one("#told", Prose).show(*(theme_lines(theme) if theme else ()))
        self.action_page(0)


def label_of(theme: ThemeOnBoard, most: int) -> str:
    """Give a theme's name, and under it a bar that says no more than the words beside it."""
    number = number_in(theme.size)
    bar = bar_of(number / most, BAR) if number is not None and most else "·"
    aside = "  (set aside)" if theme.is_set_aside else ""
    return f"{theme.name}{aside}\n{bar} {theme.size}"


def theme_lines(theme: ThemeOnBoard) -> tuple[tuple[Voice, str], ...]:
    """Give a theme's name, how well it holds, its code, and the answers most like it."""
    lines: list[tuple[Voice, str]] = [("heading", theme.name), ("quiet", f"{theme.size} · {theme.stamp}")]
    if theme.code:
        lines.append(("quiet", f"became the code {theme.code}"))
    for text, may_quote in theme.exemplars:
        lines += [("body", ""), ("body", f"“{text}”")]
        lines += [] if may_quote else [("quiet", "NOT to be quoted")]
    return (*lines, ("body", ""), ("quiet", CAUTION))
