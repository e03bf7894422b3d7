"""Coding in plain lines: one answer at a time on a terminal that is wiped after each, its codes given by number."""

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coprod.cli.plainterminal import Terminal
from coprod.kernel.problem import BadInputError

if TYPE_CHECKING:
    from analysis.codes.codebook import Code
    from analysis.codes.coding import Event
    from coprod.journeys.understanding.codings import CodingWork

WIDTH = 78
KEYS = "Numbers, parted by commas: give these codes. Enter: nothing more fits, next. S: skip. B: the one before. Q: stop."
NO_NUMBER = "That is neither a number above nor S, B or Q. Nothing was written."


class CodingVisit:
    """One coder reading what was picked. Each decision is on the disk before the next answer comes."""

    def __init__(self, terminal: Terminal, work: "CodingWork", coder: str, on: date) -> None:
        from analysis.codes.codebook import in_tree_order
        from coprod.journeys.understanding.codings import codebook_now

        self.terminal, self.work, self.coder, self.on = terminal, work, coder, on
        tree = in_tree_order(codebook_now(work).codes)
        self.codes: tuple[Code, ...] = tuple(code for _, code in tree if code.kind == "code")

    def read(self, responses: Sequence[str], *, says: Sequence[str] = ()) -> None:
        """Show answer after answer until the end or a stop; `says` stands above each."""
        place, told = 0, ""
        try:
            while place < len(responses):
                self._show(responses, place, (*says, told) if told else says)
                typed = self.terminal.read()
                place, told = self._after(
                    "q" if typed is None else typed.strip().casefold(), responses, place
                )
        finally:
            self.terminal.wipe()

    def _after(self, typed: str, responses: Sequence[str], place: int) -> tuple[int, str]:
        """Give the place to go on at, and what is to be said there."""
        match typed:
            case "q":
                return len(responses), ""
            case "b":
                return max(0, place - 1), ""
            case "s":
                return place + 1, ""
            case "":
                return place + 1, self._write([self._nothing_more(responses[place])])
            case _:
                return place, self._given(typed, responses[place])

    def _given(self, typed: str, response: str) -> str:
        """Give codes by their numbers, and what to say where one is none."""
        from analysis.codes.coding import Coded

        numbers = [part.strip() for part in typed.split(",") if part.strip()]
        if not all(
            part.isascii() and part.isdecimal() and 0 < int(part) <= len(self.codes) for part in numbers
        ):
            return NO_NUMBER
        picked = [self.codes[int(part) - 1] for part in numbers]
        said = self._write([Coded(response, code.id) for code in picked])
        return said or f"Given: {', '.join(code.name for code in picked)}."

    def _nothing_more(self, response: str) -> "Event":
        from analysis.codes.coding import ReadAnswer

        return ReadAnswer(response)

    def _write(self, events: "Sequence[Event]") -> str:
        """Keep decisions, and give why that could not be, or nothing."""
        from coprod.journeys.understanding.codings import write_events

        try:
            write_events(self.work, self.coder, events, self.on)
        except BadInputError as refused:
            return str(refused)
        return ""

    def _show(self, responses: Sequence[str], place: int, says: Sequence[str]) -> None:
        response = responses[place]
        text = [
            line
            for written in self.work.texts[response].splitlines()
            for line in textwrap.wrap(written, WIDTH, initial_indent="  ", subsequent_indent="  ")
        ]
        numbered = "   ".join(f"{number} {code.name}" for number, code in enumerate(self.codes, start=1))
        self.terminal.wipe()
        self.terminal.say(*says, f"{place + 1} of {len(responses)}   {response}", "")
        self.terminal.say(*text, "", *textwrap.wrap(numbered, WIDTH), "", KEYS)
