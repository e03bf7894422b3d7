"""The one screen of the kiosk: draws a view, and tells the app what was done."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from coprod.journeys.visit import Act, Hide, Move, Pick, Press
from coprod.journeys.visit_words import say
from coprod.tui.respondent.view import View, Writing
from coprod.tui.widgets.actionbar import ActionBar, Chip
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.numbers import NumberRow
from coprod.tui.widgets.prose import Prose
from coprod.tui.widgets.topbar import TopBar
from coprod.tui.widgets.writing import Tick, WritingBox
from surveys.events import Rate, Write

SMALLEST = (40, 18)


class Sheet(Screen[None], inherit_bindings=False):
    """Top line, words, one way to answer, a notice, and what can be done now."""

    ALLOW_SELECT = False
    AUTO_FOCUS = ""
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

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        """Give every part; those a view does not use stay hidden."""
        yield Static(Content(say("too_small", "en")), id="small")
        with Vertical(id="page"):
            yield TopBar(id="top")
            with VerticalScroll(id="middle", can_focus=False):
                yield Prose(id="before")
                yield ChoiceList(id="choices")
                yield NumberRow(id="numbers")
                yield Vertical(id="writing")
                yield Prose(id="after")
            yield Prose(id="notice")
            yield Prose(id="more")
            yield ActionBar(id="bar")

    async def on_mount(self) -> None:
        """Draw the first view."""
        self.watch(self.query_one("#middle"), "scroll_y", self._show_more, init=False)
        await self.show(self.view, is_new=True)

    async def show(self, view: View, *, is_new: bool | None = None) -> None:
        """Draw a view in place of the one before."""
        fresh = view.place != self.view.place if is_new is None else is_new
        self.view = view
        with self.app.batch_update():
            self._show_words(view)
            self._show_answers(view, fresh=fresh)
            if fresh:
                await self._show_writing(view)
                self.query_one("#middle", VerticalScroll).scroll_home(animate=False)
                self._place_focus(view)
        self.call_after_refresh(self._show_more)

    def writing(self) -> Write | None:
        """Give what is typed on this page, if it differs from what the page began with."""
        boxes, ticks = self.query(WritingBox), self.query(Tick)
        if self.view.writing is None or not boxes or not ticks:
            return None
        typed = Write(boxes.first().text, ticks.first().is_on)
        was = Write(self.view.writing.text, self.view.writing.may_quote)
        return None if typed == was else typed

    def on_resize(self, event: events.Resize) -> None:
        """Ask for a bigger window rather than drawing a broken page."""
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-small")

    def on_key(self, event: events.Key) -> None:
        """Take the keys that no part of the page has taken."""
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
    def _picked(self, message: ChoiceList.Picked) -> None:
        self._act(Pick(message.choice))

    @on(ChoiceList.Shifted)
    def _shifted(self, message: ChoiceList.Shifted) -> None:
        self._act(Move(message.choice, message.by))

    @on(ChoiceList.Pending)
    def _pending(self) -> None:
        self._show_bar(self.view)

    @on(NumberRow.Picked)
    def _rated(self, message: NumberRow.Picked) -> None:
        self._act(Rate(message.number))

    @on(TopBar.HideTouched)
    def _hide_touched(self) -> None:
        self._act(Hide())

    def on_click(self) -> None:
        """Start by a tap anywhere on the ready page."""
        if self.view.place == "ready":
            self._act(Press("start"))

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
        if key in {"down", "pagedown"}:
            middle.scroll_relative(y=3 if key == "down" else middle.size.height - 2, animate=False)
        elif key in {"up", "pageup"}:
            middle.scroll_relative(y=-3 if key == "up" else 2 - middle.size.height, animate=False)
        else:
            return self._key(key.upper())
        return True

    def _show_words(self, view: View) -> None:
        self.query_one(TopBar).show(view.left, view.hide)
        for name, paragraphs in (("#before", view.before), ("#after", view.after)):
            prose = self.query_one(name, Prose)
            prose.display = bool(paragraphs)
            prose.show(*paragraphs)
        notice = self.query_one("#notice", Prose)
        notice.display = bool(view.notice or view.foot)
        notice.show(("notice", view.notice) if view.notice else ("quiet", view.foot))
        self.set_class(view.place == "ready", "-ready")

    def _show_more(self) -> None:
        """Say that there is more below, in words: a scroll bar alone is only a colour."""
        middle, more = self.query_one("#middle", VerticalScroll), self.query_one("#more", Prose)
        is_more = middle.scroll_offset.y < middle.max_scroll_y and self.view.place != "ready"
        more.show(("quiet", self.view.more if is_more else ""))

    def _show_answers(self, view: View, *, fresh: bool) -> None:
        choices, numbers = self.query_one(ChoiceList), self.query_one(NumberRow)
        choices.display, numbers.display = bool(view.choices), view.numbers is not None
        choices.words_beside = (*view.before, *view.after)
        choices.show(view.choices, view.marks, same=not fresh)
        if view.numbers is not None:
            shown = view.numbers
            numbers.show(shown.number, shown.low, shown.high, shown.hint)
        self._show_bar(view)

    def _show_bar(self, view: View) -> None:
        """Draw the ways that have words; while typing goes into a box, their letters are not shown."""
        bar, choices = self.query_one(ActionBar), self.query_one(ChoiceList)
        typing = view.writing is not None
        chips = tuple(
            Chip(str(index), "" if typing else way.key, way.label, is_first=way.key == "Enter")
            for index, way in enumerate(view.ways)
            if way.label
        )
        bar.display = bool(chips) and view.place != "ready"
        bar.show(chips, choosing=view.choose if choices.is_pending else "")

    async def _show_writing(self, view: View) -> None:
        """Put up a fresh box, or take it away with everything it held."""
        holder = self.query_one("#writing", Vertical)
        await holder.remove_children()
        holder.display = view.writing is not None or bool(view.door)
        if view.writing is not None:
            await self._mount_writing(holder, view.writing)
        elif view.door:
            await holder.mount(Input(password=True, id="door", max_length=60))

    async def _mount_writing(self, holder: Vertical, writing: Writing) -> None:
        tick = Tick(id="tick")
        await holder.mount(WritingBox(writing.text, writing.most, id="box"), tick)
        tick.show(writing.quote_label, is_on=writing.may_quote)

    def _place_focus(self, view: View) -> None:
        if view.writing is not None:
            self.set_focus(self.query_one(WritingBox))
        elif view.door:
            self.set_focus(self.query_one("#door", Input))
        elif view.choices:
            self.set_focus(self.query_one(ChoiceList))
        else:
            self.set_focus(self.query_one(NumberRow) if view.numbers is not None else None)
