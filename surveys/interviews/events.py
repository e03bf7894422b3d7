"""What a respondent can do: one frozen value for each act. None of them shows what it carries."""

from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.composed import End, Mark


class Choose(Unshown, frozen=True):
    """Pick a choice or a point of a scale; where many may stand together, a second pick takes it back."""

    choice: str


class Rank(Unshown, frozen=True):
    """Put choices in order, first what matters most; a part of them will do."""

    choices: tuple[str, ...]


class Rate(Unshown, frozen=True):
    """Pick a whole number from 0 to 10."""

    number: int


class ChooseEnd(Unshown, frozen=True):
    """Say which choice is most so, or least so; an empty choice takes it back."""

    end: End
    choice: str


class MarkWord(Unshown, frozen=True):
    """Mark a word of a passage, counted from 1; without a mark, take it off."""

    word: int
    mark: Mark | None


class Write(Unshown, frozen=True):
    """Write something in place of what was written before; `may_quote` is that page's own tick."""

    text: str
    may_quote: bool = False


class Decline(Unshown, frozen=True):
    """Say "I'd rather not say" and go on."""


class Skip(Unshown, frozen=True):
    """Pass this page over and go on; on a content note, pass the whole part over."""


class Continue(Unshown, frozen=True):
    """Go on."""


class Back(Unshown, frozen=True):
    """Go to the page before."""


class Change(Unshown, frozen=True):
    """From the look-back page, go to one question again."""

    question: str


class GoToEnd(Unshown, frozen=True):
    """Leave the rest unasked and go to the look-back page."""


class SwitchLanguage(Unshown, frozen=True):
    """Show the same page in another language that is offered."""

    language: Language


class Help(Unshown, frozen=True):
    """Open the help page."""


class CloseHelp(Unshown, frozen=True):
    """Go back to the page that help was opened from."""


class WantWords(Unshown, frozen=True):
    """Say before sending whether four words to take it all back are wanted; only from the look-back page."""

    wanted: bool


class Send(Unshown, frozen=True):
    """Send what there is; only from the look-back page."""


class ThrowAway(Unshown, frozen=True):
    """Throw it all away; only from the look-back page."""


class Stop(Unshown, frozen=True):
    """Stop and erase, from any page before sending."""


Event = (
    Choose
    | Rank
    | Rate
    | ChooseEnd
    | MarkWord
    | Write
    | Decline
    | Skip
    | Continue
    | Back
    | Change
    | GoToEnd
    | SwitchLanguage
    | Help
    | CloseHelp
    | WantWords
    | Send
    | ThrowAway
    | Stop
)
