"""All there is to do with opened answers: its key, its words, and how it is begun. Screens are loaded when they are opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coprod.tui.analyst import coding_ways, exchanging, looking, publishing, reporting

if TYPE_CHECKING:
    from coprod.journeys.understanding.reading import Question
    from coprod.tui.analyst.opened import OpenedScreen


@dataclass(frozen=True)
class Doing:
    """One thing to do: its name, its key, its words, and how a screen begins it."""

    id: str
    key: str
    words: str
    do: "Callable[[OpenedScreen], None]"


def by_id(wanted: str) -> Doing:
    """Give one of them."""
    return next(one for one in EVERYTHING if one.id == wanted)


def of_written(do: "Callable[[OpenedScreen, Question], None]") -> "Callable[[OpenedScreen], None]":
    """Give what is done with the marked question where people wrote; where it is another, they are asked which."""
    return lambda screen: screen.with_written(lambda question: do(screen, question))


LOOK = (
    Doing("triage", "g", "Triage: every text again, most urgent first", looking.triage),
    Doing("read", "r", "Read what was written here", of_written(looking.read)),
    Doing("find", "f", "Find words where they stand", of_written(looking.find)),
    Doing("words", "v", "Words: counted, and near each other", of_written(looking.words)),
    Doing("redaction", "d", "Decide on redaction, text by text", of_written(looking.redaction)),
    Doing("columns", "n", "What each column was taken for", looking.columns),
)
CODE = (
    Doing("code", "c", "Code it by keyboard", of_written(coding_ways.code)),
    Doing("themes", "t", "Themes, with examples", of_written(coding_ways.themes)),
    Doing("sorting", "s", "Themes by young people, who sort cards", of_written(coding_ways.sorting)),
    Doing("agreement", "a", "Agreement between coders", of_written(coding_ways.agreement)),
    Doing("together", "e", "Codes on the same answers, drawn", of_written(coding_ways.together)),
    Doing("framework", "z", "Framework matrix: a line a case", of_written(coding_ways.framework)),
    Doing("change", "u", "What changed since earlier answers", of_written(coding_ways.change)),
    Doing("codebook", "b", "The codebook", coding_ways.codebook),
    Doing("trail", "h", "How we came to this: the trail", of_written(coding_ways.trail)),
    Doing("journal", "j", "The journal", coding_ways.journal),
    Doing("coder", "at", "Another person codes now", coding_ways.another_coder),
)
PUBLISH = (
    Doing("publish", "p", "May I publish this table?", publishing.publish),
    Doing("ledger", "l", "The ledger of all releases", publishing.ledger),
    Doing("quotes", "q", "Quotes, of those who agreed", of_written(publishing.quotes)),
    Doing("key-words", "k", "Key words of one group", of_written(publishing.key_words)),
    Doing("exchange", "x", "To other programs, and from them", exchanging.exchange),
)
REPORT = (
    Doing("report", "w", "Write a report, with a preview", reporting.report),
    Doing("you-said", "y", "You said, we did", reporting.you_said),
    Doing("pathway", "o", "Pathway audit, drawn", reporting.pathway),
    Doing("involvement", "i", "Files that only people can fill in", reporting.involvement),
)
GROUPS = {
    "Look at the answers": LOOK,
    "Code them and find themes": CODE,
    "Let numbers and words out": PUBLISH,
    "Report, and answer back": REPORT,
}
EVERYTHING = tuple(one for group in GROUPS.values() for one in group)
