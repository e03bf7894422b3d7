"""A visit: one young person's time at the device, as a value. Nothing here knows about screens."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from coprod.kernel.contacts import HelpContact
from coprod.kernel.record import Record
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.events import Event, Stop, ThrowAway
from surveys.interviews.interview import Interview
from surveys.interviews.state import Front
from surveys.questionnaires.questionnaire import Questionnaire

Label = Literal["", "preview", "simulated"]


class Receipt(Unshown, frozen=True):
    """Four words that take the answers back until a day."""

    words: tuple[str, ...]
    until: date


Save = Callable[[tuple[Record, ...], Language | None], Receipt | None]


class PauseWords(Unshown, frozen=True):
    """Pausing: `keep` locks an interview away and gives four words, `bring_back` gives it once for them, or None.

    `keep` raises CoprodError when it could not be kept.
    """

    keep: Callable[[Interview], tuple[str, ...]]
    bring_back: Callable[[str], Interview | None]


class KioskPlan(Unshown, frozen=True, kw_only=True):
    """What a kiosk needs to run.

    `save` takes the records and the language the four words are wanted in, None when none are wanted. It returns
    only once the records are safe, with a receipt where words were wanted, and raises CoprodError when they are not. `is_staff_word` tells whether a word lets staff out. `label` is shown on every page of
    a preview or of make-believe. `gives_words` says before sending that four words follow. `shuffled` orders shuffled choices. With `pausing` a respondent may come
    back with four words. `sealed_to` holds each key holder with the words on their key card, for the start screen. `front` is what the device shows; stillness is warned of and covered after so many
    seconds.
    """

    questionnaire: Questionnaire
    sha256: str
    languages: tuple[Language, ...]
    contacts: tuple[HelpContact, ...]
    save: Save
    is_staff_word: Callable[[str], bool]
    shuffled: Callable[[tuple[str, ...]], tuple[str, ...]]
    label: Label = ""
    gives_words: bool = False
    sealed_to: tuple[tuple[str, str], ...] = ()
    pausing: PauseWords | None = None
    front: Front = "full-screen"
    warn_after: float = 60.0
    cover_after: float = 90.0


class Ready(Unshown, frozen=True):
    """Nobody is there."""


class StaffDoor(Unshown, frozen=True):
    """Somebody is about to type the staff word."""

    is_wrong: bool = False


class ChoosingLanguage(Unshown, frozen=True):
    """The first page where more than one language is on offer."""


class Practising(Unshown, frozen=True):
    """The page that says how to hide, and lets the respondent try."""

    language: Language
    picture: str = ""
    is_tried: bool = False


class Asking(Unshown, frozen=True):
    """The interview is running."""

    interview: Interview
    picture: str


class Confirming(Unshown, frozen=True):
    """Asked once more before everything is thrown away."""

    asking: Asking
    event: Stop | ThrowAway


class AskingIfStill(Unshown, frozen=True):
    """Nobody has touched anything for a while."""

    then: "Asking | Practising | ChoosingLanguage | Confirming | Saved | Leaving | NotSaved | Helping"


class Helping(Unshown, frozen=True):
    """Help was opened from one of the kiosk's own pages; the interview has its own."""

    then: "ChoosingLanguage | Practising | Confirming | Recalling | NotSaved | Saved | Leaving"


class ColourCard(Unshown, frozen=True):
    """A plain colour to turn round, so that a worker comes without a word. Nothing is kept or counted."""

    then: "Asking | Helping | Covered | Ready"


class Pausing(Unshown, frozen=True):
    """Being locked away under four words, or told that it could not be."""

    asking: Asking
    has_failed: bool = False


class Paused(Unshown, frozen=True):
    """Locked away. Only the words are left, to be written down."""

    language: Language
    words: tuple[str, ...]


class ComingBack(Unshown, frozen=True):
    """Somebody types their pause words."""

    is_wrong: bool = False


class Covered(Unshown, frozen=True):
    """Looks like nobody is there; the page behind comes back on waking."""

    then: "Practising | Recalling"


class Recalling(Unshown, frozen=True):
    """Asked for the picture that brings the answers back, or, once they are sent, the four words."""

    asking: "Asking | Saving | NotSaved | Saved"


class Saving(Unshown, frozen=True):
    """Sent; not safe yet."""

    interview: Interview
    picture: str = ""


class NotSaved(Unshown, frozen=True):
    """The disk refused; the answers are still in memory."""

    interview: Interview
    picture: str = ""


class Saved(Unshown, frozen=True):
    """Safe. `shown` counts how often the words have been shown before; at 2 it is time to say goodbye."""

    interview: Interview
    receipt: Receipt | None
    shown: int = 0
    picture: str = ""


class Leaving(Unshown, frozen=True):
    """Thrown away; `pastime` is -1 on the page that says so, then which small pastime is shown."""

    interview: Interview
    pastime: int = -1


Visit = (
    Ready
    | StaffDoor
    | ChoosingLanguage
    | Practising
    | Asking
    | Confirming
    | AskingIfStill
    | Helping
    | ColourCard
    | Pausing
    | Paused
    | ComingBack
    | Covered
    | Recalling
    | Saving
    | NotSaved
    | Saved
    | Leaving
)

Button = Literal[
    "start",
    "staff",
    "english",
    "welsh",
    "go-on",
    "back",
    "again",
    "throw-away",
    "written",
    "finish",
    "another",
    "stay",
    "confirm",
    "help",
    "colour",
    "read",
    "pause",
    "come-back",
]


class Press(Unshown, frozen=True):
    """One of the kiosk's own buttons."""

    button: Button


class Pick(Unshown, frozen=True):
    """A choice was picked from the list shown."""

    choice: str


class Move(Unshown, frozen=True):
    """A ranked choice was moved by some places, towards the front below 0."""

    choice: str
    by: int


class Hide(Unshown, frozen=True):
    """Hide now."""


class GoneQuiet(Unshown, frozen=True):
    """Nothing was touched for a while: warn."""


class GoneStill(Unshown, frozen=True):
    """Nothing was touched even after the warning: cover."""


class KeptSafe(Unshown, frozen=True):
    """Saving has come back."""

    receipt: Receipt | None


class KeptFailed(Unshown, frozen=True):
    """Saving has failed."""


class KeptDraft(Unshown, frozen=True):
    """Pausing has come back with four words, or with none when it failed."""

    words: tuple[str, ...]


class CameBack(Unshown, frozen=True):
    """Pause words have opened an interview, or nothing."""

    interview: Interview | None


class StaffWordWrong(Unshown, frozen=True):
    """A word was typed at the staff door that does not open it."""


Act = (
    Event
    | Press
    | Pick
    | Move
    | Hide
    | GoneQuiet
    | GoneStill
    | KeptSafe
    | KeptFailed
    | KeptDraft
    | CameBack
    | StaffWordWrong
)
