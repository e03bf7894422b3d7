"""The parts of the kiosk's one page, and how a view is drawn with them."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from coprod.journeys.asking.visit_words import say
from coprod.tui.opening import SMALLEST
from coprod.tui.respondent.view import View, Writing
from coprod.tui.widgets.actionbar import ActionBar, Chip
from coprod.tui.widgets.choices import ChoiceList
from coprod.tui.widgets.numbers import NumberRow
from coprod.tui.widgets.passage import PassageBoard
from coprod.tui.widgets.prose import Prose
from coprod.tui.widgets.topbar import TopBar
from coprod.tui.widgets.writing import Tick, WritingBox

# Below this height, as with letters made twice as big, what can be done takes two lines at a time.
SHORT = 18


class Face(Screen[None], inherit_bindings=False):
    """Top line, words, one way to answer, a notice, and what can be done now."""

    ALLOW_SELECT = False
    AUTO_FOCUS = ""

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
                yield PassageBoard(id="passage")
                yield Vertical(id="writing")
                yield Prose(id="after")
            yield Prose(id="notice")
            yield Prose(id="more")
            yield ActionBar(id="bar")

    async def on_mount(self) -> None:
        """Draw the first view."""
        for name in ("scroll_y", "show_vertical_scrollbar"):
            self.watch(self.query_one("#middle"), name, self._show_more_soon, init=False)
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
        self._show_more_soon()

    def on_resize(self, event: events.Resize) -> None:
        """Ask for a bigger window rather than drawing a broken page; on a short one, keep room for the question."""
        bar = self.query_one(ActionBar)
        bar.most_rows = 2 if event.size.height < SHORT else 0
        bar.redraw()
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-small")

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
        self.set_class(view.place == "colour", "-colour")

    def _show_more_soon(self) -> None:
        """Look once the page has been laid out: a window that was made bigger may hold it all."""
        self.call_after_refresh(self._show_more)

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
        passage = self.query_one(PassageBoard)
        passage.display = view.passage is not None
        if view.passage is not None:
            passage.show(view.passage, same=not fresh)
        if view.numbers is not None:
            shown = view.numbers
            numbers.show(shown.number, shown.low, shown.high, shown.hint)
        self._show_bar(view)

    def _show_bar(self, view: View) -> None:
        """Draw the ways that have words; while typing goes into a box, their letters are not shown."""
        bar, choices = self.query_one(ActionBar), self.query_one(ChoiceList)
        typing = view.writing is not None
        chips = tuple(
            Chip(str(index), "" if typing else way.key, way.label, is_first=way.main or way.key == "Enter")
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
            await holder.mount(Input(password=view.door != "words", id="door", max_length=60))

    async def _mount_writing(self, holder: Vertical, writing: Writing) -> None:
        tick = Tick(id="tick")
        await holder.mount(WritingBox(writing.text, writing.most, id="box"), tick)
        tick.show(writing.quote_label, is_on=writing.may_quote)

    def _place_focus(self, view: View) -> None:
        """Give the keys to what answers this page, without scrolling the question away."""
        target: Widget | None = None
        if view.writing is not None:
            target = self.query_one(WritingBox)
        elif view.door:
            target = self.query_one("#door", Input)
        elif view.choices:
            target = self.query_one(ChoiceList)
        elif view.passage is not None:
            target = self.query_one(PassageBoard)
        elif view.numbers is not None:
            target = self.query_one(NumberRow)
        self.set_focus(target, scroll_visible=False)
