"""Who is asked a question, chosen by picking answers to an earlier one: no expression has to be written."""

from collections.abc import Sequence

from msgspec.structs import replace

from coprod.journeys.asking.building import questions_in, with_pages
from coprod.journeys.asking.paper import paper_words
from surveys.interviews.choices import offered_by
from surveys.questionnaires.expressions import parse_expression
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import (
    Cards,
    Choice,
    ChooseMany,
    ChooseOne,
    Faces,
    Frequency,
    Likert,
    QuestionPage,
)
from surveys.questionnaires.skip_words import Printed, condition_in_words

DECIDING = (ChooseOne, ChooseMany, Cards, Faces, Likert, Frequency)


def deciders(asked: Questionnaire, name: str) -> tuple[QuestionPage, ...]:
    """Give the questions before one whose answers can decide whether it is asked."""
    pages = questions_in(asked)
    at = next(place for place, page in enumerate(pages) if page.id == name)
    return tuple(page for page in pages[:at] if isinstance(page, DECIDING))


def answers_of(asked: Questionnaire, name: str) -> tuple[Choice, ...]:
    """Give the answers that a question offers."""
    return offered_by(next(page for page in asked.pages if page.id == name))


def asked_only_if(
    asked: Questionnaire, name: str, decider: str = "", answers: Sequence[str] = ()
) -> Questionnaire:
    """Give the questionnaire in which a question is asked only after one of some answers to another; always with none."""
    relevant = " or ".join(f"selected(${{{decider}}}, '{answer}')" for answer in answers)
    pages = [replace(page, relevant=relevant) if page.id == name else page for page in questions_in(asked)]
    return with_pages(asked, pages)


def conditions_in_words(asked: Questionnaire) -> dict[str, str]:
    """Give for each question that not everybody is asked who is, by the numbers of the questions before it."""
    pages = questions_in(asked)
    printed = Printed(
        {page.id: number for number, page in enumerate(pages, 1)},
        {(page.id, choice.id): choice.label.en for page in pages for choice in offered_by(page)},
        paper_words().conditions,
        "en",
    )
    return {
        page.id: condition_in_words(parse_expression(page.relevant), printed) or page.relevant
        for page in pages
        if page.relevant
    }
