"""What a coder reads next: picked by machine from what is least known, or drawn at random so that it stands for all."""

from functools import partial
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.journeys.understanding.coding_room import drawn_and_open, read_next
from coprod.kernel.problem import BadInputError
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown
from coprod.tui.working import Waiting

if TYPE_CHECKING:
    from analysis.codes.coding import How
    from coprod.tui.analyst.coding import CodingHelp

AT_ONCE = 10
DRAWN = 30
WAYS = {"diverse": "unlike each other", "least-known": "least known", "at-random": "drawn at random"}
STANDS = {True: "Once all that were drawn are coded, they stand for every answer.", False: "They were picked, so they stand for themselves: tables of codes leave them out."}  # fmt: skip
ALL_AGAIN = "/ and Enter lists all answers again."
OPEN_ONES = "open"


def pick_next(screen: "CodingHelp") -> None:
    """Ask how the answers to read next are to be picked."""
    left = screen.attempt(lambda: screen.room.ask(drawn_and_open)) or ()
    ways = [
        Shown("diverse", "Unlike each other, to meet every kind of answer early"),
        Shown("least-known", "Those the machine knows least about"),
        Shown("at-random", "Drawn at random, to stand for all the others"),
    ]
    if left:
        ways.append(Shown(OPEN_ONES, f"The {len(left)} drawn at random that are not judged yet"))

    def picked(way: str | None) -> None:
        match way:
            case "open":
                screen.list_only(left, WAYS["at-random"])
            case "at-random":
                field = Field("How many? All that are drawn must be coded, or they say nothing", value=str(DRAWN), name="how many")  # fmt: skip
                form = Filling("Draw answers at random", (field,), how_many)
                screen.open_over(form, lambda count: _pick(screen, "at-random", count) if count else None)
            case "diverse" | "least-known":
                _pick(screen, way, AT_ONCE)
            case _:
                pass

    screen.open_over(Pick("Which answers to read next?", *ways), picked)


def how_many(typed: tuple[str, ...]) -> int:
    """Give the number that was typed. Raises BadInputError for none."""
    said = typed[0].strip()
    if not said.isascii() or not said.isdecimal() or int(said) == 0:
        raise BadInputError.of("how many", "this is no number", f"type one, such as {DRAWN}")
    return int(said)


def _pick(screen: "CodingHelp", way: "How", count: int) -> None:
    room, day = screen.room, today()
    work = Waiting("Picking what to read next", lambda: room.ask(read_next, day, way, count), changes=True)
    screen.open_over(work, partial(_picked, screen))


def _picked(screen: "CodingHelp", done: "tuple[tuple[str, ...], How] | None") -> None:
    if done is None:
        return
    responses, how = done
    if not responses:
        screen.tell("Nothing is left to pick", "Every answer was judged.")
        return
    screen.list_only(responses, WAYS[how])
    screen.tell(
        f"{len(responses)} to read next, {WAYS[how]}",
        f"{STANDS[how == 'at-random']} How they were picked is written down.",
        ALL_AGAIN,
    )
