"""Answers typed in from paper: the same interview into the same box, and nothing in the records tells."""

from pathlib import Path

from msgspec.structs import replace

from coprod.journeys.asking.plans import saved, session_plan
from coprod.journeys.asking.sessions import Session
from coprod.journeys.asking.visit import KioskPlan
from coprod.kernel.contacts import HelpContact
from coprod.kernel.files import read_text
from coprod.kernel.problem import RefusedError
from surveys.interviews.events import Continue
from surveys.interviews.interview import Interview, begin, step
from surveys.questionnaires.questionnaire import LARGEST_FILE, questionnaire_hash


def typing_plan(session: Session, contacts: tuple[HelpContact, ...]) -> KioskPlan:
    """Give the plan for typing in: choices in the order printed, and no four words, for nobody is there to take them."""
    return replace(
        session_plan(session, contacts),
        save=lambda records, _: saved(session, records, None),
        shuffled=_as_printed,
        gives_words=False,
    )


def refuse_other_questionnaire(session: Session, questionnaire: Path) -> None:
    """Raise RefusedError when a session has asked another text than the paper shows."""
    if questionnaire_hash(read_text(questionnaire, LARGEST_FILE)) != session.plan.questionnaire:
        raise RefusedError(
            f"the session {session.plan.name} has asked another wording than {questionnaire.name}: "
            "answers to different words are never mixed"
        )


def begin_typing(plan: KioskPlan) -> Interview:
    """Give an interview that stands at its first question: what comes before was on the paper."""
    interview = begin(
        plan.questionnaire,
        plan.languages[0],
        shuffled=plan.shuffled,
        languages=plan.languages,
        contacts=plan.contacts,
        front="plain",
    )
    while interview.stage == "about":
        interview = step(interview, Continue())
    return interview


def _as_printed(choices: tuple[str, ...]) -> tuple[str, ...]:
    return choices
