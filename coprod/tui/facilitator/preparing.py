"""Before the device goes round: what to say aloud, what still stands in the way, the staff word."""

from collections.abc import Iterable
from datetime import date
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
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.tui.desk_ends import Aside, Back, HandOver
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, Filling
from coprod.tui.handover import Board
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace, load_workspace
from surveys.boxes.session import SessionPlan, check_plan, staff_word_hash
from surveys.questionnaires.questionnaire import load_questionnaire

GO_AND_MEND = "M goes where this is mended; O names who opens, and when."
Paragraph = tuple[Voice, str]


class PreparingScreen(DeskScreen):
    """Ticks for what was said, and every gate that is shut with how to open it."""

    ROLE = "facilitator"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hand_over", "Hand over"),
        Binding("o", "plan", "Who, when"),
        Binding("d", "device", "This device"),
        Binding("m", "mend", "Keys, names, help contacts: mend what stands in the way", show=False),
        Binding("t", "tablets", "Ask on tablets in the room instead", show=False),
        Binding("l", "line_by_line", "Ask line by line instead, also for screen readers", show=False),
    ]

    def __init__(
        self, workspace: Workspace, questionnaire: Path, survey: str, back: Back | None = None
    ) -> None:
        super().__init__()
        self.back = back
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
        self.workspace = self.attempt(lambda: load_workspace(self.workspace.root)) or self.workspace
        if not self.plan.opener:
            self.plan = replace(self.plan, opener=self.workspace.settings.opener)
        plan = self.plan
        before = briefing(self.workspace, plan, self.minutes, now())
        self.show_head(self.workspace.settings.name, plan.name)
        gates = self._shut_gates()
        self.query_one("#before", Prose).show(
            ("body", " ".join(before.promises)),
            ("body", before.lead),
            ("body", ""),
            *gates,
            ("heading", "Say this aloud, compare the key cards, and tick it"),
        )
        ticks = tuple(Shown(line, line, line in self.said) for line in to_tick(before))
        listed = self.query_one(ChoiceList)
        listed.is_close = True
        listed.show(ticks, "many", same=True)
        if listed.caret < 0:
            listed.action_move(1)
        listed.focus(scroll_visible=False)
        done = len(self.said) == len(ticks)
        ready = "ok  Everything is ready. H hands the device over."
        fine: Paragraph = (
            "body",
            ready if done else "ok  Nothing stands in the way. Tick every line, then H.",
        )
        look_out: list[Paragraph] = [
            ("notice", f"??  {without_command(warning)}") for warning in before.warnings
        ]
        self.query_one("#gates", Prose).show(("body", ""), *look_out, *(() if gates else (fine,)))

    def _shut_gates(self) -> tuple[Paragraph, ...]:
        """Give what stands in the way, above what is said aloud: nothing is said before it is mended."""
        reasons = reasons_not_to_start(self.workspace, self.plan, today())
        if not reasons:
            return ()
        return (
            ("heading", f"Not yet. {GO_AND_MEND}"),
            *(("notice", f"!!  {without_command(reason)}") for reason in reasons),
            ("body", ""),
        )

    def action_plan(self) -> None:
        """Name who opens the answers and by when, until when they can be taken back, and what reports call it."""
        self.open_over(plan_form(self.workspace, self.plan), self._planned)

    def action_mend(self) -> None:
        """Go to key holders, names and help contacts; back here the gates are looked at again."""
        from coprod.tui.service.service import ServiceScreen

        self.open_over(ServiceScreen(self.workspace))

    def action_device(self) -> None:
        """Look at this device."""
        from coprod.tui.service.device import DeviceScreen

        self.open_over(DeviceScreen(self.workspace))

    def action_tablets(self) -> None:
        """Leave the desk for the command that serves tablets; it asks for the staff word itself."""
        fields = (
            Field("This computer's address that tablets reach, or blank for this computer only"),
            Field("A certificate of your own (a .pem file), or blank for a fresh one"),
            Field("The key of that certificate, or blank"),
        )
        self.open_over(Ask("Tablets in the room", *fields), self._address_typed)

    def action_line_by_line(self) -> None:
        """Leave the desk for the command that asks in plain lines; it asks for the staff word itself."""
        self._step_aside(("surveys", "run"), ("--plain",))

    def action_hand_over(self) -> None:
        """Ask for a staff word, once nothing stands in the way and everything has been said."""
        if gates := self._shut_gates():
            self.tell("Not yet", *(line for voice, line in gates if voice == "notice"), GO_AND_MEND)
            return
        if len(self.said) < len(to_tick(briefing(self.workspace, self.plan, self.minutes, now()))):
            self.tell("Not yet", "Say every line aloud, compare every key card, and tick it first.")
            return
        fields = (Field("Staff word", hidden=True), Field("The same again", hidden=True))
        self.open_over(
            Filling(
                "A word only staff know. It leaves the session; it opens no answers.",
                fields,
                lambda typed: begin_session(self.workspace, self.questionnaire, self.plan, typed),
            ),
            self._begun,
        )

    @on(ChoiceList.Picked)
    def _ticked(self, message: ChoiceList.Picked) -> None:
        self.said = self.said ^ {message.choice}
        self.draw()

    def _planned(self, plan: SessionPlan | None) -> None:
        if plan is not None:
            self.plan = plan
            self.draw()

    def _begun(self, session: Session | None) -> None:
        if session is not None:
            self.app.exit(HandOver(Board(session), self.back))

    def _address_typed(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            named = zip(("--host", "--certificate", "--certificate-key"), typed, strict=True)
            self._step_aside(("serve",), tuple(part for pair in named if pair[1] for part in pair))

    def _step_aside(self, command: tuple[str, ...], more: tuple[str, ...]) -> None:
        plan = self.plan
        named = ("--session", plan.name, "--label", plan.label, "--opener", plan.opener)
        self.app.exit(Aside(self.workspace.root, (*command, str(self.questionnaire), *named, *more)))


def plan_form(workspace: Workspace, plan: SessionPlan) -> Filling[SessionPlan]:
    """Give the form of a session's plan; a day that cannot be promised is refused where it was typed."""
    fields = (
        Field("Who opens the answers", value=plan.opener, name="opener"),
        Field("By which day", value=str(plan.open_by), name="open by"),
        Field("Young people can take theirs back until", value=str(plan.withdraw_by), name="take back"),
        Field("What reports call it: no day, no place", value=plan.label, name="label"),
        Field("What it is called on this device", value=plan.name, name="session"),
    )

    def planned(typed: tuple[str, ...]) -> SessionPlan:
        changed = replace(
            plan,
            opener=typed[0],
            open_by=day_typed("open by", typed[1]),
            withdraw_by=day_typed("take back", typed[2]),
            label=typed[3],
            name=typed[4],
        )
        if (workspace.boxes / f"{changed.name}.session").exists():
            raise BadInputError.of("session", f"there is a session {changed.name}", "give it another name")
        if wrong := check_plan(changed, today(), workspace.settings.open_within_days):
            raise RefusedError(*wrong)
        return changed

    return Filling("The promise to young people", fields, planned)


def day_typed(name: str, typed: str) -> date:
    """Give a day as it was typed. Raises BadInputError when it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        mend = "write year-month-day, such as 2027-03-31"
        raise BadInputError.of(name, f"`{typed}` is no day", mend) from None


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
