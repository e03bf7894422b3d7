"""Slow work on opened answers: in one process that stays warm between jobs, and that is ended to stop one."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Generic, TypeVar

from coprod.companion import Companion
from coprod.jobs import StoppedError
from coprod.journeys.understanding.at_the_desk import Desk
from coprod.tui.desk_screen import Got
from coprod.tui.working import Stoppable, Waiting, Working

Kept = TypeVar("Kept")
STOPPED = "The work was stopped. Nothing was changed."


def companion_with(function: Callable[..., Kept], *arguments: Any) -> Companion[Kept]:
    """Give a process of its own that keeps what a module's function gives; it is ended where that raises."""
    held: Companion[Kept] = Companion()
    with ExitStack() as otherwise:
        otherwise.callback(held.close)
        held.keep(function, *arguments)
        otherwise.pop_all()
    return held


class Bench:
    """A process beside the one that holds the answers. Loading its libraries takes seconds, so it is kept."""

    def __init__(self) -> None:
        self.companion: Companion[Desk] | None = None
        self.desk: Desk | None = None

    def held(self, desk: Desk) -> Companion[Desk]:
        """Give the process with this desk in it."""
        if self.companion is None:
            self.companion, self.desk = Companion(), None
        if self.desk is not desk:
            self.companion.keep(_same, desk)
            self.desk = desk
        return self.companion

    def close(self) -> None:
        """End the process, and with it what it does."""
        companion, self.companion = self.companion, None
        if companion is not None:
            companion.close()


class OnBench(Working[Got]):
    """Shows that a call on the bench goes on, and the key that stops it."""

    def __init__(
        self, what: str, bench: Bench, desk: Desk, *call: Any, if_stopped: str = "nothing is changed then"
    ) -> None:
        super().__init__(what, call[0], *call[1:], if_stopped=if_stopped)
        self.bench, self.desk = bench, desk

    def begin(self) -> Stoppable[Got]:
        """Start the work."""
        return BenchJob(self.bench, self.desk, self.function, *self.arguments)


class Opening(Waiting[Got]):
    """Waits for what comes with a process of its own, and ends that where nobody waits for it any more."""

    def __init__(self, what: str, function: Callable[[], Got], close: Callable[[Got], None]) -> None:
        super().__init__(what, function)
        self.close_unwanted = close

    def give(self, result: Got) -> None:
        """Give what came, or end it."""
        if self.is_left:
            self.close_unwanted(result)
        super().give(result)


class BenchJob(Generic[Got]):
    """One call of a module's function on the bench, with the desk first."""

    def __init__(self, bench: Bench, desk: Desk, function: Callable[..., Got], *more: Any) -> None:
        self.bench, self.desk, self.function, self.more = bench, desk, function, more
        self.is_stopped = False

    def result(self, most_seconds: float | None = None) -> Got:
        """Wait for the result and give it. Raises StoppedError as `Companion.ask` does, and when it was stopped."""
        del most_seconds
        try:
            return self.bench.held(self.desk).ask(self.function, *self.more)
        except StoppedError:
            if self.is_stopped:
                raise StoppedError(STOPPED) from None
            raise

    def stop(self) -> None:
        """End the work now."""
        self.is_stopped = True
        self.bench.close()


def _same(desk: Desk) -> Desk:
    return desk
