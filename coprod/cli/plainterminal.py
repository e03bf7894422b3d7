"""The terminal that the plain line mode speaks to: lines out, one line in, and a screen that can be wiped."""

import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from coprod.kernel.text import clean, clean_line

# Cursor home, clear the screen, clear what was scrolled away.
WIPE = "\x1b[H\x1b[2J\x1b[3J"
_WIPES = ("xterm", "linux", "alacritty", "foot", "konsole", "vte", "gnome", "ghostty", "wezterm")
_KEEPERS = {
    "script",
    "screen",
    "tmux",
    "tmux: server",
    "tmux: client",
    "asciinema",
    "ttyrec",
    "dtach",
    "abduco",
}
MOST_PARENTS = 20


class Terminal(Protocol):
    """What a plain interview needs of a terminal."""

    def say(self, *lines: str) -> None:
        """Show lines."""

    def read(self) -> str | None:
        """Give one typed line, or None when there is no more input."""

    def read_hidden(self) -> str | None:
        """Give one typed line without showing it."""

    def wipe(self) -> None:
        """Clear the screen and everything scrolled away, where the terminal can."""


class LineTerminal:
    """Standard input and output. Lines are cleaned and wrapped; nothing typed is kept for recall."""

    def __init__(self, *, wipes: bool) -> None:
        self.wipes = wipes

    def say(self, *lines: str) -> None:
        """Print lines, wrapped to the terminal."""
        width = max(20, min(shutil.get_terminal_size().columns, 100) - 1)
        for line in lines:
            for row in textwrap.wrap(clean_line(line), width) or [""]:
                sys.stdout.write(row + "\n")

    def read(self) -> str | None:
        """Read a line. `input()` is not used: it may keep a history of what was typed."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            sys.stdout.write("\n")
        return clean(line) if line else None

    def read_hidden(self) -> str | None:
        """Read a line without echo."""
        import getpass

        try:
            return clean(getpass.getpass("> "))
        except EOFError:
            return None

    def wipe(self) -> None:
        """Clear the screen and its scrollback."""
        if self.wipes:
            sys.stdout.write(WIPE)
            sys.stdout.flush()


def why_it_keeps(environment: Mapping[str, str], *, is_terminal: bool, parents: tuple[str, ...]) -> str:
    """Give why what is shown here could be read afterwards, or nothing where a wipe takes it away.

    `parents` are the names of the programs this one runs inside.
    """
    if not is_terminal:
        return "this is not a terminal but a pipe or a file, which keeps every line"
    keeper = next((name for name in parents if name in _KEEPERS), "")
    keeper = keeper or next((name for name in ("TMUX", "STY", "ASCIINEMA_REC") if environment.get(name)), "")
    if keeper:
        return f"{keeper} keeps what was on the screen; leave it and start again in a plain terminal"
    terminal = environment.get("TERM", "")
    if terminal.startswith(_WIPES) or environment.get("WT_SESSION"):
        return ""
    return f"a terminal of the kind `{terminal or 'unknown'}` may not clear what was scrolled away"


def keeps_here() -> str:
    """Give why this very terminal would keep what is shown, or nothing."""
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return why_it_keeps(os.environ, is_terminal=both, parents=_parents())


def _parents() -> tuple[str, ...]:
    """Give the names of the programs this one runs inside, where the system tells (Linux)."""
    names: list[str] = []
    process = os.getppid()
    while process > 1 and len(names) < MOST_PARENTS:
        try:
            status = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            break
        name, _, rest = status.partition("(")[2].rpartition(")")
        names.append(name)
        process = int(rest.split()[1])
    return tuple(names)
