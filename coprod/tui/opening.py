"""The kiosk from its first moment: the ready page is painted at once, while the app that runs it is still being loaded.

Loading Textual takes longer than a person waits for a page. What is painted here is what the app paints a moment
later, and a key pressed in between waits in the terminal for the app. Nothing here imports Textual.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from coprod.journeys.asking.ready import ready_words
from coprod.journeys.asking.visit import KioskPlan
from coprod.screenguard import CLEAR_SCREEN_AND_SCROLLBACK, LEAVE_ALL_MODES, cleared_if_killed
from coprod.tui.colours import COLOURS, DEFAULT
from coprod.tui.wrapping import hanging

if TYPE_CHECKING:
    from coprod.tui.kiosk import Kiosk

KioskEnd = Literal["staff", "crashed"]
MOST_CRASHES = 5
SMALLEST = (40, 12)
# Below this height words may need to scroll; then the app paints first.
FEWEST_ROWS = 18
MARGIN = 2
WIDEST = 74
_BLANK = ("ink", "")
_OWN_SCREEN = "\x1b[?1049h\x1b[?25l"


def run_kiosk(plan: KioskPlan, *, theme: str = DEFAULT) -> KioskEnd:
    """Run the kiosk in this terminal until staff leave; a crash goes back to the ready page, a few times.

    The screen and its scrollback are cleared on every way out, even where this process is killed.
    """
    crashes: list[str] = []
    with cleared_if_killed(), _keys_kept():
        try:
            _paint_ready_page(plan, theme)
            from coprod.tui.kiosk import Kiosk

            end = _run_until_staff_leave(Kiosk, plan, theme, crashes)
        finally:
            _clear_terminal()
    for crash in crashes:
        sys.stderr.write(f"{crash}\n")
    return end


@contextmanager
def _keys_kept() -> Iterator[None]:
    """Have keys pressed before the app listens wait for it as they are: not shown, not turned into others, no signals."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[0] &= ~termios.ICRNL
    quiet[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def ready_screen(plan: KioskPlan, columns: int, rows: int) -> list[tuple[str, str]]:
    """Give the lines of the ready page, each with what its colour is for, as the app draws them at this size."""
    words, width = ready_words(plan), min(columns - 2 * MARGIN, WIDEST)
    before = (_BLANK, _BLANK, _BLANK, ("accent", words.ready), _BLANK, *(("ink", one) for one in words.start))
    label = (_BLANK, ("quiet", words.label)) if words.label else ()
    cards = (_BLANK, *(("quiet", one) for one in words.cards)) if words.cards else ()
    middle = list(_lines((*before, *label, *cards), width))
    foot = list(_lines((("quiet", words.foot),), width))
    room = rows - 3 - len(foot)
    above = max(0, (room - len(middle)) // 2)
    middle = middle[:room]
    below = room - above - len(middle)
    return [_BLANK] * (2 + above) + middle + [_BLANK] * below + foot + [_BLANK]


def _lines(paragraphs: tuple[tuple[str, str], ...], width: int) -> Iterator[tuple[str, str]]:
    for colour, text in paragraphs:
        for line in hanging(text, width):
            yield colour, line


def _paint_ready_page(plan: KioskPlan, theme: str) -> None:
    """Paint the ready page on a screen of its own, in the theme's colours where the terminal has said it has them all."""
    columns, rows = shutil.get_terminal_size()
    if not sys.stdout.isatty() or columns < SMALLEST[0] or rows < FEWEST_ROWS:
        return
    colours = COLOURS[theme] if _has_every_colour() else {}
    paper = f"\x1b[48;2;{_parts(colours['paper'])}m" if colours else ""
    lines = []
    for row, (colour, text) in enumerate(ready_screen(plan, columns, rows), 1):
        ink = f"\x1b[38;2;{_parts(colours[colour])}m" if colours else ""
        bold = "\x1b[1m" if colour == "accent" else "\x1b[22m"
        lines.append(f"\x1b[{row};{MARGIN + 1}H{bold}{ink}{text}" if text else "")
    sys.stdout.write(f"{_OWN_SCREEN}{paper}\x1b[2J{''.join(lines)}\x1b[0m")
    sys.stdout.flush()


def _has_every_colour() -> bool:
    return os.environ.get("COLORTERM") in {"truecolor", "24bit"} and not os.environ.get("NO_COLOR")


def _parts(colour: str) -> str:
    """Give `#rrggbb` as a terminal takes it."""
    return ";".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))


def _run_until_staff_leave(kind: "type[Kiosk]", plan: KioskPlan, theme: str, crashes: list[str]) -> KioskEnd:
    """Run the app until it ends well or has crashed too often; each crash is added to the list."""
    from coprod.speech import find_speaker

    end: KioskEnd | None = None
    while end is None and len(crashes) < MOST_CRASHES:
        kiosk = kind(plan, theme=theme, speaker=find_speaker())
        try:
            end = kiosk.run()
        finally:
            kiosk.reading.hush()
            _clear_terminal()
        if kiosk.crash or end is None:
            crashes.append(kiosk.crash or "The page stopped.")
    return end or "crashed"


def _clear_terminal() -> None:
    if sys.stdout.isatty():
        sys.stdout.write(LEAVE_ALL_MODES + CLEAR_SCREEN_AND_SCROLLBACK)
        sys.stdout.flush()
