"""The question bank: every question by theme, ticked where it is in the questionnaire."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.journeys.asking.building import toggled
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.facilitator.building_forms import KIND_WORDS
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from surveys.questionnaires.bank import bank, themes
from surveys.questionnaires.questions import kind_of

if TYPE_CHECKING:
    from coprod.tui.facilitator.building import BuildScreen


class BankScreen(DeskScreen):
    """One theme at a time; Enter puts a question in, or takes it out again."""

    ROLE = "question bank"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "theme(1)", "Next theme"),
        Binding("p", "theme(-1)", "Theme before"),
        Binding("slash", "find_choice", "Find"),
    ]

    def __init__(self, builder: "BuildScreen") -> None:
        super().__init__()
        self.builder, self.at = builder, 0

    def body(self) -> Iterable[Widget]:
        """Give the theme and its questions."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the questions of one theme."""
        asked, theme = self.builder.asked, themes()[self.at]
        self.show_head(asked.survey, f"about {asked.minutes} minutes")
        self.query_one("#before", Prose).show(
            ("heading", f"{theme.title}   ({self.at + 1} of {len(themes())})"),
            ("quiet", theme.because),
            ("body", ""),
        )
        taken = {page.id for page in asked.pages}
        here = (one.page for one in bank() if one.theme == theme.id)
        self.show_choices(
            tuple(
                Shown(one.id, f"{one.ask.en}  ({KIND_WORDS[kind_of(one)]}{_about(one)})", one.id in taken)
                for one in here
            ),
            is_ticked=True,
        )

    def action_theme(self, by: int) -> None:
        """Go to another theme, round the ends."""
        self.at = (self.at + by) % len(themes())
        self.draw()

    def findable_choices(self) -> tuple[Shown, ...]:
        """Give the questions of every theme."""
        return tuple(Shown(one.page.id, one.page.ask.en) for one in bank())

    def set_caret_on(self, choice: str) -> None:
        """Turn to the theme of a question, and mark it."""
        theme = next(one.theme for one in bank() if one.page.id == choice)
        self.at = next(place for place, one in enumerate(themes()) if one.id == theme)
        self.draw()
        super().set_caret_on(choice)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self.builder.change(toggled(self.builder.asked, message.choice))
        self.draw()


def _about(page: object) -> str:
    sensitive = getattr(page, "sensitive", None)
    return f", about {sensitive}" if sensitive else ""
