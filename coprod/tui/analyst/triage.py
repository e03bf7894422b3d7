"""Triage: the first thing after opening. Every free text, most urgent first, and a log of what is done about it."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.tui.analyst.reading_list import ReadingList
from coprod.tui.analyst.sources import Answers
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.prose import Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.triage.triage import Queued

MARKS = {"first": "!! ", "next": "!  ", "then": "   "}
PLACES = {"first": "read first", "next": "read next", "then": "read after these, all of them"}
LOG_FIELDS = (
    "What do you do about it? Your own words, nothing of the answer's",
    "Could anybody tell who wrote it? yes, no or unsure",
    "Is it still happening? yes, no or unsure",
    "Does it name a person or a place? yes, no or unsure",
    "Your name",
)


class TriageScreen(ReadingList):
    """Every text of every question. Phrases only set the order; a person reads them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "write_down", "Write down"),
        Binding("l", "log", "Log"),
        Binding("escape", "leave", "To the answers"),
    ]

    def __init__(self, workspace: Workspace, answers: Answers, queued: "tuple[Queued, ...]") -> None:
        super().__init__(answers.read.source, [one.text for one in queued], simulated=answers.read.simulated)
        self.workspace, self.answers, self.queued = workspace, answers, queued
        self.words_of = {one.key: one.words for one in answers.read.questions}

    def heading(self) -> str:
        """Give whose work this is."""
        lead = self.workspace.settings.safeguarding_lead
        return f"Read first, by {lead}, safeguarding lead" if lead else "Read first, by the safeguarding lead"

    def progress(self) -> str:
        """Give how far it is, and what the order is worth."""
        return f"{super().progress()} A person must read every one: phrases only set the order."

    def mark(self, place: int) -> str:
        """Give `!!` for what is read first, `!` for what is read next."""
        return MARKS[self.queued[place].order]

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give the text, why it comes here, and the question it answers."""
        one = self.queued[place]
        why = [f"{because.why}{f' “{because.words}”' if because.words else ''}" for because in one.because]
        reasons = why or ["None of the listed phrases; read it all the same."]
        return (
            ("notice" if one.order == "first" else "quiet", PLACES[one.order]),
            ("body", one.text),
            *(("quiet", reason) for reason in reasons),
            ("quiet", f"Asked: {self.words_of.get(one.question, one.question)}"),
        )

    def action_leave(self) -> None:
        """Go on to the answers, and say how far the reading went."""
        left = len(self.read_texts) - len(self.seen)
        self.answers.untriaged = left
        self.dismiss()

    def action_write_down(self) -> None:
        """Ask what is done about a text, to keep it apart from the data."""
        values = ("", "unsure", "unsure", "unsure", self.workspace.settings.safeguarding_lead)
        fields = [Field(label, value=value) for label, value in zip(LOG_FIELDS, values, strict=True)]
        self.open_over(Ask("For the log, which holds no answers", *fields), self._write_down)

    def action_log(self) -> None:
        """Show what was done so far."""
        from coprod.journeys.understanding.triage import actions_of

        actions = self.attempt(lambda: actions_of(self.workspace))
        if actions is not None:
            lines = [f"{one.on}  {one.by}: {one.did}" for one in actions]
            self.tell("What was done about what was read", *(lines or ["Nothing is written down yet."]))

    def _write_down(self, typed: tuple[str, ...] | None) -> None:
        if typed is None:
            return
        from analysis.triage.triagelog import Action
        from coprod.journeys.understanding.triage import log_action

        did, *judged, by = typed
        said: list[Any] = [one.lower() if one.lower() in {"yes", "no"} else "unsure" for one in judged]
        action = Action(today(), by, self.source, did, *said)
        if self.attempt(lambda: log_action(self.workspace, action, self.queued)) is not None:
            self.tell("Written down", "In analysis/triage-log.jsonl, apart from the answers.")
