"""A box to write in that keeps nothing: no clipboard, no undo after it is gone."""

from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.message import Message
from textual.types import WatchCallbackType
from textual.widgets import TextArea

from coprod.kernel.text import clean
from coprod.tui.widgets.board import Board, Line, wrapped


class WritingBox(TextArea):
    """Free writing. Copying and cutting do not reach the clipboard; what is pasted is cleaned."""

    def __init__(self, text: str, most: int, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(clean(text), id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        self.most = most
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def action_copy(self) -> None:
        """Do nothing: the next person could paste it."""

    def action_cut(self) -> None:
        """Do nothing: the next person could paste it."""

    def watch(
        self,
        obj: DOMNode,
        attribute_name: str,
        callback: WatchCallbackType,
        init: bool = True,  # noqa: FBT001, FBT002  Textual's shape
    ) -> None:
        """Do not follow the app's theme: the app would hold on to the box, and its words, after it is gone."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste what is left of the text once it is cleaned."""
        event.prevent_default()
        event.stop()
        self.insert(clean(event.text)[: self.most])


class Tick(Board, can_focus=True):
    """One thing to agree to, unticked until it is touched."""

    class Flipped(Message):
        """The tick was set or taken away."""

        def __init__(self, *, is_on: bool) -> None:
            super().__init__()
            self.is_on = is_on

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.label = ""
        self.is_on = False

    def show(self, label: str, *, is_on: bool) -> None:
        """Draw the tick."""
        self.label, self.is_on = label, is_on
        self.redraw()

    def lines_for(self, width: int, room: int) -> list[Line]:
        """Give the box and its words."""
        del room
        caret = "▸" if self.has_focus else " "
        head = f"{caret}[{'x' if self.is_on else ' '}] "
        style = "bold $accent" if self.is_on else "$ink"
        texts = wrapped(self.label, max(8, width - len(head)))
        rows = [head + texts[0], *(" " * len(head) + text for text in texts[1:])]
        return [Line(Content.styled(row, style), ((0, width, "tick"),)) for row in rows]

    def press(self) -> None:
        """Flip it."""
        self.is_on = not self.is_on
        self.redraw()
        self.post_message(self.Flipped(is_on=self.is_on))

    def touched(self, target: str) -> None:
        """Flip it."""
        del target
        self.press()

    def on_focus(self) -> None:
        """Show the caret."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.redraw()
