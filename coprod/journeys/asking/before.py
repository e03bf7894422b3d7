"""Before the device goes round: who opens the answers, whose keys they are sealed to, what to look out for, what to say."""

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.journeys.asking.rehearsals import key_words
from coprod.journeys.asking.visit_words import written_date
from coprod.journeys.asking.warnings import session_warnings
from coprod.kernel.yamlfile import load_yaml_text
from coprod.workspace import Workspace
from surveys.boxes.session import SessionPlan
from surveys.interviews.state import Front


class BeforeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `before.yaml`; `hide` says how each front hides."""

    format: Literal[1]
    say_aloud: tuple[str, ...]
    hide: dict[Front, str]


class Briefing(Struct, frozen=True):
    """What a facilitator is told before the first young person. `keys` are names with the words on their cards."""

    promises: tuple[str, ...]
    lead: str
    keys: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    say_aloud: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """Give it as lines, what has to be acted on last."""
        return (
            *self.promises,
            self.lead,
            "Compare these words with the key cards. If they differ, do not start:",
            *(f"  {name}: {words}" for name, words in self.keys),
            "Say this aloud, and have the help card in front of everyone:",
            *(f"  {number}. {line}" for number, line in enumerate(self.say_aloud, 1)),
            *(f"Look out: {warning}" for warning in self.warnings),
        )


def briefing(
    workspace: Workspace, plan: SessionPlan, minutes: int, begins: datetime, front: Front = "full-screen"
) -> Briefing:
    """Give what to tell a facilitator of a session that begins at a time and takes each person so many minutes."""
    lead = workspace.settings.safeguarding_lead.strip()
    return Briefing(
        promises=(
            f"{plan.opener or 'Nobody yet'} opens the answers by {written_date(plan.open_by, 'en')}.",
            f"They can be taken back until {written_date(plan.withdraw_by, 'en')}.",
        ),
        lead=f"Safeguarding lead: {lead or 'nobody is named yet'}.",
        keys=key_words(workspace),
        warnings=session_warnings(workspace, begins, minutes),
        say_aloud=said_aloud(front),
    )


def said_aloud(front: Front = "full-screen") -> tuple[str, ...]:
    """Give the lines to say aloud, with how this front hides."""
    words = _words()
    return tuple(line.format(hide=words.hide[front]) for line in words.say_aloud)


@cache
def _words() -> BeforeWords:
    text = resources.files("coprod.journeys.asking").joinpath("before.yaml").read_text("utf-8")
    return load_yaml_text(text, "before.yaml", BeforeWords).value
