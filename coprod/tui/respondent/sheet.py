"""The one screen of the kiosk: takes keys and touches, and tells the app what was done."""

from textual import events, on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input

from coprod.journeys.asking.visit import Act, Button, Hide, Move, Pick, Press
from coprod.tui.respondent.face import Face
from coprod.tui.widgets.actionbar import ActionBar
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.numbers import NumberRow
from coprod.tui.widgets.passage import PassageBoard
from coprod.tui.widgets.prose import Prose
from coprod.tui.widgets.topbar import TopBar
from coprod.tui.widgets.writing import Tick, WritingBox
from surveys.interviews.composed import MARKS
from surveys.interviews.events import MarkWord, Rate, Write


class Sheet(Face, inherit_bindings=False):
    """What keys and touches on the face mean."""

    BINDINGS = [("tab", "app.focus_next", ""), ("shift+tab", "app.focus_previous", "")]

    class Acted(Message):
        """Something was done; `writing` is what was typed on the page, if it changed."""

        def __init__(self, act: Act, writing: Write | None = None) -> None:
            super().__init__()
            self.act = act
            self.writing = writing

    class WordTyped(Message):
        """A staff word was typed."""

        def __init__(self, word: str) -> None:
            super().__init__()
            self.word = word

    def writing(self) -> Write | None:
        """Give what is typed on this page, if it differs from what the page began with."""
        boxes, ticks = self.query(WritingBox), self.query(Tick)
        if self.view.writing is None or not boxes or not ticks:
            return None
        typed = Write(boxes.first().text, ticks.first().is_on)
        was = Write(self.view.writing.text, self.view.writing.may_quote)
        return None if typed == was else typed

    def on_key(self, event: events.Key) -> None:
        """Take the keys that no part of the page has taken; any key ends the plain colour."""
        if self.view.place == "colour":
            self._act(Press("back"))
            event.stop()
            return
        if event.key == "enter":
            taken = self._enter()
        elif event.is_printable and event.character is not None:
            taken = self._letter(event.character.lower())
        else:
            taken = self._other(event.key)
        if taken:
            event.stop()

    @on(ActionBar.Wanted)
    def _bar_touched(self, message: ActionBar.Wanted) -> None:
        self._act(self.view.ways[int(message.target)].act)

    @on(ChoiceList.Picked)
    @on(ChoiceList.Shifted)
    def _chosen(self, message: ChoiceList.Picked | ChoiceList.Shifted) -> None:
        if isinstance(message, ChoiceList.Shifted):
            self._act(Move(message.choice, message.by))
        else:
            self._act(Pick(message.choice))

    @on(ChoiceList.Pending)
    def _pending(self) -> None:
        self._show_bar(self.view)

    @on(NumberRow.Picked)
    @on(PassageBoard.Marked)
    def _given(self, message: NumberRow.Picked | PassageBoard.Marked) -> None:
        if isinstance(message, NumberRow.Picked):
            self._act(Rate(message.number))
        else:
            mark = next((one for one in MARKS if one == message.mark), None)
            self._act(MarkWord(message.word, mark))

    @on(TopBar.HideTouched)
    def _hide_touched(self) -> None:
        self._act(Hide())

    def on_click(self, event: events.Click) -> None:
        """Start by a tap anywhere on the ready page but on its foot; end the plain colour, or leave a door, by one."""
        if self.view.place == "ready":
            self._act(Press(_press_in_foot(self.query_one("#notice", Prose), event)))
        elif self.view.place == "colour":
            self._act(Press("back"))
        elif self.view.door and not isinstance(event.widget, Input):
            self._act(Hide())

    @on(Input.Submitted)
    def _word_typed(self, message: Input.Submitted) -> None:
        self.post_message(self.WordTyped(message.value))
        message.input.clear()

    def _act(self, act: Act) -> None:
        self.post_message(self.Acted(act, self.writing()))

    def _enter(self) -> bool:
        focused, choices = self.focused, self.query_one(ChoiceList)
        if isinstance(focused, ActionBar | Tick):
            focused.press()
            return True
        if choices.display and choices.is_pending:
            choices.action_pick()
            return True
        return self._key("Enter")

    def _letter(self, letter: str) -> bool:
        choices, numbers = self.query_one(ChoiceList), self.query_one(NumberRow)
        passage = self.query_one(PassageBoard)
        if letter.isdecimal() and passage.display:
            return passage.pick_number(int(letter))
        if letter.isdecimal() and numbers.display:
            return numbers.pick_number(int(letter))
        if letter.isdecimal() and choices.display:
            return choices.pick_number(int(letter))
        if letter == " " and isinstance(self.focused, ActionBar | Tick):
            return self._enter()
        return self._key(letter.upper())

    def _key(self, key: str) -> bool:
        way = next((way for way in self.view.ways if way.key == key), None)
        if way is not None:
            self._act(way.act)
        return way is not None

    def _other(self, key: str) -> bool:
        if self.focused is not None:
            return self._key(key.upper())
        middle = self.query_one("#middle", VerticalScroll)
        if key == "down" and middle.scroll_offset.y >= middle.max_scroll_y:
            self.set_focus(self.query_one(ActionBar))
        elif key in {"down", "pagedown"}:
            middle.scroll_relative(y=3 if key == "down" else middle.size.height - 2, animate=False)
        elif key in {"up", "pageup"}:
            middle.scroll_relative(y=-3 if key == "up" else 2 - middle.size.height, animate=False)
        else:
            return self._key(key.upper())
        return True


def _press_in_foot(foot: Prose, event: events.Click) -> Button:
    """Give what a tap on the ready page means: on a key named in its foot what that key does, elsewhere to start."""
    place = event.get_content_offset(foot)
    if place is None:
        return "start"
    lines = [line.content.plain for line in foot.drawn(foot.content_size.width, 0)]
    before = " ".join((*lines[: place.y], lines[place.y][: place.x + 2])) if place.y < len(lines) else ""
    staff, words = before.rfind("F2"), before.rfind("F3")
    if staff < 0 and words < 0:
        return "start"
    return "staff" if staff > words else "come-back"
