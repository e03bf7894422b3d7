"""Slow work in a process of its own, so that the screen never waits for it and it can be stopped."""

import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar

from coprod.kernel.problem import CoprodError

Result = TypeVar("Result")


class StoppedError(CoprodError):
    """The work was stopped, met a problem, or had a bug; the text says which, in words for people."""


class Job(Generic[Result]):
    """One call of a module's function in a child process.

    What goes in and comes out travels through pipes, never through a file, the command line or the
    environment. The child can write nothing to the terminal.
    """

    def __init__(self, function: Callable[..., Result], *arguments: Any) -> None:
        self._call = pickle.dumps((function, arguments))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "coprod.jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def result(self, most_seconds: float | None = None) -> Result:
        """Wait for the result and give it.

        Raises StoppedError when the work was stopped, took longer than `most_seconds`, met a problem, or had
        a bug; a bug is told by its type and place only.
        """
        try:
            answer, _ = self._process.communicate(self._call, most_seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            self._process.communicate()
            took_long = f"This took longer than {most_seconds:.0f} seconds and was stopped."
            raise StoppedError(f"{took_long} Nothing was changed.") from None
        if not answer:
            raise StoppedError("The work was stopped. Nothing was changed.")
        problem, value = pickle.loads(answer)  # noqa: S301  from our own child
        if problem:
            raise StoppedError(problem)
        result: Result = value
        return result

    def stop(self) -> None:
        """End the work now."""
        self._process.kill()


def quiet_answers() -> BinaryIO:
    """Give the pipe to the parent, and let nothing else of this process write: not to it, and no traceback anywhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def tell_bug(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        """Stand in for Python's traceback, which could show an answer."""
        frame = traceback.extract_tb(trace)[-1]
        place = f"{kind.__name__} at {PurePath(frame.filename).name}:{frame.lineno}"
        with answers:
            pickle.dump((f"This is a bug ({place}). Nothing was changed.", None), answers)

    sys.excepthook = tell_bug
    return answers


def call_told(function: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[str, Any]:
    """Give an empty text and what a function gives, or the problem it met and None."""
    try:
        return "", function(*arguments, **named)
    except CoprodError as error:
        return str(error), None


def work() -> None:
    """Do the one call that comes in on standard input, and write what came of it to standard output."""
    answers = quiet_answers()
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301  from our own parent
    outcome = call_told(function, *arguments)
    with answers:
        pickle.dump(outcome, answers)


if __name__ == "__main__":
    work()
