"""Before the device goes round: what to say aloud, what still stands in the way, the staff word."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import now, today
from coprod.journeys.asking.before import Briefing, briefing
from coprod.journeys.asking.sessions import Session, plan_session, reasons_not_to_start, start_session
from coprod.journeys.overview import without_command
from coprod.kernel.problem import BadInputError
from coprod.tui.desk_ends import HandOver
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.handover import Board
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace
from surveys.boxes.session import SessionPlan, staff_word_hash
from surveys.questionnaires.questionnaire import load_questionnaire


class PreparingScreen(DeskScreen):
    """Ticks for what was said, and every gate that is shut with how to open it."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hand_over", "Hand over"),
        Binding("o", "opener", "Who opens"),
    ]

    def __init__(self, workspace: Workspace, questionnaire: Path, survey: str) -> None:
        super().__init__()
        self.workspace, self.questionnaire = workspace, questionnaire
        self.minutes = load_questionnaire(questionnaire).minutes
        self.plan = suggested_plan(workspace, survey)
        self.said: frozenset[str] = frozenset()

    def body(self) -> Iterable[Widget]:
        """Give the plan, the list to tick, and the gates."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")
        yield Prose(id="gates")

    def draw(self) -> None:
        """Draw the plan, the ticks and the gates of this minute."""
        plan = self.plan
        before = briefing(self.workspace, plan, self.minutes, now())
        self.show_head(self.workspace.settings.name, plan.name)
        self.query_one("#before", Prose).show(
            ("body", " ".join(before.promises)),
            ("body", before.lead),
            ("body", ""),
            ("heading", "Say this aloud, compare the key cards, and tick it"),
        )
        ticks = tuple(Shown(line, line, line in self.said) for line in to_tick(before))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(ticks, "many", same=True)
        if listed.caret < 0:
            listed.action_move(1)
        listed.focus()
        reasons = reasons_not_to_start(self.workspace, plan, today())
        gates: list[tuple[Voice, str]] = [("notice", f"!!  {without_command(reason)}") for reason in reasons]
        if gates:
            gates.append(("quiet", "Home, then 4 Service, is where these are mended. O names who opens."))
        fine: list[tuple[Voice, str]] = [("body", "ok  Everything is ready. H hands the device over.")]
        look_out: list[tuple[Voice, str]] = [
            ("notice", f"??  {without_command(warning)}") for warning in before.warnings
        ]
        self.query_one("#gates", Prose).show(("body", ""), *look_out, *(gates or fine))

    def action_opener(self) -> None:
        """Name who opens the answers."""
        self.open_over(
            Ask("Who opens the answers?", Field("Name", value=self.plan.opener)), self._opener_named
        )

    def action_hand_over(self) -> None:
        """Ask for a staff word, once everything has been said."""
        if len(self.said) < len(to_tick(briefing(self.workspace, self.plan, self.minutes, now()))):
            self.tell("Not yet", "Say every line aloud, compare every key card, and tick it first.")
            return
        fields = (Field("Staff word", hidden=True), Field("The same again", hidden=True))
        self.open_over(
            Ask("A word only staff know. It leaves the session; it opens no answers.", *fields),
            self._word_chosen,
        )

    @on(ChoiceList.Picked)
    def _ticked(self, message: ChoiceList.Picked) -> None:
        self.said = self.said ^ {message.choice}
        self.draw()

    def _opener_named(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.plan = replace(self.plan, opener=typed[0])
            self.draw()

    def _word_chosen(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            session = self.attempt(
                lambda: begin_session(self.workspace, self.questionnaire, self.plan, typed)
            )
            if session is not None:
                self.app.exit(HandOver(Board(session)))


def to_tick(before: Briefing) -> tuple[str, ...]:
    """Give what has to be ticked: each line to say aloud, and each key card to compare."""
    return (*before.say_aloud, *(f"Key card, {name}: {words}" for name, words in before.keys))


def suggested_plan(workspace: Workspace, survey: str) -> SessionPlan:
    """Give a plan with a name that is free and a label that says no day: the season and the year."""
    season = ("winter", "spring", "summer", "autumn")[today().month % 12 // 3]
    base = f"{survey}-{today().isoformat()}"
    names = (base, *(f"{base}-{number}" for number in range(2, 100)))
    name = next(one for one in names if not (workspace.boxes / f"{one}.session").exists())
    return plan_session(workspace, name, f"{season} {today().year}", today())


def begin_session(
    workspace: Workspace, questionnaire: Path, plan: SessionPlan, words: tuple[str, ...]
) -> Session:
    """Give a started session. Raises BadInputError when the staff words differ, RefusedError for a shut gate."""
    if len(set(words)) != 1:
        raise BadInputError.of("staff word", "the two were not the same", "type them again")
    return start_session(
        workspace, questionnaire, replace(plan, staff_word=staff_word_hash(words[0])), today()
    )
