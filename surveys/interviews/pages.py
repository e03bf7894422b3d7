"""What one page of an interview says, all words already in the respondent's language."""

from typing import Literal

from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.composed import End, Mark
from surveys.interviews.events import Event
from surveys.questionnaires.questions import Kind

Stage = Literal["about", "questions", "look-back", "sent", "erased"]
PageKind = Kind | Literal["about", "age", "understanding", "help", "look-back", "sent", "erased"]


class PageChoice(Unshown, frozen=True):
    """One choice as shown. `face` is ASCII, for scales of faces; `rank` counts from 1, 0 is not ranked.

    `end` is the end a best-worst choice was put at.
    """

    id: str
    label: str
    chosen: bool = False
    face: str = ""
    rank: int = 0
    end: End | None = None


class PageEnd(Unshown, frozen=True):
    """One end a choice can be put at: "Most"."""

    id: End
    label: str


class PageAction(Unshown, frozen=True):
    """Something the respondent may do here. `key` is one small letter, or empty for the Enter key.

    All `main` ones are drawn alike: nobody is nudged towards going on.
    """

    event: Event
    label: str
    key: str
    main: bool = False


class PageWord(Unshown, frozen=True):
    """One word of a passage, counted from 1, and its mark."""

    number: int
    word: str
    mark: Mark | None


class PageMark(Unshown, frozen=True):
    """One mark a word can be given."""

    id: Mark
    label: str


class PageContact(Unshown, frozen=True):
    """How to reach help: name, what it offers, and one line each for call, text, hours and cost."""

    name: str
    offers: str
    reach: tuple[str, ...]


class PageAnswer(Unshown, frozen=True):
    """One line of the look-back page; `answer` never repeats free text."""

    question: str
    asked: str
    answer: str


class Page(Unshown, frozen=True):
    """One page. Front ends draw what is here and send back events; `actions` are the ones that work now.

    `choices` is filled for choose-one, choose-many, cards, the three scales, ranking and best-worst (in the order
    shown), for paired with the two of one pair, and for age and understanding; `ends` for best-worst; `passage` and
    `marks` for highlighter;
    `number`, `low` and `high` for number; `text`, `may_quote`, `quote_label` and `hint` for text;
    `contacts` for help, help-card, sent and erased; `pastimes` for sent and erased, so that nobody sees who stopped; `answers` for look-back. `notice` is one kind sentence about what was
    just pressed, or empty. `progress` is in words: "Question 3 of 9".
    """

    stage: Stage
    kind: PageKind
    language: Language
    heading: str
    actions: tuple[PageAction, ...]
    question: str = ""
    paragraphs: tuple[str, ...] = ()
    progress: str = ""
    notice: str = ""
    choices: tuple[PageChoice, ...] = ()
    ends: tuple[PageEnd, ...] = ()
    passage: tuple[PageWord, ...] = ()
    marks: tuple[PageMark, ...] = ()
    number: int | None = None
    low: str = ""
    high: str = ""
    text: str = ""
    may_quote: bool = False
    quote_label: str = ""
    hint: str = ""
    most_characters: int = 0
    contacts: tuple[PageContact, ...] = ()
    answers: tuple[PageAnswer, ...] = ()
    pastimes: tuple[str, ...] = ()
