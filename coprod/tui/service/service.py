"""Who can open answers, help contacts, this device: what has to be right before a session."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.service import Contact, confirm_contacts, contacts_of, holders_of
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.service.keys import holder_lines
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose
from coprod.workspace import Workspace, load_workspace


class ServiceScreen(DeskScreen):
    """Key holders above, contacts below; Enter on a contact says that it was checked today."""

    ROLE = "service"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keys_of_people", "Key holders"),
        Binding("o", "opener", "Who opens"),
        Binding("d", "device", "This device"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def body(self) -> Iterable[Widget]:
        """Give the people, then the contacts."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the service as its settings are now."""
        fresh = self.attempt(lambda: load_workspace(self.workspace.root))
        self.workspace = fresh or self.workspace
        settings = self.workspace.settings
        self.show_head(settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Who can open answers"),
            *holder_lines(holders_of(self.workspace)),
            ("quiet", f"{settings.opener or 'Nobody'} opens them unless a session says otherwise."),
            ("quiet", f"Safeguarding lead: {settings.safeguarding_lead or 'nobody is named yet'}."),
            ("body", ""),
            ("heading", "Help contacts: Enter says that you checked one today"),
        )
        self.show_choices(
            tuple(
                Shown(
                    one.id,
                    f"{'ok' if one.is_fresh else '!!'}  {_called(one)}   "
                    f"{f'checked {one.confirmed_on}' if one.confirmed_on else 'never checked here'}",
                )
                for one in contacts_of(self.workspace, today())
            )
        )

    def action_keys_of_people(self) -> None:
        """Go to what is done about keys."""
        from coprod.tui.service.keys import KeysScreen

        self.open_over(KeysScreen(self.workspace))

    def action_opener(self) -> None:
        """Name who opens answers, and the safeguarding lead."""
        settings = self.workspace.settings
        fields = (
            Field("Who opens them", value=settings.opener),
            Field("Safeguarding lead, and where to find them", value=settings.safeguarding_lead),
        )
        self.open_over(Ask("Who is there for the answers?", *fields), self._people_named)

    def action_device(self) -> None:
        """Look at what this machine is missing for a session."""
        from coprod.tui.service.device import DeviceScreen

        self.open_over(DeviceScreen(self.workspace))

    @on(ChoiceList.Picked)
    def _contact_picked(self, message: ChoiceList.Picked) -> None:
        contacts = {one.id: one for one in contacts_of(self.workspace, today())}
        one = contacts[message.choice]
        self.open_over(
            Ask(f"Did you check today that {_called(one)} answers?", Field("Type yes")),
            lambda typed: self._confirmed(one.id, typed),
        )

    def _confirmed(self, contact: str, typed: tuple[str, ...] | None) -> None:
        if typed is not None and typed[0].lower() in {"y", "yes"}:
            self._change(lambda: confirm_contacts(self.workspace, [contact], today()))

    def _people_named(self, typed: tuple[str, ...] | None) -> None:
        from msgspec.structs import replace

        from coprod.workspace import save_settings

        if typed is not None:
            settings = replace(self.workspace.settings, opener=typed[0], safeguarding_lead=typed[1])
            self._change(lambda: save_settings(self.workspace, settings))

    def _change(self, change: Callable[[], Workspace]) -> None:
        if self.attempt(change) is not None:
            self.draw()


def _called(contact: Contact) -> str:
    """Give a contact's name and number, once where its number is its name."""
    return contact.name if contact.name == contact.reach else f"{contact.name}, {contact.reach}"
