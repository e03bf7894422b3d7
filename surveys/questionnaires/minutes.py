"""How long a questionnaire takes, so that the minutes on its first page are a promise that is kept.

Reading rates: silent reading of plain prose is about 240 words a minute for adults (Brysbaert 2019); 200 is a
quick and 120 a slow young reader. Seconds to answer are our judgement: the least a hand needs, and a calm pace.
"""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from surveys.interviews.composed import pairs_of, words_of
from surveys.questionnaires.questions import FreeText, Highlighter, Kind, Paired, QuestionPage, kind_of

Pace = Literal["quick", "calm"]
WORDS_A_MINUTE: dict[Pace, int] = {"quick": 200, "calm": 120}


class Seconds(Struct, frozen=True):
    """Seconds to answer one page once it is read."""

    quick: int
    calm: int


ANSWERING: dict[Kind, Seconds] = {
    "choose-one": Seconds(2, 6),
    "choose-many": Seconds(3, 10),
    "cards": Seconds(3, 10),
    "faces": Seconds(2, 5),
    "likert": Seconds(2, 6),
    "frequency": Seconds(2, 6),
    "ranking": Seconds(5, 20),
    "best-worst": Seconds(4, 15),
    "paired": Seconds(2, 7),
    "highlighter": Seconds(8, 40),
    "number": Seconds(2, 6),
    "text": Seconds(5, 40),
    "note": Seconds(0, 2),
    "break": Seconds(0, 20),
    "help-card": Seconds(0, 8),
}


def minutes_needed(pages: Iterable[QuestionPage], pace: Pace) -> float:
    """Give the minutes from the first page of a questionnaire to the last.

    At the quick pace pages behind skip logic and free texts may be passed over; at the calm pace nothing is.
    """
    met = [page for page in pages if pace == "calm" or not _may_be_left_out(page)]
    return sum(_seconds(page, pace) for page in met) / 60


def _may_be_left_out(page: QuestionPage) -> bool:
    return bool(page.relevant) or isinstance(page, FreeText)


def _seconds(page: QuestionPage, pace: Pace) -> float:
    texts = [page.ask.en, page.help.en if page.help else "", getattr(page, "passage", "")]
    texts += [choice.label.en for choice in getattr(page, "choices", ())]
    words = sum(len(words_of(text)) for text in texts)
    answer = getattr(ANSWERING[kind_of(page)], pace) * _times(page)
    return words * 60 / WORDS_A_MINUTE[pace] + float(answer)


def _times(page: QuestionPage) -> int:
    """Give how often a page is answered: once for each pair, a little longer for a long passage."""
    match page:
        case Paired(choices=choices):
            return len(pairs_of([choice.id for choice in choices]))
        case Highlighter(passage=passage):
            return 1 + len(words_of(passage)) // 30
        case _:
            return 1
