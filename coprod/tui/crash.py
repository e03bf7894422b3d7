"""What a person sees when coprod has a bug: where it is, never what it was working on."""

import traceback
from pathlib import PurePath

from textual.worker import WorkerFailed


def crash_message(error: BaseException | None) -> str:
    """Give one line with the error's type, file and line; no message, no values, no source text.

    A failed background task is told as the error inside it.
    """
    if isinstance(error, WorkerFailed):
        error = error.error
    if error is None:
        return "This is a bug. Nothing was sent."
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"This is a bug ({type(error).__name__}{place}). Nothing was sent."


def forget(error: BaseException) -> None:
    """Empty the frames an error holds on to, so that no variable outlives the crash."""
    traceback.clear_frames(error.__traceback__)


def ignore_loop_error(_loop: object, _context: dict[str, object]) -> None:
    """Stand in for asyncio's handler, which would print an error's message to the terminal."""
