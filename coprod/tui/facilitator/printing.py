"""Printing from the desk: what, for which questionnaire, session or person; then what came out of it."""

from coprod.clock import today
from coprod.journeys.asking.sheets import Printed
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.working import Working
from coprod.workspace import Workspace

SHEETS = (
    Shown("guide", "The guide for the worker, one page"),
    Shown("paper-en", "The questionnaire on paper"),
    Shown("paper-cy", "The questionnaire on paper, in Welsh"),
    Shown("card", "A card with a key holder's four words"),
    Shown("young-people", "For young people: what this is, and who can help"),
    Shown("carers", "For parents and carers"),
    Shown("before-a-session", "Before a session: a list for the worker"),
    Shown("dpia", "For the data protection officer"),
)
OF_A_QUESTIONNAIRE = frozenset({"guide", "paper-en", "paper-cy"})


def choose_and_print(screen: DeskScreen, workspace: Workspace, questionnaire: str) -> None:
    """Let somebody pick what to print; what is of a questionnaire is of the one that is marked."""

    def picked(what: str | None) -> None:
        if what == "card":
            holders = tuple(Shown(one.name, one.name) for one in workspace.settings.key_holders)
            if holders:
                screen.open_over(Pick("Whose card?", *holders), card)
            else:
                screen.tell("No key holder yet", "Home, Service, K names one.")
        elif what == "dpia":
            field = Field("The day by which you will have destroyed the answers, or blank", name="day")
            screen.open_over(Ask("For the data protection officer", field), day_typed)
        elif what is not None:
            print_over(screen, workspace, what, questionnaire if what in OF_A_QUESTIONNAIRE else "")

    def day_typed(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            print_over(screen, workspace, "dpia", typed[0])

    def card(name: str | None) -> None:
        if name is not None:
            print_over(screen, workspace, "card", name)

    screen.open_over(Pick("Print into out/, as page and PDF", *SHEETS), picked)


def print_over(screen: DeskScreen, workspace: Workspace, what: str, name: str) -> None:
    """Print one thing beside the screen's own work, then say which files came of it."""
    from coprod.journeys.asking.printing import print_named

    def printed(done: Printed | None) -> None:
        if done is not None:
            missing = ", ".join(one.replace("_", " ") for one in done.missing)
            blanks = (f"Left as a line to write on: {missing}",) if missing else ()
            screen.tell("It is in out/", *(path.name for path in done.files), *blanks)

    screen.open_over(Working("Printing", print_named, workspace, what, name, today()), printed)
