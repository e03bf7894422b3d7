"""Where an interview stands, and which of its questions are shown."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from coprod.kernel.contacts import HelpContact
from coprod.kernel.record import Chosen, Declined, Rated, Skipped
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.choices import choices_of
from surveys.interviews.pages import Stage
from surveys.questionnaires.evaluation import NO_LABELS, Labels, is_true
from surveys.questionnaires.expressions import Expression, parse_expression
from surveys.questionnaires.piping import piped_in
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import FreeText, Note, QuestionPage, SaidPage

Front = Literal["full-screen", "plain", "page"]
Words = Literal["none", "wanted", "unwanted"]
Notice = Literal["", "nothing-chosen", "constraint", "shortened"]
LONGEST_WORDS = 3_500  # characters; at four bytes each a text record stays under 15,000 bytes
LONGEST_LINKED = 2_000  # characters of all linked texts together, for one main record holds them


class Written(Unshown, frozen=True, forbid_unknown_fields=True, tag="written", tag_field="reply"):
    """Words as typed so far, and that page's "you may use my words" tick."""

    text: str
    may_quote: bool


class Seen(Unshown, frozen=True, forbid_unknown_fields=True, tag="seen", tag_field="reply"):
    """A page that only says something was read."""


Answer = Chosen | Rated | Declined | Skipped | Written | Seen


class Interview(Unshown, frozen=True, kw_only=True):
    """One interview as a value. `place` is the index of the about page or of the question page.

    `orders` holds the choices of shuffled questions as this respondent sees them, for a paired question
    its pairs. `pair` is the pair shown. `changing` is set while a respondent has come back from the
    look-back page, and holds what they had left unasked. `band` is an age band that chooses wordings,
    `picked` an answer to the understanding check; both end with the interview and are in no record. `words`
    tells whether four words to take it all back are offered, and still wanted.
    """

    questionnaire: Questionnaire
    language: Language
    languages: tuple[Language, ...]
    contacts: tuple[HelpContact, ...] = ()
    front: Front = "full-screen"
    orders: dict[str, tuple[str, ...]] = {}
    band: str = ""
    picked: str = ""
    pair: int = 0
    words: Words = "none"
    stage: Stage = "about"
    place: int = 0
    answers: dict[str, Answer] = {}
    helping: bool = False
    notice: Notice = ""
    changing: frozenset[str] | None = None


def question_at(interview: Interview) -> QuestionPage:
    """Give the page the interview stands on; only while it is at the questions."""
    return interview.questionnaire.pages[interview.place]


def most_characters(questionnaire: Questionnaire, page: FreeText) -> int:
    """Give how many characters an answer to this question may have."""
    if not page.link:
        return LONGEST_WORDS
    return LONGEST_LINKED // sum(isinstance(one, FreeText) and one.link for one in questionnaire.pages)


def is_answered(answer: Answer | None) -> bool:
    """Tell whether a reply says something: not skipped, not declined, not blank."""
    match answer:
        case Written(text=text):
            return bool(text.strip())
        case Chosen(choices=choices):
            return bool(choices)
        case _:
            return isinstance(answer, Rated)


def answer_as_text(answer: Answer | None) -> str:
    """Give an answer as expressions see it: choices joined by blanks, anything unanswered empty."""
    match answer:
        case Chosen(choices=choices):
            return " ".join(choices)
        case Rated(number=number):
            return str(number)
        case Written(text=text):
            return text.strip()
        case _:
            return ""


def shown_pages(
    questionnaire: Questionnaire, answers: Mapping[str, Answer]
) -> Iterator[tuple[int, QuestionPage]]:
    """Give the pages that are shown with these answers, with their index; earlier ones decide about later ones.

    A page that repeats an answer is shown only where there is one.
    """
    texts: dict[str, str] = {}
    passed_over: set[str] = set()
    for index, page in enumerate(questionnaire.pages):
        if page.id in passed_over or not _holds(questionnaire, page.relevant, texts):
            continue
        if not all(texts.get(name) for name in piped_in(page)):
            continue
        answer = answers.get(page.id)
        texts[page.id] = answer_as_text(answer)
        if isinstance(page, Note) and isinstance(answer, Skipped):
            passed_over.update(page.covers)
        yield index, page


def without_hidden(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Give the answers to pages that are still shown; what became irrelevant is gone."""
    shown = (page.id for _, page in shown_pages(questionnaire, answers))
    return {name: answers[name] for name in shown if name in answers}


def without_unfinished(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Give the answers without blank ones and without ones that break their own constraint."""
    finished = {
        page.id: answers[page.id]
        for page in questionnaire.pages
        if page.id in answers
        and not (_can_be_blank(answers[page.id]) and not is_answered(answers[page.id]))
        and keeps_constraint(questionnaire, page, answers)
    }
    return without_hidden(questionnaire, finished)


def keeps_constraint(questionnaire: Questionnaire, page: QuestionPage, answers: Mapping[str, Answer]) -> bool:
    """Tell whether the answer to a page satisfies that page's constraint; no answer always does."""
    answer = answers.get(page.id)
    if isinstance(page, SaidPage) or not page.constraint or not is_answered(answer):
        return True
    texts = {name: answer_as_text(one) for name, one in answers.items()}
    return _holds(questionnaire, page.constraint, texts, answer_as_text(answer))


def _can_be_blank(answer: Answer) -> bool:
    return isinstance(answer, Written | Chosen)


def _holds(questionnaire: Questionnaire, test: str, texts: Mapping[str, str], answer: str = "") -> bool:
    labels = choice_labels(questionnaire) if "jr:choice-name" in test else NO_LABELS
    return not test or is_true(_tree(test), texts, answer, labels)


@cache
def choice_labels(questionnaire: Questionnaire) -> Labels:
    """Give the English words of every choice by question and choice id.

    English whatever is on screen: what is asked next must not hang on the language.
    """
    return {
        (page.id, choice.id): choice.label.en for page in questionnaire.pages for choice in choices_of(page)
    }


@cache
def _tree(text: str) -> Expression:
    return parse_expression(text)
