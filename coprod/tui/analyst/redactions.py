"""Redaction to be reviewed: what the rules took out of each text, to be kept in, confirmed, or joined by what they missed."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.journeys.understanding.redactions import Verdict
from coprod.journeys.understanding.reviewing import (
    Place,
    ReviewAbout,
    Reviewed,
    as_it_could_leave,
    keep_verdicts,
    places_of_words,
)
from coprod.tui.analyst.reading_list import ReadingList
from coprod.tui.analyst.sources import Answers
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.prose import Voice
from coprod.tui.widgets.rows import Rows

A_PAGE = 9


class RedactionsScreen(ReadingList):
    """Texts with something to decide first. Digits change a place; decisions are kept by row and place, never with the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "change(1)", "Out or in"),
        *(
            Binding(str(digit), f"change({digit})", f"place {digit}: out or in", show=False)
            for digit in range(2, A_PAGE + 1)
        ),
        Binding("space", "right", "Right, next"),
        Binding("g", "goes", "More goes"),
        Binding("u", "undo", "Undo"),
        Binding("n", "undecided", "the next text with something to decide", show=False),
        Binding("slash", "find", "find texts with some words", show=False),
    ]

    def __init__(self, answers: Answers, about: ReviewAbout, reviewed: tuple[Reviewed, ...]) -> None:
        super().__init__(
            answers.read.source, [one.text for one in reviewed], simulated=answers.read.simulated
        )
        self.about, self.reviewed = about, list(reviewed)
        self.words_asked = next(
            (one.words for one in answers.read.questions if one.key == about.question), about.question
        )
        self.done: list[tuple[int, tuple[tuple[int, int], ...]]] = []

    def heading(self) -> str:
        """Give the question's words."""
        return self.words_asked

    def progress(self) -> str:
        """Give how many texts wait, and how decisions are kept."""
        left = sum(one.waits for one in self.reviewed)
        found = any(one.places for one in self.reviewed)
        done = "every place found was decided on" if found else "the rules found nothing to take out"
        wait = f"{left} of {len(self.reviewed)} wait for you" if left else done
        return f"{self.about.by}: {wait}. Kept by place, without the words."

    def mark(self, place: int) -> str:
        """Give `?` for a text with something to decide, `·` for one that was decided on."""
        one = self.reviewed[place]
        return "? " if one.waits else "· " if one.places else "  "

    def whole(self, place: int) -> tuple[tuple[Voice, str], ...]:
        """Give a text as it could leave and as it was sent, and each place with its digit."""
        one = self.reviewed[place]
        return (
            ("quiet", "as it could leave; read it all, the rules miss things"),
            ("body", as_it_could_leave(one)),
            *(("body", line) for line in place_lines(one)),
            *((("quiet", "as it was sent"), ("body", one.text)) if one.places else ()),
        )

    def action_change(self, digit: int) -> None:
        """Let a place stay in the text, or take it out again."""
        if not self.places or digit > len(self.reviewed[self.place].places):
            return
        place = self.reviewed[self.place].places[digit - 1]
        self._keep(((place.start, place.end),), "undone" if changed(place) else "stays")

    def action_right(self) -> None:
        """Say that what is out here is rightly out, and go on to the next text with something to decide."""
        if not self.places:
            return
        waiting = [
            (one.start, one.end)
            for one in self.reviewed[self.place].places
            if one.is_found and one.verdict is None
        ]
        if waiting:
            self._keep(tuple(waiting), "right")
        if not self.go_to_next(lambda at: self.reviewed[at].waits):
            self.query_one(Rows).action_move(1)

    def action_goes(self) -> None:
        """Ask for words of this text that must go as well."""
        if self.places:
            field = Field("Words of this text, as they stand in it")
            self.open_over(Ask("What else must go?", field), self._goes)

    def action_undo(self) -> None:
        """Take the last decision of this sitting back."""
        if not self.done:
            self.tell(
                "Nothing to take back", "Only decisions of this sitting are. A digit changes one place."
            )
            return
        place, spans = self.done.pop()
        if place in self.places:
            rows = self.query_one(Rows)
            rows.action_move(list(self.places).index(place) - rows.caret)
            self._keep(spans, "undone", is_undoing=True)

    def action_undecided(self) -> None:
        """Go to the next text with something to decide."""
        if not self.go_to_next(lambda at: self.reviewed[at].waits):
            self.tell("Every place found was decided on", "Read the other texts too: rules miss things.")

    def _goes(self, typed: tuple[str, ...] | None) -> None:
        if typed is None or not typed[0]:
            return
        spans = places_of_words(self.reviewed[self.place].text, typed[0])
        if spans:
            self._keep(spans, "goes")
        else:
            self.tell("These words are not in this text", "Type them as they stand in it.")

    def _keep(
        self, spans: tuple[tuple[int, int], ...], verdict: Verdict, *, is_undoing: bool = False
    ) -> None:
        place, one = self.place, self.reviewed[self.place]
        kept = self.attempt(lambda: keep_verdicts(self.about, one, spans, verdict, today()))
        if kept is None:
            return
        self.reviewed[place] = kept
        if not is_undoing:
            self.done.append((place, spans))
        self.list_from(self.query_one(Rows).caret)


def changed(place: Place) -> bool:
    """Tell whether somebody decided otherwise than the rules did."""
    return place.verdict in {"stays", "goes"}


def place_lines(one: Reviewed) -> list[str]:
    """Give each place of a text in a line: its digit, its words, and what becomes of it."""
    return [
        f"{at}  “{one.text[place.start : place.end]}”: {said_of(place)}"
        for at, place in enumerate(one.places[:A_PAGE], start=1)
    ]


def said_of(place: Place) -> str:
    """Give what becomes of a place, and who said so."""
    match place.verdict:
        case "stays":
            return "stays, you said"
        case "goes":
            return f"[{place.instead}], you said"
        case "right":
            return f"[{place.instead}], confirmed"
        case _:
            return f"[{place.instead}]?"
