"""A real terminal for a program under test: a pseudo-terminal and the glass before it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

from tests.coprod.tui.glass import Glass

ROOT = Path(__file__).parents[3]


class Terminal:
    """Starts a Python program in a terminal; `screen` is what a person would see, `raw` every byte it sent."""

    def __init__(
        self,
        program: str,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.raw = bytearray()
        self._glass = Glass(columns, rows)
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        own = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "HOME": "/nowhere",
            "LANG": "C.UTF-8",
        }
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, program, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**own, **environment},
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self._mine >= 0:
            os.close(self._mine)

    def hang_up(self) -> None:
        """Take the terminal away, as when its window is closed."""
        os.close(self._mine)
        self._mine = -1

    def send(self, text: str) -> None:
        os.write(self._mine, text.encode())

    def read(self, seconds: float) -> bool:
        """Take what comes within some seconds; give whether anything came."""
        if not select.select([self._mine], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._mine, 65536)
        except OSError:
            return False
        self.raw += data
        self._glass.feed(data)
        return bool(data)

    def settle(self, quiet: float = 0.25, most: float = 10.0) -> str:
        """Read until nothing comes for a while and the program waits for more; give the screen."""
        end = time.perf_counter() + most
        while (self.read(quiet) or self._is_at_work()) and time.perf_counter() < end:
            pass
        return self.screen

    def _is_at_work(self) -> bool:
        """Tell whether a thread of the program runs, or would if the machine let it; False where nobody can tell."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/stat")
        try:
            return any(one.read_text("utf-8").rpartition(") ")[2][:1] in "RD" for one in threads)
        except OSError:
            return False

    def wait_for(self, text: str, seconds: float = 20.0) -> float:
        """Read until a text stands on the screen; give the seconds it took, but for waiting while others had the machine."""
        begun, waited = time.perf_counter(), self._waited()
        assert self.shows(text, seconds), f"{text!r} never came; the screen is:\n{self.screen}"
        return time.perf_counter() - begun - max(0.0, self._waited() - waited)

    def _waited(self) -> float:
        """Give for how many seconds the program was ready and had no processor; 0 where nobody can tell."""
        stats = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        try:
            return sum(int(one.read_text("ascii").split()[1]) for one in stats) / 1e9
        except OSError:
            return 0.0

    def shows(self, text: str, seconds: float) -> bool:
        """Read until a text stands on the screen, at most so long; give whether it came."""
        end = time.perf_counter() + seconds
        while text not in self.screen and time.perf_counter() < end:
            self.read(0.05)
        return text in self.screen

    def wait_for_end(self, seconds: float = 20.0) -> int:
        """Read until the program has ended; give its exit code."""
        end = time.perf_counter() + seconds
        while self.process.poll() is None and time.perf_counter() < end:
            self.read(0.05)
        while self.read(0.1):
            pass
        assert self.process.poll() is not None, "it did not end"
        return self.process.returncode

    @property
    def screen(self) -> str:
        return self._glass.text
