"""The pages before the first question, and what can be done on them. Nothing that is done here is kept."""

from typing import Literal

from msgspec.structs import replace

from surveys.interviews.events import Back, Choose, Continue, Decline, Event, Skip
from surveys.interviews.phrases import UnderstandingQuestion, phrases
from surveys.interviews.state import Interview
from surveys.questionnaires.questionnaire import Questionnaire

AboutStep = Literal["age", "purpose", "who-reads", "understanding", "start"]
UNSURE = "unsure"


def about_steps(questionnaire: Questionnaire) -> tuple[AboutStep, ...]:
    """Give the pages before the first question, in order.

    Age is asked only where the questionnaire has wordings for one age band or another.
    """
    age: tuple[AboutStep, ...] = ("age",) if asks_age(questionnaire) else ()
    count = len(phrases().about.understanding.questions) if questionnaire.understanding_check else 0
    checks: list[AboutStep] = ["understanding"] * count
    return (*age, "purpose", "who-reads", *checks, "start")


def asks_age(questionnaire: Questionnaire) -> bool:
    """Tell whether an age band chooses any wording."""
    return len(questionnaire.ages) > 1 and any(page.by_age for page in questionnaire.pages)


def about_step(interview: Interview) -> AboutStep:
    """Give the page an interview stands on before its first question."""
    return about_steps(interview.questionnaire)[interview.place]


def understanding_question(interview: Interview) -> UnderstandingQuestion:
    """Give the question of the understanding check that is shown."""
    steps = about_steps(interview.questionnaire)
    return phrases().about.understanding.questions[interview.place - steps.index("understanding")]


def at_about(interview: Interview, event: Event) -> Interview:
    """Give the interview after an event before the first question; past the last page it is at the questions."""
    steps, shown = about_steps(interview.questionnaire), about_step(interview)
    match event:
        case Continue() if shown == "understanding" and not interview.picked:
            return replace(interview, picked=UNSURE)
        case Continue() if interview.place + 1 < len(steps):
            return _turned(interview, interview.place + 1)
        case Continue():
            return replace(interview, stage="questions", place=-1, picked="")
        case Skip() if shown == "understanding":
            return _turned(interview, interview.place + 1)
        case Decline() if shown == "age":
            return _turned(replace(interview, band=""), interview.place + 1)
        case Back():
            return _turned(interview, max(0, interview.place - 1))
        case Choose(choice=choice):
            return _chosen(interview, shown, choice)
        case _:
            return interview


def _turned(interview: Interview, place: int) -> Interview:
    return replace(interview, place=place, picked="")


def _chosen(interview: Interview, shown: AboutStep, choice: str) -> Interview:
    if shown == "age" and choice in interview.questionnaire.ages:
        return replace(interview, band=choice)
    if shown == "understanding" and choice in {one.id for one in understanding_question(interview).choices}:
        return replace(interview, picked=choice)
    return interview
