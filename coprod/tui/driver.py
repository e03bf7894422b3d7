"""The kiosk's keyboard on Linux and macOS: Esc counts even when another key follows at once."""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from coprod.tui.escape import EscapeReader, Pressed

# A terminal sends a whole code at once; half of one arriving alone is completed well within this.
SETTLE_SECONDS = 0.04
READ_AT_ONCE = 4096


class KioskDriver(LinuxDriver):
    """Textual's driver with `EscapeReader` in front of its parser."""

    def run_input_thread(self) -> None:
        """Read keys until the app or the terminal ends: an app that nobody sees would keep what was written in it."""
        selector = selectors.DefaultSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser, escapes = XTermParser(), EscapeReader()
        try:
            while not self.exit_event.is_set():
                if selector.select(SETTLE_SECONDS if escapes.is_waiting else 0.1):
                    read = self._read()
                    if not read:
                        self._leave()
                        return
                    self._take(decode(read), parser, escapes)
                else:
                    for _press in escapes.settle():
                        self._press_escape()
                for message in parser.tick():
                    self.process_message(message)
        finally:
            selector.close()

    def _read(self) -> bytes:
        """Give what was typed, nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, READ_AT_ONCE)
        except OSError:
            return b""

    def _leave(self) -> None:
        with suppress(RuntimeError):  # the app has ended already, and its loop with it
            self._app.call_later(self._app.exit, "crashed")

    def _take(self, data: str, parser: XTermParser, escapes: EscapeReader) -> None:
        for piece in escapes.feed(data):
            if piece is Pressed.ESCAPE:
                self._press_escape()
            else:
                for message in parser.feed(piece):
                    self.process_message(message)

    def _press_escape(self) -> None:
        self.process_message(events.Key("escape", "\x1b"))
