"""Who can open answers, help contacts, this device: what has to be right before a session."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.journeys.asking.visit_words import written_date
from coprod.journeys.service import Contact, confirm_contacts, contacts_of, holders_of
from coprod.tui.desk_screen import FIND
from coprod.tui.pick import Pick
from coprod.tui.service.changing import ChangingScreen
from coprod.tui.service.keys import holder_lines
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose

YES = Shown("yes", "Yes: I called it, or looked it up, today")
NO = Shown("no", "Not yet")


class ServiceScreen(ChangingScreen):
    """Key holders above, contacts below; Enter on a contact says that it was checked today."""

    ROLE = "service"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keys_of_people", "Key holders"),
        Binding("s", "settings", "Settings"),
        Binding("d", "device", "This device"),
        FIND,
    ]

    def body(self) -> Iterable[Widget]:
        """Give the people, then the contacts."""
        yield Prose(id="before")
        yield ChoiceList(id="choices")

    def draw(self) -> None:
        """Draw the service as its settings are now."""
        self.reload()
        settings = self.workspace.settings
        self.show_head(settings.name)
        self.query_one("#before", Prose).show(
            ("heading", "Who can open answers"),
            *holder_lines(holders_of(self.workspace)),
            (
                "quiet",
                f"{settings.opener} opens them unless a session says otherwise."
                if settings.opener
                else "Nobody is named who opens them: S names somebody.",
            ),
            (
                "quiet",
                f"Safeguarding lead: {settings.safeguarding_lead or 'nobody is named yet: S names them'}.",
            ),
            ("body", ""),
            ("heading", "Help contacts: Enter says that you checked one today"),
        )
        self.show_choices(
            tuple(
                Shown(
                    one.id,
                    f"{'ok' if one.is_fresh else '!!'}  {_called(one)}: {_checked(one)}",
                )
                for one in contacts_of(self.workspace, today())
            )
        )

    def action_keys_of_people(self) -> None:
        """Go to what is done about keys."""
        from coprod.tui.service.keys import KeysScreen

        self.open_over(KeysScreen(self.workspace))

    def action_settings(self) -> None:
        """Go to names, days, languages, help lines of one's own."""
        from coprod.tui.service.settings import SettingsScreen

        self.open_over(SettingsScreen(self.workspace))

    def action_device(self) -> None:
        """Look at what this machine is missing for a session."""
        from coprod.tui.service.device import DeviceScreen

        self.open_over(DeviceScreen(self.workspace))

    @on(ChoiceList.Picked)
    def _contact_picked(self, message: ChoiceList.Picked) -> None:
        contacts = {one.id: one for one in contacts_of(self.workspace, today())}
        one = contacts[message.choice]
        heading = f"Did you check today that {_called(one)} answers?"
        self.open_over(
            Pick(heading, YES, NO, said=one.about), lambda answer: self._answered(one.id, answer or "")
        )

    def _answered(self, contact: str, answer: str) -> None:
        if answer == YES.id:
            self.change(lambda: confirm_contacts(self.workspace, [contact], today()))


def _checked(contact: Contact) -> str:
    """Give when a contact was last checked here, and that it is to be checked again where that is long ago."""
    if contact.confirmed_on is None:
        return "never checked here"
    on = f"checked {written_date(contact.confirmed_on, 'en')}"
    return on if contact.is_fresh else f"{on}; check it again"


def _called(contact: Contact) -> str:
    """Give a contact's name and number, once where its number is its name."""
    return contact.name if contact.name == contact.reach else f"{contact.name}, {contact.reach}"
