"""What an event makes of the answer to one question. An event that does not fit the question changes nothing."""

from coprod.kernel.record import Chosen, Rated
from coprod.kernel.text import clean
from surveys.interviews.choices import choices_of
from surveys.interviews.composed import (
    ENDS,
    End,
    chosen_end,
    end_id,
    mark_id,
    marks_in,
    over_id,
    pairs_of,
    words_of,
)
from surveys.interviews.events import Choose, ChooseEnd, Event, MarkWord, Rank, Rate, Write
from surveys.interviews.state import Answer, Interview, Written, most_characters
from surveys.questionnaires.questions import (
    BestWorst,
    ChooseMany,
    FreeText,
    Highlighter,
    Number,
    Paired,
    Question,
    Ranking,
)

Pair = tuple[str, str]


def answer_after(interview: Interview, asked: Question, event: Event) -> Answer | None:  # noqa: PLR0911  one line for each kind of answer
    """Give the answer to the question shown after an event, or None where it does not fit."""
    match asked, event:
        case FreeText(), Write(text=text, may_quote=may_quote):
            most = most_characters(interview.questionnaire, asked)
            return Written(clean(clean(text)[:most]), may_quote)
        case Number(), Rate(number=number) if number in range(11):
            return Rated(number)
        case Ranking(), Rank(choices=choices) if _is_ranking(asked, choices):
            return Chosen(choices)
        case BestWorst(), ChooseEnd():
            return _ended(interview, asked, event)
        case Highlighter(), MarkWord():
            return _marked(interview, asked, event)
        case Paired(), Choose(choice=choice):
            return _preferred(interview, asked, choice)
        case ((Ranking() | FreeText() | Number() | BestWorst() | Highlighter()), _):
            return None
        case _, Choose(choice=choice) if choice in {one.id for one in choices_of(asked)}:
            return _chosen(interview, asked, choice)
        case _:
            return None


def was_shortened(interview: Interview, asked: Question, event: Event) -> bool:
    """Tell whether more was written than fits."""
    if not isinstance(asked, FreeText) or not isinstance(event, Write):
        return False
    return len(clean(event.text)) > most_characters(interview.questionnaire, asked)


def pairs_shown(interview: Interview, asked: Paired) -> tuple[Pair, ...]:
    """Give the pairs of a question in the order and the sides this respondent sees."""
    order = interview.orders.get(asked.id)
    if order is None:
        return pairs_of([choice.id for choice in asked.choices])
    left_and_right = (one.split(" ") for one in order)
    return tuple((left, right) for left, right in left_and_right)


def _picked(interview: Interview, asked: Question) -> tuple[str, ...]:
    answer = interview.answers.get(asked.id)
    return answer.choices if isinstance(answer, Chosen) else ()


def _in_order(asked: Question, kept: set[str]) -> Chosen:
    return Chosen(tuple(one.id for one in choices_of(asked) if one.id in kept))


def _chosen(interview: Interview, asked: Question, choice: str) -> Chosen:
    before = _picked(interview, asked)
    if not isinstance(asked, ChooseMany) or not before:
        return Chosen((choice,))
    alone = {one.id for one in asked.choices if one.alone}
    if choice in before:
        kept = set(before) - {choice}
    else:
        kept = {choice} if choice in alone else {choice, *before} - alone
    return _in_order(asked, kept)


def _is_ranking(asked: Ranking, choices: tuple[str, ...]) -> bool:
    known = {one.id for one in asked.choices}
    return len(set(choices)) == len(choices) and known.issuperset(choices)


def _ended(interview: Interview, asked: BestWorst, event: ChooseEnd) -> Chosen | None:
    """Put a choice at one end; nothing can be both most and least."""
    if event.choice not in {"", *(one.id for one in asked.choices)}:
        return None
    before = _picked(interview, asked)
    ends: dict[End, str] = {end: chosen_end(before, end) for end in ENDS}
    kept = {end: name for end, name in ends.items() if name not in {"", event.choice}}
    if event.choice:
        kept[event.end] = event.choice
    else:
        kept.pop(event.end, None)
    return Chosen(tuple(end_id(end, kept[end]) for end in ENDS if end in kept))


def _marked(interview: Interview, asked: Highlighter, event: MarkWord) -> Chosen | None:
    if not 1 <= event.word <= len(words_of(asked.passage)):
        return None
    marks = dict(marks_in(_picked(interview, asked)))
    marks.pop(event.word, None)
    if event.mark is not None:
        marks[event.word] = event.mark
    return Chosen(tuple(mark_id(word, marks[word]) for word in sorted(marks)))


def _preferred(interview: Interview, asked: Paired, choice: str) -> Chosen | None:
    """Prefer one of the pair shown to the other."""
    pair = pairs_shown(interview, asked)[interview.pair]
    if choice not in pair:
        return None
    other = next(one for one in pair if one != choice)
    kept = {*_picked(interview, asked)} - {over_id(*pair), over_id(*reversed(pair))}
    return _in_order(asked, kept | {over_id(choice, other)})
