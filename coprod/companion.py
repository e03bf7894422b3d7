"""A second process that holds answers and works on them, so that the screen's own process never waits or loads Polars."""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from coprod.jobs import StoppedError, call_told, quiet_answers

Kept = TypeVar("Kept")
Got = TypeVar("Got")
Given = ParamSpec("Given")


class Companion(Generic[Kept]):
    """A child process that keeps one thing and answers questions about it, one at a time.

    What goes in and comes out travels through pipes, never through a file, the command line or the environment.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "coprod.companion"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def keep(self, function: Callable[Given, Kept], *arguments: Given.args, **named: Given.kwargs) -> None:
        """Let the child keep what a module's function gives. Raises as `ask` does; then it keeps what it had."""
        self._call("keep", function, arguments, named)

    def ask(
        self,
        function: Callable[Concatenate[Kept, Given], Got],
        *arguments: Given.args,
        **named: Given.kwargs,
    ) -> Got:
        """Give what a module's function gives for the thing that is kept.

        Raises StoppedError when the child met a problem, had a bug, or is gone.
        """
        answer: Got = self._call("ask", function, arguments, named)
        return answer

    def close(self) -> None:
        """End the child, and with it what it kept."""
        self._process.kill()
        self._process.communicate()

    def _call(self, verb: str, function: Callable[..., Any], arguments: Any, named: Any) -> Any:
        with self._turn:
            try:
                return self._exchange(pickle.dumps((verb, function, arguments, named)))
            except (OSError, ValueError, EOFError, pickle.UnpicklingError):
                raise StoppedError("The answers were closed. Open them again.") from None

    def _exchange(self, call: bytes) -> Any:
        send, receive = self._process.stdin, self._process.stdout
        assert send is not None
        assert receive is not None
        send.write(call)
        send.flush()
        problem, value = pickle.load(receive)  # noqa: S301  from our own child
        if problem:
            raise StoppedError(problem)
        return value


def attend() -> None:
    """Answer calls from standard input until it ends, or until a bug, which is told by type and place only."""
    answers = quiet_answers()
    kept: list[Any] = []
    while True:
        try:
            verb, function, arguments, named = pickle.load(sys.stdin.buffer)  # noqa: S301  from our own parent
        except EOFError:
            return
        problem, value = call_told(function, *(kept if verb == "ask" else ()), *arguments, **named)
        if verb == "keep":
            kept, value = kept if problem else [value], None
        pickle.dump((problem, value), answers)
        answers.flush()


if __name__ == "__main__":
    attend()
