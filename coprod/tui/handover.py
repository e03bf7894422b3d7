"""From a session to a kiosk: what the kiosk needs, and what the board may tell of it."""

from datetime import date

from coprod.journeys.sessions import Session, help_contacts, save_interview
from coprod.journeys.visit import KioskPlan, Receipt
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.record import Filler, Record
from coprod.tui.kiosk import shuffled_by_chance
from coprod.workspace import Workspace
from surveys.questionnaire import Questionnaire, languages_offered
from surveys.session import is_staff_word

ENOUGH = 5


class Board:
    """Counts finished interviews of one session and tells only whether five have finished."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._finished = 0

    @property
    def has_enough(self) -> bool:
        """Tell whether at least five young people have finished since this board was put up."""
        return self._finished >= ENOUGH

    def save(self, records: tuple[Record, ...]) -> Receipt:
        """Seal one interview and give its receipt. Raises CoprodError when it is not safe."""
        answers = [record for record in records if not isinstance(record, Filler)]
        words = save_interview(self.session, answers).words
        self._finished += 1
        return Receipt(tuple(words), self.session.plan.withdraw_by)


def kiosk_plan(board: Board, today: date) -> KioskPlan:
    """Give what the kiosk needs to run a session's interviews."""
    session = board.session
    simulated = session.workspace.settings.simulated
    return KioskPlan(
        questionnaire=session.questionnaire,
        sha256=session.plan.questionnaire,
        languages=languages_offered(session.questionnaire, unread=simulated),
        contacts=help_contacts(session.workspace, today),
        save=board.save,
        is_staff_word=lambda word: is_staff_word(word, session.plan.staff_word),
        shuffled=shuffled_by_chance,
        label="simulated" if simulated else "",
    )


def preview_plan(questionnaire: Questionnaire, workspace: Workspace) -> KioskPlan:
    """Give what the kiosk needs to show a questionnaire and keep nothing; any word leaves."""
    return KioskPlan(
        questionnaire=questionnaire,
        sha256="",
        languages=languages_offered(questionnaire, unread=True),
        contacts=tuple(
            one
            for one in (*shipped_contacts().contacts, *workspace.settings.local_contacts)
            if workspace.settings.nation in one.nations and "young-people" in one.audiences
        ),
        save=_keep_nothing,
        is_staff_word=lambda _: True,
        shuffled=shuffled_by_chance,
        label="preview",
    )


def _keep_nothing(_: tuple[Record, ...]) -> None:
    """Let the records go."""
