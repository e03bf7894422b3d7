"""The board of a session: what a facilitator may be told while the device goes round."""

from datetime import date

from msgspec.structs import replace

from coprod.journeys.asking.drafts import with_pausing
from coprod.journeys.asking.plans import saved, session_plan
from coprod.journeys.asking.sessions import Session, contacts_for
from coprod.journeys.asking.visit import KioskPlan, PauseWords, Receipt
from coprod.kernel.record import Record
from coprod.kernel.wording import Language

ENOUGH = 5


class Board:
    """Counts finished interviews of one session and tells only whether five have finished."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._finished = 0
        self._pausing: PauseWords | None = None

    @property
    def has_enough(self) -> bool:
        """Tell whether at least five young people have finished since this board was put up."""
        return self._finished >= ENOUGH

    def save(self, records: tuple[Record, ...], words_in: Language | None) -> Receipt | None:
        """Seal one interview and give its receipt. Raises CoprodError when it is not safe."""
        receipt = saved(self.session, records, words_in)
        self._finished += 1
        return receipt


def kiosk_plan(board: Board, today: date) -> KioskPlan:
    """Give what the kiosk needs to run a session's interviews, each of them counted on the board."""
    contacts = contacts_for(board.session, today)
    plan = replace(session_plan(board.session, contacts), save=board.save)
    # One shelf for the whole session: whoever paused can come back after staff had the device.
    pausing = board._pausing or with_pausing(plan, board.session).pausing  # noqa: SLF001  the board shows nobody that it holds them
    board._pausing = pausing  # noqa: SLF001  likewise
    return replace(plan, pausing=pausing)
