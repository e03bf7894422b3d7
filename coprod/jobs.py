"""Slow work in a process of its own, so that the screen never waits for it and it can be stopped."""

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import PurePath
from typing import Any, Generic, TypeVar

from coprod.kernel.problem import CoprodError

Result = TypeVar("Result")


class StoppedError(CoprodError):
    """The work was stopped, or its process ended without an answer."""


class Job(Generic[Result]):
    """One call in a child process. What goes in and comes out travels through a pipe, never through a file."""

    def __init__(self, function: Callable[..., Result], *arguments: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self._mine, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(theirs, function, arguments), daemon=True)
        self._process.start()
        theirs.close()

    def result(self) -> Result:
        """Wait for the result and give it.

        Raises the CoprodError that the work raised, or StoppedError when it was stopped or had a bug;
        a bug is told by its type and place only.
        """
        try:
            error, value = self._mine.recv()
        except (EOFError, OSError):
            raise StoppedError("The work was stopped. Nothing was changed.") from None
        finally:
            self._process.join()
        if error is not None:
            raise error
        result: Result = value
        return result

    def stop(self) -> None:
        """End the work now."""
        self._process.terminate()


def _work(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Do the work in the child; nothing of it may reach the terminal that the app is drawing on."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115  lives as long as the process
    try:
        pipe.send((None, function(*arguments)))
    except CoprodError as error:
        pipe.send((StoppedError(str(error)), None))
    except Exception as error:  # noqa: BLE001  a traceback could show an answer
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}"
        pipe.send((StoppedError(f"This is a bug ({place}). Nothing was changed."), None))
