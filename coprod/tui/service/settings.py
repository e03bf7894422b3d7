"""Everything that can be set for a service, without touching `coprod.toml`."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys import settings as setting
from coprod.kernel.contacts import AUDIENCES, NATIONS
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.service.changing import ChangingScreen
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace

ADD = "add"
COUNTS_ONCE = "Choose this once, before the first report: the ledger refuses to mix two ways."
LEAD = "A name, and where to find them on the day"


class SettingsScreen(ChangingScreen):
    """One line a setting; Enter changes it, U takes the change back."""

    ROLE = "settings"
    BINDINGS: ClassVar[list[BindingType]] = []

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw each setting as it stands."""
        self.reload()
        self.show_head(self.workspace.settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Settings of this service"),
            ("quiet", "Enter changes one, U takes the last change back. They stand in coprod.toml."),
            ("body", ""),
        )
        self.show_choices(
            tuple(Shown(one.id, f"{one.words}: {one.value}") for one in setting.settings_of(self.workspace))
        )

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        acts: dict[str, Callable[[], None]] = {
            "name": lambda: self._line("name", "What young people call the service"),
            "opener": lambda: self._line("opener", "Who opens the answers unless a session says otherwise"),
            "safeguarding_lead": lambda: self._line("safeguarding_lead", LEAD),
            "nation": self._nation,
            "languages": self._languages,
            "small_counts": self._small_counts,
            "open_within_days": self._days,
            "quorum": lambda: self.fill(quorum_form(self.workspace)),
            "add_contact": self._contacts,
        }
        acts[message.choice]()

    def _line(self, name: str, words: str) -> None:
        field = Field(words, value=getattr(self.workspace.settings, name), name=name)
        workspace = self.workspace
        self.fill(Filling("Settings", (field,), lambda typed: setting.with_line(workspace, name, typed[0])))

    def _nation(self) -> None:
        choices = tuple(Shown(one, one.replace("-", " ").title()) for one in NATIONS)
        self._pick("Whose law and help lines apply?", choices, setting.with_nation)

    def _languages(self) -> None:
        choices = tuple(
            Shown(one, setting.language_words(languages)) for one, languages in setting.LANGUAGES.items()
        )
        self._pick(
            "Which languages? Welsh is offered once a Welsh reader is named.", choices, setting.with_languages
        )

    def _small_counts(self) -> None:
        choices = tuple(Shown(one, f"{one}: {words}") for one, words in setting.SMALL_COUNTS.items())
        self._pick(f"How do reports show counts? {COUNTS_ONCE}", choices, setting.with_small_counts)

    def _days(self) -> None:
        words = "Working days after a session until its answers are opened (1 to 28)"
        field = Field(words, value=str(self.workspace.settings.open_within_days), name="open_within_days")
        workspace = self.workspace
        self.fill(Filling("Settings", (field,), lambda typed: setting.with_days(workspace, typed[0])))

    def _contacts(self) -> None:
        own = self.workspace.settings.local_contacts
        if not own:
            self.fill(contact_form(self.workspace))
            return
        choices = (Shown(ADD, "Add one"), *(Shown(one.id, f"Take out {one.name}") for one in own))
        self.open_over(Pick("Help lines of your own area", *choices), self._contact_picked)

    def _contact_picked(self, name: str | None) -> None:
        if name == ADD:
            self.fill(contact_form(self.workspace))
        elif name is not None:
            self.change(lambda: setting.without_contact(self.workspace, name))

    def _pick(
        self, heading: str, choices: tuple[Shown, ...], change: Callable[[Workspace, str], Workspace]
    ) -> None:
        def picked(choice: str | None) -> None:
            if choice is not None:
                self.change(lambda: change(self.workspace, choice))

        self.open_over(Pick(heading, *choices), picked)


def quorum_form(workspace: Workspace) -> Filling[Workspace]:
    """Give the form that says how many must review a material together."""
    many, mix = setting.quorum_typed(workspace)
    fields = (
        *(
            Field(f"At least how many {one.replace('-', ' ')}", value=number, name=one)
            for one, number in zip(AUDIENCES, many, strict=True)
        ),
        Field("Of young people, at least (such as 2: used services like ours)", value=mix, name="mix"),
    )
    return Filling(
        "How many review a material together? Never fewer than five.",
        fields,
        lambda typed: setting.with_quorum(workspace, typed[:-1], typed[-1]),
    )


def contact_form(workspace: Workspace) -> Filling[Workspace]:
    """Give the form that adds a help line of one's own area."""
    fields = (
        Field("Its name, as young people will read it", name="name"),
        Field("Number to call, or blank", name="call"),
        Field("Number to text, or blank", name="text"),
        Field("Web address, or blank", name="web"),
        Field("When it is open, such as Monday to Friday, 9am to 5pm"),
        Field("What it costs, such as free"),
        Field("What it is for, in a few words"),
    )
    return Filling(
        "A help line of your own area. Confirm it afterwards, once you have called it.",
        fields,
        lambda typed: setting.with_contact(workspace, setting.OwnContact(*typed), today()),
    )
