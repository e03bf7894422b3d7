"""The words of a question and of its answer, as one respondent reads them: their age band, their language, their answers."""

from collections.abc import Mapping

from coprod.kernel.record import Chosen, Declined, Rated, Skipped
from coprod.kernel.wording import Language, Wording
from surveys.interviews.choices import choices_of
from surveys.interviews.phrases import phrases
from surveys.interviews.state import Answer, Interview, Written
from surveys.questionnaires.piping import filled_in, piped_in
from surveys.questionnaires.questions import Highlighter, QuestionPage, Ranking


def asked_words(interview: Interview, page: QuestionPage) -> str:
    """Give the question, with the answers it repeats."""
    variant = next((one.ask for one in page.by_age if one.ages == interview.band and one.ask), None)
    return _said(interview, page, variant or page.ask)


def help_words(interview: Interview, page: QuestionPage) -> str:
    """Give what stands under the question, or nothing."""
    variant = next((one.help for one in page.by_age if one.ages == interview.band and one.help), None)
    wording = variant or page.help
    return _said(interview, page, wording) if wording is not None else ""


def answer_words(page: QuestionPage, answer: Answer | None, language: Language) -> str:
    """Give what somebody answered in words. Free text is never repeated."""
    words = phrases().end
    match answer:
        case Chosen(choices=choices):
            return _chosen_words(page, choices, language)
        case Rated(number=number):
            return str(number)
        case Written():
            return words.wrote.into(language)
        case Declined():
            return words.declined.into(language)
        case Skipped():
            return words.skipped.into(language)
        case _:
            return words.not_reached.into(language)


def _chosen_words(page: QuestionPage, choices: tuple[str, ...], language: Language) -> str:
    if isinstance(page, Highlighter):
        return phrases().end.marked.into(language).replace("{number}", str(len(choices)))
    labels = {choice.id: choice.label.into(language) for choice in choices_of(page)}
    if isinstance(page, Ranking):
        return ", ".join(f"{place}. {labels[name]}" for place, name in enumerate(choices, 1))
    composed = any("." in name for name in choices)
    return ("; " if composed else ", ").join(labels[name] for name in choices)


def _said(interview: Interview, page: QuestionPage, wording: Wording) -> str:
    return filled_in(wording.into(interview.language), _piped(interview, page))


def _piped(interview: Interview, page: QuestionPage) -> Mapping[str, str]:
    """Give the answers a page repeats, in words."""
    names = piped_in(page)
    return {
        one.id: answer_words(one, answer, interview.language)
        for one in (interview.questionnaire.pages if names else ())
        if one.id in names and isinstance(answer := interview.answers.get(one.id), Chosen | Rated)
    }
