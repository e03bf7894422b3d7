"""The codebook as a tree, what the marked code means beside it, and the keeping of each change."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from coprod.clock import today
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.choices import ChoiceList, Shown
from coprod.tui.widgets.prose import Prose, Voice
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.codes.codebook import Code, Codebook

TOP = "no code: it stands at the top"
WHY = "Why (kept in its history)"


class CodebookList(DeskScreen):
    """The tree on the left, what the marked code means on the right."""

    ROLE = "analyst"

    def __init__(self, workspace: Workspace, coder: str = "") -> None:
        super().__init__()
        self.workspace, self.coder = workspace, coder
        self.book: Codebook | None = None
        self.before: list[Codebook] = []

    def body(self) -> Iterable[Widget]:
        """Give the two halves."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="left", can_focus=False):
                yield ChoiceList(id="choices")
            with VerticalScroll(id="right", can_focus=False):
                yield Prose(id="meaning")

    def draw(self) -> None:
        """Draw the codebook as it is on the disk."""
        from analysis.codes.codebook import in_tree_order
        from coprod.journeys.understanding.codebooks import codebook_of, codebook_path

        own = (
            "codebook of this workspace"
            if codebook_path(self.workspace).exists()
            else "the codebook of coprod"
        )
        self.show_head(own)
        self.book = self.attempt(lambda: codebook_of(self.workspace))
        tree = in_tree_order(self.book.codes) if self.book else ()
        self.show_choices(tuple(Shown(code.id, f"{'· ' * depth}{code.name}") for depth, code in tree))
        self._show_meaning()

    def marked(self) -> "Code | None":
        """Give the code the caret is on."""
        found = self.book.codes if self.book else ()
        return next((one for one in found if one.id == self.marked_choice()), None)

    def fill(
        self,
        heading: str,
        what: str,
        fields: tuple[Field, ...],
        change: "Callable[[Codebook, tuple[str, ...]], Codebook]",
    ) -> None:
        """Ask what a change still lacks, and keep it."""
        from coprod.journeys.understanding.codebooks import Changed, codebook_of, save_codebook

        who = () if self.coder else (Field("Your initials, such as AB", name="initials"),)

        def keep(typed: tuple[str, ...]) -> "tuple[str, Codebook]":
            coder = self.coder or typed[-1]
            book = codebook_of(self.workspace)
            save_codebook(self.workspace, change(book, typed), what, Changed(coder, today()))
            return coder, book

        if fields or who:
            self.open_over(Filling(heading, (*fields, *who), keep), self._kept)
        else:
            self._kept(self.attempt(lambda: keep(())))

    def _kept(self, done: "tuple[str, Codebook] | None") -> None:
        if done is not None:
            self.coder = done[0]
            self.before.append(done[1])
            self.draw()

    def others(self, here: "Code") -> "list[Code]":
        """Give every code but this one."""
        return [one for one in (self.book.codes if self.book else ()) if one.id != here.id]

    def _show_meaning(self) -> None:
        here = self.marked()
        self.query_one("#meaning", Prose).show(*(meaning_lines(here) if here else ()))

    @on(ChoiceList.Pending)
    @on(ChoiceList.Picked)
    def _moved(self) -> None:
        self._show_meaning()


def meaning_lines(code: "Code") -> tuple[tuple[Voice, str], ...]:
    """Give what a code means, when it is for and when not, and made-up examples."""
    lines: list[tuple[Voice, str]] = [("heading", code.name), ("body", code.definition)]
    for label, said in (
        ("For", code.include),
        ("Not for", code.exclude),
        ("Simulated example", code.simulated_examples),
    ):
        lines += [("quiet", f"{label}: {'; '.join(said)}")] if said else []
    if code.kind == "group":
        lines.append(("quiet", "A group: it holds codes together and is given to no answer."))
    return tuple(lines)
