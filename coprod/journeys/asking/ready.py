"""What the ready page says: enough to start, and nothing to a passer-by."""

from msgspec import Struct

from coprod.journeys.asking.visit import KioskPlan
from coprod.journeys.asking.visit_words import key_card_lines, say


class ReadyWords(Struct, frozen=True):
    """The words of the ready page, from top to bottom, in every language on offer at once."""

    ready: str
    start: tuple[str, ...]
    label: str
    cards: tuple[str, ...]
    foot: str


def ready_words(plan: KioskPlan) -> ReadyWords:
    """Give the words of a plan's ready page."""
    languages = plan.languages
    foot = say("leave_preview" if plan.label == "preview" else "staff", "en")
    if plan.pausing is not None:
        # The way back for pause words is on every ready page of a session or on none.
        foot += "   " + " / ".join(say("come_back", language) for language in languages)
    return ReadyWords(
        ready=" / ".join(say("ready", language) for language in languages),
        start=tuple(say("start", language) for language in languages),
        label=say(plan.label, "en") if plan.label else "",
        cards=key_card_lines(plan.sealed_to, "en"),
        foot=foot,
    )
