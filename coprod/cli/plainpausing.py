"""Pausing in plain lines: four words that bring one person's answers back to this device, as at the kiosk."""

from coprod.cli.plainterminal import Terminal
from coprod.journeys.asking.turns import can_pause
from coprod.journeys.asking.visit import Asking, KioskPlan
from coprod.journeys.asking.visit_words import say
from coprod.kernel.problem import CoprodError
from coprod.kernel.wording import Language
from surveys.interviews.interview import Interview

KEY = "p"
HOW_MANY = 4


class LockedAwayError(Exception):
    """The interview is locked away: nothing is sent, and the device is for the next person."""


def may_pause(plan: KioskPlan | None, interview: Interview) -> bool:
    """Tell whether this interview can be locked away now."""
    return plan is not None and can_pause(Asking(interview, ""), plan)


def way_to_pause(plan: KioskPlan | None, interview: Interview) -> tuple[str, ...]:
    """Give the line that offers it, where it can be done."""
    return (f"{KEY}: {say('pause', interview.language)}",) if may_pause(plan, interview) else ()


def lock_away(plan: KioskPlan, interview: Interview, terminal: Terminal) -> None:
    """Lock an interview away and show its four words, twice.

    Where that fails it says so and comes back; where it is done it raises LockedAwayError.
    """
    language = interview.language
    if plan.pausing is None:
        return
    terminal.say("", say("pausing", language))
    try:
        four = " ".join(plan.pausing.keep(interview))
    except CoprodError:
        terminal.say("", say("pause_failed", language))
        return
    terminal.say("", say("paused", language), say("pause_words", language), "", four)
    terminal.say("", say("pause_limits", language), "", f"Enter: {say('words_written', language)}")
    terminal.read()
    terminal.say("", four, f"Enter: {say('words_written', language)}")
    terminal.read()
    raise LockedAwayError


def offered_back(plan: KioskPlan) -> tuple[str, ...]:
    """Give the lines of the ready page that ask for pause words, in every language on offer."""
    if plan.pausing is None:
        return ()
    return tuple(say("come_back_plain", language) for language in plan.languages)


def brought_back(plan: KioskPlan, typed: str) -> Interview | None:
    """Give the interview that four words locked away, once, or None."""
    if plan.pausing is None or len(typed.split()) != HOW_MANY:
        return None
    return plan.pausing.bring_back(typed)


def nothing_back(plan: KioskPlan, typed: str) -> tuple[str, ...]:
    """Give what to say about words that brought nothing back; nothing about what was no attempt."""
    if plan.pausing is None or len(typed.split()) != HOW_MANY:
        return ()
    languages: tuple[Language, ...] = plan.languages
    return tuple(say("come_back_wrong", language) for language in languages)
