"""A second process that clears the terminal when the first is killed, for kill -9 lets no program tidy up after itself.

It is started as a file of its own and needs nothing but the standard library; no answer ever reaches it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CLEAR_SCREEN_AND_SCROLLBACK = "\x1b[2J\x1b[3J\x1b[H"
LEAVE_ALL_MODES = (
    "\x1b[<u\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h"
)
_ENDED_WELL = b"ended"
_MOST_SECONDS = 5


@contextmanager
def cleared_if_killed() -> Iterator[None]:
    """Have the screen and what was scrolled away cleared if this process is killed before it comes out again.

    Nothing is started where standard output is no terminal, or on Windows.
    """
    if os.name != "posix" or not sys.stdout.isatty():
        yield
        return
    guard = subprocess.Popen(  # noqa: S603  our own file, with this very Python
        [sys.executable, "-I", "-S", __file__], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield
    finally:
        with suppress(OSError, subprocess.TimeoutExpired):
            guard.communicate(_ENDED_WELL, _MOST_SECONDS)


def watch() -> None:
    """Wait until whoever started this is gone; unless it ended well, give the terminal back empty and usable."""
    import termios

    for name in ("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGTSTP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    terminal = sys.stdout.fileno()
    usable = termios.tcgetattr(terminal)
    usable[0] |= termios.ICRNL
    usable[1] |= termios.OPOST
    usable[3] |= termios.ICANON | termios.ECHO | termios.ISIG
    if sys.stdin.buffer.read() == _ENDED_WELL:
        return
    termios.tcsetattr(terminal, termios.TCSAFLUSH, usable)
    os.write(terminal, (LEAVE_ALL_MODES + CLEAR_SCREEN_AND_SCROLLBACK).encode())


if __name__ == "__main__":
    watch()
