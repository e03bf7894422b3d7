"""A long list of what young people wrote: a line for each, the whole of one below, finding words, and what was looked at."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from coprod.kernel.text import clean_line
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.widgets.rows import Rows

LONGEST_LINE = 400  # characters of a text that its line in the list is made from
FROM_FILE = "from a file: nobody here asked whether it may be quoted"


class Lines:
    """Texts as single lines, each made when it is drawn, so that 100,000 cost as little as ten."""

    def __init__(self, texts: Sequence[str], places: Sequence[int], mark: Callable[[int], str]) -> None:
        self.texts, self.places, self.mark = texts, places, mark

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.places)

    def __getitem__(self, row: int) -> str:
        """Give one text on one line, what stands in front of it first."""
        place = self.places[row]
        return f"{self.mark(place)}{clean_line(self.texts[place][:LONGEST_LINE])}"


def quotable(*, may_quote: bool) -> str:
    """Give whether somebody let their words be quoted."""
    return "may be quoted" if may_quote else "NOT to be quoted"


class LongTexts(DeskScreen):
    """A screen with a text that may be longer than its part of it."""

    def action_turn_text(self, by: int) -> None:
        """Turn the whole text, where it is longer than its part of the screen."""
        whole = self.query_one("#whole", VerticalScroll)
        whole.scroll_relative(y=by * max(1, whole.size.height - 1), animate=False)


class ReadingList(LongTexts):
    """Texts to read. Subclasses say what stands above the list, before a line, and around the whole text."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find"),
        Binding("n", "unread", "Next unread"),
        Binding("right", "turn_text(1)", "more of a long text", show=False),
        Binding("left", "turn_text(-1)", "back in a long text", show=False),
    ]

    def __init__(self, source: str, texts: Sequence[str], *, simulated: bool) -> None:
        super().__init__()
        self.source, self.simulated = source, simulated
        self.read_texts = texts
        self.folded: list[str] = []
        self.places: Sequence[int] = range(len(texts))
        self.seen: set[int] = set()
        self.words = ""
        self.picked = ""

    def heading(self) -> str:
        """Give what these texts are."""
        return ""

    def progress(self) -> str:
        """Give how far the reading is."""
        return f"{len(self.seen)} of {len(self.read_texts)} have been on this screen."

    def mark(self, place: int) -> str:
        """Give what stands before a text's line."""
        del place
        return ""

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give one text with what is to be said about it."""
        return (("body", self.read_texts[place]),)

    def body(self) -> Iterable[Widget]:
        """Give what it is, the list, and the whole of one text."""
        yield Prose(id="before")
        yield Rows(id="rows")
        with VerticalScroll(id="whole", can_focus=False):
            yield Prose(id="text-shown")

    def draw(self) -> None:
        """Draw the list, and the text under the caret."""
        self.show_head(self.source, "MAKE-BELIEVE" if self.simulated else "")
        rows = self.query_one(Rows)
        self.list_from(rows.caret)
        rows.focus()

    @property
    def place(self) -> int:
        """Give the place of the text under the caret, or -1 where nothing is listed."""
        return self.places[self.query_one(Rows).caret] if self.places else -1

    def action_find(self) -> None:
        """Show only texts with some words in them; no words show them all."""
        self.open_over(
            Ask("Find answers with these words (none: show all)", Field("Words", value=self.words)),
            lambda typed: self.find(typed[0]) if typed is not None else None,
        )

    def action_unread(self) -> None:
        """Go to the next text that has not been on this screen."""
        if not self.go_to_next(lambda place: place not in self.seen):
            self.tell("Every one of these has been on the screen", "Whether it was read, only you know.")

    def go_to_next(self, is_wanted: Callable[[int], bool]) -> bool:
        """Move the caret to the next text that is wanted, round the end; give whether there is one."""
        rows = self.query_one(Rows)
        after = (*range(rows.caret + 1, len(self.places)), *range(rows.caret))
        found = next((one for one in after if is_wanted(self.places[one])), None)
        if found is not None:
            rows.action_move(found - rows.caret)
        return found is not None

    def find(self, words: str) -> None:
        """List the texts that have all of these words in them."""
        self.words, self.picked = clean_line(words), ""
        if self.words and not self.folded:
            self.folded = [text.casefold() for text in self.read_texts]
        places: Sequence[int] = range(len(self.read_texts))
        for word in self.words.casefold().split():
            places = [place for place in places if word in self.folded[place]]
        self.places = places
        self.list_from(0)

    def list_from(self, caret: int) -> None:
        """Draw the list with the caret on a row."""
        self.query_one(Rows).show(Lines(self.read_texts, self.places, self.mark), caret)
        self.show_whole()

    def show_whole(self) -> None:
        """Draw the whole of the text under the caret."""
        shown = self.query_one("#text-shown", Prose)
        if not self.places:
            shown.show(("body", "No answer has these words. / and Enter shows all of them again."))
        else:
            self.seen.add(self.place)
            shown.show(*self.whole(self.place))
        self.query_one("#whole", VerticalScroll).scroll_home(animate=False)
        listed = f"with “{self.words}”" if self.words else self.picked
        found = f"   {listed}: {len(self.places)}" if listed else ""
        self.query_one("#before", Prose).show(
            ("heading", self.heading()), ("quiet", f"{self.progress()}{found}")
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.show_whole()
