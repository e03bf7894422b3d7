"""Choosing after which answers a question is asked: first the earlier question, then its answers."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from coprod.journeys.asking.skipping import answers_of, asked_only_if, deciders
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.pick import Pick
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.choices import ChoiceList, Shown
from surveys.questionnaires.questionnaire import Questionnaire

ALWAYS = Shown("", "Ask everybody")


class Ticks(Pick):
    """Gives the ids of what was ticked with blanks between, or None. Enter ticks, S gives them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "done", "Done")]
    MARKS = "many"
    WAYS: ClassVar[tuple[Chip, ...]] = (
        Chip("pick", "Enter", "Tick"),
        Chip("done", "S", "Go on"),
        Chip("dismiss(None)", "Esc", "Back"),
    )

    def __init__(self, heading: str, *choices: Shown, said: tuple[str, ...] = ()) -> None:
        super().__init__(heading, *choices, said=said)
        self.ticked: tuple[str, ...] = ()

    def action_done(self) -> None:
        """Give what is ticked, once something is."""
        if self.ticked:
            self.dismiss(" ".join(self.ticked))

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        message.prevent_default()
        without = tuple(one for one in self.ticked if one != message.choice)
        self.ticked = without if message.choice in self.ticked else (*self.ticked, message.choice)
        boxes = tuple(Shown(one.id, one.label, one.id in self.ticked) for one in self.choices)
        self.query_one(ChoiceList).show(boxes, self.MARKS, same=True)


def choose_when(
    screen: DeskScreen, asked: Questionnaire, name: str, then: Callable[[Questionnaire], None]
) -> None:
    """Let a person choose who is asked a question, and hand on the questionnaire as it is then."""
    earlier = deciders(asked, name)
    choices = (ALWAYS, *(Shown(page.id, f"Only after some answers to: {page.ask.en}") for page in earlier))

    def picked(decider: str | None) -> None:
        if decider == ALWAYS.id:
            then(asked_only_if(asked, name))
        elif decider is not None:
            answers = tuple(Shown(one.id, one.label.en) for one in answers_of(asked, decider))
            screen.open_over(
                Ticks("After which of these answers is it asked?", *answers),
                lambda ticked: ticked_of(decider, ticked),
            )

    def ticked_of(decider: str, ticked: str | None) -> None:
        if ticked is not None:
            then(asked_only_if(asked, name, decider, ticked.split()))

    if earlier:
        screen.open_over(Pick("Who is asked this question?", *choices), picked)
    else:
        screen.tell("Everybody is asked this one", "No question before it has choices that could decide.")
