"""You said, we did, we didn't because: a board of themes; those without an answer are marked, and every answer is kept at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.clock import today
from coprod.tui.desk_screen import PAGES, DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.halves import two_halves
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.working import Waiting, Working
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.reports.yousaid import Answered
    from coprod.tui.analyst.sources import Answers

FIELDS = {
    "you_said": "What young people said, in plain words of yours, never theirs",
    "decision": "Decision: done, doing or not",
    "we_did": "What you did or are doing (empty where it is not done)",
    "because": "Why, as you would tell a young person",
    "owner": "Who answers for it: a name or role to ask for",
    "on": "The day, such as 2027-03-31: done on, or by when",
}


class YouSaidScreen(DeskScreen):
    """Themes on the left, the marked one's answer and what it lacks on the right."""

    ROLE = "analyst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "answer", "Answer it"),
        Binding("a", "add", "Add a theme"),
        Binding("c", "close", "Close it"),
        Binding("d", "draw_material", "Draw"),
        Binding("n", "next_open", "the next without an answer", show=False),
        Binding("s", "start", "start from the themes of the opened answers", show=False),
        *PAGES,
    ]

    def __init__(self, workspace: Workspace, answers: "Answers | None" = None) -> None:
        super().__init__()
        self.workspace, self.answers = workspace, answers
        self.themes: tuple[Answered, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        yield from two_halves()

    def draw(self) -> None:
        """Draw the board as it is on the disk."""
        from coprod.journeys.understanding.yousaid import you_said_of, you_said_path

        self.show_head(self.workspace.settings.name, "you said, we did")
        if you_said_path(self.workspace).exists():
            held = self.attempt(lambda: you_said_of(self.workspace))
            self.themes = held.themes if held else ()
        self.query_one("#before", Prose).show(("quiet", progress_of(self.themes)))
        self.show_choices(tuple(Shown(one.theme, one.theme, mark=mark_of(one)) for one in self.themes))
        self._show_marked()

    def action_answer(self) -> None:
        """Answer the marked theme."""
        from coprod.journeys.understanding.yousaid import answer_theme

        one = self.marked_theme()
        if one is None:
            self.action_add()
            return
        held = {"on": one.on.isoformat() if one.on else ""}
        fields = tuple(
            Field(label, value=held.get(name, str(getattr(one, name))), name=name)
            for name, label in FIELDS.items()
        )

        def keep(typed: tuple[str, ...]) -> tuple[str, ...]:
            answer_theme(self.workspace, one.theme, dict(zip(FIELDS, typed, strict=True)))
            return typed

        self.open_over(Filling(one.theme, fields, keep), self._kept)

    def action_add(self) -> None:
        """Add a theme somebody found while reading."""
        from coprod.journeys.understanding.yousaid import add_theme

        def keep(typed: tuple[str, ...]) -> tuple[str, ...]:
            add_theme(self.workspace, typed[0])
            return typed

        self.open_over(Filling("A theme of your own", (Field("Theme", name="theme"),), keep), self._kept)

    def action_close(self) -> None:
        """Close the marked theme, or hear what its answer lacks."""
        from coprod.journeys.understanding.yousaid import close_themes

        one = self.marked_theme()
        if one is not None:
            self.attempt(lambda: close_themes(self.workspace, [one.theme], today()))
            self.draw()

    def action_draw_material(self) -> None:
        """Make a page and a poster of it, to be checked, shown to the panel and signed like any other."""
        from coprod.journeys.understanding.yousaid import MATERIAL, draw_you_said

        path = self.attempt(lambda: draw_you_said(self.workspace, today()))
        if path is not None:
            self.tell(
                "It is a material now",
                f"campaigns/{MATERIAL}",
                "The campaign team checks, shows and signs it.",
            )

    def action_next_open(self) -> None:
        """Go to the next theme without its answer."""
        listed = self.query_one("#choices", ChoiceList)
        places = [at for at, one in enumerate(self.themes) if not one.closed]
        after = [at for at in places if at > listed.caret] or places
        if after:
            listed.action_move(after[0] - listed.caret)

    def action_start(self) -> None:
        """Begin the file with a theme for each pile of what was written."""
        from coprod.journeys.understanding.at_the_desk import Desk, start_you_said_from
        from coprod.journeys.understanding.reading import packed

        answers = self.answers
        if answers is None:
            self.tell(
                "Open the answers first",
                "A adds a theme of your own; themes of answers come from opened ones.",
            )
            return
        held, source = answers.held, answers.source

        def begin(responses: bytes | None) -> None:
            if responses is not None:
                desk = Desk(responses, source, "", self.workspace)
                job = Working("Finding themes", start_you_said_from, desk)
                self.open_over(job, lambda done: self.draw() if done else None)

        self.open_over(Waiting("Getting the answers ready", lambda: held.ask(packed)), begin)

    def marked_theme(self) -> "Answered | None":
        """Give the theme the caret is on."""
        return next((one for one in self.themes if one.theme == self.marked_choice()), None)

    def _kept(self, done: tuple[str, ...] | None) -> None:
        if done is not None:
            self.draw()

    @on(ChoiceList.Pending)
    def _show_marked(self) -> None:
        one = self.marked_theme()
        self.query_one("#told", Prose).show(*(theme_lines(one) if one else ()))
        self.action_page(0)

    @on(ChoiceList.Picked)
    def _picked(self) -> None:
        self.action_answer()


def mark_of(one: "Answered") -> str:
    """Give `closed`, `ok` for an answer that lacks nothing, `..` for one that does."""
    return "closed" if one.closed else ("..    " if one.missing() else "ok    ")


def progress_of(themes: "tuple[Answered, ...]") -> str:
    """Give how many themes still want an answer."""
    if not themes:
        return "No theme yet. A adds one; S starts from what was written in the answers you opened."
    without = sum(bool(one.missing()) for one in themes)
    left = f"{without} without an answer (..)" if without else "every one has an answer"
    number = "1 theme" if len(themes) == 1 else f"{len(themes)} themes"
    return f"{number}, {left}. Kept in analysis/you-said.yaml at once."


def plainly(what: str) -> str:
    """Give what an answer lacks without the name that it has in the file."""
    return (
        what.removesuffix(")").rpartition(" (")[0]
        if what.endswith(tuple(f"({name})" for name in FIELDS))
        else what
    )


def theme_lines(one: "Answered") -> tuple[tuple[Voice, str], ...]:
    """Give a theme's answer, and what it lacks."""
    lines: list[tuple[Voice, str]] = [("heading", one.theme)]
    for label, words in (
        ("You said", one.you_said),
        ("We did", one.we_did),
        ("Because", one.because),
        ("Ask", one.owner),
    ):
        if words:
            lines += [("quiet", f"{label}:"), ("body", words)]
    lines.append(("body", f"{one.in_a_word}{f', {one.on}' if one.on else ''}"))
    lines += [("notice", f"lacks {plainly(what)}") for what in one.missing()]
    if one.closed:
        lines.append(("quiet", f"closed on {one.closed}"))
    return tuple(lines)
