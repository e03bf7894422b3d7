"""The codebook at the desk: codes as a tree; add, rename, say what one means, move, merge. Every change is kept at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from coprod.clock import today
from coprod.tui.analyst.codebook_list import CodebookList
from coprod.tui.desk_screen import PAGES
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from analysis.codes.codebook import Code, Codebook

    Change = Callable[[Codebook, tuple[str, ...]], Codebook]

TOP = "no code: it stands at the top"
WHY = "Why (kept in its history)"


class CodebookScreen(CodebookList):
    """All that can be done to a codebook."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("r", "rename", "Rename"),
        Binding("d", "define", "Define"),
        Binding("m", "merge", "Merge"),
        Binding("v", "move_under", "move it under another code", show=False),
        Binding("left_square_bracket", "shift(-1)", "one place up", show=False),
        Binding("right_square_bracket", "shift(1)", "one place down", show=False),
        Binding("u", "undo", "take the last change of this sitting back", show=False),
        *PAGES,
    ]

    def action_add(self) -> None:
        """Add a code beside the marked one, or under it where it is a group."""
        from coprod.journeys.understanding.codebooks import added

        here = self.marked()
        under = "" if here is None else (here.id if here.kind == "group" else here.under)
        fields = (Field("Name", name="code"), Field("What it means, in one sentence"))
        self.fill(
            "A new code", "added a code", fields, lambda book, said: added(book, said[0], said[1], under)
        )

    def action_rename(self) -> None:
        """Give the marked code another name."""
        from coprod.journeys.understanding.codebooks import renamed

        here = self.marked()
        if here is not None:
            fields = (Field("Name. What was coded stays coded", value=here.name),)
            self.fill(
                here.name, f"renamed {here.id}", fields, lambda book, said: renamed(book, here.id, said[0])
            )

    def action_define(self) -> None:
        """Say what the marked code means, when it is for and when it is not."""
        from coprod.journeys.understanding.codebooks import defined

        here = self.marked()
        if here is not None:
            said_so = ("; ".join(here.include), "; ".join(here.exclude))
            fields = (
                Field("What it means", value=here.definition),
                Field("For (parted by ;)", value=said_so[0]),
                Field("Not for (parted by ;)", value=said_so[1]),
            )
            self.fill(
                here.name, f"defined {here.id}", fields,
                lambda book, said: defined(book, here.id, said[0], said[1], said[2]),
            )  # fmt: skip

    def action_merge(self) -> None:
        """Put the marked code into another, in everybody's coding."""
        here = self.marked()
        if here is not None and here.kind == "code":
            others = [one for one in self.others(here) if one.kind == "code"]
            choices = [Shown(one.id, one.name) for one in others]
            self.open_over(
                Pick(f"Put “{here.name}” into which code?", *choices), lambda into: self._merge(here, into)
            )
        else:
            self.tell("A group cannot be merged", "Move the codes under it first.")

    def action_move_under(self) -> None:
        """Put the marked code under another, or at the top."""
        from coprod.journeys.understanding.codebooks import moved_under

        here = self.marked()
        if here is None:
            return
        choices = [Shown(one.id, one.name) for one in self.others(here)]

        def move(under: str | None) -> None:
            if under is not None:
                what = f"moved {here.id} under {under or 'none'}"
                self.fill(what, what, (), lambda book, _: moved_under(book, here.id, under))

        self.open_over(Pick(f"Move “{here.name}” under", Shown("", TOP), *choices), move)

    def action_shift(self, by: int) -> None:
        """Change places with the neighbour."""
        from coprod.journeys.understanding.codebooks import shifted

        here = self.marked()
        if here is not None:
            self.fill(here.name, f"moved {here.id}", (), lambda book, _: shifted(book, here.id, by))

    def action_undo(self) -> None:
        """Take the last change of this sitting back; a merge stays, since everybody's coding has it."""
        if self.before:
            earlier = self.before.pop()
            self.fill("Undo", "took the last change back", (), lambda book, said: earlier)  # noqa: ARG005  as every change
        else:
            self.tell("Nothing to take back", "Only changes of this sitting are; a merge is not.")

    def _merge(self, here: "Code", into: str | None) -> None:
        from coprod.journeys.understanding.codebooks import Changed, merge_codes

        if into is None:
            return

        def merge(typed: tuple[str, ...]) -> str:
            merge_codes(self.workspace, here.id, into, Changed(typed[0], today(), typed[1]))
            return typed[0]

        fields = (Field("Your initials, such as AB", value=self.coder, name="initials"), Field(WHY))
        heading = "Everybody's answers with this code get the other one. This is for good."
        self.open_over(Filling(heading, fields, merge), self._merged)

    def _merged(self, coder: str | None) -> None:
        if coder is not None:
            self.coder = coder
            self.before.clear()
            self.draw()
