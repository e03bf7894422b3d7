"""What an answer to a question may hold, with the words of each choice."""

from collections.abc import Mapping
from itertools import permutations

from coprod.kernel.wording import LANGUAGES, Language, Wording
from surveys.interviews.composed import ENDS, MARKS, End, Mark, end_id, mark_id, over_id, words_of
from surveys.interviews.phrases import phrases, scale_of, something_else
from surveys.questionnaires.questions import (
    BestWorst,
    Cards,
    Choice,
    ChooseMany,
    ChooseOne,
    Highlighter,
    Paired,
    QuestionPage,
    Ranking,
    kind_of,
)


def offered_by(page: QuestionPage) -> tuple[Choice, ...]:
    """Give the choices a page shows, in the questionnaire's order; nothing for number, text and pages that say."""
    match page:
        case ChooseOne() | ChooseMany():
            return (*page.choices, something_else()) if page.something_else else page.choices
        case Ranking() | Cards() | BestWorst() | Paired():
            return page.choices
        case _:
            return tuple(Choice(point.id, point.label) for point in scale_of(kind_of(page)))


def choices_of(page: QuestionPage) -> tuple[Choice, ...]:
    """Give every choice an answer may hold, in the questionnaire's order.

    For most kinds that is what the page shows. A best-worst answer holds `most.time`, a paired one
    `time.over.door`, a highlighter's `3.lose`: a choice and what was said of it.
    """
    match page:
        case BestWorst(choices=choices):
            return tuple(_end(end, choice) for end in ENDS for choice in choices)
        case Paired(choices=choices):
            return tuple(_over(chosen, other) for chosen, other in permutations(choices, 2))
        case Highlighter(passage=passage):
            words = enumerate(words_of(passage), 1)
            return tuple(_marked(number, word, mark) for number, word in words for mark in MARKS)
        case _:
            return offered_by(page)


def end_label(end: End) -> Wording:
    """Give the words of an end of a best-worst question."""
    words = phrases().page
    return {"most": words.most, "least": words.least}[end]


def mark_label(mark: Mark) -> Wording:
    """Give the words of a highlighter's mark."""
    words = phrases().page
    return {"keep": words.keep, "lose": words.lose, "confusing": words.confusing}[mark]


def _end(end: End, choice: Choice) -> Choice:
    label = _filled(phrases().page.end_label, {"end": end_label(end), "label": choice.label})
    return Choice(end_id(end, choice.id), label)


def _over(chosen: Choice, other: Choice) -> Choice:
    label = _filled(phrases().page.over_label, {"chosen": chosen.label, "other": other.label})
    return Choice(over_id(chosen.id, other.id), label)


def _marked(number: int, word: str, mark: Mark) -> Choice:
    values = {"mark": mark_label(mark), "number": Wording(str(number)), "word": Wording(word)}
    return Choice(mark_id(number, mark), _filled(phrases().page.mark_label, values))


def _filled(wording: Wording, values: Mapping[str, Wording]) -> Wording:
    """Give a wording with its blanks filled, each language from its own words."""
    said = {language: _into(wording, language, values) for language in LANGUAGES}
    return Wording(said["en"], said["cy"])


def _into(wording: Wording, language: Language, values: Mapping[str, Wording]) -> str:
    return wording.into(language).format_map({name: one.into(language) for name, one in values.items()})
