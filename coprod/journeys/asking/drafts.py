"""Pausing in a session: what a front end needs so that a young person can come back with four words."""

from pathlib import Path

from msgspec.structs import replace

from coprod.journeys.asking.sessions import Session, drafts_file
from coprod.journeys.asking.visit import KioskPlan, PauseWords
from surveys.interviews.draft import paused, resumed
from surveys.interviews.draftfile import DraftShelf, typed_words
from surveys.interviews.interview import Interview, begin


def with_pausing(plan: KioskPlan, session: Session) -> KioskPlan:
    """Give a session's plan with pause words, for as long as this program runs."""
    return replace(plan, pausing=pause_words(plan, drafts_file(session.workspace, session.plan.name)))


def pause_words(plan: KioskPlan, shelf: Path) -> PauseWords:
    """Give the two halves of pausing for a plan; drafts of a program that has ended are gone."""
    drafts = DraftShelf(shelf)

    def keep(interview: Interview) -> tuple[str, ...]:
        return drafts.keep(paused(interview, plan.sha256), interview.language).words

    def bring_back(typed: str) -> Interview | None:
        words = typed_words(typed)
        content = drafts.take(words) if words is not None else None
        fresh = begin(
            plan.questionnaire,
            plan.languages[0],
            languages=plan.languages,
            contacts=plan.contacts,
            front=plan.front,
        )
        return None if content is None else resumed(content, fresh, plan.sha256)

    return PauseWords(keep, bring_back)
