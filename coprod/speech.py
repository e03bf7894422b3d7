"""Reading a page aloud through eSpeak NG, where it is installed: no network, nothing written to disk."""

import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from coprod.kernel.wording import Language

PROGRAM = "espeak-ng"
VOICES: Mapping[Language, str] = {"en": "en-gb", "cy": "cy"}
WORDS_A_MINUTE = "150"


class Speaker:
    """Says one text at a time. The words go in through a pipe: they are in no argument, file or environment."""

    def __init__(self, program: str) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None

    def say(self, text: str, language: Language) -> None:
        """Start to say a text, in place of what was being said."""
        self.hush()
        quiet = subprocess.DEVNULL
        command = [self.program, "-v", VOICES[language], "-s", WORDS_A_MINUTE, "--stdin"]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, bufsize=0)  # noqa: S603  a fixed command
        except OSError:
            return
        self._process = process
        _feed(process, text)

    def hush(self) -> None:
        """Stop at once."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    @property
    def is_speaking(self) -> bool:
        """Tell whether something is being said."""
        return self._process is not None and self._process.poll() is None


def find_speaker() -> Speaker | None:
    """Give a speaker, or None where eSpeak NG is not installed."""
    program = shutil.which(PROGRAM)
    return Speaker(program) if program else None


def _feed(process: "subprocess.Popen[bytes]", text: str) -> None:
    """Hand the words over; a program that has ended already does not want them."""
    if process.stdin is not None:
        with suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(text.encode())
