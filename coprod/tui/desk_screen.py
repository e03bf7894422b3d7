"""What every staff screen has: who and where at the top, the work, at most five keys at the bottom, `?` for the rest."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from coprod.kernel.problem import CoprodError
from coprod.tui.dialogs import Message, plain_reasons
from coprod.tui.widgets.actionbar import ActionBar, Chip
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.headline import Headline

if TYPE_CHECKING:
    from coprod.tui.palette import Entry

Got = TypeVar("Got")
MOST_KEYS = 5
NARROW = 60
# For the screens whose list can grow long.
FIND = Binding("slash", "find_choice", "Find in the list", show=False)
# For those with a right half: what it tells can be longer than it. The list on the left would take the keys otherwise.
PAGES = (
    Binding("pagedown", "page(1)", "the right half down", show=False, priority=True),
    Binding("pageup", "page(-1)", "the right half up", show=False, priority=True),
)
KEY_NAMES = {
    "escape": "Esc",
    "slash": "/",
    "ctrl+p": "Ctrl+P",
    "question_mark": "?",
    "enter": "Enter",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "space": "Space",
    "at": "@",
    "shift+tab": "Shift+Tab",
    "minus": "-",
    "plus": "+",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "1": "1–9",
}


class DeskFrame(Screen[None], inherit_bindings=False):
    """One staff screen. Subclasses set `ROLE`, give `body`, and bind keys to actions with a description."""

    ROLE = ""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "the next part", show=False),
        Binding("shift+tab", "app.focus_previous", "the part before", show=False),
        Binding("enter", "enter", "choose", show=False),
        Binding("escape", "leave", "Back"),
        Binding("ctrl+p", "palette", "anything, by name", show=False),
        Binding("question_mark", "keys", "Keys"),
    ]

    def compose(self) -> ComposeResult:
        """Give the frame and the body in it."""
        yield Headline(id="head")
        with VerticalScroll(id="middle", can_focus=False):
            yield from self.body()
        yield ActionBar(id="bar")

    def body(self) -> Iterable[Widget]:
        """Give the widgets of the working area."""
        return ()

    def on_mount(self) -> None:
        """Draw the frame and then the work."""
        self.show_keys()
        self.draw()

    def draw(self) -> None:
        """Draw the work; called again whenever it may have changed."""

    def on_screen_resume(self) -> None:
        """Look again at what may have changed meanwhile."""
        if self.is_mounted:
            self.draw()

    def show_head(self, *words: str) -> None:
        """Show the role, and what is being worked on."""
        shown = (word for word in ("coprod", self.ROLE, *words) if word)
        self.query_one("#head", Headline).show(*shown)

    def show_keys(self) -> None:
        """Show at most five keys, those of this screen first."""
        every = [one for one in self._own_bindings() if one.show]
        shown = every if len(every) <= MOST_KEYS else [*every[: MOST_KEYS - 1], every[-1]]
        self.query_one("#bar", ActionBar).show(
            tuple(Chip(one.action, key_name(one.key), one.description) for one in shown)
        )

    def action_leave(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    def action_keys(self) -> None:
        """Show every key of this screen, the digits of one kind once."""
        named = [(key_name(one.key), one.description) for one in first_keys(self._own_bindings())]
        wide = max(len(name) for name, _ in named) if self.size.width >= NARROW else 0
        self.app.push_screen(Message("Keys", [f"{name:<{wide}}  {what}" for name, what in named]))

    def action_palette(self) -> None:
        """Let anything the desk can do be found by its name."""
        from coprod.tui.desk import Desk
        from coprod.tui.palette import NOT_IN_IT, Entry, Palette

        own = tuple(
            Entry(f"{one.description[0].upper()}{one.description[1:]}", key_name(one.key), action=one.action)
            for one in first_keys(self._own_bindings())
            if one.action not in NOT_IN_IT
        )
        everywhere = self.app.entries() if isinstance(self.app, Desk) else ()
        self.app.push_screen(Palette((*own, *everywhere)), self._wanted_by_name)

    async def _wanted_by_name(self, entry: "Entry | None") -> None:
        if entry is None:
            return
        if entry.opens is None:
            await self.run_action(entry.action)
            return
        opened = entry.opens()
        await self.app.push_screen(opened)
        if entry.action:
            opened.call_later(opened.run_action, entry.action)

    def action_enter(self) -> None:
        """Do what is marked."""
        if isinstance(self.focused, ActionBar):
            self.focused.press()
        elif isinstance(self.focused, ChoiceList):
            self.focused.action_pick()

    @on(ActionBar.Wanted)
    async def _wanted(self, message: ActionBar.Wanted) -> None:
        await self.run_action(message.target)

    def on_key(self, event: object) -> None:
        """Let digits pick from the list that has the focus, and capitals do what small letters do: keys are shown so."""
        character = getattr(event, "character", None) or ""
        if character.isdecimal() and isinstance(self.focused, ChoiceList):
            self.focused.pick_number(int(character))
        elif character.isupper():
            meant = next((one for one in self._own_bindings() if one.key == character.lower()), None)
            if meant is not None:
                self.call_later(self.run_action, meant.action)

    def _own_bindings(self) -> list[Binding]:
        """Give the keys of this screen, those that are shown first, then those that every screen has."""
        every = [binding for bindings in self._bindings.key_to_bindings.values() for binding in bindings]
        common = {one.key for one in DeskFrame.BINDINGS if isinstance(one, Binding)}
        return sorted(every, key=lambda binding: (binding.key in common, not binding.show))


def first_keys(bindings: Iterable[Binding]) -> tuple[Binding, ...]:
    """Give the first key of each thing that is done: the digits of one kind once."""
    first: dict[str, Binding] = {}
    for one in bindings:
        first.setdefault(one.description, one)
    return tuple(first.values())


def key_name(key: str) -> str:
    """Give a key as people say it."""
    return KEY_NAMES.get(key, key.upper() if len(key) == 1 else key.replace("+", " ").title())


class DeskScreen(DeskFrame, inherit_bindings=True):
    """A staff screen with what most of them do: open others once, tell, try, and show one list."""

    def open_over(self, screen: Screen[Got], then: Callable[[Got | None], None] | None = None) -> None:
        """Open a screen over this one, once: keys pressed while it opens do not open it again."""
        if self.app.screen is self:
            self.app.push_screen(screen, then)

    def tell(self, heading: str, *lines: str) -> None:
        """Show a message over the screen until a key is pressed."""
        self.open_over(Message(heading, lines))

    def show_choices(self, choices: tuple[Shown, ...], *, is_ticked: bool = False) -> None:
        """Draw the screen's list close together, keep the caret on the choice it was on, and focus it."""
        listed = self.query_one("#choices", ChoiceList)
        listed.is_close = True
        marked = self.marked_choice()
        listed.show(choices, "many" if is_ticked else "none", same=False)
        places = {one.id: place for place, one in enumerate(choices)}
        listed.caret = places.get(marked, 0 if choices else -1)
        listed.redraw()
        listed.focus(scroll_visible=False)
        self.call_after_refresh(listed.keep_in_sight)

    def action_find_choice(self) -> None:
        """Let something in the screen's list be found by a word of it."""
        from coprod.tui.palette import Entry, Palette

        rows = tuple(Entry(one.label, action=one.id) for one in self.findable_choices())
        self.open_over(Palette(rows, "Type a word of what you look for"), self._choice_found)

    def findable_choices(self) -> tuple[Shown, ...]:
        """Give what can be found in the screen's list."""
        return self.query_one("#choices", ChoiceList).choices

    def _choice_found(self, entry: "Entry | None") -> None:
        if entry is not None:
            self.set_caret_on(entry.action)

    def set_caret_on(self, choice: str) -> None:
        """Set the caret on a choice of the screen's list."""
        listed = self.query_one("#choices", ChoiceList)
        places = [place for place, one in enumerate(listed.choices) if one.id == choice]
        if places:
            listed.caret = places[0]
            listed.redraw()
            listed.post_message(ChoiceList.Pending())
            self.call_after_refresh(listed.keep_in_sight)

    def action_page(self, by: int) -> None:
        """Turn the right half by pages; by none, to its top."""
        right = self.query_one("#right", VerticalScroll)
        if by:
            right.scroll_relative(y=by * (right.size.height - 2), animate=False)
        else:
            right.scroll_home(animate=False)

    def do_picked(self, action: str | None) -> None:
        """Do the action that was picked from a list of actions."""
        if action:
            self.call_later(self.run_action, action)

    def marked_choice(self) -> str:
        """Give the id of the choice the caret is on, or an empty string."""
        listed = self.query_one("#choices", ChoiceList)
        return listed.choices[listed.caret].id if 0 <= listed.caret < len(listed.choices) else ""

    def attempt(self, work: Callable[[], Got]) -> Got | None:
        """Give what the work gives; where it is refused or meets a problem, show exactly why and give None."""
        try:
            return work()
        except CoprodError as error:
            self.explain(str(error))
            return None

    def explain(self, why: str) -> None:
        """Show exactly why something cannot be done."""
        self.tell("This cannot be done yet", *plain_reasons(why))
