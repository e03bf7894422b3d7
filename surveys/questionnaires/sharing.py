"""How many people could share the same answers to what others may know about them: an estimate that is explained.

Given `a` combinations of answers, all as likely, and a group of `n`: somebody's answers are given by
1 + (n - 1)/a people, they included, and n(1 - 1/a)^(n - 1) people stand alone. Even spread is the simplest
guess; in a lopsided group those in its small part stand out sooner.
"""

import re
from collections.abc import Sequence
from math import prod

from msgspec import Struct

from surveys.interviews.choices import choices_of
from surveys.questionnaires.questionnaire import Questionnaire, is_asked
from surveys.questionnaires.questions import ChooseMany, QuestionPage

USUAL_GROUP = 8
MOST_ALONE = 1.0  # people of the group expected to stand alone


class Sharing(Struct, frozen=True):
    """An estimate: the questions it is about, the ways to answer them, and of `group` people how many share or not."""

    group: int
    questions: tuple[str, ...]
    answers: int
    sharing: float
    alone: float

    @property
    def is_risky(self) -> bool:
        """Tell whether somebody is likely to stand alone."""
        return self.alone >= MOST_ALONE


def known_to_others(questionnaire: Questionnaire, patterns: Sequence[str]) -> tuple[int, ...]:
    """Give the indexes of questions about what people around a respondent may know; `patterns` say which."""
    return tuple(
        index
        for index, page in enumerate(questionnaire.pages)
        if is_asked(page) and any(re.search(one, page.ask.en, re.IGNORECASE) for one in patterns)
    )


def sharing_of(pages: Sequence[QuestionPage], group: int) -> Sharing:
    """Give the estimate for a group of at least one and questions with choices. No questions: all share."""
    answers = prod(_ways(page) for page in pages)
    alone = group * (1 - 1 / answers) ** (group - 1) if answers > 1 else 0.0
    return Sharing(group, tuple(page.id for page in pages), answers, 1 + (group - 1) / answers, alone)


def _ways(page: QuestionPage) -> int:
    """Give how many ways there are to answer a question; of many choices, any set of those that go together."""
    choices = choices_of(page)
    if isinstance(page, ChooseMany):
        alone = sum(choice.alone for choice in choices)
        return max(1, int(2 ** (len(choices) - alone)) - 1 + alone)
    return max(1, len(choices))
